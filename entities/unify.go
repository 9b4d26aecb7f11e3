package entities

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/whosaid-nlp/whosaid/gazetteer"
)

// Entities returns who is named in the documents added so far, by kind, those that
// most documents name first. It takes time in proportion to the number of groups
// times its logarithm.
func (c *Collection) Entities() []Collected {
	c.mu.Lock()
	defer c.mu.Unlock()
	u := &unifier{c: c, r: &resolver{g: c.g}, joinedTo: make([]int32, len(c.groups))}
	u.order = make([]int32, len(c.groups))
	for i := range u.order {
		u.order[i] = int32(i)
	}
	slices.SortFunc(u.order, func(a, b int32) int { return c.groups[a].order(&c.groups[b]) })
	u.countNames()
	u.noteApart()
	u.unifyPeople()
	u.unifyBodies(Organization)
	u.unifyBodies(Location)
	return u.collected()
}

// unifier is the state of one call of Entities.
type unifier struct {
	c         *Collection
	r         *resolver // for its comparisons of names
	order     []int32   // all groups, sorted by what tells them apart
	documents map[uint32]int32
	rare      int32             // documents that may name a name that connects others
	apart     map[int32][]int32 // groups that are two people in some document
	bearers   map[string]int    // surname → full names with it
	all       []union
	joinedTo  []int32 // per group: its union
}

// A union is an entity of a collection while groups are being joined.
type union struct {
	kind     Kind
	into     int32 // 1 + index of the union that it was joined to, 0 is none
	groups   []int32
	names    []form // distinct full names
	articles int32
	told     [3]int32 // documents by gender
	hint     Gender   // of the given name
	fields   field
	ref      string
	own      bool   // the ID is of the user's gazetteer
	country  string // of a body
	near     sketch
	heads    []headCount // of roles, sorted
	doubtful bool        // a name of one word that several people may have
}

// A headCount counts the roles with one head.
type headCount struct {
	head  string
	count int32
}

// countNames counts how many documents have each name, so that names that are
// everywhere connect nobody.
func (u *unifier) countNames() {
	u.documents = make(map[uint32]int32, len(u.c.groups))
	for i := range u.c.groups {
		x := &u.c.groups[i]
		u.documents[x.nameHash()] += x.articles
	}
	u.rare = int32(3 + u.c.articles/100)
}

func (u *unifier) isRare(h uint32) bool { return u.documents[h] <= u.rare }

func (u *unifier) noteApart() {
	u.apart = make(map[int32][]int32, len(u.c.apart))
	for p := range u.c.apart {
		a, b := int32(p>>32), int32(p&0xffffffff)
		u.apart[a] = append(u.apart[a], b)
		u.apart[b] = append(u.apart[b], a)
	}
}

// open makes a union of group g alone and returns its index.
func (u *unifier) open(g int32) int {
	x := &u.c.groups[g]
	k := len(u.all)
	u.joinedTo[g] = int32(k)
	y := union{kind: x.kind, groups: []int32{g}, articles: x.articles, fields: x.field, ref: x.ref, own: u.isOwn(x), country: x.country, near: slices.Clone(x.near)}
	y.told[x.gender] += x.articles
	for _, role := range x.roles {
		if h := roleHead(role.text); h != "" {
			y.addHead(h, role.count)
		}
	}
	u.all = append(u.all, y)
	return k
}

func (y *union) addHead(h string, n int32) {
	i, ok := slices.BinarySearchFunc(y.heads, h, func(x headCount, h string) int { return cmp.Compare(x.head, h) })
	if ok {
		y.heads[i].count += n
	} else {
		y.heads = slices.Insert(y.heads, i, headCount{h, n})
	}
}

// holds returns how many roles of a union have the head, and how many roles it has.
func (y *union) holds(head string) (n, all int32) {
	for _, h := range y.heads {
		all += h.count
		if h.head == head {
			n = h.count
		}
	}
	return n, all
}

// isOwn reports whether the ID of a group is of the user's gazetteer.
func (u *unifier) isOwn(x *group) bool {
	if x.ref == "" {
		return false
	}
	for _, n := range x.names {
		if u.c.g.LookupClass(n.text).Has(gazetteer.UserDefined) {
			return true
		}
	}
	for _, n := range x.forms {
		if u.c.g.LookupClass(n.text).Has(gazetteer.UserDefined) {
			for _, e := range u.c.g.Lookup(n.text) {
				if e.ID == x.ref {
					return true
				}
			}
		}
	}
	return false
}

// join adds union b to union a.
func (u *unifier) join(a, b int) {
	x, y := &u.all[a], &u.all[b]
	y.into = int32(a + 1)
	x.groups = append(x.groups, y.groups...)
	for _, g := range y.groups {
		u.joinedTo[g] = int32(a)
	}
	for i := range y.names {
		if !slices.ContainsFunc(x.names, func(f form) bool { return f.suffix == y.names[i].suffix && slices.Equal(f.words, y.names[i].words) }) {
			x.names = append(x.names, y.names[i])
		}
	}
	x.articles += y.articles
	for g := range x.told {
		x.told[g] += y.told[g]
	}
	if x.hint == 0 {
		x.hint = y.hint
	}
	x.fields |= y.fields
	if x.ref == "" || y.own {
		x.ref = y.ref
	}
	x.own = x.own || y.own
	if x.country == "" {
		x.country = y.country
	}
	x.near.merge(y.near, maxNear)
	for _, h := range y.heads {
		x.addHead(h.head, h.count)
	}
	y.groups, y.names, y.near, y.heads = nil, nil, nil, nil
}

// gender returns what is known of a union: what was told more often, else the hint.
func (y *union) gender() Gender {
	switch f, m := y.told[Female], y.told[Male]; {
	case f > m:
		return Female
	case m > f:
		return Male
	case f > 0:
		return 0
	}
	return y.hint
}

// alike returns how much connects two unions besides their names: names that both
// stand near, and a role of both.
func (u *unifier) alike(x, y *union) int {
	n := x.near.shared(y.near, u.isRare)
	for i, j := 0, 0; i < len(x.heads) && j < len(y.heads); {
		switch {
		case x.heads[i].head < y.heads[j].head:
			i++
		case x.heads[i].head > y.heads[j].head:
			j++
		default:
			return n + 1
		}
	}
	return n
}

// clash reports whether two unions are surely not one, whatever their names.
func (u *unifier) clash(x, y *union) bool {
	if x.ref != y.ref && x.ref != "" && y.ref != "" {
		return true
	}
	for _, a := range x.groups {
		for _, b := range u.apart[a] {
			if slices.Contains(y.groups, b) {
				return true
			}
		}
	}
	return false
}

// contradicts reports whether gender or field of work make two people of two
// unions, although their names may be one.
func (u *unifier) contradicts(x, y *union) bool {
	f, m := x.told[Female]+y.told[Female], x.told[Male]+y.told[Male]
	differ := x.told[Female] > x.told[Male] && y.told[Male] > y.told[Female] || x.told[Male] > x.told[Female] && y.told[Female] > y.told[Male]
	if differ && f+m >= 8 && 6*min(f, m) <= max(f, m) { // an error of a pronoun here and there
		differ = false
	}
	return (differ || x.fields.excludes(y.fields)) && u.alike(x, y) == 0
}

// collected returns the unions as the caller sees them.
func (u *unifier) collected() []Collected {
	n := 0
	for i := range u.all {
		if u.all[i].into == 0 {
			n++
		}
	}
	all := make([]Collected, 0, n)
	for i := range u.all {
		if u.all[i].into == 0 {
			all = append(all, u.collect(&u.all[i]))
		}
	}
	sortCollected(all, u.c.groups)
	return all
}

func (u *unifier) collect(x *union) Collected {
	e := Collected{Kind: x.kind, Ref: x.ref, Articles: int(x.articles), Ambiguous: x.doubtful && (x.articles > 1 || x.kind == Person && u.isKnown(x))}
	if x.kind == Person {
		e.Gender = x.gender()
	}
	var canonical, forms, roles counter
	for _, g := range x.groups {
		y := &u.c.groups[g]
		e.Groups = append(e.Groups, int(g))
		e.Mentions += int(y.mentions)
		if y.country != "" && y.ref == x.ref {
			e.Country = y.country
		}
		for _, t := range y.names {
			canonical.add(t.text, int(t.count))
		}
		for _, t := range y.forms {
			forms.add(t.text, int(t.count))
		}
		for _, t := range y.roles {
			roles.add(t.text, int(t.count))
		}
	}
	slices.Sort(e.Groups)
	e.Names = forms.sorted()
	e.Roles = roles.sorted()
	names := canonical.sorted()
	slices.SortStableFunc(names, func(a, b Counted) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(fullWords(b.Text), fullWords(a.Text)), cmp.Compare(utf8.RuneCountInString(b.Text), utf8.RuneCountInString(a.Text)))
	})
	e.Name = u.nameOf(x, names)
	return e
}

// isKnown reports whether some document gives a full name with the one word of x.
func (u *unifier) isKnown(x *union) bool { return u.bearers[u.wordOf(x)] > 0 }

// nameOf chooses the canonical name among those that documents use, the most
// frequent one first: a full one.
func (u *unifier) nameOf(x *union, names []Counted) string {
	if x.own {
		for _, n := range names {
			for _, e := range u.c.g.Lookup(n.Text) {
				if e.ID == x.ref {
					return e.Name
				}
			}
		}
	}
	for _, n := range names {
		if x.kind == Person && strings.Contains(n.Text, " ") || x.kind == Organization && !isAcronym(n.Text) {
			return n.Text
		}
	}
	if x.kind == Organization && x.ref != "" {
		for _, n := range names {
			for _, e := range u.c.g.Lookup(n.Text) {
				if e.ID == x.ref && len(e.Name) > len(n.Text) {
					return e.Name
				}
			}
		}
	}
	return names[0].Text
}

// fullWords returns the number of words that are no initials.
func fullWords(name string) int {
	n := 0
	for w := range strings.FieldsSeq(name) {
		if len(normalWord(w)) > 1 {
			n++
		}
	}
	return n
}

// A counter sums counts of strings.
type counter map[string]int

func (c *counter) add(s string, n int) {
	if *c == nil {
		*c = make(counter)
	}
	(*c)[s] += n
}

// sorted returns the strings, the most frequent first.
func (c counter) sorted() []Counted {
	var all []Counted
	for s, n := range c {
		all = append(all, Counted{s, n})
	}
	slices.SortFunc(all, func(x, y Counted) int { return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(x.Text, y.Text)) })
	return all
}
