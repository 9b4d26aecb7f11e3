package quotes

import (
	"slices"
	"strings"
)

// separate makes the contents of the findings disjoint: nothing is said by two.
// Rules and tagger can find one report twice, or a report inside another.
// Afterwards parts of a finding are in text order.
func (f *finder) separate() {
	f.sortFound()
	owner := make([]int32, len(f.d.Tokens)) // 1 + index of the finding that a token is said in
	var rests []rest
	for k := range f.found {
		q := &f.found[k]
		q.parts = slices.DeleteFunc(disjoint(q.parts), func(p phrase) bool {
			return !q.cue.empty() && p.first < q.cue.last && q.cue.first < p.last // nobody says the cue
		})
		if q.kind != Direct && len(q.parts) > 0 {
			q.parts[0] = f.afterThat(q.parts[0])
		}
		for len(q.parts) > 0 {
			o := ownerOf(owner, q.parts)
			if o == 0 {
				break
			}
			a := &f.found[o-1]
			end := a.parts[len(a.parts)-1].last
			if f.prefers(q, a) {
				if last := q.parts[0].last; last < end {
					rests = append(rests, rest{phrase{last, end}, q.speaker})
				}
				claim(owner, a.parts, 0)
				a.parts = nil
			} else {
				q.parts = unclaimed(owner, q.parts, end)
			}
		}
		claim(owner, q.parts, int32(k+1))
	}
	for _, r := range rests {
		f.readRest(r, owner)
	}
	f.found = slices.DeleteFunc(f.found, func(q finding) bool { return len(q.parts) == 0 })
	f.sortFound()
}

// afterThat returns p without the complementiser that it may begin with.
func (f *finder) afterThat(p phrase) phrase {
	if p.last-p.first > 2 && f.d.Lower(p.first) == "that" && f.inQuote[p.first] == 0 && !isFinite(f.d, p.first+1) && (f.tag(p.first) == "IN" || f.nameAt[p.first+1] > 0 || f.inQuote[p.first+1] > 0 || !strings.HasPrefix(f.tag(p.first+1), "NN")) {
		p.first++
	}
	return p
}

// A rest is what a report was cut short by, with a cue of its own, and the
// speaker of that report.
type rest struct {
	phrase
	subject phrase
}

// readRest adds the reports of r that nothing else has found.
func (f *finder) readRest(r rest, owner []int32) {
	for i := r.first; i < r.last; i++ {
		class := cueVerbs[f.d.Lower(i)]
		if f.inQuote[i] > 0 || class == noCue || f.nameAt[i] > 0 || !isVerbal(f.d, i) && !f.surelyCue(i) {
			continue
		}
		q, end, ok := f.readCue(i, class, r.first, r.first, r.last, &r.subject)
		if !ok || ownerOf(owner, q.parts) > 0 {
			continue
		}
		f.found = append(f.found, q)
		claim(owner, q.parts, int32(len(f.found)))
		i = max(i, end-1)
	}
}

// prefers reports whether b, which does not begin before a, is the right
// reading of the words that both claim to be said.
func (f *finder) prefers(b, a *finding) bool {
	if b.parts[0].first > a.parts[0].first || len(a.parts) > 1 || len(b.parts) > 1 {
		return false
	}
	short, long := a.parts[0].last, b.parts[0].last
	switch {
	case short == long: // defended himself, saying “…”
		return cueDistance(b) < cueDistance(a)
	case short < long:
		return !f.reports(short, long)
	}
	return f.reports(long, short) // called it “odd”; Miller said …
}

// reports reports whether a reporting verb stands in [first, last) outside of marks.
func (f *finder) reports(first, last int) bool {
	for i := first; i < last; i++ {
		if f.inQuote[i] == 0 && f.nameAt[i] == 0 && cueVerbs[f.d.Lower(i)] != noCue && isVerbal(f.d, i) {
			return true
		}
	}
	return false
}

// cueDistance is how far the cue of q is from its content.
func cueDistance(q *finding) int {
	first, last := q.parts[0].first, q.parts[len(q.parts)-1].last
	switch {
	case q.cue.empty():
		return 1 << 30
	case q.cue.last <= first:
		return first - q.cue.last
	}
	return max(0, q.cue.first-last)
}

// ownerOf returns the first owner of a token of parts, or 0.
func ownerOf(owner []int32, parts []phrase) int32 {
	for _, p := range parts {
		for i := p.first; i < p.last; i++ {
			if owner[i] > 0 {
				return owner[i]
			}
		}
	}
	return 0
}

func claim(owner []int32, parts []phrase, id int32) {
	for _, p := range parts {
		for i := p.first; i < p.last; i++ {
			owner[i] = id
		}
	}
}

// unclaimed returns what of the parts lies behind the token end and has no
// owner; nothing if it is no more than a rest.
func unclaimed(owner []int32, parts []phrase, end int) []phrase {
	var out []phrase
	for _, p := range parts {
		p.first = max(p.first, end)
		for p.first < p.last && owner[p.first] > 0 {
			p.first++
		}
		if p.last-p.first > 2 {
			out = append(out, p)
		}
	}
	return out
}

// disjoint returns the parts in text order, those that overlap as one: rules and
// tagger can give a part different borders, up to the part behind it.
func disjoint(parts []phrase) []phrase {
	parts = slices.Clone(parts) // findings may share them
	slices.SortStableFunc(parts, func(a, b phrase) int { return a.first - b.first })
	kept := parts[:0]
	for _, p := range parts {
		if n := len(kept); n > 0 && p.first < kept[n-1].last {
			kept[n-1].last = max(kept[n-1].last, p.last)
		} else {
			kept = append(kept, p)
		}
	}
	return kept
}
