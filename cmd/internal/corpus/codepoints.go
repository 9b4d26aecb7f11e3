package corpus

import "unicode/utf8"

// CodePoints turns byte offsets of a text into code points, in which the
// corpora and the reference scorers count. Without elements, the text is ASCII.
type CodePoints []int32

// NewCodePoints returns the code points of the offsets of text.
func NewCodePoints(text string) CodePoints {
	if utf8.RuneCountInString(text) == len(text) {
		return nil
	}
	at := make(CodePoints, len(text)+1)
	n := int32(-1)
	for i := range at {
		if i == len(text) || utf8.RuneStart(text[i]) {
			n++
		}
		at[i] = n
	}
	return at
}

// Of returns the number of code points before a byte offset.
func (at CodePoints) Of(offset int) int {
	if at == nil {
		return offset
	}
	return int(at[offset])
}
