package entities

import (
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// Resolve merges name mentions (sorted by Start) into entities and resolves
// the personal pronouns that are subjects outside quotation marks.
func Resolve(doc *nlp.Document, names []Mention, g *gazetteer.Gazetteer) *Result {
	r := &resolver{doc: doc, g: g, result: &Result{Mentions: slices.Clone(names)}, byForm: make(map[string]int), byWord: make(map[string][]int), byRef: make(map[string]int)}
	for k := range r.result.Mentions {
		r.place(k)
	}
	r.chooseNames()
	r.addPronouns()
	return r.result
}

type resolver struct {
	doc    *nlp.Document
	g      *gazetteer.Gazetteer
	result *Result
	byForm map[string]int   // kind and normal form → entity
	byWord map[string][]int // kind and last word → entities, latest last
	byRef  map[string]int   // stable ID → entity
}

// place gives mention k its entity, which may be new.
func (r *resolver) place(k int) {
	m := &r.result.Mentions[k]
	words := r.words(m)
	form := strings.Join(words, " ")
	key := m.Kind.String() + "\x00" + form
	id := r.byForm[key]
	if id == 0 {
		id = r.match(m, words)
	}
	if id == 0 {
		id = len(r.result.Entities) + 1
		ref := r.ref(m)
		r.result.Entities = append(r.result.Entities, Entity{ID: id, Kind: m.Kind, Ref: ref})
		if ref != "" {
			r.byRef[ref] = id
		}
	}
	m.Entity = id
	r.byForm[key] = id
	e := &r.result.Entities[id-1]
	e.Mentions = append(e.Mentions, k)
	if len(words) > 0 {
		last := m.Kind.String() + "\x00" + words[len(words)-1]
		if ids := r.byWord[last]; !slices.Contains(ids, id) {
			r.byWord[last] = append(ids, id)
		}
	}
}

// words returns the normal forms of the words of m.
func (r *resolver) words(m *Mention) []string {
	var words []string
	for i := m.First; i < m.Last; i++ {
		w := fold(strings.ReplaceAll(r.doc.Lower(i), ".", ""))
		if w != "" && w != "-" {
			words = append(words, w)
		}
	}
	return words
}

// match finds an entity of which words are a variant, or 0.
func (r *resolver) match(m *Mention, words []string) int {
	if len(words) == 0 {
		return 0
	}
	if ref := r.ref(m); ref != "" {
		if id := r.byRef[ref]; id > 0 && r.result.Entities[id-1].Kind == m.Kind {
			return id
		}
	}
	switch m.Kind {
	case Person:
		ids := r.byWord["person\x00"+words[len(words)-1]]
		for i := len(ids) - 1; i >= 0; i-- {
			if r.samePerson(r.fullest(ids[i]), words) {
				return ids[i]
			}
		}
		return r.misspelt(words)
	case Organization:
		if len(words) == 1 && m.Last-m.First == 1 {
			for id := len(r.result.Entities); id > 0 && id > len(r.result.Entities)-recent; id-- {
				if r.result.Entities[id-1].Kind == Organization && initials(r.fullest(id)) == words[0] {
					return id
				}
			}
		}
	}
	return 0
}

// recent bounds how many of the latest entities a name is compared with.
const recent = 200

// misspelt finds a person with the same given name and nearly the same surname, or 0.
func (r *resolver) misspelt(words []string) int {
	if len(words) < 2 {
		return 0
	}
	last := words[len(words)-1]
	for id := len(r.result.Entities); id > 0 && id > len(r.result.Entities)-recent; id-- {
		if r.result.Entities[id-1].Kind != Person {
			continue
		}
		full := r.fullest(id)
		if len(full) > 1 && (full[0] == words[0] || r.g.SameGivenName(full[0], words[0])) && isSpellingVariant(full[len(full)-1], last) {
			return id
		}
	}
	return 0
}

func initials(words []string) string {
	if len(words) < 2 {
		return ""
	}
	var b strings.Builder
	for _, w := range words {
		switch w {
		case "of", "the", "and", "for", "&":
		default:
			b.WriteByte(w[0])
		}
	}
	return b.String()
}

func (r *resolver) fullest(id int) []string {
	var best []string
	for _, k := range r.result.Entities[id-1].Mentions {
		if w := r.words(&r.result.Mentions[k]); len(w) > len(best) {
			best = w
		}
	}
	return best
}

// samePerson compares names with the same last word.
func (r *resolver) samePerson(full, words []string) bool {
	if len(words) == 1 || len(full) == 1 {
		return true
	}
	a, b := full[0], words[0]
	return a == b || a[0] == b[0] && (len(a) == 1 || len(b) == 1) || r.g.SameGivenName(a, b)
}

func (r *resolver) ref(m *Mention) string {
	if m.Kind == Person && m.Last-m.First < 2 {
		return ""
	}
	for _, e := range r.g.Lookup(r.doc.TextOf(m.Span)) {
		if Kind(e.Kind) == m.Kind {
			return e.ID
		}
	}
	return ""
}

// chooseNames sets the canonical names: the fullest form, or the gazetteer's
// for countries.
func (r *resolver) chooseNames() {
	for i := range r.result.Entities {
		e := &r.result.Entities[i]
		best := -1
		for _, k := range e.Mentions {
			m := &r.result.Mentions[k]
			if best < 0 || m.Last-m.First > r.result.Mentions[best].Last-r.result.Mentions[best].First ||
				m.Last-m.First == r.result.Mentions[best].Last-r.result.Mentions[best].First && e.Kind == Organization && m.Len() > r.result.Mentions[best].Len()*2 {
				best = k
			}
		}
		e.Name = strings.Join(strings.Fields(r.doc.TextOf(r.result.Mentions[best].Span)), " ")
		if e.Kind == Location && strings.HasPrefix(e.Ref, "ISO3166:") {
			if entries := r.g.Lookup(e.Name); len(entries) > 0 && entries[0].ID == e.Ref {
				e.Name = entries[0].Name
			}
		}
		if e.Kind == Person {
			c := r.g.Class(gazetteer.KeyOf(r.doc.TokenText(r.result.Mentions[best].First)))
			f, m := c.Has(gazetteer.GivenFemale), c.Has(gazetteer.GivenMale)
			if f != m && r.result.Mentions[best].Last-r.result.Mentions[best].First > 1 {
				e.Gender = Male
				if f {
					e.Gender = Female
				}
			}
		}
	}
}

// addPronouns resolves he, she, it and they outside quotation marks to the
// entity that fits and was the subject of a clause or named last.
func (r *resolver) addPronouns() {
	d := r.doc
	quoted := make([]bool, len(d.Tokens)+1)
	for _, q := range d.Quoted {
		for i := q.First; i < q.Last; i++ {
			quoted[i] = true
		}
	}
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
			if !quoted[m.First] && r.isSubject(m) {
				subject[m.Kind] = m.Entity
			}
			n++
		}
		if quoted[i] {
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

func (r *resolver) person(out []Mention, subject int, g Gender, quoted []bool) int {
	fits := func(id int) bool {
		e := r.result.Entities[id-1]
		return e.Gender == 0 || e.Gender == g
	}
	if subject > 0 && fits(subject) {
		return subject
	}
	for k := len(out) - 1; k >= 0 && k > len(out)-40; k-- {
		if m := out[k]; m.Kind == Person && m.Entity > 0 && !quoted[m.First] && fits(m.Entity) {
			return m.Entity
		}
	}
	return 0
}

func (r *resolver) lastOf(out []Mention, kind Kind, quoted []bool) int {
	for k := len(out) - 1; k >= 0 && k > len(out)-20; k-- {
		if m := out[k]; m.Kind == kind && !quoted[m.First] {
			return m.Entity
		}
	}
	return 0
}
