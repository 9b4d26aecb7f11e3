package score

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var notInNames = map[string]bool{"the": true, "a": true, "an": true, "of": true, "and": true, "for": true, "mr": true,
	"mrs": true, "ms": true, "dr": true, "sir": true, "president": true, "minister": true, "prime": true, "foreign": true,
	"spokesman": true, "spokeswoman": true, "spokesperson": true}

var genitive = lazily(`['’]s\b`)

func nameWords(name string) []string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(name) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return word().FindAllString(genitive().ReplaceAllString(b.String(), ""), -1)
}

// SameName reports whether two names of a speaker mean the same: equal but for
// titles, one a part of the other, or one the initials of the other.
func SameName(a, b string) bool {
	aw, bw := nameWords(a), nameWords(b)
	if len(aw) == 0 || len(bw) == 0 {
		return len(aw) == len(bw)
	}
	core := func(words []string) []string {
		var c []string
		for _, w := range words {
			if !notInNames[w] {
				c = append(c, w)
			}
		}
		if len(c) == 0 {
			return words
		}
		return c
	}
	ac, bc := core(aw), core(bw)
	within := func(x, y []string) bool {
		for _, w := range x {
			if !slices.Contains(y, w) {
				return false
			}
		}
		return true
	}
	initials := func(words []string) string {
		var b strings.Builder
		for _, w := range words {
			b.WriteRune([]rune(w)[0])
		}
		return b.String()
	}
	return within(ac, bc) || within(bc, ac) ||
		len(aw) == 1 && initials(bc) == aw[0] || len(bw) == 1 && initials(ac) == bw[0]
}
