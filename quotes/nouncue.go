package quotes

import "strings"

// nounCues are nouns that report a clause after “that”: his claim that …
var nounCues = wordSet(`claim claims statement statements report reports suggestion suggestions accusation accusations
allegation allegations assertion assertions argument warning warnings complaint complaints promise promises pledge
announcement denial denials insistence comment comments remark remarks admission assurance assurances acknowledgment
acknowledgement contention declaration testimony revelation disclosure response demand demands request call vow prediction
conclusion`)

// readNoun returns the quotation that the noun i reports with a clause after
// “that”, if its source stands beside it: Trump's claim that …, a report by
// Reuters that …
func (f *finder) readNoun(i, done, first, last int) (q finding, ok bool) {
	d := f.d
	that, source := i+1, phrase{}
	if that < last && (d.Lower(that) == "by" || d.Lower(that) == "from") {
		source = f.phraseAfter(that+1, last)
		if source.empty() || source.last >= last {
			return q, false
		}
		that = source.last
		if that+2 < last && d.Norm(that) == "," && d.Lower(that+1) == "that" {
			that++
		}
	} else {
		source = f.possessor(i, max(done, f.sentenceStart(i, first)))
	}
	if source.empty() || that+2 >= last || d.Lower(that) != "that" || f.inQuote[that] > 0 {
		return q, false
	}
	end := f.contentEnd(that+1, min(that+longestReport, f.sentenceLast(i, last)))
	if s := max(i-longestReport, f.sentenceStart(i, first)); !f.hasFinite(s, min(i, max(s, source.first))) {
		end = f.predicateOf(that+1, end)
	}
	if end <= that+2 || !f.hasFinite(that+1, end) {
		return q, false
	}
	p := phrase{that + 1, end}
	return finding{parts: []phrase{p}, cue: phrase{i, i + 1}, speaker: source, kind: f.kindOf(p.first, p.last)}, true
}

// possessor returns whose the noun i is: Trump's repeated claim, his claim.
func (f *finder) possessor(i, low int) phrase {
	k := i - 1
	for k > low && (strings.HasPrefix(f.tag(k), "JJ") || f.tag(k) == "VBN" || f.tag(k) == "NN" && f.nameAt[k] == 0) {
		k--
	}
	if k < low || f.inQuote[k] > 0 {
		return phrase{}
	}
	switch {
	case f.tag(k) == "PRP$":
		return phrase{k, k + 1}
	case f.d.Norm(k) == "'s" || f.d.Norm(k) == "'" && k > low && f.isNounLike(k-1):
		p := f.phraseBefore(k, low)
		for j := p.last - 1; j > p.first; j-- {
			if f.nameAt[j] == 0 && strings.HasPrefix(f.tag(j), "VB") { // doubted | Trump's claim
				p.first = j + 1
				break
			}
		}
		return p
	}
	return phrase{}
}

// predicateOf returns where the clause that begins at i ends if it belongs to
// the subject of its sentence: his claim that he won | was rejected.
func (f *finder) predicateOf(i, end int) int {
	d := f.d
	finite := 0
	for k := i; k < end; k++ {
		if f.inQuote[k] > 0 {
			k = f.quoteOf(k).Last - 1
			continue
		}
		if f.nameAt[k] > 0 || !isFinite(d, k) {
			continue
		}
		if finite > 0 && k > finite+1 {
			if c := f.lastComma(finite+1, k); c > 0 {
				if p := f.phraseAfter(c+1, k); p.first == c+1 && p.last == k { // …, de Wit declined
					return c
				}
			}
			switch w := d.Lower(k - 1); {
			case w == "who" || w == "which" || w == "that" || w == "and" || w == "or" || w == "but" || f.isPronoun(k-1):
			case f.isNounLike(k-1) || d.Norm(k-1) == "," || f.tag(k-1) == "RB" || strings.HasPrefix(f.tag(k-1), "VB") && !f.isAuxiliary(k-1) || f.tag(k-1) == "JJ" || f.inQuote[k-1] > 0:
				if d.Norm(k-1) == "," {
					return k - 1
				}
				return k
			}
		}
		finite = k
	}
	return end
}

// lastComma returns the last comma in [first, last), or 0.
func (f *finder) lastComma(first, last int) int {
	for k := last - 1; k >= first; k-- {
		if f.d.Norm(k) == "," && f.inQuote[k] == 0 {
			return k
		}
	}
	return 0
}
