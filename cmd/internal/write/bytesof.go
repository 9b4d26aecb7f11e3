package write

import "unicode/utf8"

// bytesOf turns offsets in code points into bytes of a text, from one kept
// every stride code points.
type bytesOf struct {
	text   string
	starts []int
}

const stride = 256

func newBytesOf(text string) *bytesOf {
	x := &bytesOf{text: text}
	n := 0
	for i := range text {
		if n%stride == 0 {
			x.starts = append(x.starts, i)
		}
		n++
	}
	x.starts = append(x.starts, len(text))
	return x
}

// slice returns the code points [start, end) of the text.
func (x *bytesOf) slice(start, end int) string { return x.text[x.of(start):x.of(end)] }

func (x *bytesOf) of(n int) int {
	k := min(n/stride, len(x.starts)-1)
	i := x.starts[k]
	for range n - k*stride {
		_, size := utf8.DecodeRuneInString(x.text[i:])
		i += size
	}
	return i
}
