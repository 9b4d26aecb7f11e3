package score

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
)

const (
	marks      = "“”\"«»"
	besideMark = " ,.;:—-" // what can stand between a mark and the border of a span
)

var openingOfParagraph = lazily(`\n[\s\p{Z}]*[“"]`)

// surfaceKind is the kind of a quotation by its quotation marks alone: direct
// where every span is in marks, mixed where some text is, else indirect.
func surfaceKind(text string, spans []corpus.Span) string {
	if len(spans) == 0 {
		return "direct"
	}
	direct, quoted := true, false
	for _, s := range spans {
		opens, closes, clean := marked(text, s)
		goesOn := len(spans) > 1 || strings.Contains(clip(text, spans[0][1], 3), "\n")
		direct = direct && opens && (closes || goesOn) && clean
		quoted = quoted || opens && closes || strings.ContainsAny(text[s[0]:s[1]], marks)
	}
	switch {
	case direct:
		return "direct"
	case quoted:
		return "mixed"
	}
	return "indirect"
}

// marked reports whether s begins and ends at quotation marks, and whether
// there are none inside, but for those that open a paragraph. The end of the
// text, or nothing but punctuation, counts as a mark.
func marked(text string, s corpus.Span) (opens, closes, clean bool) {
	body := text[s[0]:s[1]]
	lead := firstRune(strings.TrimLeft(body, besideMark))
	tail := lastRune(strings.TrimRight(body, besideMark))
	before := lastRune(strings.TrimRightFunc(clipBefore(text, s[0], 2), unicode.IsSpace))
	next := firstRune(strings.TrimLeft(clip(text, s[1], 3), " ,."))
	opens = strings.Contains(marks, lead) || before != "" && strings.Contains(marks, before)
	closes = strings.Contains(marks, tail) || strings.Contains(marks, next)
	body = strings.Trim(body, besideMark)
	if strings.Contains(marks, lead) {
		body = body[len(firstRune(body)):]
	}
	if strings.Contains(marks, tail) {
		body = body[:len(body)-len(lastRune(body))]
	}
	return opens, closes, !strings.ContainsAny(openingOfParagraph().ReplaceAllString(body, "\n"), marks)
}

func firstRune(s string) string { return clip(s, 0, 1) }

func lastRune(s string) string { return clipBefore(s, len(s), 1) }

// clip returns at most n code points of text from start on.
func clip(text string, start, n int) string {
	end := start
	for ; n > 0 && end < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	return text[start:end]
}

// clipBefore returns at most n code points of text before end.
func clipBefore(text string, end, n int) string {
	start := end
	for ; n > 0 && start > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:start])
		start -= size
	}
	return text[start:end]
}
