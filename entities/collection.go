package entities

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// A Collection merges the entities of many documents. Documents are added one by
// one, in any order and from any number of goroutines; [Collection.Entities] tells
// at any time who is named in those added so far, and more may be added after it.
// The result depends on what was added and not on the order.
//
// Nothing of a document is kept but sums: its entities are counted in groups,
// those of one name, gender, field of work, country and ID being one group.
// Memory grows with the number of distinct names, by about half a kilobyte each,
// and not with the text. All decisions about who is the same are made by Entities,
// from all groups at once.
//
// Entities merges as [Resolve] does, and never people with different given names,
// with genders or fields of work that contradict each other while nothing else
// connects them, whom one document names side by side, or whose IDs differ.
// A surname alone goes to the one who is meant by far most often or whom title,
// gender and names nearby speak for; else it stays alone. A body that many
// countries have (Supreme Court) is told apart by the country that its document
// is about.
type Collection struct {
	g        *gazetteer.Gazetteer
	mu       sync.Mutex
	articles int
	groups   []group
	byHash   map[uint64]int32
	apart    map[uint64]int32 // pairs of groups of people of one surname in one document → documents
	interned map[string]string
}

// NewCollection returns an empty collection. g is the gazetteer that the documents
// were read with; nil stands for the built-in one. Entries of the user's own decide
// over everything else: names of one entry are one entity, and names of two entries
// never are.
func NewCollection(g *gazetteer.Gazetteer) *Collection {
	if g == nil {
		g = gazetteer.Default()
	}
	return &Collection{g: g, byHash: make(map[uint64]int32), apart: make(map[uint64]int32), interned: make(map[string]string)}
}

// Articles returns the number of documents that were added.
func (c *Collection) Articles() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.articles
}

// Add adds what one document says of entities. It returns for each of r.Entities
// the number of its group, from 0, for the caller's own sums: [Collected.Groups]
// lists the groups of an entity. A document that is added twice counts twice. Add
// is safe for concurrent use and keeps no reference to doc or r.
func (c *Collection) Add(doc *nlp.Document, r *Result) []int {
	found := c.summarize(doc, r)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.articles++
	numbers := make([]int, len(found))
	for i := range found {
		numbers[i] = c.count(&found[i])
	}
	c.noteApart(found, numbers)
	return numbers
}

// A group is all that is kept of the entities that have these first fields in
// common.
type group struct {
	kind    Kind
	gender  Gender // that a title or pronoun told, and the given name does not
	field   field  // of work, of a full name
	words   string // of the canonical name, in normal form, with spaces
	ref     string
	title   string // what stands before a name of one word: senator
	country string // of a body that many countries have

	articles, mentions int32
	names              tally // canonical names, by documents
	forms              tally // names as written, by mentions
	roles              tally
	near               sketch // of the other names of its documents
}

// order compares groups by what tells them apart.
func (x *group) order(y *group) int {
	return cmp.Or(cmp.Compare(x.kind, y.kind), cmp.Compare(x.words, y.words), cmp.Compare(x.ref, y.ref), cmp.Compare(x.country, y.country),
		cmp.Compare(x.gender, y.gender), cmp.Compare(x.field, y.field), cmp.Compare(x.title, y.title))
}

func (x *group) hash() uint64 {
	h := hashString(fnvBasis, x.words)
	h = hashString(h, x.ref)
	h = hashString(h, x.title)
	h = hashString(h, x.country)
	return spread(h ^ uint64(x.kind) ^ uint64(x.gender)<<8 ^ uint64(x.field)<<16)
}

// nameHash is what sketches keep of a name.
func (x *group) nameHash() uint32 {
	return uint32(spread(hashString(fnvBasis, x.words) ^ uint64(x.kind)))
}

// isOneWord is true of a surname or acronym alone.
func (x *group) isOneWord() bool { return strings.IndexByte(x.words, ' ') < 0 }

// A summary is one entity of a document before it is counted.
type summary struct {
	group
	name  string
	forms map[string]int32
	roles []string
}

// summarize returns what is kept of each entity of r.
func (c *Collection) summarize(doc *nlp.Document, r *Result) []summary {
	found := make([]summary, len(r.Entities))
	for i := range r.Entities {
		e, x := &r.Entities[i], &found[i]
		x.kind, x.ref, x.name = e.Kind, e.Ref, e.Name
		x.articles = 1
		x.words = normalName(e.Name)
		for _, k := range e.Mentions {
			m := &r.Mentions[k]
			if m.Form != Name {
				continue
			}
			x.mentions++
			if w := doc.TextOf(m.Span); len(w) < 120 {
				if x.forms == nil {
					x.forms = make(map[string]int32)
				}
				x.forms[strings.Join(strings.Fields(w), " ")]++
			}
		}
		if e.Kind == Person {
			c.summarizePerson(e, x)
		}
	}
	named, most := c.countriesOf(doc, found)
	var near sketch
	for i := range found {
		x := &found[i]
		if x.kind == Organization {
			c.placeBody(x, named, most)
		}
		if x.isNeighbour() {
			near.add(x.nameHash(), maxNear+1)
		}
	}
	for i := range found {
		found[i].near = near.without(found[i].nameHash(), maxNear)
	}
	return found
}

// isNeighbour reports whether a name tells something of the others beside it.
func (x *summary) isNeighbour() bool {
	switch x.kind {
	case Person:
		return !x.isOneWord()
	case Organization:
		return x.country == ""
	}
	return !strings.HasPrefix(x.ref, countryPrefix)
}

// summarizePerson sets what is kept of people only.
func (c *Collection) summarizePerson(e *Entity, x *summary) {
	given, _, _ := strings.Cut(x.words, " ")
	if x.gender = e.Gender; given != x.words && x.gender == givenGender(c.g, given) {
		x.gender = 0
	}
	x.roles = e.Roles
	for _, role := range e.Roles {
		if h := roleHead(role); h != "" {
			x.field |= fieldOf(h)
			if x.title == "" {
				x.title = h
			}
		}
	}
	if x.isOneWord() { // a pronoun may mean somebody else
		x.field = 0
		if e.GenderBy != ByTitle {
			x.gender = 0
		}
	} else {
		x.title = ""
	}
}

const countryPrefix = "ISO3166:"

// countriesOf returns how often a document names each country, its places and its
// nationality (Turkish), and the country that has more than half of these, or "".
func (c *Collection) countriesOf(doc *nlp.Document, found []summary) (n map[string]int32, most string) {
	n = make(map[string]int32)
	all := int32(0)
	add := func(country string, k int32) {
		if country != "" {
			n[country] += k
			all += k
		}
	}
	for i := range found {
		x := &found[i]
		if x.kind != Location || x.ref == "" {
			continue
		}
		if country, ok := strings.CutPrefix(x.ref, countryPrefix); ok {
			add(country, x.mentions)
		} else {
			add(c.entryOf(x).Country, x.mentions)
		}
	}
	for i := range doc.Words {
		w := &doc.Words[i]
		if w.Shape == nlp.ShapeTitle && c.g.Class(gazetteer.KeyOf(w.Text)).Has(gazetteer.NationalityAdjective) {
			for _, e := range c.g.Lookup(w.Text) {
				if e.Class.Has(gazetteer.NationalityAdjective) {
					add(e.Country, w.Count)
					break
				}
			}
		}
	}
	for country, k := range n {
		if 2*k > all {
			most = country
		}
	}
	return n, most
}

// entryOf returns the gazetteer's entry that x refers to, or a zero one.
func (c *Collection) entryOf(x *summary) gazetteer.Entry {
	for _, e := range c.g.Lookup(x.name) {
		if e.ID == x.ref {
			return e
		}
	}
	return gazetteer.Entry{}
}

// placeBody gives a body that many countries have the ID of that of a country that its
// document names, most often if of several, else the country that the document is about.
// An ID of a country that the document does not name is that of the best known body of
// the name, and not meant.
func (c *Collection) placeBody(x *summary, named map[string]int32, most string) {
	entry := gazetteer.Entry{}
	if x.ref != "" {
		entry = c.entryOf(x)
	}
	// PA is not everywhere the Palestinian Authority, nor IRA the Irish Republican Army.
	acronym := isAcronym(x.name) && (len(x.words) <= 2 || len(x.words) <= 4 && entry.Class.Any(gazetteer.Party|gazetteer.ArmedGroup))
	if !acronym && !isPublicBody(x.words) {
		return
	}
	if x.ref != "" {
		if entry.Country == "" || most == "" || named[entry.Country] > 0 {
			return
		}
		x.ref = ""
	}
	var best *gazetteer.Entry
	entries := c.g.Lookup(x.name)
	for i := range entries {
		e := &entries[i]
		if e.Kind != gazetteer.Organization || e.Country == "" || e.ID == "" {
			continue
		}
		if n := named[e.Country]; n > 0 && (best == nil || n > named[best.Country]) {
			best = e
		}
	}
	if x.country = most; best != nil {
		x.ref, x.country = best.ID, best.Country
	}
}

// count adds one entity of a document to its group and returns the group's number.
func (c *Collection) count(x *summary) int {
	h := x.hash()
	n, ok := c.byHash[h]
	if !ok {
		n = int32(len(c.groups))
		c.byHash[h] = n
		y := group{kind: x.kind, gender: x.gender, field: x.field}
		y.words, y.ref, y.title, y.country = strings.Clone(x.words), c.intern(x.ref), c.intern(x.title), c.intern(x.country)
		c.groups = append(c.groups, y)
	}
	y := &c.groups[n]
	y.articles++
	y.mentions += x.mentions
	y.names.add(c.intern(x.name), 1, maxNames)
	for w, k := range x.forms {
		y.forms.add(c.intern(w), k, maxForms)
	}
	for _, role := range x.roles {
		y.roles.add(c.intern(role), 1, maxRoles)
	}
	y.near.merge(x.near, maxNear)
	return int(n)
}

// intern returns a copy of s that shares its memory with all equal strings.
func (c *Collection) intern(s string) string {
	if s == "" {
		return ""
	}
	if t, ok := c.interned[s]; ok {
		return t
	}
	s = strings.Clone(s)
	c.interned[s] = s
	return s
}

// noteApart remembers people of one surname who are two people in one document.
func (c *Collection) noteApart(found []summary, numbers []int) {
	var bySurname map[string][]int
	for i := range found {
		x := &found[i]
		if x.kind != Person || x.isOneWord() {
			continue
		}
		if bySurname == nil {
			bySurname = make(map[string][]int)
		}
		surname := x.words[strings.LastIndexByte(x.words, ' ')+1:]
		for _, n := range bySurname[surname] {
			if n != numbers[i] {
				c.apart[pairOf(n, numbers[i])]++
			}
		}
		if len(bySurname[surname]) < maxChoices {
			bySurname[surname] = append(bySurname[surname], numbers[i])
		}
	}
}

func pairOf(a, b int) uint64 { return uint64(min(a, b))<<32 | uint64(max(a, b)) }

// normalName returns the words of a name as names are compared, with spaces.
// Nicknames in quotation marks are left out.
func normalName(name string) string {
	var b strings.Builder
	quoted := false
	for _, token := range gazetteer.Split(name) {
		switch token {
		case `"`, "“", "”":
			quoted = !quoted
			continue
		}
		if w := normalWord(strings.ToLower(straight.Replace(token))); w != "" && !isMark(w) && !quoted && w != "s" {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(w)
		}
	}
	if b.Len() == 0 {
		return strings.ToLower(name)
	}
	return b.String()
}

var straight = strings.NewReplacer("’", "'", "‘", "'", "‐", "-", "‑", "-")

// givenGender returns what a folded given name tells.
func givenGender(g *gazetteer.Gazetteer, given string) Gender {
	r := resolver{g: g}
	return r.genderOf(given)
}

// A Counted is a string with how often it occurs.
type Counted struct {
	Text  string `json:"text"`
	Count int    `json:"count"`
}

// A Collected is a person, body or place of a collection.
type Collected struct {
	Kind    Kind
	Name    string // canonical name: the full name that documents use most
	Ref     string // stable ID from the gazetteer, "" when none is known
	Country string // ISO 3166 code, of a body that many countries have; else ""
	Gender  Gender
	// Names are all names as written, Roles all titles and roles as written, the
	// most frequent ones first. Of an entity with very many, some are left out.
	Names, Roles []Counted
	// Ambiguous marks a surname or given name alone that several people may have, and a
	// body that many countries have, of unknown country: its mentions need not be of one.
	Ambiguous bool
	// Articles is the number of documents that name it: a document in which two
	// of its names were not found to be one counts twice.
	Articles int
	Mentions int   // by name
	Groups   []int // the numbers that Add returned for it, ascending
}

// sortCollected puts the most often named ones of a kind first.
func sortCollected(all []Collected, groups []group) {
	first := func(x *Collected) *group {
		least := &groups[x.Groups[0]]
		for _, n := range x.Groups[1:] {
			if groups[n].order(least) < 0 {
				least = &groups[n]
			}
		}
		return least
	}
	slices.SortFunc(all, func(x, y Collected) int {
		if k := cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(y.Articles, x.Articles), cmp.Compare(y.Mentions, x.Mentions), cmp.Compare(x.Name, y.Name)); k != 0 {
			return k
		}
		return first(&x).order(first(&y))
	})
}
