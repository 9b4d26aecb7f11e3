package quotes

import (
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/nlp"
)

// headlineSpeaker returns who speaks in a headline of the form ‘We will win’:
// minister hits back, from the quotation q in it, and whether it is one.
func (f *finder) headlineSpeaker(q *nlp.Quoted) (phrase, bool) {
	d := f.d
	p := paragraphTokens(d, 0)
	if q.First != p.first || q.Last+1 >= p.last || q.Last-q.First < 5 || d.Norm(q.Last) != ":" || isEnd(d.Norm(p.last-1)) {
		return phrase{}, false
	}
	s := f.phraseAfter(q.Last+1, p.last)
	for s.last-s.first > 1 && f.nameAt[s.last-1] == 0 && s.last < p.last && f.tag(s.last-1) == "NNS" {
		switch f.tag(s.last) { // a verb that looks like a noun: minister hits back
		case "RP", "RB", "IN", "TO", "DT", "JJ":
			s.last--
			continue
		}
		break
	}
	return s, true
}

// readHeadline adds what a press release announces in its headline: Smith
// Announces New Grants for Ohio.
func (f *finder) readHeadline() {
	if len(f.d.Paragraphs) < 2 {
		return
	}
	p := paragraphTokens(f.d, 0)
	if p.empty() || isEnd(f.d.Norm(p.last-1)) {
		return
	}
	if f.tagOfHeadline(p) {
		return
	}
	for i := p.first + 1; i+2 < p.last; i++ {
		w := f.d.Lower(i)
		if w != "announces" && w != "announce" || f.inQuote[i] > 0 || f.used[i] || f.used[i+1] {
			continue
		}
		if s := f.phraseBefore(i, p.first); !s.empty() && s.first == p.first && f.nameAt[s.last-1] > 0 {
			last := p.last
			f.add(finding{parts: []phrase{{i + 1, last}}, cue: phrase{i, i + 1}, speaker: s, kind: f.kindOf(i+1, last)})
		}
		return
	}
}

// tagOfHeadline adds what a headline reports before a tag at its end, whose verb
// may look like a noun: Boy finds coins in orchard, police report.
func (f *finder) tagOfHeadline(p phrase) bool {
	d := f.d
	comma := p.last - 1
	for comma > p.first+3 && d.Norm(comma) != "," {
		comma--
	}
	if comma <= p.first+3 || p.last-comma > 9 || p.last-comma < 3 || f.inQuote[comma] > 0 || f.used[comma-1] || f.used[p.first] {
		return false
	}
	verb, source := p.last-1, f.phraseAfter(comma+1, p.last-1)
	if cueVerbs[d.Lower(comma+1)] != noCue {
		verb, source = comma+1, f.phraseAfter(comma+2, p.last)
	}
	if source.empty() || cueVerbs[d.Lower(verb)] == noCue || source.last-source.first != p.last-comma-2 {
		return false
	}
	f.add(finding{parts: []phrase{{p.first, comma}}, cue: phrase{verb, verb + 1}, speaker: source, kind: f.kindOf(p.first, comma), sureTag: true})
	return true
}

// nameHeadline gives the quotations in the headline the speaker of the
// quotation in the article that says the same.
func (f *finder) nameHeadline(list []Quotation) {
	if len(f.d.Paragraphs) < 2 {
		return
	}
	end := f.d.Paragraphs[0].End
	for k := range list {
		q := &list[k]
		if q.Parts[0].Start >= end {
			break
		}
		if len(q.Entities) > 0 || q.Kind != Direct {
			continue
		}
		said := f.contentWords(q)
		best, most := -1, (len(said)+1)/2
		for j := k + 1; j < len(list) && j < k+40; j++ {
			if list[j].Parts[0].Start < end || len(list[j].Entities) == 0 {
				continue
			}
			shared := 0
			for _, w := range f.contentWords(&list[j]) {
				if slices.Contains(said, w) {
					shared++
				}
			}
			if shared > most {
				best, most = j, shared
			}
		}
		if best >= 0 {
			q.Entities, q.Name = slices.Clone(list[best].Entities), list[best].Name
			q.Evidence.Speaker = BySameWords
		}
	}
}

// contentWords returns the words of a quotation in lower case, at most 60.
func (f *finder) contentWords(q *Quotation) []string {
	var words []string
	for _, p := range q.Parts {
		text := f.d.TextOf(p)
		for _, w := range strings.FieldsFunc(strings.ToLower(text[:min(len(text), 600)]), func(r rune) bool {
			return r < 'a' && r != '\'' && r < 0x80 || r == '‘' || r == '’' || r == '“' || r == '”'
		}) {
			if len(words) < 60 {
				words = append(words, w)
			}
		}
	}
	return words
}
