package write

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// OneLine is text on a line, without control characters and invalid bytes,
// which could do anything to a terminal.
func OneLine(text string) string {
	return strings.Map(printable, strings.Join(strings.Fields(text), " "))
}

// printable is r, or U+FFFD for what shows nothing or turns text around.
func printable(r rune) rune {
	if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
		return utf8.RuneError
	}
	return r
}
