package wire

import "unicode/utf8"

// An Index turns byte offsets into a text into offsets of a unit, from a count
// kept every stride bytes. It is safe for concurrent use.
type Index struct {
	text   string
	unit   Unit
	counts []int
	starts []int // first rune start at or after each stride
}

const stride = 256

// NewIndex makes the index of text.
func NewIndex(text string, unit Unit) *Index {
	x := &Index{text: text, unit: unit}
	if unit == Byte {
		return x
	}
	n := 0
	for i, next := 0, 0; i < len(text); {
		if i >= next {
			x.counts = append(x.counts, n)
			x.starts = append(x.starts, i)
			next += stride
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		n += x.width(r)
		i += size
	}
	return x
}

func (x *Index) width(r rune) int {
	if x.unit == UTF16 && r >= 0x10000 {
		return 2
	}
	return 1
}

// Of returns the offset in the unit of a byte offset.
func (x *Index) Of(offset int) int {
	if x.unit == Byte || offset == 0 {
		return offset
	}
	k := min(offset/stride, len(x.starts)-1)
	for k > 0 && x.starts[k] > offset {
		k--
	}
	n := x.counts[k]
	for i := x.starts[k]; i < offset; {
		r, size := utf8.DecodeRuneInString(x.text[i:])
		n += x.width(r)
		i += size
	}
	return n
}
