package entities

import (
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/gazetteer"
)

// nearest bounds how many of the latest clusters a name is compared with where
// no index helps.
const nearest = 60

// trimPerson takes generational suffixes off the words of f, and titles that
// are no given names.
func (r *resolver) trimPerson(m *Mention, f *form) {
	if n := len(f.words); n > 1 {
		switch w := f.words[n-1]; w {
		case "jr", "sr", "ii", "iii", "iv", "junior", "senior":
			f.suffix = w
			f.words = f.words[:n-1]
		}
	}
	for i := m.First; i < m.Last && len(f.words) > 1; i++ {
		c := r.nameWord(i).class
		if !c.Has(gazetteer.Title) || c.Any(gazetteer.GivenFemale|gazetteer.GivenMale|gazetteer.Surname) || r.nameWord(i).norm != f.words[0] || len(f.words[0]) < 2 {
			break
		}
		f.words = f.words[1:]
	}
}

// isParticle reports whether w begins a surname: von, bin, al.
func isParticle(w string) bool {
	switch w {
	case "von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "le", "la", "el", "al", "bin", "ibn", "ben", "abu",
		"bint", "ter", "zu", "af", "av", "san", "st", "mac", "o":
		return true
	}
	return false
}

// mergePeople makes clusters of the forms of people.
func (r *resolver) mergePeople() {
	order := r.byFullness(Person)
	if len(order) == 0 {
		return
	}
	ix := personIndex{byWord: make(map[string][]int, 2*len(order))}
	for c := range r.clusters { // of the user's own names
		if x := &r.clusters[c]; x.kind == Person {
			x.hint = r.givenGender(x.full)
			for _, f := range x.forms {
				ix.add(c, r.forms[f].words, r.forms[f].nick)
			}
		}
	}
	for _, f := range order {
		if len(r.forms[f].words) < 2 {
			continue
		}
		c := r.aliased(f)
		if c < 0 {
			c = r.samePersonAs(f, &ix)
		}
		if c < 0 {
			c = r.open(f)
			r.clusters[c].hint = r.givenGender(f)
		} else {
			r.join(f, c)
		}
		ix.add(c, r.forms[f].words, r.forms[f].nick)
	}
	for _, f := range order {
		if len(r.forms[f].words) != 1 || r.forms[f].entity >= 0 {
			continue
		}
		if c := r.aliased(f); c >= 0 {
			r.join(f, c)
			ix.add(c, r.forms[f].words, nil)
			continue
		}
		if choices := r.shortOf(f, &ix); len(choices) > 0 {
			r.mayMean(f, choices)
			continue
		}
		c := r.open(f)
		if x := r.nameWord(r.names[r.forms[f].first].First); !x.class.Has(gazetteer.Surname) {
			r.clusters[c].hint = r.genderOf(r.forms[f].words[0])
		}
		ix.add(c, r.forms[f].words, nil)
	}
}

// personIndex finds clusters of people by any word of their names.
type personIndex struct{ byWord map[string][]int }

func (ix *personIndex) add(c int, words, nick []string) {
	for _, w := range words {
		ix.byWord[w] = insert(ix.byWord[w], c)
	}
	for _, w := range nick {
		ix.byWord[w] = insert(ix.byWord[w], c)
	}
}

// insert appends c to ids if it is not among the latest of them.
func insert(ids []int, c int) []int {
	if slices.Contains(ids[max(0, len(ids)-maxChoices):], c) {
		return ids
	}
	return append(ids, c)
}

// latest returns the last of ids, at most nearest of them.
func latest(ids []int) []int { return ids[max(0, len(ids)-nearest):] }

// samePersonAs returns the cluster of which form f (two words or more) is a
// variant, or -1.
func (r *resolver) samePersonAs(f int, ix *personIndex) int {
	words := r.forms[f].words
	for _, w := range [...]string{words[len(words)-1], words[0]} {
		ids := ix.byWord[w]
		for i := len(ids) - 1; i >= 0 && i >= len(ids)-nearest; i-- {
			if r.isVariantOf(f, ids[i]) {
				return ids[i]
			}
		}
	}
	for c := len(r.clusters) - 1; c >= 0 && c >= len(r.clusters)-nearest; c-- {
		x := &r.clusters[c]
		if y := &r.forms[x.full]; x.kind == Person && (y.suffix == "" || y.suffix == r.forms[f].suffix) && r.misspells(words, y.words) {
			return c
		}
	}
	return -1
}

// isVariantOf reports whether form f names the person of cluster c.
func (r *resolver) isVariantOf(f, c int) bool {
	for _, g := range r.clusters[c].forms[:min(3, len(r.clusters[c].forms))] {
		if len(r.forms[g].words) > 1 && r.samePerson(&r.forms[g], &r.forms[f]) {
			return true
		}
	}
	return false
}

// samePerson compares two full names; a is not shorter than b.
func (r *resolver) samePerson(a, b *form) bool {
	if a.suffix != "" && b.suffix != "" && a.suffix != b.suffix {
		return false
	}
	x, y := a.words, b.words
	m, n := len(x), len(y)
	if m == n && (isRotated(x, y) || isRotated(y, x)) { // Higuchi Ichiyo, Ichiyo Higuchi; Son Jong-woo, Jong Woo Son
		return true
	}
	if slices.Equal(x[m-n:], y) { // al-Quaety, bin Salman, Sabrina Flora
		return true
	}
	given := r.sameGiven(x[0], y[0]) || slices.ContainsFunc(a.nick, func(s string) bool { return s == y[0] }) ||
		slices.ContainsFunc(b.nick, func(s string) bool { return s == x[0] })
	if x[m-1] == y[n-1] || r.sameSurname(x[m-1], y[n-1]) {
		if given {
			return sameMiddle(x[1:m-1], y[1:n-1])
		}
		if m > n && n == 2 && len(y[0]) > 1 && slices.Contains(x[1:m-1], y[0]) && !isParticle(y[0]) { // by the second given name
			return true
		}
		return r.misspeltGiven(x[0], y[0]) && sameMiddle(x[1:m-1], y[1:n-1])
	}
	// Wanda Vázquez, Wanda Vázquez Garced; Hillary Rodham, Hillary Rodham Clinton
	if m > n && len(y[0]) > 1 && given {
		return slices.Contains(x[1:m-1], y[n-1]) && len(y[n-1]) > 1
	}
	return false
}

// isRotated reports whether y is x with the last word first.
func isRotated(x, y []string) bool {
	n := len(x) - 1
	return n > 0 && x[n] == y[0] && slices.Equal(x[:n], y[1:])
}

// sameSurname reports whether two surnames are spellings of one, and not two that
// the gazetteer knows.
func (r *resolver) sameSurname(a, b string) bool {
	return isSpellingVariant(a, b) && (transliterated(a) == transliterated(b) || !r.isKnownName(a) || !r.isKnownName(b))
}

// sameMiddle reports whether middle names do not contradict: George W. and
// George H. W. do, and none and W. do not.
func sameMiddle(x, y []string) bool {
	if len(x) == 0 || len(y) == 0 {
		return true
	}
	// each of the shorter list agrees with one of the longer, in order
	if len(x) < len(y) {
		x, y = y, x
	}
	i := 0
	for _, w := range y {
		for i < len(x) && !(x[i] == w || (len(x[i]) == 1 || len(w) == 1) && x[i][0] == w[0] || isSpellingVariant(x[i], w)) {
			i++
		}
		if i == len(x) {
			return false
		}
		i++
	}
	if len(y) == 1 && len(y[0]) == 1 && len(x) > 1 && len(x[0]) == 1 { // W., H. W.
		return x[0] == y[0]
	}
	return true
}

// sameGiven compares given names: equal, an initial, or variants (Joe, Joseph).
func (r *resolver) sameGiven(a, b string) bool {
	return a == b || a[0] == b[0] && (len(a) == 1 || len(b) == 1) || r.isGivenVariant(a, b) || len(a) <= 3 && len(b) <= 3 && isInitials(a, b)
}

// isGivenVariant reports whether two folded words are variants of a given name. Two
// short forms are not, unless they begin alike: nobody is called Bob and Rob, or Chris
// and Tina, but father and son may be.
func (r *resolver) isGivenVariant(a, b string) bool {
	if len(a) <= 5 && len(b) <= 5 && a != b && a[0] != b[0] {
		return false
	}
	return len(a) > 1 && len(b) > 1 && r.g.SameGivenName(strings.ToUpper(a[:1])+a[1:], strings.ToUpper(b[:1])+b[1:])
}

// isInitials is true of j and jk: the first of several initials that are written as one word.
func isInitials(a, b string) bool {
	return len(a) != len(b) && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a)) && min(len(a), len(b)) == 1
}

// misspeltGiven is true of spellings of one given name (Kristen, Kristin), but
// not of a man's and a woman's name (Daniel, Daniela).
func (r *resolver) misspeltGiven(a, b string) bool {
	if len(a) < 5 || len(b) < 5 || a[0] != b[0] || !withinEdits(a, b, 1+min(len(a), len(b))/7) {
		return false
	}
	ga, gb := r.genderOf(a), r.genderOf(b)
	return ga == 0 || gb == 0 || ga == gb
}

// genderOf returns what a folded given name tells.
func (r *resolver) genderOf(given string) Gender {
	if given == "" {
		return 0
	}
	c := r.g.Class(gazetteer.KeyOf(strings.ToUpper(given[:1]) + given[1:]))
	switch f, m := c.Has(gazetteer.GivenFemale), c.Has(gazetteer.GivenMale); {
	case f && !m:
		return Female
	case m && !f:
		return Male
	}
	return 0
}

// misspells reports whether full names of as many words differ by spelling in the surname only.
func (r *resolver) misspells(a, b []string) bool {
	n := len(a)
	if n != len(b) || n < 2 || a[0][0] != b[0][0] {
		return false
	}
	if a[n-1] == b[n-1] || !isSpellingVariant(a[n-1], b[n-1]) {
		return false
	}
	if transliterated(a[n-1]) != transliterated(b[n-1]) && r.isKnownName(a[n-1]) && r.isKnownName(b[n-1]) { // Martin, Marvin
		return false
	}
	return a[0] == b[0] && len(a[0]) > 1 || r.isGivenVariant(a[0], b[0]) || r.misspeltGiven(a[0], b[0])
}

// shortOf returns the clusters that form f of one word may mean: by surname,
// else by given name, else by a spelling of the surname.
func (r *resolver) shortOf(f int, ix *personIndex) []int {
	w := r.forms[f].words[0]
	var surname, given, inner []int
	for _, c := range latest(ix.byWord[w]) {
		how := 0
		for _, g := range r.clusters[c].forms[:min(maxChoices, len(r.clusters[c].forms))] {
			words := r.forms[g].words
			switch {
			case r.forms[f].suffix != "" && r.forms[g].suffix != r.forms[f].suffix: // Johann II is not Johann Bernoulli
			case len(words) > 0 && words[len(words)-1] == w:
				how = max(how, 3)
			case len(words) > 0 && words[0] == w || slices.Contains(r.forms[g].nick, w):
				how = max(how, 2)
			case slices.Contains(words, w) && r.forms[g].first <= r.forms[f].first+8:
				how = max(how, 1)
			}
		}
		switch how {
		case 3:
			surname = append(surname, c)
		case 2:
			given = append(given, c)
		case 1:
			inner = append(inner, c)
		}
	}
	switch {
	case len(surname) > 0:
		return surname
	case len(given) > 0:
		if len(given) > 1 { // a name of the family: Park Won-soon, Park In-kook
			return given
		}
		return given
	case len(inner) > 0:
		return inner
	}
	var near []int
	for c := len(r.clusters) - 1; c >= 0 && c >= len(r.clusters)-nearest; c-- {
		x := &r.clusters[c]
		if x.kind != Person {
			continue
		}
		words := r.forms[x.full].words
		switch {
		case slices.ContainsFunc(words[min(1, len(words)-1):], func(v string) bool { return isSpellingVariant(v, w) || isTransposed(v, w) && len(w) > 5 }):
			near = append(near, c)
		case len(w) > 2 && words[0] != w && r.isGivenVariant(words[0], w):
			near = append(near, c)
		case len(words) > 1 && len(w) > 5 && r.misspeltGiven(words[0], w) && !r.isKnownName(w):
			near = append(near, c)
		case len(w) > 2 && len(words) > 1 && len(words[0]) > len(w)+1 && strings.HasPrefix(words[0], w) && agree(r.genderOf(w), x.hint): // Chad, Chadwick
			near = append(near, c)
		case r.forms[f].acronym != "" && len(words) > 1 && initialsOf(words) == w:
			near = append(near, c)
		}
	}
	if len(near) == 1 {
		return near
	}
	return nil
}

func agree(a, b Gender) bool { return a == 0 || b == 0 || a == b }

// isKnownName reports whether the gazetteer has a folded word as a name of
// people, so that it is no typing error.
func (r *resolver) isKnownName(w string) bool {
	return r.g.Class(gazetteer.KeyOf(strings.ToUpper(w[:1]) + w[1:])).Any(gazetteer.Surname | gazetteer.GivenFemale | gazetteer.GivenMale)
}

func initialsOf(words []string) string {
	b := make([]byte, len(words))
	for i, w := range words {
		b[i] = w[0]
	}
	return string(b)
}

// givenGender returns what the given name of form f tells.
func (r *resolver) givenGender(f int) Gender {
	m := &r.names[r.forms[f].first]
	if m.Last-m.First < 2 {
		return 0
	}
	for i := m.First; i < m.Last-1; i++ {
		x := r.nameWord(i)
		if len(x.norm) < 2 {
			continue
		}
		switch fe, ma := x.class.Has(gazetteer.GivenFemale), x.class.Has(gazetteer.GivenMale); {
		case fe && !ma:
			return Female
		case ma && !fe:
			return Male
		case i > m.First:
			return 0
		}
	}
	return 0
}

// titleGender returns what the words before a name tell: Mrs, Sir, Congresswoman, his wife.
func (r *resolver) titleGender(m *Mention) Gender {
	for i := m.First - 1; i >= 0 && i >= m.First-3; i-- {
		if i == m.First-1 && r.doc.Norm(i) == "," {
			if m.Last < len(r.doc.Tokens) && r.doc.Norm(m.Last) == "," { // his mother, Jane Roe, said
				continue
			}
			return 0 // with his mother, Roe left
		}
		switch r.doc.Lower(i) {
		case "mr", "mr.", "sir", "lord", "king", "prince", "father", "congressman", "chairman", "spokesman", "brother":
			return Male
		case "mrs", "mrs.", "ms", "ms.", "miss", "lady", "dame", "queen", "princess", "congresswoman", "chairwoman", "spokeswoman", "sister":
			return Female
		}
		c := r.nameWord(i).class
		if !c.Any(gazetteer.Title | gazetteer.Role) {
			return 0
		}
		switch f, ma := c.Has(gazetteer.TitleFemale), c.Has(gazetteer.TitleMale); {
		case f && !ma:
			return Female
		}
	}
	return 0
}

// titleBefore returns the word of a title directly before a name, as of one
// person, or "".
func (r *resolver) titleBefore(m *Mention) string {
	i := m.First - 1
	if i < 0 || !r.nameWord(i).class.Any(gazetteer.Title) {
		return ""
	}
	if w := r.nameWord(i); w.class.Has(gazetteer.Plural) { // Senators Hathaway and Arroyo
		return strings.TrimSuffix(w.norm, "s")
	}
	return r.nameWord(i).norm
}

// introducedAs returns the word like wife or son after which the first mention
// of cluster c stands, or "": such people are not called by the surname alone.
func (r *resolver) introducedAs(c int) string {
	x := &r.clusters[c]
	if x.kind != Person {
		return ""
	}
	m := &r.names[r.forms[x.full].first]
	i := m.First - 1
	if i >= 0 && r.doc.Norm(i) == "," {
		i--
	}
	if i < 0 || !isKin(r.doc.Lower(i)) {
		return ""
	}
	return r.doc.Lower(i)
}

func isKin(w string) bool {
	switch w {
	case "wife", "husband", "son", "daughter", "brother", "sister", "mother", "father", "cousin", "uncle", "aunt", "nephew", "niece", "widow",
		"widower", "girlfriend", "boyfriend", "fiancé", "fiancée", "fiancee", "spouse", "grandson", "granddaughter", "grandfather", "grandmother", "parents", "children", "sons", "daughters", "brothers", "sisters", "siblings":
		return true
	}
	return false
}
