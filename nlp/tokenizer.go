package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenize splits the paragraph p into tokens, by the conventions of the Penn
// Treebank: punctuation stands alone, clitics ('s, n't) are tokens, the full
// stop of an abbreviation belongs to it. A hyphen or slash is a token of its
// own where a part beside it begins with a capital (Russia-U.S. talks,
// Tehran-based), so that names can be told apart.
func tokenize(in *interner, p Span) {
	text := in.d.Text
	space := true
	for i := p.Start; i < p.End; {
		r, n := decode(text, i, p.End)
		if isSpace(r) {
			space = true
			i += n
			continue
		}
		end := wordEnd(text, i, p.End, space)
		if end <= i { // punctuation
			end = punctuationEnd(text, i, p.End, r, n)
			in.add(i, end, space)
		} else {
			addWord(in, i, end, space)
		}
		i = end
		space = false
	}
}

func decode(text string, i, end int) (rune, int) {
	if i >= end {
		return -1, 0
	}
	if c := text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(text[i:end])
}

func isSpace(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || r >= '\t' && r <= '\r' || r == 0
	}
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u200e' || r == '\u200f'
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isUpper(r rune) bool {
	return r >= 'A' && r <= 'Z' || r >= utf8.RuneSelf && (unicode.IsUpper(r) || unicode.IsTitle(r))
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '‘' }

func isHyphen(r rune) bool { return r == '-' || r == '‐' || r == '‑' }

// wordEnd returns the end of the word that starts at i, or i when none does.
// Words may hold apostrophes; addWord splits the clitics off.
func wordEnd(text string, i, end int, space bool) int {
	r, n := decode(text, i, end)
	start := i
	if space {
		if e := addressEnd(text, i, end); e > i {
			return e
		}
	}
	switch {
	case isWordRune(r):
	case (r == '@' || r == '#') && space:
		if next, _ := decode(text, i+n, end); !isWordRune(next) {
			return start
		}
	case r == '.' && (space || i == 0):
		if next, _ := decode(text, i+n, end); !isDigit(next) {
			return start
		}
	case isApostrophe(r) && r != '‘':
		return elisionEnd(text, i, end, n)
	default:
		return start
	}
	partUpper := isUpper(r) // does the part after the last hyphen begin with a capital?
	last := r               // rune before i
	i += n
	for i < end {
		if byteClasses[text[i]]&wordByte != 0 {
			for i++; i < end && byteClasses[text[i]]&wordByte != 0; i++ {
			}
			last = rune(text[i-1])
			continue
		}
		r, n = decode(text, i, end)
		if isWordRune(r) {
			last = r
			i += n
			continue
		}
		next, nn := decode(text, i+n, end)
		switch {
		case r == '.' && isDigit(last) && isDigit(next),
			r == ',' && isDigit(last) && isDigit(next) && thousands(text, i+n, end),
			r == ':' && isDigit(last) && isDigit(next),
			isApostrophe(r) && r != '‘' && isWordRune(last) && isWordRune(next) && !isDigit(last),
			r == '&' && isUpper(last) && isUpper(next):
		case r == '.' && isWordRune(next) && !isDigit(last) && isAcronymPart(text, start, i) && letterThenDot(text, i+n, end):
		case (isHyphen(r) || r == '/') && isWordRune(next):
			if partUpper || isUpper(next) {
				if !(isDigit(last) && isDigit(next)) && !(r == '-' && keepsHyphen(text, start, i, i+n, end)) {
					return i
				}
			}
			partUpper = isUpper(next)
		case r == '.' && (isAbbreviation(text[start:i], next) || isInitialI(text, start, i, next)):
			return i + n
		default:
			return i
		}
		last = next
		i += n + nn
	}
	return i
}

// keepsHyphen is true of designations (B-52, COVID-19) and one-letter prefixes
// (e-Estonia, X-ray), but not of a party and a state (R-Ind.) or a state and
// its congressional district (TN-02).
func keepsHyphen(text string, start, hyphen, after, end int) bool {
	r, _ := decode(text, after, end)
	first, _ := decode(text, start, end)
	if isDigit(r) && hyphen-start == 2 && strings.Contains(postalStates, text[start:hyphen]+" ") {
		return false
	}
	return isDigit(r) || hyphen-start == 1 && !(isUpper(r) && isUpper(first))
}

// postalStates are the US states that have congressional districts.
const postalStates = "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM " +
	"NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY "

// thousands reports whether exactly three digits stand at i.
func thousands(text string, i, end int) bool {
	for k := 0; k < 3; k++ {
		if i+k >= end || !isDigit(rune(text[i+k])) {
			return false
		}
	}
	return i+3 >= end || !isDigit(rune(text[i+3]))
}

// isAcronymPart reports whether text[start:i] looks like "U" or "U.S": single
// letters with full stops between them.
func isAcronymPart(text string, start, i int) bool {
	if i-start > 12 {
		return false
	}
	letter := false
	for _, r := range text[start:i] {
		if unicode.IsLetter(r) {
			if letter {
				return false
			}
			letter = true
		} else if r == '.' {
			letter = false
		} else {
			return false
		}
	}
	return letter
}

// letterThenDot reports whether a single letter and a full stop stand at i
// (or a single letter that ends the word, as in U.S).
func letterThenDot(text string, i, end int) bool {
	_, n := decode(text, i, end)
	next, _ := decode(text, i+n, end)
	return next == '.' || !isWordRune(next)
}

// isAbbreviation reports whether the full stop after word belongs to it.
// next is the character after the full stop (-1 at the end of the paragraph).
func isAbbreviation(word string, next rune) bool {
	if next >= 0 && (isWordRune(next) || next == '.') {
		return false
	}
	if len(word) <= 12 && strings.IndexByte(word, '.') >= 0 && !isDigit(rune(word[0])) {
		return true
	}
	if len(word) == 1 {
		return word[0] >= 'A' && word[0] <= 'Z' && word[0] != 'I'
	}
	_, ok := abbreviations[word]
	return ok
}

// isInitialI reports whether the word text[start:i] is an I that stands behind
// another initial (Wayne A. I. Frederick) and not the pronoun.
func isInitialI(text string, start, i int, next rune) bool {
	return i-start == 1 && text[start] == 'I' && next == ' ' && start > 3 && text[start-1] == ' ' && text[start-2] == '.' &&
		text[start-3] >= 'A' && text[start-3] <= 'Z' && !isWordRune(rune(text[start-4]))
}

// elisionEnd returns the end of a word that begins with an apostrophe ('90s, 'em), or i.
func elisionEnd(text string, i, end, n int) int {
	j := i + n
	for j < end && isWordRune(rune(text[j])) {
		j++
	}
	w := text[i+n : j]
	if len(w) == 3 && isDigit(rune(w[0])) && isDigit(rune(w[1])) && w[2] == 's' {
		return j
	}
	switch w {
	case "em", "tis", "twas", "til", "cause":
		return j
	}
	return i
}

// byteClass tells what an ASCII character can be a part of.
type byteClass uint8

const (
	wordByte    byteClass = 1 << iota // letter, digit, _
	addressByte                       // what a web address or an e-mail address may hold
	addressMark                       // what every address holds one of: . : @
)

var byteClasses = func() (t [256]byteClass) {
	for c := '!'; c < 0x7f; c++ {
		if isWordRune(c) {
			t[c] |= wordByte
		}
		if !strings.ContainsRune(`"<>()[]{}|`, c) {
			t[c] |= addressByte
		}
	}
	t[0x7f] = addressByte
	for _, c := range ".:@" {
		t[c] |= addressMark
	}
	return t
}()

// addressEnd returns the end of a web address or e-mail address at i, or i.
func addressEnd(text string, i, end int) int {
	j := i
	marks := byteClass(0)
	for j < end && byteClasses[text[j]]&addressByte != 0 {
		marks |= byteClasses[text[j]]
		j++
	}
	if marks&addressMark == 0 {
		return i
	}
	chunk := strings.TrimRight(text[i:j], ".,;:!?'*")
	if strings.Contains(chunk, "://") || strings.HasPrefix(chunk, "www.") {
		return i + len(chunk)
	}
	if at := strings.IndexByte(chunk, '@'); at > 0 && strings.IndexByte(chunk[at:], '.') > 1 {
		return i + len(chunk)
	}
	for _, tld := range []string{".com", ".org", ".net", ".gov"} {
		if strings.HasSuffix(chunk, tld) && len(chunk) > len(tld) && isWordRune(rune(chunk[0])) {
			return i + len(chunk)
		}
	}
	return i
}

// punctuationEnd groups dots, dashes and LaTeX marks; all other signs stand alone.
func punctuationEnd(text string, i, end int, r rune, n int) int {
	j := i + n
	switch r {
	case '.', '-', '_', '*', '=', '~', '#':
		for j < end && text[j] == text[i] {
			j++
		}
	case '`', '\'':
		if j < end && text[j] == text[i] {
			j++
		}
	}
	return j
}

// addWord adds the word [start, end) and the clitics at its end.
func addWord(in *interner, start, end int, space bool) {
	text := in.d.Text
	cut := cliticStart(text, start, end)
	if cut <= start || cut >= end {
		in.add(start, end, space)
		return
	}
	in.add(start, cut, space)
	in.add(cut, end, false)
}

// cliticStart returns where the clitic of a word begins, or end.
func cliticStart(text string, start, end int) int {
	word := text[start:end]
	if !mayHoldApostrophe(word) {
		return end
	}
	k := strings.LastIndexAny(word, "'’ʼ")
	if k <= 0 {
		return end
	}
	_, n := utf8.DecodeRuneInString(word[k:])
	switch strings.ToLower(word[k+n:]) {
	case "s", "re", "ve", "ll", "d", "m":
		return start + k
	case "t":
		if c := word[k-1]; (c == 'n' || c == 'N') && k > 1 {
			return start + k - 1
		}
	}
	return end
}

func mayHoldApostrophe(word string) bool {
	for i := 0; i < len(word); i++ {
		if word[i] == '\'' || word[i] >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

// abbreviations are the words whose full stop is part of them.
var abbreviations = wordSet(`Mr Mrs Ms Dr Prof Rev Fr Sr Jr St Ste Mt Ft Hon Sen Sens Rep Reps Gov Govs Gen Lt Col Maj
Capt Cmdr Cdr Adm Brig Sgt Cpl Pvt Pte Det Insp Supt Const Pres Sec Treas Atty Amb Asst Assoc Dir Dep Del Msgr Messrs
Mme Mlle Inc Corp Co Cos Ltd Bros Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Ave Blvd Rd Hwy Ala Ariz Ark Calif
Colo Conn Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Vt Va Wash Wis Wyo
vs etc al eg ie cf approx dept Dept est Est Univ Gt Esq PhD Ph No Nos Vol Art Sect pp viz ca Bhd Pty Plc Mfg Intl Natl
Rt Pt Hr Herr Sra Srta Dna Eng Ing Rtd ret`)

func wordSet(words string) map[string]struct{} {
	set := make(map[string]struct{})
	for _, w := range strings.Fields(words) {
		set[w] = struct{}{}
	}
	return set
}
