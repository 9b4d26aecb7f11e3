package quotes

import (
	"strings"

	"github.com/whosaid-nlp/whosaid/nlp"
)

// A phrase is a run of tokens [first, last).
type phrase struct{ first, last int }

func (p phrase) empty() bool { return p.last <= p.first }

// longestPhrase bounds the tokens of a noun phrase, longestReport those of a
// reported clause before its cue.
const (
	longestPhrase = 80
	longestReport = 400
)

// phraseBefore returns the noun phrase whose last token is end-1 and that
// begins at low or later; empty when no noun stands there.
func (f *finder) phraseBefore(end, low int) phrase {
	low = max(low, end-longestPhrase)
	i := end - 1
	if i < low || f.inQuote[i] > 0 && f.quoteOf(i).Last-f.quoteOf(i).First > 6 {
		return phrase{}
	}
	if f.isPronoun(i) {
		return phrase{i, i + 1}
	}
	if !f.isNounLike(i) {
		return phrase{}
	}
	for i >= low {
		if m := f.nameAt[i]; m > 0 {
			i = f.ents.Mentions[m-1].First - 1
			continue
		}
		if f.inQuote[i] > 0 {
			if !f.isNickname(i, low) {
				return f.trim(i+1, end)
			}
			i = f.quoteOf(i).First - 1
			continue
		}
		tag := f.tag(i)
		switch w := f.d.Norm(i); {
		case f.isMark(i) && (w == `"` || i == low || !f.isNounLike(i-1)):
			return f.trim(i+1, end)
		case degrees[w] && i-2 >= low && f.d.Norm(i-1) == "," && f.nameAt[i-2] > 0:
			i -= 2 // Bill Cassidy, M.D.
		case w == ")":
			k := i
			for k > low && k > i-14 && f.d.Norm(k) != "(" {
				k--
			}
			if f.d.Norm(k) != "(" {
				return f.trim(i+1, end)
			}
			i = k - 1
			continue
		case strings.HasPrefix(tag, "NN"), strings.HasPrefix(tag, "JJ"), tag == "CD", tag == "POS", tag == "$",
			tag == "VBN" && i > low && !isComma(f.d.Norm(i-1)) && !f.isAuxiliary(i-1) && f.inNoun(i-1), tag == "VBG" && i > low && f.inNoun(i-1) && strings.HasPrefix(f.tag(i+1), "NN"), w == "&", w == "-", w == "'s" && f.tag(i) != "VBZ", w == "'s" && i > low && f.isNounLike(i-1), w == "'" && i > low && f.isNounLike(i-1):
			i--
		case tag == "DT" || tag == "PRP$" || tag == "WP$" || tag == "PDT":
			if w == "that" && i+1 < end && (f.nameAt[i+1] > 0 || f.tag(i+1) == "DT") {
				return f.trim(i+1, end)
			}
			if f.precededByOf(i, low) || w == "The" && i > low && outlets[f.d.Lower(i-1)] {
				i--
				continue
			}
			if p := f.pronounAnd(i, low); p > 0 {
				return phrase{p - 1, end}
			}
			return f.trim(i, end)
		case (tag == "VBP" || tag == "VB") && i > low && i+1 < end && f.nameAt[i+1] > 0 && (f.nameAt[i-1] > 0 || f.inNoun(i-1)):
			i-- // Caloundra coach Geoff Ingram: a noun that looks like a verb
		case tag == "IN" || tag == "TO":
			if i-2 >= low && afterNouns[f.d.Lower(i-1)] && f.isNounLike(i-2) { // two people briefed on the matter
				i -= 2
				continue
			}
			if i-2 >= low && w == "by" && f.tag(i-1) == "VBN" && documents[f.d.Lower(i-2)] { // a report released by
				i -= 2
				continue
			}
			if i-1 >= low && w == "of" && f.tag(i-1) == "CD" && i-3 >= low && f.d.Lower(i-2) == "and" { // Smith and 46 of his colleagues
				i -= 2
				continue
			}
			if i-1 >= low && w == "of" && quantifiers[f.d.Lower(i-1)] {
				return f.trim(i-1, end)
			}
			if !linkPrepositions[f.d.Lower(i)] || i-1 < low || !f.isNounLike(i-1) || timeWords[f.d.Lower(i+1)] {
				return f.trim(i+1, end)
			}
			i--
		case tag == "CC" && (f.d.Lower(i) == "and" || f.d.Lower(i) == "or"):
			if p := f.pronounAnd(i+1, low); p > 0 {
				return phrase{p - 1, end}
			}
			if i-1 < low || !f.isNounLike(i-1) {
				return f.trim(i+1, end)
			}
			i--
		case tag == "VBG" && i+1 < end && leadingParticiples[w]: // Presiding judge
			i--
		case tag == "RB" && i+1 < end && (strings.HasPrefix(f.tag(i+1), "JJ") || f.tag(i+1) == "CD"):
			i--
		default:
			return f.trim(i+1, end)
		}
	}
	return f.trim(low, end)
}

// pronounAnd returns 1 + the pronoun that “and” joins with what begins at i: she
// and her lawyer; or 0.
func (f *finder) pronounAnd(i, low int) int {
	if i-2 < low || f.d.Lower(i-1) != "and" || f.inQuote[i-2] > 0 {
		return 0
	}
	switch f.d.Lower(i - 2) {
	case "he", "she", "they", "i", "we":
		return i - 1
	}
	return 0
}

// leadingParticiples begin a title.
var leadingParticiples = map[string]bool{"Presiding": true, "Acting": true, "Managing": true, "Founding": true,
	"presiding": true, "acting": true, "managing": true, "founding": true, "visiting": true, "Visiting": true,
	"outgoing": true, "Outgoing": true, "incoming": true, "Incoming": true, "sitting": true, "Sitting": true}

// degrees follow a name after a comma.
var degrees = map[string]bool{"M.D.": true, "Jr.": true, "Sr.": true, "Ph.D.": true, "Jr": true, "MD": true, "PhD": true, "Esq.": true}

// isNickname reports whether the mark at i closes a few words inside a name or
// noun phrase: Ferdinand “Bongbong” Marcos.
func (f *finder) isNickname(i, low int) bool {
	if f.inQuote[i] == 0 {
		return false
	}
	q := f.quoteOf(i)
	return q.Last-q.First <= 5 && q.First > low && f.d.Words[f.d.Tokens[i-1].Word].Shape != nlp.ShapePunct &&
		(f.isNounLike(q.First-1) || f.inNoun(q.First-1))
}

// afterNouns tell after a noun who somebody is.
var afterNouns = wordSet(`briefed familiar close acquainted based involved knowledgeable stationed embedded`)

// outlets are nouns before a name that begins with “The”: newspaper The Hindu.
var outlets = wordSet(`newspaper paper magazine daily weekly tabloid broadcaster website outlet agency portal`)

// quantifiers stand for people before “of”.
var quantifiers = wordSet(`some many most several all both one two three four none each half few several either neither any`)

func (f *finder) precededByOf(i, low int) bool {
	if i-3 >= low && f.d.Lower(i-1) == "by" && f.tag(i-2) == "VBN" && documents[f.d.Lower(i-3)] {
		return true
	}
	if i-2 >= low && (f.d.Lower(i-1) == "of" && (quantifiers[f.d.Lower(i-2)] || f.tag(i-2) == "CD") || i-3 >= low && afterNouns[f.d.Lower(i-2)] && f.isNounLike(i-3)) {
		return true
	}
	return i-2 >= low && linkPrepositions[f.d.Lower(i-1)] && f.isNounLike(i-2)
}

func (f *finder) inNoun(i int) bool {
	if f.isMark(i) {
		return false
	}
	t := f.tag(i)
	return strings.HasPrefix(t, "NN") || strings.HasPrefix(t, "JJ") || t == "DT" || t == "POS" || t == "PRP$" || t == "CD"
}

// trim drops what cannot begin a source: conjunctions, days, adverbs.
func (f *finder) trim(first, last int) phrase {
	for first < last {
		w := f.d.Lower(first)
		t := f.tag(first)
		if t == "CC" || w == "'s" || w == "-" || w == "--" || w == "&" || w == "'" || f.nameAt[first] == 0 && (timeWords[w] || t == "RB" && first+1 < last) || w == "," || w == ")" {
			first++
			continue
		}
		break
	}
	for last > first {
		if t := f.tag(last - 1); t == "IN" || t == "CC" || timeWords[f.d.Lower(last-1)] || last-first > 1 && f.nameAt[last-1] == 0 && (f.d.Lower(last-1) == "further" || f.d.Lower(last-1) == "reportedly" || f.d.Lower(last-1) == "once") {
			last--
			continue
		}
		break
	}
	for i := first; i < last; i++ {
		if f.isNounLike(i) || f.isPronoun(i) {
			return phrase{first, last}
		}
	}
	return phrase{}
}

// phraseAfter returns the noun phrase that begins at i and ends before high.
func (f *finder) phraseAfter(i, high int) phrase {
	start := i
	high = min(high, i+longestPhrase)
	if i >= high {
		return phrase{}
	}
	if f.isPronoun(i) {
		return phrase{i, i + 1}
	}
	noun := false
	for i < high {
		if f.inQuote[i] > 0 {
			if q := f.quoteOf(i); noun && q.Last-q.First <= 5 && q.Last < high && f.isNounLike(q.Last) {
				i = q.Last
				continue
			}
			break
		}
		if m := f.nameAt[i]; m > 0 {
			i = f.ents.Mentions[m-1].Last
			noun = true
			if i < high && (f.d.Lower(i) == "and" && i+1 < high && (f.nameAt[i+1] > 0 || f.isTitle(i+1)) ||
				f.tag(i) == "POS" || f.d.Norm(i) == "'s" || f.d.Norm(i) == "-" && f.nameAt[i+1] > 0 ||
				strings.HasPrefix(f.tag(i), "NN") && !timeWords[f.d.Lower(i)] || strings.HasPrefix(f.tag(i), "JJ") || f.nameAt[i] > 0) {
				if f.nameAt[i] == 0 && (f.d.Lower(i) == "and" || f.tag(i) == "POS" || f.d.Norm(i) == "'s" || f.d.Norm(i) == "-") {
					i++
				}
				continue
			}
			if i < high && f.d.Norm(i) == "(" {
				if k := f.closingBracket(i, high); k > 0 {
					i = k
				}
			}
			break
		}
		tag := f.tag(i)
		w := f.d.Lower(i)
		if timeWords[w] || f.isMark(i) && !f.isPossessiveMark(i) {
			break
		}
		if noun && f.isPossessiveMark(i) {
			i++
			continue
		}
		switch {
		case strings.HasPrefix(tag, "NN"):
			noun = true
			i++
		case strings.HasPrefix(tag, "JJ"), tag == "CD", tag == "POS", tag == "&", w == "'s":
			i++
		case tag == "DT" || tag == "PRP$" || tag == "PDT":
			if noun && f.d.Norm(i-1) != "'s" && !(linkPrepositions[f.d.Lower(i-1)] || f.d.Lower(i-1) == "and") {
				return f.trim(start, i)
			}
			i++
		case (w == "of" || w == "for" || w == "at" || w == "with" || w == "from") && noun && i+1 < high && (f.inNoun(i+1) || f.nameAt[i+1] > 0):
			i++
		case w == "of" && i > start && quantifiers[f.d.Lower(i-1)] && i+1 < high:
			i++
		case w == "and" && noun && i+1 < high && (f.nameAt[i+1] > 0 || f.isTitle(i+1)):
			i++
		case noun && documents[f.d.Lower(i-1)] && f.issuedBy(i, high) > 0:
			i = f.issuedBy(i, high)
		case (tag == "VBN" || tag == "VBG") && !noun && i+1 < high && f.inNoun(i+1):
			i++
		default:
			return f.trim(start, i)
		}
	}
	return f.trim(start, i)
}

// issuedBy returns the token after “by” in “a statement | issued on Friday by”, or 0.
func (f *finder) issuedBy(i, high int) int {
	for k := i; k < high && k < i+6; k++ {
		switch w := f.d.Lower(k); {
		case w == "by" || w == "from" && k == i:
			return k + 1
		case w == "," || w == ":" || w == "that" || f.nameAt[k] == 0 && isFinite(f.d, k) && f.tag(k) != "VBD":
			return 0
		}
	}
	return 0
}

func (f *finder) closingBracket(i, high int) int {
	for k := i + 1; k < high && k < i+12; k++ {
		if f.d.Norm(k) == ")" {
			return k + 1
		}
	}
	return 0
}

func (f *finder) isTitle(i int) bool { return f.d.Words[f.d.Tokens[i].Word].Shape.Capital() }

// linkPrepositions join nouns into one phrase: spokesman for the ministry.
var linkPrepositions = wordSet(`of for at in from with by on to`)

func isComma(w string) bool { return w == "," || w == ";" || w == "--" || w == "-" || w == ":" }

func (f *finder) isPronoun(i int) bool {
	switch f.d.Lower(i) {
	case "he", "she", "it", "they", "we", "i", "who", "you", "someone", "everyone", "nobody", "others":
		return f.nameAt[i] == 0
	case "many", "some", "one", "both", "another", "several", "most", "few":
		if i+1 < len(f.d.Tokens) { // one guard, some of them
			if t := f.tag(i + 1); strings.HasPrefix(t, "NN") || strings.HasPrefix(t, "JJ") || t == "CD" || f.nameAt[i+1] > 0 || f.d.Lower(i+1) == "of" {
				return false
			}
		}
		return f.nameAt[i] == 0
	}
	return false
}

func (f *finder) isNounLike(i int) bool {
	if f.isMark(i) {
		return false
	}
	return f.nameAt[i] > 0 || strings.HasPrefix(f.tag(i), "NN") || f.d.Norm(i) == ")" || f.isPersonNoun(i)
}

// isPersonNoun is true of nouns for people that the tagger takes for
// adjectives: a senior official, two locals.
func (f *finder) isPersonNoun(i int) bool {
	if strings.HasSuffix(f.d.Lower(i), "-year-old") {
		return i+1 >= len(f.d.Tokens) || !strings.HasPrefix(f.tag(i+1), "NN") && f.nameAt[i+1] == 0
	}
	return personNouns[f.d.Lower(i)] && (i+1 >= len(f.d.Tokens) || !strings.HasPrefix(f.tag(i+1), "NN") && f.nameAt[i+1] == 0)
}

var personNouns = wordSet(`official officials executive executives representative representatives relative relatives
native natives local locals veteran veterans conservative conservatives liberal liberals democrat democrats republican
republicans activist insider insiders patient patients professional general elderly military lieutenant`)

// isPossessiveMark is true of the apostrophe in “the farmers' leader”.
func (f *finder) isPossessiveMark(i int) bool {
	t := f.d.Tokens[i]
	return f.d.Norm(i) == "'" && !t.SpaceBefore && f.inQuote[i] == 0 && i > 0 && strings.HasSuffix(f.d.Lower(i-1), "s") &&
		i+1 < len(f.d.Tokens) && f.d.Tokens[i+1].SpaceBefore
}

// isMark reports whether token i is a quotation mark, which prose takes for a noun.
func (f *finder) isMark(i int) bool {
	w := f.d.Norm(i)
	return w == `"` || w == "'" || w == "``"
}

func (f *finder) isAuxiliary(i int) bool {
	switch f.d.Lower(i) {
	case "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "'s", "'ve", "'re", "will", "would", "did", "do", "does", "can", "could", "may", "might", "should", "must", "not", "n't", "never":
		return true
	}
	return false
}
