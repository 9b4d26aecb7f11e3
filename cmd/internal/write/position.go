package write

import "unicode/utf8"

// position is a place of a text as people count: line and column from 1;
// columns count code points. It moves forward only, so that all places of a
// text cost one pass.
type position struct {
	text         string
	offset       int // in bytes
	line, column int
}

func newPosition(text string) *position { return &position{text: text, line: 1, column: 1} }

// advance moves to a byte offset at or behind the present one. Lines end with
// LF, CR LF or CR.
func (p *position) advance(offset int) {
	for p.offset < offset {
		r, n := utf8.DecodeRuneInString(p.text[p.offset:])
		p.offset += n
		if r == '\n' || r == '\r' && (p.offset == len(p.text) || p.text[p.offset] != '\n') {
			p.line++
			p.column = 1
		} else {
			p.column++
		}
	}
}
