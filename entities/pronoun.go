package entities

import (
	"slices"

	"github.com/whosaid-nlp/whosaid/nlp"
)

// addPronouns resolves he, she, it and they outside quotation marks to the
// entity that fits and was the subject of a clause or named last.
func (r *resolver) refer() {
	d := r.doc
	quoted := r.quoted
	names := r.result.Mentions
	var out []Mention
	n := 0
	var subject [4]int // by kind: the entity that was the subject last
	held := make(roles)
	for i := range d.Tokens {
		for n < len(names) && names[n].First <= i {
			m := names[n]
			out = append(out, m)
			if m.Kind == Person && m.Entity > 0 {
				e := &r.result.Entities[m.Entity-1]
				for _, role := range held.note(d, &m) {
					if !slices.Contains(e.Roles, role) {
						e.Roles = append(e.Roles, role)
					}
				}
			}
			if quoted[m.First] == 0 && r.isSubject(m) {
				subject[m.Kind] = m.Entity
			}
			n++
		}
		if quoted[i] > 0 {
			continue
		}
		id := 0
		if last, head := nominal(d, i); last > 0 && (n >= len(names) || names[n].First >= last) {
			if id := r.described(head, held, out, subject[Organization]); id > 0 {
				out = append(out, Mention{
					Span:  nlp.Span{Start: d.Tokens[i].Start, End: d.Tokens[last-1].End},
					First: i, Last: last, Kind: r.result.Entities[id-1].Kind, Form: Nominal, Entity: id,
				})
				if id := out[len(out)-1]; id.Kind == Person && r.isSubject(id) {
					subject[Person] = id.Entity
				}
			}
			continue
		}
		switch d.Lower(i) {
		case "he", "him", "his", "himself":
			id = r.person(out, subject[Person], Male, quoted)
		case "she", "her", "hers", "herself":
			id = r.person(out, subject[Person], Female, quoted)
		case "it", "its":
			id = r.lastOf(out, Organization, quoted)
			if s := subject[Organization]; s > 0 {
				id = s
			}
		}
		if id > 0 {
			t := d.Tokens[i]
			out = append(out, Mention{Span: t.Span, First: i, Last: i + 1, Kind: r.result.Entities[id-1].Kind, Form: Pronoun, Entity: id})
		}
	}
	out = append(out, names[n:]...)
	r.result.Mentions = out
	for i := range r.result.Entities {
		r.result.Entities[i].Mentions = nil
	}
	for k, m := range out {
		if m.Entity > 0 {
			e := &r.result.Entities[m.Entity-1]
			e.Mentions = append(e.Mentions, k)
		}
	}
}

// described returns the entity that a definite noun phrase with this last word
// means: the latest person with that role, the latest body with that word in
// its name or, for “the company” and the like, the latest body; or 0.
func (r *resolver) described(head string, held roles, out []Mention, subject int) int {
	if ids := held[head]; len(ids) > 0 {
		return ids[len(ids)-1]
	}
	for k := len(out) - 1; k >= 0 && k > len(out)-60; k-- {
		m := &out[k]
		if m.Kind != Organization || m.Form != Name {
			continue
		}
		if m.Last-m.First > 1 {
			for i := m.First; i < m.Last; i++ {
				if r.doc.Lower(i) == head {
					return m.Entity
				}
			}
		}
	}
	if bodies[head] {
		return subject
	}
	return 0
}

func (r *resolver) isSubject(m Mention) bool {
	d := r.doc
	for k := m.Last; k < len(d.Tokens) && k < m.Last+3; k++ {
		if d.Tokens[k].Tag.IsVerb() || d.Tokens[k].Tag.String() == "MD" {
			return true
		}
	}
	return m.First > 0 && d.Lower(m.First-1) == "said" || d.Norm(min(m.Last, len(d.Tokens)-1)) == ","
}

func (r *resolver) person(out []Mention, subject int, g Gender, quoted []int32) int {
	fits := func(id int) bool {
		e := r.result.Entities[id-1]
		return e.Gender == 0 || e.Gender == g
	}
	if subject > 0 && fits(subject) {
		return subject
	}
	for k := len(out) - 1; k >= 0 && k > len(out)-40; k-- {
		if m := out[k]; m.Kind == Person && m.Entity > 0 && quoted[m.First] == 0 && fits(m.Entity) {
			return m.Entity
		}
	}
	return 0
}

func (r *resolver) lastOf(out []Mention, kind Kind, quoted []int32) int {
	for k := len(out) - 1; k >= 0 && k > len(out)-20; k-- {
		if m := out[k]; m.Kind == kind && quoted[m.First] == 0 {
			return m.Entity
		}
	}
	return 0
}
