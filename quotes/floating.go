package quotes

import (
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// addFloating adds what stands in marks as sentences of its own and has no
// cue, and the paragraphs over which a quotation runs on.
func (f *finder) addFloating() {
	owner := make(map[int]int) // Quoted → finding that it is a part of
	for k := range f.found {
		for _, p := range f.found[k].parts {
			if q := f.inQuote[p.first]; q > 0 && f.d.Quoted[q-1].First == p.first {
				owner[int(q-1)] = k
			}
			if q := f.inQuote[p.last-1]; q > 0 {
				if _, ok := owner[int(q-1)]; !ok {
					owner[int(q-1)] = k
				}
			}
		}
	}
	previous := -1
	for k := range f.d.Quoted {
		q := &f.d.Quoted[k]
		if q.Depth > 0 {
			continue
		}
		if previous >= 0 && f.d.Quoted[previous].Continues {
			if o, ok := owner[previous]; ok {
				if other, taken := owner[k]; taken && other != o {
					// the tag stands with the later paragraph: the earlier ones are its parts
					f.found[other].parts = append(slices.Clone(f.found[o].parts), f.found[other].parts...)
					if f.found[o].float {
						f.found[o].parts = nil
					} else {
						f.found[other].parts = f.found[other].parts[len(f.found[o].parts):]
					}
				} else if !taken {
					f.found[o].parts = append(f.found[o].parts, phrase{q.First, q.Last})
					owner[k] = o
					f.mark(q)
				}
				previous = k
				continue
			}
		}
		previous = k
		if _, ok := owner[k]; ok || f.used[q.First] {
			continue
		}
		if x, ok := f.unclosed(q); ok {
			f.add(x)
			owner[k] = len(f.found) - 1
			continue
		}
		speaker, headline := f.headlineSpeaker(q)
		if !headline {
			if speaker = f.label(q.First); speaker.empty() {
				speaker = f.signature(q.Last)
			}
			if !f.standsAlone(q) && (speaker.empty() || q.Last-q.First < 6) {
				continue
			}
		}
		f.found = append(f.found, finding{parts: []phrase{{q.First, q.Last}}, speaker: speaker, kind: Direct, float: true})
		owner[k] = len(f.found) - 1
		f.mark(q)
	}
	f.found = slices.DeleteFunc(f.found, func(x finding) bool { return len(x.parts) == 0 })
	f.sortFound()
}

// signature returns the name that signs what ends before token i: “…” – Jane Smith
func (f *finder) signature(i int) phrase {
	d := f.d
	if i+1 >= len(d.Tokens) {
		return phrase{}
	}
	if w := d.Norm(i); w != "--" && w != "-" && w != "―" && w != "–" && w != "—" {
		return phrase{}
	}
	m := f.nameAt[i+1]
	if m == 0 || f.ents.Mentions[m-1].Kind == entities.Location {
		return phrase{}
	}
	last := f.ents.Mentions[m-1].Last
	if last < len(d.Tokens) && !isComma(d.Norm(last)) && !isEnd(d.Norm(last)) && strings.IndexByte(d.Text[d.Tokens[last-1].End:d.Tokens[last].Start], '\n') < 0 {
		return phrase{}
	}
	return phrase{i + 1, last}
}

// label returns the name that stands with a colon before what begins at token
// i and begins its paragraph: Jane Smith: “…”, From Jane Smith: “…”
func (f *finder) label(i int) phrase {
	d := f.d
	if i < 2 || d.Norm(i-1) != ":" {
		return phrase{}
	}
	k, found := slices.BinarySearchFunc(d.Sentences, i-1, sentenceOrder)
	if !found {
		k--
	}
	first := d.Sentences[d.Paragraphs[d.Sentences[k].Paragraph].First].First
	if d.Lower(first) == "from" {
		first++
	}
	p := phrase{first, i - 1}
	if p.last-p.first > 8 || p.empty() || f.nameAt[first] == 0 || f.ents.Mentions[f.nameAt[first]-1].Kind == entities.Location || f.hasFinite(p.first, p.last) {
		return phrase{}
	}
	if c := f.nextComma(first, p.last); c < p.last {
		p.last = c
	}
	return p
}

func (f *finder) mark(q *nlp.Quoted) {
	for i := q.First; i < q.Last; i++ {
		f.used[i] = true
	}
}

// standsAlone reports whether q is one or more whole sentences.
func (f *finder) standsAlone(q *nlp.Quoted) bool {
	d := f.d
	if q.Last-q.First < 5 {
		return false
	}
	s := f.sentenceStart(q.First, 0)
	if s < q.First && !(d.Norm(q.First-1) == ":") {
		return false
	}
	last := q.Last - 1
	if q.Closed {
		last--
	}
	for last > q.First+1 && f.isMark(last) { // the mark of a quotation inside
		last--
	}
	if !strings.Contains(".?!...,", d.Norm(last)) && !strings.HasSuffix(d.Norm(last), ".") && !(q.Last < len(d.Tokens) && isEnd(d.Norm(q.Last))) {
		return q.Continues && q.Last-q.First > 8
	}
	if q.Last < len(d.Tokens) && !isEnd(d.Norm(q.Last)) {
		next := f.sentenceStart(q.Last, 0)
		return next >= q.Last || f.inQuote[q.Last] > 0
	}
	return true
}

// joinResumed makes one quotation of a tagged one and what follows it in marks
// with nothing between: “A,” he said. “B.”
func (f *finder) joinResumed() {
	var out []finding
	for _, q := range f.found {
		if n := len(out); n > 0 && q.float {
			p := &out[n-1]
			if p.kind != Indirect && !p.cue.isAfter(q.parts[0].first) && f.adjacent(p, q.parts[0].first) && !p.joined() {
				p.parts = append(p.parts, q.parts...)
				continue
			}
		}
		out = append(out, q)
	}
	f.found = out
}

func (p phrase) isAfter(i int) bool { return p.first >= i }

// joined is true of a quotation that has been resumed already.
func (q *finding) joined() bool { return q.float || q.cue.empty() }

// adjacent reports whether only the tag stands between q and token next.
func (f *finder) adjacent(q *finding, next int) bool {
	last := q.parts[len(q.parts)-1].last
	if q.cue.first >= last { // “A,” he said … .
		if q.kind != Direct {
			return false
		}
		for i := q.cue.last; i < next; i++ {
			if isEnd(f.d.Norm(i)) && i+1 < next {
				return false
			}
		}
		return true
	}
	return last == next && f.d.Tokens[last-1].End <= f.d.Tokens[next].Start && q.kind == Direct
}

// unclosed reads a quotation whose closing mark is missing, if its paragraph
// ends with a tag after a comma: “We have won, Smith said.
func (f *finder) unclosed(q *nlp.Quoted) (finding, bool) {
	d := f.d
	if q.Closed || q.Continues {
		return finding{}, false
	}
	end := q.Last
	for end > q.First && isEnd(d.Norm(end-1)) {
		end--
	}
	comma := f.nextComma(max(q.First, end-12), end)
	for c := comma; c < end; c = f.nextComma(c+1, end) {
		comma = c
	}
	if comma+1 >= end || comma-q.First < 3 {
		return finding{}, false
	}
	var p, cue phrase
	if class := cueVerbs[d.Lower(comma+1)]; class != noCue && comma+2 < end {
		cue = phrase{comma + 1, comma + 2}
		p = f.openNoun(comma+2, end)
	} else {
		p = f.openNoun(comma+1, end)
		cue = phrase{p.last, p.last + 1}
		if p.empty() || p.last >= end || cueVerbs[d.Lower(p.last)] == noCue {
			return finding{}, false
		}
	}
	if p.empty() {
		return finding{}, false
	}
	return finding{parts: []phrase{{q.First, comma + 1}}, cue: cue, speaker: p, kind: Direct}, true
}

// openNoun is the name or pronoun at token i, which may stand in marks.
func (f *finder) openNoun(i, end int) phrase {
	if i >= end {
		return phrase{}
	}
	if f.isPronoun(i) {
		return phrase{i, i + 1}
	}
	for k := i; k < end && k < i+4; k++ {
		if m := f.nameAt[k]; m > 0 {
			return phrase{i, min(f.ents.Mentions[m-1].Last, end)}
		}
		if !f.isTitle(k) {
			break
		}
	}
	return phrase{}
}

// floatingSpeaker names who says what stands in marks without a cue: the
// subject of the sentence that introduces it with a colon; the person whom the
// narrative just before it is about; or the last speaker.
func (f *finder) floatingSpeaker(q *finding, referring map[int]int, before []Quotation) referent {
	first := q.parts[0].first
	if first > 0 && f.d.Norm(first-1) == ":" {
		if p := f.mainSubject(f.sentenceStart(first-1, 0), first-1); !p.empty() {
			r := f.resolve(p, referring, before)
			r.why = ByNarrative
			return r
		}
		for i := f.sentenceStart(first-1, 0); i < first-1; i++ {
			if m := f.nameAt[i]; m > 0 && f.ents.Mentions[m-1].Kind == entities.Person && f.ents.Mentions[m-1].Entity > 0 {
				return f.entity(f.ents.Mentions[m-1].Entity, ByNarrative)
			}
		}
	}
	last := Quotation{Parts: []nlp.Span{{}}}
	if len(before) > 0 {
		last = before[len(before)-1]
	}
	if first > 0 && f.inQuote[first-1] == 0 {
		s := f.sentenceStart(first-1, 0)
		if f.d.Tokens[s].Start >= last.Parts[len(last.Parts)-1].End && f.d.Tokens[s].Start >= last.Cue.End {
			if p := f.mainSubject(s, first); !p.empty() {
				if r := f.resolve(p, referring, before); len(r.ids) == 1 && f.ents.Entities[r.ids[0]-1].Kind == entities.Person {
					r.why = ByNarrative
					return r
				}
			}
		}
	}
	if id := f.personBefore(q.parts[0].first, last); id > 0 {
		return f.entity(id, ByOnlyPerson)
	}
	if last.Name == "" {
		return referent{}
	}
	return referent{slices.Clone(last.Entities), last.Name, ByLastSpeaker}
}

// personBefore returns the only person whom the sentence before token i names,
// if it comes after the quotation last; or 0.
func (f *finder) personBefore(i int, last Quotation) int {
	if i == 0 || f.inQuote[i-1] > 0 {
		return 0
	}
	s := f.sentenceStart(i-1, 0)
	if f.d.Tokens[s].Start < last.Parts[len(last.Parts)-1].End || f.d.Tokens[s].Start < last.Cue.End {
		return 0
	}
	id := 0
	for ; s < i; s++ {
		m := f.nameAt[s]
		if m == 0 || f.inQuote[s] > 0 || f.ents.Mentions[m-1].Kind != entities.Person || f.ents.Mentions[m-1].Entity == 0 {
			continue
		}
		if id > 0 && id != f.ents.Mentions[m-1].Entity {
			return 0
		}
		id = f.ents.Mentions[m-1].Entity
	}
	return id
}
