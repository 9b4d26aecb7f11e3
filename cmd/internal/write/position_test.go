package write

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPosition(t *testing.T) {
	text := "aé\r\nb\rc\xff\nd"
	p := newPosition(text)
	for _, c := range []struct{ offset, line, column int }{
		{0, 1, 1}, {1, 1, 2}, {3, 1, 3}, {5, 2, 1}, {7, 3, 1}, {8, 3, 2}, {9, 3, 3}, {10, 4, 1}, {11, 4, 2},
	} {
		p.advance(c.offset)
		assert.Equal(t, [2]int{c.line, c.column}, [2]int{p.line, p.column}, "offset %d of %q", c.offset, text)
	}
}
