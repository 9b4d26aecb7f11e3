package quotes

import (
	"slices"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// introduceSelves reports whether several people say who they are, so that who
// answers next is not known.
func (x *exchange) introduceSelves() bool {
	id := 0
	for k := x.first; k < len(x.turns); k++ {
		if t := x.turns[k].introduced; t > 0 {
			if id > 0 && t != id {
				return true
			}
			id = t
		}
	}
	return false
}

// readIntroduction finds who is interviewed, and by whom, from what stands
// before the first question. It reports whether an interview is spoken of.
func (x *exchange) readIntroduction(author int) bool {
	if x.hearing {
		return true
	}
	r := x.r
	end := 0
	if x.first < len(x.turns) {
		end = x.turns[x.first].tokens.first
	}
	named := false
	count := make(map[int]int)
	inTalk := make(map[int]bool)
	for i := 0; i < end; i++ {
		if isTalk(r.d, i) && r.paragraphOf(i) < 6 { // later ones are other interviews
			named = true
			for _, id := range x.talkers(i, end) {
				if !inTalk[id] {
					inTalk[id] = true
					count[id] += 2
				}
			}
		}
		m := r.nameAt[i]
		if m == 0 || r.ents.Mentions[m-1].First != i || r.ents.Mentions[m-1].Kind != entities.Person || x.isCredited(i) || r.inQuote[i] > 0 {
			continue
		}
		count[r.ents.Mentions[m-1].Entity]++
	}
	best, second := 0, 0
	for id := 1; id <= len(r.ents.Entities); id++ {
		switch n := count[id]; {
		case n == 0 || id == author:
		case best == 0 || n > count[best]:
			best, second = id, best
		case second == 0 || n > count[second]:
			second = id
		}
	}
	if best == 0 || named && !inTalk[best] || second > 0 && (count[second] == count[best] || inTalk[best] && x.together(best, second, end)) {
		return named
	}
	x.asked, x.asking = best, author
	if second > 0 && inTalk[second] && author == 0 {
		x.asking = second
	}
	return named
}

// isCredited is true of the name after “Image:” or “photo by”.
func (x *exchange) isCredited(i int) bool {
	d := x.r.d
	return i >= 2 && isImage(d.Lower(i-2)) && (d.Norm(i-1) == ":" || d.Lower(i-1) == "by")
}

// isTalk reports whether token i is a word for an interview.
func isTalk(d *nlp.Document, i int) bool {
	switch d.Lower(i) {
	case "interview", "interviews", "interviewed", "interviewing", "q&a":
		return true
	case "spoke", "speaks", "talks", "talked", "sat", "chatted", "chats":
		for k := i + 1; k < len(d.Tokens) && k < i+3; k++ {
			if w := d.Lower(k); w == "with" || w == "to" {
				return true
			}
		}
	case "tells", "told": // in the title
		return i < d.Sentences[0].Last
	}
	return false
}

// talkers returns the nearest people around the word for an interview at token
// i: one after it in its sentence, else one before it.
func (x *exchange) talkers(i, end int) []int {
	r := x.r
	k, found := slices.BinarySearchFunc(r.d.Sentences, i, sentenceOrder)
	if !found {
		k--
	}
	s := r.d.Sentences[k]
	var out []int
	for n := i + 1; n < s.Last && n < end && n < i+40 && len(out) == 0; n++ {
		switch r.d.Lower(n) {
		case "on", "about", "regarding", "over", "after", "before":
			n = end // what it is about
			continue
		}
		if id := r.personAt(n); id > 0 {
			out = append(out, id)
		}
	}
	for n := i - 1; n >= s.First && n > i-40; n-- {
		if id := r.personAt(n); id > 0 {
			return append(out, id)
		}
	}
	return out
}

// personAt returns the person whom the name around token i, outside of marks,
// or the pronoun at it means; or 0.
func (r *referrer) personAt(i int) int {
	if m := r.nameAt[i]; m > 0 {
		if r.ents.Mentions[m-1].Kind == entities.Person && r.inQuote[i] == 0 {
			return r.ents.Mentions[m-1].Entity
		}
		return 0
	}
	switch r.d.Lower(i) {
	case "him", "her", "he", "she":
		at := func(m entities.Mention, token int) int { return m.First - token }
		if k, found := slices.BinarySearchFunc(r.ents.Mentions, i, at); found {
			return r.ents.Mentions[k].Entity
		}
	}
	return 0
}

// together reports whether two people are joined by “and” before token end.
func (x *exchange) together(a, b, end int) bool {
	r := x.r
	for i := 1; i+1 < end; i++ {
		if r.d.Lower(i) != "and" {
			continue
		}
		before, after := r.nameAt[i-1], 0
		for k := i + 1; k < end && k < i+6; k++ {
			if after = int(r.nameAt[k]); after > 0 {
				break
			}
		}
		if before == 0 || after == 0 {
			continue
		}
		p, q := r.ents.Mentions[before-1].Entity, r.ents.Mentions[after-1].Entity
		if p == a && q == b || p == b && q == a {
			return true
		}
	}
	return false
}
