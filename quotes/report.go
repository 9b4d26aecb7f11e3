package quotes

import (
	"strings"

	"github.com/whosaid-nlp/whosaid/nlp"
)

// surelyCue accepts “said” whatever its tag.
func (f *finder) surelyCue(i int) bool {
	switch f.d.Lower(i) {
	case "said", "says", "told", "added":
		return true
	}
	return false
}

// interposed is true of a reporting verb that looks like a noun in a tag
// between commas
// (A lamp, the paper reports, was enough) or before “that” (he maintains that).
func (f *finder) interposed(i, first, last int) bool {
	d := f.d
	if i+2 < last && i > first && (d.Norm(i+1) == "," || d.Norm(i+1) == ":") && (f.inQuote[i+2] > 0 && f.isNounLike(i-1) || f.isPronoun(i-1)) {
		return true // the description read, “…”; they reason, …
	}
	if i+1 < last && i > first && f.d.Lower(i+1) == "that" && strings.HasPrefix(f.tag(i), "NN") && strings.HasSuffix(d.Lower(i), "s") &&
		f.isNounLike(i-1) && (!nounCues[d.Lower(i)] || f.nameAt[i-1] > 0) {
		return true // the report concludes that
	}
	if f.predicates(i, first, last) {
		return true
	}
	if i+1 >= last || f.tag(i) != "NNS" && f.tag(i) != "NN" || !(d.Norm(i+1) == "," || d.Norm(i+1) == ".") || !strings.HasSuffix(d.Lower(i), "s") {
		return false
	}
	p := f.phraseBefore(i, first)
	return !p.empty() && p.first > first && d.Norm(p.first-1) == "," && d.Lower(p.first) == "the"
}

// predicates reports whether the reporting verb i, which looks like a noun, is
// the first verb of its sentence: The court rules growers are owners.
func (f *finder) predicates(i, first, last int) bool {
	d := f.d
	if f.tag(i) != "NNS" || !strings.HasSuffix(d.Lower(i), "s") || i == first || i+2 >= last || !f.isNounLike(i-1) || f.inQuote[i+1] > 0 {
		return false
	}
	p := f.phraseBefore(i, first)
	if p.empty() || p.first != f.sentenceStart(i, first) || p.last-p.first > 12 {
		return false
	}
	high := f.sentenceLast(i, last)
	if cueVerbs[d.Lower(i)] == takesTo {
		return f.infinitive(i+1, high) > 0
	}
	return f.clauseStarts(i+1, min(high, i+24))
}

// besideMarks is true of a reporting verb that looks like something else between
// a quotation in marks and the end of the tag (“…,” the article read.), or after
// a comma and before marks (tweeting, “…”).
func (f *finder) besideMarks(i, first, last int) bool {
	d := f.d
	if i == first || i+1 >= last {
		return false
	}
	if f.isGerund(i) && isComma(d.Norm(i-1)) && i+2 < last && (d.Norm(i+1) == "," || d.Norm(i+1) == ":") {
		return f.inQuote[i+2] > 0
	}
	p := f.phraseBefore(i, first)
	return !p.empty() && p.first > first && f.inQuote[p.first-1] > 0 && f.endsIn(f.quoteOf(p.first-1), ",?!") && f.isSpeaker(p) && f.tagEnds(i+1, last)
}

// isGerund is true of “saying”, and of “tweeting” whatever its tag.
func (f *finder) isGerund(i int) bool {
	return f.tag(i) == "VBG" || strings.HasSuffix(f.d.Lower(i), "ing") && cueVerbs[f.d.Lower(i)] != noCue
}

// openCue is true of any verb that ties a speaker to a quotation in marks:
// “You will regret this!” thundered the mayor; “It is late,” she grumbled.
func (f *finder) openCue(i, first, last int) bool {
	d := f.d
	if i == first || f.nameAt[i] > 0 || f.isAuxiliary(i) || !(f.tag(i) == "VBD" || f.tag(i) == "VBZ" || f.tag(i) == "VBN" || f.tag(i) == "NNS" && f.nameAt[i-1] > 0 || strings.HasSuffix(d.Lower(i), "ed") && f.tag(i) != "RB") {
		return false
	}
	if f.inQuote[i-1] > 0 {
		if q := f.quoteOf(i - 1); !f.endsIn(q, ",?!") || f.namesThing(q) {
			return false
		}
		p := f.phraseAfter(i+1, last)
		return !p.empty() && p.first == i+1 && f.isSpeaker(p)
	}
	k := i
	for k > first && f.tag(k-1) == "RB" {
		k--
	}
	p := f.phraseBefore(k, first)
	if p.empty() || p.first == first || f.inQuote[p.first-1] == 0 || !f.isSpeaker(p) {
		return false
	}
	q := f.quoteOf(p.first - 1)
	lower := f.d.Words[f.d.Tokens[p.first].Word].Shape == nlp.ShapeLower // “Why?” she whispered
	return (f.endsIn(q, ",") || lower && f.endsIn(q, "?!")) && !f.namesThing(q) && f.tagEnds(i+1, last)
}

// endsIn reports whether one of the marks stands before the closing quotation mark of q.
func (f *finder) endsIn(q *nlp.Quoted, marks string) bool {
	return q.Closed && q.Last-q.First > 3 && strings.Contains(marks, f.d.Norm(q.Last-2))
}

// isSpeaker reports whether p can be somebody: a name, a pronoun, a noun with an article.
func (f *finder) isSpeaker(p phrase) bool {
	if f.isPronoun(p.first) || f.nameAt[p.last-1] > 0 {
		return !impersonal[f.d.Lower(p.first)]
	}
	switch f.tag(p.first) {
	case "DT", "PRP$":
		return true
	}
	return false
}

// impersonal pronouns seldom speak.
var impersonal = wordSet(`it who some many`)

// isPassive is true of “announced by” after a form of “be”.
func (f *finder) isPassive(c int) bool {
	if c < 2 || c+2 >= len(f.d.Tokens) || f.d.Lower(c+1) != "by" || f.inQuote[c-1] > 0 || f.inQuote[c+1] > 0 {
		return false
	}
	switch f.d.Lower(c - 1) {
	case "was", "is", "were", "been", "are", "be":
		return true
	}
	return false
}

// readPassive reads “it was announced by the ministry that …”.
func (f *finder) readPassive(c, last int) (q finding, end int, ok bool) {
	p := f.phraseAfter(c+2, last)
	if p.empty() || p.last+2 >= last || f.d.Lower(p.last) != "that" || f.inQuote[p.last] > 0 {
		return q, 0, false
	}
	end = f.contentEnd(p.last+1, f.sentenceLast(p.last, last))
	if end <= p.last+2 || !f.hasFinite(p.last+1, end) {
		return q, 0, false
	}
	q = finding{parts: []phrase{{p.last + 1, end}}, cue: phrase{c, c + 1}, speaker: p, kind: f.kindOf(p.last+1, end)}
	return q, end, true
}

// readDescribed reads “was described as “odd” by the police”.
func (f *finder) readDescribed(c, last int) (q finding, end int, ok bool) {
	d := f.d
	k := c - 1
	for k > 0 && f.tag(k) == "RB" {
		k--
	}
	if k < 0 || c+4 >= last {
		return q, 0, false
	}
	switch d.Lower(k) {
	case "was", "is", "were", "been", "are", "be", "being":
	default:
		return q, 0, false
	}
	marks := false
	for i := c + 1; i < last && i < c+40; i++ {
		switch w := d.Norm(i); {
		case f.inQuote[i] > 0:
			marks = true
			i = f.quoteOf(i).Last - 1
		case isEnd(w):
			return q, 0, false
		case w == "by" && marks:
			p := f.phraseAfter(i+1, last)
			if p.first != i+1 {
				return q, 0, false
			}
			content := phrase{c + 1, f.trimComma(i)}
			return finding{parts: []phrase{content}, cue: phrase{c, c + 1}, speaker: p, kind: f.kindOf(content.first, content.last)}, i, true
		case f.nameAt[i] == 0 && isFinite(d, i):
			return q, 0, false
		}
	}
	return q, 0, false
}

// trimComma returns the token before a comma that ends before token i, or i.
func (f *finder) trimComma(i int) int {
	if f.d.Norm(i-1) == "," && f.inQuote[i-1] == 0 {
		return i - 1
	}
	return i
}

// wholeCue returns the cue of the verb c with what belongs to it: pointed out,
// went on to say; and the verb whose subject is the source.
func (f *finder) wholeCue(c, low int) (cue phrase, verb int) {
	d := f.d
	if c-3 >= low && d.Lower(c-1) == "to" && d.Lower(c-2) == "on" {
		switch d.Lower(c - 3) {
		case "went", "goes", "go", "going":
			return phrase{c - 3, c + 1}, c - 3
		}
	}
	if c+1 < len(d.Tokens) && d.Lower(c+1) == "out" && strings.HasPrefix(d.Lower(c), "point") {
		return phrase{c, c + 2}, c
	}
	return phrase{c, c + 1}, c
}

// negated is true of “did not say”, “declined to say”, “to say”, “may say”.
func (f *finder) negated(c int) bool {
	d := f.d
	for k := c - 1; k >= 0 && k >= c-4; k-- {
		switch d.Lower(k) {
		case "not", "n't", "never", "to", "if", "cannot", "refused", "declined", "may", "might", "can", "could", "should", "must":
			return true
		case "would", "will":
			return f.d.Lower(c) == "testify" || k == c-1 && f.d.Lower(c) != "say" && f.d.Lower(c) != "tell"
		}
		if !f.isAuxiliary(k) && f.tag(k) != "RB" {
			return false
		}
	}
	return false
}

// isNobody is true of “nobody”, “no one”, “not everyone”.
func (f *finder) isNobody(p phrase) bool {
	switch f.d.Lower(p.first) {
	case "nobody", "no", "none", "neither":
		return f.nameAt[p.first] == 0
	}
	return p.first > 0 && f.d.Lower(p.first-1) == "not" && f.inQuote[p.first-1] == 0
}

// outerTag returns the tag after a comma that ends the sentence [first, last),
// if what it reports is itself a report: She had told the police she was fine, |
// the source added. It returns first if there is none.
func (f *finder) outerTag(first, last int) int {
	d := f.d
	end := last
	for end > first && isEnd(d.Norm(end-1)) {
		end--
	}
	for k := end - 1; k > first+4 && k > end-14; k-- {
		if f.inQuote[k] > 0 {
			return first
		}
		if d.Norm(k) != "," {
			continue
		}
		if f.inQuote[k-1] > 0 || !f.isTag(k+1, end) {
			continue
		}
		if f.reports(first, k) && f.hasFinite(first, k) {
			return k + 1
		}
		return first
	}
	return first
}

// isTag reports whether [first, last) is a subject and a reporting verb, in
// either order, with nothing but when and where.
func (f *finder) isTag(first, last int) bool {
	d := f.d
	cue := func(i int) bool {
		class := cueVerbs[d.Lower(i)]
		return (class == takesAny || class == takesThat) && f.nameAt[i] == 0 && (f.tag(i) == "VBD" || f.tag(i) == "VBZ" || f.tag(i) == "VBP" || f.surelyCue(i))
	}
	if last-first < 2 {
		return false
	}
	p, after := f.phraseAfter(first, last), 0
	switch {
	case cue(first):
		p = f.phraseAfter(first+1, last)
		after = p.last
	case p.first == first && p.last < last && cue(p.last):
		after = p.last + 1
	default:
		return false
	}
	return !p.empty() && !f.isNobody(p) && f.tagEnds(after, last) && f.nextComma(after, last) == last
}

// asksAnonymity is true of “asked not to be named”, which reports nothing.
func (f *finder) asksAnonymity(c int) bool {
	d := f.d
	if c+2 >= len(d.Tokens) {
		return false
	}
	switch d.Lower(c) {
	case "asked", "asking", "requested", "requesting", "insisted", "insisting", "asks":
	default:
		return false
	}
	for k := c + 1; k < c+6 && k < len(d.Tokens); k++ {
		switch d.Lower(k) {
		case "named", "identified", "anonymous", "anonymity", "quoted":
			return true
		}
	}
	return false
}
