package score

import "unicode/utf8"

// codePoints turns byte offsets of a text into code points: shares of lengths
// are measured in these, whatever the script. Without elements, the text is
// ASCII.
type codePoints []int32

func newCodePoints(text string) codePoints {
	if utf8.RuneCountInString(text) == len(text) {
		return nil
	}
	at := make(codePoints, len(text)+1)
	n := int32(-1)
	for i := range at {
		if i == len(text) || utf8.RuneStart(text[i]) {
			n++
		}
		at[i] = n
	}
	return at
}

func (at codePoints) of(offset int) int {
	if at == nil {
		return offset
	}
	return int(at[offset])
}
