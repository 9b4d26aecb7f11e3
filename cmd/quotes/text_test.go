package main

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"

	"github.com/whosaid-nlp/whosaid/quotes"
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

func TestTextReport(t *testing.T) {
	text := "Ann Lee \x1b[31mcame to Rome, where Bob Fox and Ann Lee's friends, all of them from Rome, met.\n“We won,” Lee said."
	assert.Equal(t, `a
1 quotation

  1  Ann Lee (Lee)
     direct, said, line 2, column 1
     “We won,”

People
  Ann Lee ×3, also
      Lee
  Bob Fox ×1

Locations
  Rome ×2

`, string(textReport("a", quotes.Analyze(text), style{width: 20})))
	assert.Equal(t, "empty\nno quotations\n\n", string(textReport("empty", quotes.Analyze(""), style{width: 80})))
	assert.Contains(t, string(textReport("a", quotes.Analyze(text), style{width: 80, color: true})), "\x1b[1mAnn Lee\x1b[0m")
}

// The report is valid UTF-8 of printable characters, whatever the text holds.
func FuzzTextReport(f *testing.F) {
	f.Add("“We \x1b[31mwon,” Ann \xff Lee said.\r\nShe \u202e added that “no one” came to Rome.\x00", 80)
	f.Add("SEN. LEE: A\x07.\n\n\u2028Ann\x85Lee (R-Ind.) said “", 3)
	f.Fuzz(func(t *testing.T, text string, width int) {
		report := string(textReport("id", quotes.Analyze(text), style{width: width}))
		if !utf8.ValidString(report) {
			t.Fatalf("%q: the report is not valid UTF-8: %q", text, report)
		}
		if i := strings.IndexFunc(report, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }); i >= 0 {
			t.Fatalf("%q: the report has the control character %q", text, report[i:])
		}
		if !strings.HasPrefix(report, "id\n") || !strings.HasSuffix(report, "\n\n") {
			t.Fatalf("%q: the report is %q", text, report)
		}
	})
}
