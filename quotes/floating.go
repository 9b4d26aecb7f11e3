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
		speaker, headline := f.headlineSpeaker(q)
		if !headline {
			if !f.standsAlone(q) {
				continue
			}
			speaker = f.signature(q.Last)
		}
		f.found = append(f.found, finding{parts: []phrase{{q.First, q.Last}}, speaker: speaker, kind: Direct, float: true, weight: 0.6})
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
	if !strings.Contains(".?!...,", d.Norm(last)) && !(q.Last < len(d.Tokens) && isEnd(d.Norm(q.Last))) {
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
