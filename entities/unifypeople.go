package entities

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/gazetteer"
)

// unifyPeople joins the groups of people: equal full names, then equal IDs, then
// variants of names, then names of one word.
func (u *unifier) unifyPeople() {
	var people, short []int
	for from := 0; from < len(u.order); {
		x := &u.c.groups[u.order[from]]
		to := from + 1
		for to < len(u.order) && u.c.groups[u.order[to]].kind == x.kind && u.c.groups[u.order[to]].words == x.words {
			to++
		}
		switch {
		case x.kind != Person:
		case x.isOneWord():
			for _, g := range u.order[from:to] {
				short = append(short, u.open(g))
			}
		default:
			people = append(people, u.sameName(u.order[from:to])...)
		}
		from = to
	}
	u.bearers = make(map[string]int)
	for _, k := range people {
		u.bearers[surnameOf(&u.all[k])]++
	}
	people = u.joinByRef(people)
	people = u.joinVariants(people)
	u.placeShort(people, u.joinByRef(short))
}

// sameName joins groups of one full name, the largest first, but for those that
// contradict each other, and returns the unions.
func (u *unifier) sameName(groups []int32) []int {
	groups = slices.Clone(groups)
	slices.SortStableFunc(groups, func(a, b int32) int { return cmp.Compare(u.c.groups[b].articles, u.c.groups[a].articles) })
	var unions []int
	for _, g := range groups {
		k := u.open(g)
		u.all[k].names = []form{personForm(&u.c.groups[g])}
		u.all[k].hint = u.hintOf(u.all[k].names[0].words)
		best, most := -1, -1
		for _, other := range unions {
			x, y := &u.all[other], &u.all[k]
			if u.clash(x, y) || u.contradicts(x, y) {
				continue
			}
			if n := u.alike(x, y); n > most {
				best, most = other, n
			}
		}
		if best >= 0 {
			u.join(best, k)
		} else {
			unions = append(unions, k)
		}
	}
	return unions
}

// personForm returns the name of a group as names of people are compared.
func personForm(x *group) form {
	f := form{kind: Person, words: strings.Fields(x.words)}
	if n := len(f.words); n > 2 {
		switch w := f.words[n-1]; w {
		case "jr", "sr", "ii", "iii", "iv", "junior", "senior":
			f.suffix, f.words = w, f.words[:n-1]
		}
	}
	for _, t := range x.names {
		for i, part := range strings.FieldsFunc(t.text, func(r rune) bool { return r == '"' || r == '“' || r == '”' }) {
			if i == 1 {
				f.nick = append(f.nick, strings.Fields(normalName(part))...)
			}
		}
	}
	return f
}

// hintOf returns what the given names tell of the gender.
func (u *unifier) hintOf(words []string) Gender {
	for _, w := range words[:len(words)-1] {
		if len(w) < 2 {
			continue
		}
		return u.r.genderOf(w)
	}
	return 0
}

// joinByRef joins unions of one ID.
func (u *unifier) joinByRef(unions []int) []int {
	byRef := make(map[string]int)
	kept := unions[:0]
	for _, k := range unions {
		x := &u.all[k]
		if x.ref == "" {
			kept = append(kept, k)
			continue
		}
		first, ok := byRef[x.ref]
		switch {
		case !ok:
			byRef[x.ref] = k
		case x.own || x.kind != Person || u.confirmed(&u.all[first], x):
			u.join(first, k)
			continue
		}
		kept = append(kept, k)
	}
	return kept
}

// confirmed reports whether two people of one ID are one. The gazetteer tells IDs by
// names alone, and may have a name for somebody else or for father and son.
func (u *unifier) confirmed(x, y *union) bool {
	if u.contradicts(x, y) {
		return false
	}
	how := 3
	if len(x.names) > 0 && len(y.names) > 0 {
		if how = u.variants(x, y); how == 0 {
			v, w := x.names[0].words, y.names[0].words
			if v[len(v)-1] == w[len(w)-1] {
				return false
			}
		}
	}
	return how == 3 || u.callingsFit(x, y)
}

// callingsFit reports whether something connects two people of one name, or nothing is
// known of what one of them does, or hardly anybody else has the surname while they do
// not hold two offices.
func (u *unifier) callingsFit(x, y *union) bool {
	if len(x.heads) == 0 || len(y.heads) == 0 || u.alike(x, y) > 0 {
		return true
	}
	return u.bearers[surnameOf(x)] <= 3 && !(holdsOffice(x) && holdsOffice(y))
}

func surnameOf(x *union) string {
	if len(x.names) == 0 {
		return ""
	}
	w := x.names[0].words
	return w[len(w)-1]
}

func holdsOffice(x *union) bool {
	return slices.ContainsFunc(x.heads, func(h headCount) bool {
		switch h.head {
		case "president", "secretary", "king", "queen", "prince", "princess", "pope", "general":
			return true
		}
		return fieldOf(h.head)&(politics|law|clergy) != 0
	})
}

// joinVariants joins unions whose names are variants of each other, those named
// most often first. A name that fits two people goes to the one for whom more
// speaks, or who is named ten times as often; else it stays alone.
func (u *unifier) joinVariants(unions []int) []int {
	byProminence := func(a, b int) int {
		x, y := &u.all[a], &u.all[b]
		return cmp.Or(cmp.Compare(y.articles, x.articles), cmp.Compare(len(y.names[0].words), len(x.names[0].words)), cmp.Compare(a, b))
	}
	order := slices.Clone(unions)
	slices.SortFunc(order, byProminence)
	index := make(map[string][]int)
	var kept []int
	for _, k := range order {
		var sure, perhaps []int
		seen := make(map[int]bool)
		for _, key := range u.keysOf(&u.all[k]) {
			for _, other := range index[key] {
				if seen[other] {
					continue
				}
				seen[other] = true
				x, y := &u.all[other], &u.all[k]
				how := u.variants(x, y)
				if how == 0 || u.clash(x, y) || u.contradicts(x, y) {
					continue
				}
				if how == 3 || how == 2 && u.callingsFit(x, y) {
					sure = append(sure, other)
				} else if u.alike(x, y) > 0 {
					perhaps = append(perhaps, other)
				}
			}
		}
		to := u.pick(k, sure)
		if len(sure) == 0 {
			to = u.pick(k, perhaps)
		}
		keys := u.keysOf(&u.all[k])
		if to >= 0 {
			u.join(to, k)
		} else {
			kept = append(kept, k)
			to = k
		}
		for _, key := range keys {
			if len(index[key]) < 4*nearest && !slices.Contains(index[key], to) { // the most prominent ones
				index[key] = append(index[key], to)
			}
		}
	}
	return kept
}

// pick returns the one of several unions that union k is the same as, or -1.
func (u *unifier) pick(k int, choices []int) int {
	if len(choices) == 0 {
		return -1
	}
	x := &u.all[k]
	better := func(a, b int) int {
		return cmp.Or(cmp.Compare(u.alike(&u.all[b], x), u.alike(&u.all[a], x)), cmp.Compare(u.all[b].articles, u.all[a].articles))
	}
	slices.SortStableFunc(choices, better)
	if len(choices) == 1 {
		return choices[0]
	}
	a, b := &u.all[choices[0]], &u.all[choices[1]]
	if u.alike(a, x) > u.alike(b, x) && 4*a.articles >= b.articles || a.articles >= 10*b.articles {
		return choices[0]
	}
	return -1
}

// keysOf returns what variants of a name have in common: the surname as it is
// transliterated, or the first letters of a long one with the given name.
func (u *unifier) keysOf(x *union) []string {
	var keys []string
	for i := range x.names {
		w := x.names[i].words
		n := len(w)
		keys = append(keys, transliterated(w[n-1]), transliterated(w[0]))
		if n > 2 {
			keys = append(keys, transliterated(w[n-2]))
		}
		if len(w[n-1]) > 5 {
			keys = append(keys, w[0]+" "+w[n-1][:2])
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// variants compares all names of two unions: 3 is one name, 2 variants that two people
// of two callings may have, 1 spellings that need something else to speak for them, 0
// not. Every name of one must fit every name of the other, so that J. Smith does not
// make one of John and Jane.
func (u *unifier) variants(x, y *union) int {
	least := 3
	for i := range x.names {
		for j := range y.names {
			least = min(least, u.variantNames(&x.names[i], &y.names[j]))
			if least == 0 {
				return 0
			}
		}
	}
	return least
}

func (u *unifier) variantNames(a, b *form) int {
	if len(a.words) < len(b.words) {
		a, b = b, a
	}
	x, y := a.words, b.words
	m, n := len(x), len(y)
	if a.suffix != b.suffix && a.suffix != "" && b.suffix != "" {
		return 0
	}
	if m == n && a.suffix == b.suffix && slices.EqualFunc(x, y, func(v, w string) bool { return transliterated(v) == transliterated(w) }) {
		return 3
	}
	if !u.r.samePerson(a, b) {
		if m == n && u.r.misspells(x, y) {
			return 1
		}
		return 0
	}
	sameGiven := x[0] == y[0] || slices.Contains(a.nick, y[0]) || slices.Contains(b.nick, x[0])
	switch {
	case m == n && (isRotated(x, y) || isRotated(y, x)):
		return 3
	case transliterated(x[m-1]) != transliterated(y[n-1]):
		return 1 // a name after marriage, a typing error
	case m > n && slices.Equal(x[m-n:], y): // bin Salman; but Michael Patrick Leahy may not be Patrick Leahy
		switch {
		case isParticle(y[0]):
			return 2
		case n > 2: // Nawaf Al-Ahmad Al-Sabah is the father of Ahmad Nawaf Al-Ahmad Al-Sabah
			return 0
		case u.isGiven(y[0]):
			return 1
		}
		return 2
	case len(x[0]) == 1 || len(y[0]) == 1: // J. Smith
		return 1
	case sameGiven || u.r.isGivenVariant(x[0], y[0]):
		full := slices.ContainsFunc(x[1:m-1], func(w string) bool { return len(w) > 1 && !slices.Contains(y[1:n-1], w) })
		if !sameGiven && (full || a.suffix != b.suffix) { // Alejandro García Padilla, Alex Padilla
			return 1
		}
		return 2
	}
	return 1
}

func (u *unifier) isGiven(w string) bool {
	return u.r.g.Class(gazetteer.KeyOf(strings.ToUpper(w[:1]) + w[1:])).Any(gazetteer.GivenFemale | gazetteer.GivenMale)
}

// placeShort joins names of one word to the person of the full name that they mean
// where that is clear, else to each other unless they contradict.
func (u *unifier) placeShort(people, short []int) {
	bySurname, byGiven := make(map[string][]int), make(map[string][]int)
	for _, k := range people {
		if u.isCompound(&u.all[k]) {
			continue
		}
		for _, w := range u.shortFormsOf(&u.all[k]) {
			bySurname[w] = append(bySurname[w], k)
		}
		for _, w := range u.givenNamesOf(&u.all[k]) {
			byGiven[w] = append(byGiven[w], k)
		}
	}
	// What a title or names nearby decide makes one of several people the prominent
	// one, who is then meant where nothing decides.
	for _, evident := range [...]bool{true, false} {
		left := short[:0]
		for _, k := range short {
			x := &u.all[k]
			w := u.wordOf(x)
			to := -1
			switch surnames := u.fitting(x, bySurname[w]); {
			case x.own || evident && len(x.heads) == 0 && x.articles > fewArticles:
			case len(surnames) > 0:
				to = u.pickFull(x, surnames, u.strangers(x, len(bySurname[w]), false))
			default:
				to = u.pickFull(x, u.fitting(x, byGiven[w]), u.strangers(x, len(byGiven[w]), true))
			}
			if to >= 0 {
				u.join(to, k)
			} else {
				left = append(left, k)
			}
		}
		short = left
	}
	rest := make(map[string][]int)
	for _, k := range short {
		x := &u.all[k]
		w := u.wordOf(x)
		x.doubtful = !x.own && (len(bySurname[w])+len(byGiven[w]) > 0 || u.isGiven(w))
		i := slices.IndexFunc(rest[w], func(other int) bool {
			y := &u.all[other]
			return !x.own && !y.own && !(x.doubtful && !sameHeads(x, y)) && !u.clash(x, y) && !u.genderDiffers(x, y) && !x.fieldsOfHeads().excludes(y.fieldsOfHeads())
		})
		if i >= 0 {
			u.join(rest[w][i], k)
		} else {
			rest[w] = append(rest[w], k)
		}
	}
}

// wordOf returns the name of a union of one word.
func (u *unifier) wordOf(x *union) string { return u.c.groups[x.groups[0]].words }

func sameHeads(x, y *union) bool {
	return slices.EqualFunc(x.heads, y.heads, func(a, b headCount) bool { return a.head == b.head })
}

// fitting returns those of people whom nothing keeps from being x.
func (u *unifier) fitting(x *union, people []int) []int {
	var fit []int
	for _, k := range people {
		if y := &u.all[k]; y.into == 0 && u.mayBeShortFor(x, y) {
			fit = append(fit, k)
		}
	}
	return fit
}

// isCompound is true of names without a space: Ocasio-Cortez, the Biden-Harris
// administration.
func (u *unifier) isCompound(x *union) bool {
	for _, g := range x.groups {
		for _, n := range u.c.groups[g].names {
			if strings.Contains(n.text, " ") {
				return false
			}
		}
	}
	return true
}

// shortFormsOf returns the single words by which documents call a person and nobody
// of another surname: the surname, a family name that comes first, an alias.
func (u *unifier) shortFormsOf(x *union) []string {
	var words []string
	for i := range x.names {
		w := x.names[i].words
		words = append(words, w[len(w)-1])
	}
	for _, g := range x.groups {
		for _, t := range u.c.groups[g].forms {
			if w := normalName(t.text); !strings.Contains(w, " ") && len(w) > 1 && !u.isGivenOf(x, w) {
				words = append(words, w)
			}
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// isGivenOf reports whether w is a given name of x, for all that is known, or a
// form of it.
func (u *unifier) isGivenOf(x *union, w string) bool {
	c := u.r.g.Class(gazetteer.KeyOf(strings.ToUpper(w[:1]) + w[1:]))
	return c.Any(gazetteer.GivenFemale|gazetteer.GivenMale) && !slices.ContainsFunc(x.names, func(f form) bool { return f.words[len(f.words)-1] == w })
}

// givenNamesOf returns the first names of a person.
func (u *unifier) givenNamesOf(x *union) []string {
	var words []string
	for i := range x.names {
		if w := x.names[i].words[0]; len(w) > 1 && u.isGivenOf(x, w) {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

func (u *unifier) genderDiffers(x, y *union) bool {
	g, h := x.gender(), y.gender()
	return g != 0 && h != 0 && g != h
}

// mayBeShortFor reports whether a name of one word may mean person y.
func (u *unifier) mayBeShortFor(x, y *union) bool {
	return !u.clash(x, y) && !u.genderDiffers(x, y) && !x.fieldsOfHeads().excludes(y.fields)
}

func (y *union) fieldsOfHeads() field {
	var f field
	for _, h := range y.heads {
		f |= fieldOf(h.head)
	}
	return f
}

// fewArticles bounds the documents whose names nearby tell who is meant by a name of
// one word: of many documents all names of a time are nearby.
const fewArticles = 5

// fame is the power with which the number of documents that give the full name of a
// person makes others likely that give the surname alone: newspapers give the full
// name of those whom not everybody knows.
const fame = 1.5

// pickFull returns the one of choices whom the name of one word of union x means, if the
// odds against all others of them are ten to one and a stranger is not likelier, or -1.
func (u *unifier) pickFull(x *union, choices []int, strangers float64) int {
	best, most, all := -1, 0.0, 0.0
	for _, c := range choices {
		w := u.likelihood(x, &u.all[c])
		if all += w; best < 0 || w > most {
			best, most = c, w
		}
	}
	if most < strangers || most < 10*(all-most) {
		return -1
	}
	return best
}

// likelihood returns how likely it is that documents of the name of one word x mean y, to a factor
// that is the same for all y: by how many documents name y, by the title, and by who is
// named nearby.
func (u *unifier) likelihood(x, y *union) float64 {
	w := math.Pow(float64(y.articles)+0.5, fame)
	if len(x.heads) > 0 {
		n, all := y.holds(x.heads[0].head)
		w *= (float64(n) + 0.05) / (float64(all) + 1)
	}
	if x.articles <= fewArticles {
		w *= math.Pow(15, float64(min(3, x.near.shared(y.near, u.isRare))))
	}
	return w
}

// strangers returns the likelihood that a name of one word x means somebody whom no document
// gives the full name of. bearers people are known by that name, as a given name or not.
func (u *unifier) strangers(x *union, bearers int, given bool) float64 {
	w := 1.0
	switch {
	case given: // a given name alone tells nobody, but of those whom many documents name
		w = 30
	case bearers == 1 && !u.r.isCommonSurname(u.wordOf(x)):
		w = 0.01
	}
	if len(x.heads) > 0 {
		w *= 0.3
	}
	return w
}

// isCommonSurname is true of surnames that the gazetteer knows.
func (r *resolver) isCommonSurname(w string) bool {
	return w != "" && r.g.Class(gazetteer.KeyOf(strings.ToUpper(w[:1])+w[1:])).Has(gazetteer.Surname)
}
