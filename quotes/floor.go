package quotes

import (
	"cmp"
	"slices"

	"github.com/whosaid-nlp/whosaid/entities"
)

// readFloor resolves the pronouns outside of quotations: who has the floor in
// each paragraph?
//
// Interviews and hearings are often printed without a word of who speaks:
// questions and answers alternate by paragraphs. Which is which is decided by a
// Viterbi search over what the paragraphs look like; who asks and answers, by
// introductions and by names that hand over the floor.
func (r *referrer) readFloor() {
	if !slices.Contains(r.said, false) {
		return
	}
	author := r.author()
	if author == 0 {
		author = r.signer()
	}
	x := r.newExchange(author)
	plain := func(k int) (int, int) { return cmp.Or(x.turns[k].introduced, author), 0 }
	if !x.found {
		r.resolveOutside(0, len(r.d.Paragraphs), plain)
		return
	}
	r.resolveOutside(0, x.first, plain)
	r.resolveOutside(x.first, len(r.d.Paragraphs), func(k int) (int, int) { return x.turns[k].speaker, x.turns[k].addressee })
}

// resolveOutside gives the pronouns outside of quotations in the paragraphs
// [first, last) to the speaker and the addressee that the paragraph has.
func (r *referrer) resolveOutside(first, last int, of func(paragraph int) (speaker, addressee int)) {
	for k := first; k < last; k++ {
		from, to := r.between(r.d.Paragraphs[k].Span)
		if from == to {
			continue
		}
		speaker, addressee := of(k)
		for n := from; n < to; n++ {
			switch p := r.pronouns[n]; {
			case r.said[n]:
			case p.second:
				r.refer(p, addressee)
			default:
				r.refer(p, speaker)
			}
		}
	}
}

// signer returns the person whose name alone ends a letter, after “Sincerely,”
// or the like, or 0.
func (r *referrer) signer() int {
	n := len(r.d.Paragraphs)
	for k := max(0, n-6); k < n; k++ {
		p := paragraphTokens(r.d, k)
		if p.empty() || p.last-p.first > 4 || !closings[r.d.Lower(p.first)] && !closings[r.d.Lower(max(p.first, p.last-2))] {
			continue
		}
		for j := k + 1; j < min(n, k+3); j++ {
			if id := r.nameAlone(paragraphTokens(r.d, j)); id > 0 {
				return id
			}
		}
	}
	return 0
}

var closings = wordSet(`sincerely regards yours respectfully faithfully truly best cordially`)

// nameAlone returns the person whose name, with a title, is all of the
// paragraph p, or 0.
func (r *referrer) nameAlone(p phrase) int {
	last := p.last
	for last > p.first && r.d.Tokens[last-1].Tag.IsPunctuation() {
		last--
	}
	if p.empty() || last == p.first || last-p.first > 6 {
		return 0
	}
	m := r.nameAt[last-1]
	if m == 0 || r.ents.Mentions[m-1].Kind != entities.Person {
		return 0
	}
	if first := max(p.first, r.titled(r.ents.Mentions[m-1].First)); first > p.first && !(r.d.Norm(first-1) == "," && interjections[r.d.Lower(p.first)]) {
		return 0
	}
	return r.ents.Mentions[m-1].Entity
}
