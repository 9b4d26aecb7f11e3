package entities

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
	"golang.org/x/text/unicode/norm"
)

// fold returns a lower-case word without accents, so that Keçeli and Keceli
// are the same.
func fold(lower string) string {
	ascii := true
	for i := 0; i < len(lower); i++ {
		if lower[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return lower
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(lower) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'ı':
			b.WriteByte('i')
		case r == 'ł':
			b.WriteByte('l')
		case r == 'ø':
			b.WriteByte('o')
		case r == 'đ':
			b.WriteByte('d')
		case r == 'ß':
			b.WriteString("ss")
		case r == 'æ':
			b.WriteString("ae")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isSpellingVariant reports whether two folded surnames are one name spelt in
// two ways (Zelensky, Zelenskyy): one edit for six letters or more, two for
// nine or more, and the same first letter. Shorter names differ too easily.
func isSpellingVariant(a, b string) bool {
	n := min(len(a), len(b))
	if n < 6 || a[0] != b[0] || max(len(a), len(b))-n > 2 {
		return false
	}
	return levenshtein.ComputeDistance(a, b) <= 1+n/9
}

// withinEdits reports whether a and b are at most n edits apart.
func withinEdits(a, b string, n int) bool {
	if max(len(a), len(b))-min(len(a), len(b)) > n {
		return false
	}
	return levenshtein.ComputeDistance(a, b) <= n
}

// transliterated returns a key that spellings of one foreign name have in common:
// Zelensky, Zelenskyy and Zelenskiy; Gaddafi and Gadafi.
func transliterated(w string) string {
	b := make([]byte, 0, len(w))
	for i := 0; i < len(w); i++ {
		c := w[i]
		switch c {
		case 'y', 'j':
			c = 'i'
		case 'w':
			c = 'v'
		case 'q', 'c':
			c = 'k'
		case 'h':
			if i > 0 {
				continue
			}
		}
		if n := len(b); n > 0 && b[n-1] == c {
			continue
		}
		b = append(b, c)
	}
	return string(b)
}
