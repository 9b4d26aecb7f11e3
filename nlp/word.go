package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Shape is how a word is written: its capitals, digits and punctuation.
type Shape uint8

// The shapes of words.
const (
	ShapeOther   Shape = iota // symbols and what fits nowhere else
	ShapeLower                // visit, co-operate
	ShapeTitle                // Lavrov
	ShapeUpper                // NATO, AP (two letters or more)
	ShapeInitial              // J, J.
	ShapeDotted               // U.S., U.N.
	ShapeMixed                // McDonald, iPhone, KGaA
	ShapeNumber               // 2024, 3.5, 1,000
	ShapeAlnum                // 5th, G20, B-52
	ShapePunct                // , . “
)

// Capital reports whether the word begins with or holds a capital letter.
func (s Shape) Capital() bool { return s >= ShapeTitle && s <= ShapeMixed }

func newWord(text string) Word {
	norm := straighten(text)
	lower := norm
	for i := 0; i < len(norm); i++ {
		if c := norm[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			lower = strings.ToLower(norm)
			break
		}
	}
	return Word{Text: text, Norm: norm, Lower: lower, Shape: shapeOf(norm)}
}

// straighten replaces curly marks, primes and the many dashes by ASCII ones.
func straighten(text string) string {
	ascii := true
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return text
	}
	switch text {
	case "“", "”", "„", "‟", "«", "»", "″":
		return `"`
	case "…":
		return "..."
	case "—", "–", "―":
		return "--"
	}
	if !strings.ContainsAny(text, "‘’‚‛‹›′ʼ‐‑–") {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '‘', '’', '‚', '‛', '‹', '›', '′', 'ʼ':
			return '\''
		case '‐', '‑', '–':
			return '-'
		}
		return r
	}, text)
}

func shapeOf(norm string) Shape {
	var upper, lower, digit, dot, letters int
	firstUpper := false
	for i, r := range norm {
		switch {
		case r == '.':
			dot++
		case r < utf8.RuneSelf && r >= '0' && r <= '9' || r >= utf8.RuneSelf && unicode.IsDigit(r):
			digit++
		case unicode.IsUpper(r) || unicode.IsTitle(r):
			upper++
			letters++
			if i == 0 {
				firstUpper = true
			}
		case unicode.IsLetter(r):
			lower++
			letters++
		}
	}
	switch {
	case letters == 0 && digit == 0:
		for _, r := range norm {
			if unicode.IsPunct(r) || unicode.IsSymbol(r) {
				return ShapePunct
			}
		}
		return ShapeOther
	case letters == 0:
		return ShapeNumber
	case digit > 0:
		return ShapeAlnum
	case upper == 0:
		return ShapeLower
	case letters == 1:
		return ShapeInitial
	case lower == 0 && dot > 1:
		return ShapeDotted
	case lower == 0:
		return ShapeUpper
	case firstUpper && upper == 1:
		return ShapeTitle
	}
	return ShapeMixed
}
