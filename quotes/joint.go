package quotes

import (
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/entities"
)

// joint returns the entities of “A and B”.
func (f *finder) joint(p phrase) []int {
	var ids []int
	and := false
	for i := p.first; i < p.last; i++ {
		m := f.nameAt[i]
		if m == 0 {
			and = and || f.d.Lower(i) == "and"
			continue
		}
		x := &f.ents.Mentions[m-1]
		end := i+1 >= p.last || f.nameAt[i+1] != m
		if end && x.Entity > 0 && (i+1 >= p.last || f.d.Lower(i+1) == "and" || f.d.Norm(i+1) == "," || f.d.Norm(i+1) == "(") && !slices.Contains(ids, x.Entity) {
			ids = append(ids, x.Entity)
		}
	}
	if !and || f.nameAt[p.last-1] == 0 {
		return nil
	}
	return ids
}

// withOthers returns the person of “Dan Sullivan and 46 of his colleagues” and
// the words after the name.
func (f *finder) withOthers(p phrase) (id int, others string) {
	if f.nameAt[p.last-1] > 0 || !pluralRoles[f.d.Lower(p.last-1)] && f.d.Lower(p.last-1) != "others" {
		return 0, ""
	}
	for i := p.first; i+1 < p.last; i++ {
		m := f.nameAt[i]
		if m > 0 && f.nameAt[i+1] != m && f.d.Lower(i+1) == "and" && f.ents.Mentions[m-1].Kind == entities.Person {
			return f.ents.Mentions[m-1].Entity, f.d.TextOf(f.span(phrase{i + 1, p.last}))
		}
	}
	return 0, ""
}

// groupBefore returns the last group of people before token i, or nil.
func (f *finder) groupBefore(i int) *group {
	k, _ := slices.BinarySearchFunc(f.groups, i+1, func(g group, i int) int { return g.last - i })
	if k == 0 {
		return nil
	}
	return &f.groups[k-1]
}

// A group is people who are named side by side, outside of marks: A, B and C;
// A and 46 of his colleagues.
type group struct {
	last int // token after the list
	ids  []int
	name string
}

// isJoint is true of quotations of several speakers.
func (f *finder) isJoint(q *Quotation) bool {
	if len(q.Entities) == 1 {
		return q.Name != f.ents.Entities[q.Entities[0]-1].Name // A and 46 colleagues
	}
	return len(q.Entities) > 1 || strings.Contains(q.Name, " and ")
}

// isSeveral is true of quotations of people without a name: two residents.
func (f *finder) isSeveral(q *Quotation) bool {
	if len(q.Entities) > 0 {
		return false
	}
	for _, w := range strings.Fields(strings.ToLower(q.Name)) {
		switch {
		case w == "of" || w == "from" || w == "at" || w == "in" || w == "for":
			return false
		case authors[w] && w != "team" || pluralRoles[w] || strings.HasSuffix(w, "s") && personPlurals[w]:
			return true
		}
	}
	return false
}

var personPlurals = wordSet(`residents officials prosecutors investigators experts sources witnesses analysts doctors critics
organizers organisers neighbours neighbors parents students teachers workers activists protesters campaigners police`)

// findGroups finds the lists of people: Senators A (D-NY), B and C.
func (f *finder) findGroups() {
	var g group
	and := false
	finish := func() {
		if and && len(g.ids) > 1 {
			g.name = f.namesOf(g.ids)
			f.groups = append(f.groups, g)
		}
		g, and = group{}, false
	}
	for k := range f.ents.Mentions {
		m := &f.ents.Mentions[k]
		if m.Form != entities.Name || m.Kind != entities.Person || m.Entity == 0 || f.inQuote[m.First] > 0 {
			continue
		}
		if len(g.ids) > 0 {
			joins, isAnd := f.joins(g.last, m.First)
			if !joins {
				finish()
			} else if !slices.Contains(g.ids, m.Entity) {
				and = and || isAnd
			}
		}
		if !slices.Contains(g.ids, m.Entity) {
			g.ids = append(g.ids, m.Entity)
		}
		g.last = m.Last
		if end := f.colleagues(m.Last); end > 0 {
			finish()
			name := f.ents.Entities[m.Entity-1].Name + " " + f.textOf(phrase{m.Last, end})
			f.groups = append(f.groups, group{last: end, ids: []int{m.Entity}, name: name})
		}
	}
	finish()
}

// colleagues returns the end of “and 46 of his Senate colleagues” at token i, or 0.
func (f *finder) colleagues(i int) int {
	d := f.d
	if i < len(d.Tokens) && d.Norm(i) == "(" {
		i = f.closingBracket(i, len(d.Tokens))
	}
	if i == 0 || i+2 >= len(d.Tokens) || d.Lower(i) != "and" {
		return 0
	}
	if f.tag(i+1) != "CD" && d.Lower(i+1) != "several" && d.Lower(i+1) != "dozens" && d.Lower(i+1) != "other" && d.Lower(i+1) != "his" && d.Lower(i+1) != "her" {
		return 0
	}
	for k := i + 2; k < i+9 && k < len(d.Tokens); k++ {
		w := d.Lower(k)
		if pluralRoles[w] || w == "others" || w == "republicans" || w == "democrats" {
			return k + 1
		}
		if f.tag(k) == "IN" && w != "of" || isFinite(d, k) || d.Norm(k) == "," || d.Norm(k) == "." {
			return 0
		}
	}
	return 0
}

// joins reports whether only commas, “and”, titles and brackets stand between
// two names, and whether “and” is among them.
func (f *finder) joins(first, last int) (ok, and bool) {
	if last-first > 24 {
		return false, false
	}
	comma := false
	for i := first; i < last; i++ {
		switch f.d.Norm(i) {
		case "(":
			for i < last && f.d.Norm(i) != ")" {
				i++
			}
		case ",":
			comma = true
		case "and", "&":
			and = true
		case ".", "along", "with", "as", "well", "joined", "by", "together", "-":
			comma = true
			and = and || f.d.Norm(i) == "with" || f.d.Norm(i) == "by" || f.d.Norm(i) == "well"
		case "of", "the", "for", "on":
			if !comma || i == first {
				return false, false
			}
		default:
			if !f.isTitle(i) || !comma && !and {
				return false, false
			}
		}
	}
	return comma || and, and
}

// isPlural reports whether the word i stands for several people.
func (f *finder) isPlural(i int) bool {
	return f.nameAt[i] == 0 && (f.d.Lower(i) == "they" || f.d.Lower(i) == "both" || pluralRoles[f.d.Lower(i)])
}

var pluralRoles = wordSet(`lawmakers senators congressmen congresswomen representatives members authors leaders
governors ministers teenagers brothers sisters parents attorneys lawyers colleagues scientists researchers`)
