package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Key is the hash of the normal form of one token. Different words share a
// key with a probability of about 2⁻⁶⁴. Keys are the same on every machine.
type Key uint64

const (
	fnvOffset = 0xcbf29ce484222325
	fnvPrime  = 0x100000001b3
)

// KeyOf returns the key of one token. Its normal form has straight apostrophes
// and hyphens, letters without accents (é is e, ß is ss, ł is l, ı is i), and
// acronyms without their dots (U.S. is US, J. is J, but Mass. stays Mass.).
// Case is kept. KeyOf does not allocate.
func KeyOf(word string) Key {
	h := uint64(fnvOffset)
	for i := 0; i < len(word); i++ {
		c := word[i]
		if c >= utf8.RuneSelf || c == '.' || c == '`' {
			return keyOf(word, false)
		}
		h = (h ^ uint64(c)) * fnvPrime
	}
	return Key(mix(h))
}

// KeyOfTitle returns the key of a word in capitals as it is written elsewhere:
// UNITED as United, O'BRIEN as O'Brien, OF as of. For all other words it is
// KeyOf. Text in capitals hides what is an acronym, so a caller tries KeyOf
// and then KeyOfTitle. KeyOfTitle does not allocate.
func KeyOfTitle(word string) Key {
	letters := 0
	for _, r := range word {
		if unicode.IsLower(r) {
			return KeyOf(word)
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	if letters < 2 && !isClitic(word) {
		return KeyOf(word)
	}
	return keyOf(word, true)
}

func isClitic(word string) bool {
	return strings.HasPrefix(word, "'") || strings.HasPrefix(word, "’")
}

// keyOf is KeyOf for any word; title asks for the form of KeyOfTitle.
func keyOf(word string, title bool) Key {
	skipDots := isDotted(word)
	lowerAll := false
	if title {
		switch word {
		case "OF", "AND", "THE", "FOR", "IN", "ON", "AT", "TO", "BY", "WITH", "FROM":
			lowerAll = true
		}
		if isClitic(word) {
			lowerAll = true
		}
	}
	first := !lowerAll // the next letter keeps its capital
	seen := 0          // letters before
	h := uint64(fnvOffset)
	for i := 0; i < len(word); {
		r, size := utf8.DecodeRuneInString(word[i:])
		raw := word[i : i+size]
		i += size
		if title && unicode.IsLetter(r) {
			if !first {
				r = unicode.ToLower(r)
				raw = ""
			}
			first = false
			seen++
		}
		if r < utf8.RuneSelf {
			switch {
			case r == '.' && skipDots:
				continue
			case r == '`':
				r = '\''
			}
			if r == '\'' && seen == 1 && !lowerAll {
				first = true // O'Brien
			}
			h = (h ^ uint64(r)) * fnvPrime
			continue
		}
		if s, ok := fold(r); ok {
			if s == "'" && seen == 1 && !lowerAll {
				first = true
			}
			for j := 0; j < len(s); j++ {
				h = (h ^ uint64(s[j])) * fnvPrime
			}
			continue
		}
		if raw == "" {
			var b [utf8.UTFMax]byte
			for _, c := range b[:utf8.EncodeRune(b[:], r)] {
				h = (h ^ uint64(c)) * fnvPrime
			}
			continue
		}
		for j := 0; j < len(raw); j++ {
			h = (h ^ uint64(raw[j])) * fnvPrime
		}
	}
	return Key(mix(h))
}

// isDotted reports whether word is single letters with dots between or behind:
// U.S., J., N.Y, but not St. or Ph.D.
func isDotted(word string) bool {
	if strings.IndexByte(word, '.') < 1 {
		return false
	}
	letter := false // the rune before is the one letter of its part
	for _, r := range word {
		switch {
		case r == '.' && letter:
			letter = false
		case r != '.' && !letter && unicode.IsLetter(r):
			letter = true
		default:
			return false
		}
	}
	return true
}

func mix(h uint64) uint64 {
	h ^= h >> 32
	h *= 0x9e3779b97f4a7c15
	return h ^ h>>29
}

// step returns the hash of a sequence of tokens and one more behind them.
// The hash of no token is 0.
func step(h uint64, k Key) uint64 {
	h = (h + 0x9e3779b97f4a7c15 ^ uint64(k)) * 0xd6e8feb86659fd93
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return h ^ h>>32
}

// pairHash returns the hash of an unordered pair.
func pairHash(a, b Key) uint64 {
	if a > b {
		a, b = b, a
	}
	return step(step(1, a), b)
}

// Split splits a name into tokens as package nlp splits text: at white space,
// punctuation off, the dots of abbreviations kept, possessive 's off, and a
// hyphen or slash as a token of its own where a part next to it starts with a
// capital (Coca-Cola is Coca, -, Cola; well-known is one token).
func Split(name string) []string {
	var tokens []string
	for _, f := range strings.Fields(name) {
		tokens = splitField(tokens, f)
	}
	return tokens
}

// splitField appends the tokens of a run without white space.
func splitField(dst []string, f string) []string {
	for f != "" { // opening punctuation
		r, size := utf8.DecodeRuneInString(f)
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("'’‘ʻʼ&#@$", r) || r == utf8.RuneError {
			break
		}
		dst = append(dst, f[:size])
		f = f[size:]
	}
	var tail []string // closing punctuation, last first
	for f != "" {
		r, size := utf8.DecodeLastRuneInString(f)
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '.' || r == '&' || r == utf8.RuneError {
			break
		}
		tail = append(tail, f[len(f)-size:])
		f = f[:len(f)-size]
	}
	for _, s := range [...]string{"'s", "’s", "'S", "’S"} {
		if len(f) > len(s) && strings.HasSuffix(f, s) {
			tail = append(tail, f[len(f)-len(s):])
			f = f[:len(f)-len(s)]
			break
		}
	}
	// hyphens and slashes
	start := 0
	for i, r := range f {
		if !isJoint(r) || i == 0 || i < start {
			continue
		}
		size := utf8.RuneLen(r)
		if i+size < len(f) && (startsUpper(f[lastPart(f, i):]) || startsUpper(f[i+size:])) {
			if i > start {
				dst = append(dst, f[start:i])
			}
			dst = append(dst, f[i:i+size])
			start = i + size
		}
	}
	if start < len(f) {
		dst = append(dst, f[start:])
	}
	for i := len(tail) - 1; i >= 0; i-- {
		dst = append(dst, tail[i])
	}
	return dst
}

func isJoint(r rune) bool {
	return r == '-' || r == '/' || r == '‐' || r == '‑' || r == '–' || r == '—' || r == '−'
}

// lastPart returns where the part of f that ends at i starts.
func lastPart(f string, i int) int {
	for i > 0 {
		r, size := utf8.DecodeLastRuneInString(f[:i])
		if isJoint(r) {
			break
		}
		i -= size
	}
	return i
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
