package entities

import (
	"cmp"
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/nlp"
)

// unifyBodies joins the groups of organisations or of locations: those of equal
// words and country, then of equal IDs, then acronyms and short forms that
// documents use for a body of their full name.
func (u *unifier) unifyBodies(kind Kind) {
	type key struct{ words, country string }
	buckets := make(map[key][]int)
	countries := make(map[string][]string) // words → countries
	var unions []int
	open := func(g int32) (int, key) {
		k := u.open(g)
		y := &u.all[k]
		f := u.bodyForm(&u.c.groups[g])
		y.names = []form{f}
		if y.country == "" {
			y.country = f.country
		}
		return k, key{withoutCountry(f.content), y.country}
	}
	place := func(k int, in key) bool {
		for _, other := range buckets[in] {
			if !u.clash(&u.all[other], &u.all[k]) {
				u.join(other, k)
				return true
			}
		}
		return false
	}
	// Names with an ID first, so that those without one find them.
	var later []int
	var laterKeys []key
	for pass := range 2 {
		for _, g := range u.order {
			x := &u.c.groups[g]
			if x.kind != kind || (x.ref == "") != (pass == 1) {
				continue
			}
			k, in := open(g)
			if pass == 1 && in.country == "" && isPublicBody(x.words) {
				later, laterKeys = append(later, k), append(laterKeys, in)
				continue
			}
			if pass == 1 && len(buckets[in]) > 1 && u.all[buckets[in][0]].ref != "" && u.all[buckets[in][1]].ref != "" || !place(k, in) {
				buckets[in] = append(buckets[in], k)
				unions = append(unions, k)
			}
			if !slices.Contains(countries[in.words], in.country) {
				countries[in.words] = append(countries[in.words], in.country)
			}
		}
	}
	for i, k := range later { // the Supreme Court of a document that names no country
		in := laterKeys[i]
		if most, ok := u.mostNamed(countries[in.words], func(country string) []int { return buckets[key{in.words, country}] }); ok {
			in.country = most
		}
		if !place(k, in) {
			u.all[k].doubtful = in.country == ""
			buckets[in] = append(buckets[in], k)
			unions = append(unions, k)
		}
	}
	// The United States National Hurricane Center is the one that others call
	// National Hurricane Center.
	for in, ids := range buckets {
		if in.country == "US" && strings.Count(in.words, " ") > 1 {
			for _, k := range ids {
				if others := buckets[key{in.words, ""}]; len(others) == 1 && u.all[k].into == 0 && namesUnitedStates(&u.all[k].names[0]) && !u.clash(&u.all[others[0]], &u.all[k]) {
					u.join(others[0], k)
				}
			}
		}
	}
	unions = u.joinByRef(slices.DeleteFunc(unions, func(k int) bool { return u.all[k].into != 0 }))
	if kind == Organization {
		u.joinShortBodies(unions)
	}
}

// namesUnitedStates is true of bodies whose names begin with U.S. or United States.
func namesUnitedStates(f *form) bool {
	return f.words[0] == "us" || len(f.words) > 1 && f.words[0] == "united" && f.words[1] == "states"
}

// mostNamed returns the country whose bodies of a name, as bodies returns them, are
// named in ten times as many documents as those of all others.
func (u *unifier) mostNamed(countries []string, bodies func(country string) []int) (country string, ok bool) {
	most, all := int32(0), int32(0)
	for _, c := range countries {
		n := int32(0)
		for _, k := range bodies(c) {
			n += u.all[k].articles
		}
		if all += n; n > most {
			country, most = c, n
		}
	}
	return country, most > 0 && most >= 10*(all-most)
}

// bodyForm returns the name of a group as names of bodies and places are compared.
func (u *unifier) bodyForm(x *group) form {
	name := x.names[0]
	for _, n := range x.names[1:] {
		if n.count > name.count {
			name = n
		}
	}
	doc := nlp.Parse(name.text)
	if len(doc.Tokens) == 0 {
		return form{kind: x.kind, words: []string{x.words}, core: []string{x.words}, content: []string{x.words}}
	}
	m := Mention{Span: nlp.Span{Start: doc.Tokens[0].Start, End: doc.Tokens[len(doc.Tokens)-1].End}, Last: len(doc.Tokens), Kind: x.kind}
	r := resolver{doc: doc, g: u.c.g, names: []Mention{m}, nameWordOf: make([]int32, len(doc.Words))}
	f := r.newForm(0)
	if len(f.content) == 0 {
		f.content = []string{x.words}
	}
	return f
}

// withoutCountry returns the words of a body but those for a country, with spaces.
func withoutCountry(content []string) string {
	var b strings.Builder
	for _, w := range content {
		if len(content) == 1 || w[0] != '@' {
			b.WriteString(w)
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// joinShortBodies joins bodies to those for which documents use their name as a
// short form: an acronym, or two words and more that are not a kind of body.
func (u *unifier) joinShortBodies(unions []int) {
	type use struct {
		union int
		count int32
	}
	uses := make(map[string][]use)
	for _, k := range unions {
		n := make(map[string]int32)
		for _, g := range u.all[k].groups {
			for _, t := range u.c.groups[g].forms {
				if w := normalName(t.text); isAcronym(t.text) || strings.Contains(w, " ") && !isPublicBody(w) {
					n[w] += t.count
				}
			}
		}
		for w, count := range n {
			uses[w] = append(uses[w], use{k, count})
		}
	}
	for _, all := range uses {
		slices.SortFunc(all, func(a, b use) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.union, b.union)) })
	}
	// The full ones first: what is joined to them is no longer there to be joined to.
	for _, k := range unions {
		x := &u.all[k]
		if x.into != 0 || x.ref != "" { // its full name would have the ID too
			continue
		}
		first := &u.c.groups[x.groups[0]]
		acronym := isAcronym(first.names[0].text)
		if !acronym && (!strings.Contains(first.words, " ") || isPublicBody(first.words)) {
			continue
		}
		var choices []use
		for _, use := range uses[first.words] {
			y := &u.all[use.union]
			if use.union == k || y.into != 0 || u.clash(x, y) || x.country != "" && x.country != y.country {
				continue
			}
			if !acronym && y.articles < x.articles {
				continue
			}
			choices = append(choices, use)
		}
		if len(choices) == 0 {
			continue
		}
		others := int32(0)
		for _, c := range choices[1:] {
			others += c.count
		}
		best := choices[0]
		if best.count >= 10*others || u.alike(x, &u.all[best.union]) > 0 && !slices.ContainsFunc(choices[1:], func(c use) bool { return u.alike(x, &u.all[c.union]) > 0 }) {
			u.join(best.union, k)
		}
	}
}

// isAcronym is true of a name that is written in capitals as one short word.
func isAcronym(name string) bool {
	letters := 0
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c >= 'A' && c <= 'Z':
			letters++
		case c == '.' || c == '&' || c == '-' || c >= '0' && c <= '9':
		default:
			return false
		}
	}
	return letters > 1 && letters < 9
}

// isPublicBody is true of names, in normal form, that bodies of many countries and
// states have: all words are for sorts of bodies and their subjects.
func isPublicBody(words string) bool {
	sort := false
	for w := range strings.FieldsSeq(words) {
		switch {
		case publicBodies[w]:
			sort = true
		case !isStopWord(w) && !publicSubjects[w]:
			return false
		}
	}
	return sort
}

var publicBodies = wordSet(`ministry department senate house congress parliament court assembly army navy force forces police cabinet
	government treasury council commission committee guard party administration office agency bureau authority board legislature court
	chamber representatives lords commons service college corps militia division parliamentary subcommittee republicans democrats`)

var publicSubjects = wordSet(`foreign affairs defence defense interior health finance justice education information transport transportation
	agriculture energy trade commerce economy environment labor labour home culture housing oil emergencies public security state national
	central supreme high constitutional federal appeal appeals election electoral human rights prime minister president city county
	district superior circuit fire sheriff air armed coast border legislative executive general lower upper people
	conservative liberal democratic republican green labour socialist communist tax revenue works safety water immigration customs
	social welfare veterans science technology industry communications planning local judiciary budget rules oversight natural resources
	intelligence small business ways means appropriations select special standing joint attorney statistics the first royal union`)

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}
