package entities

import (
	"strings"

	"github.com/whosaid-nlp/whosaid/nlp"
)

// readAliases finds names that the text introduces as another name of the one
// before: “… Department (KOM)”, “Jane Roe, also known as J-Ro”, “born Mary Poe”.
func (r *resolver) readAliases() {
	d := r.doc
	for k := 0; k+1 < len(r.names); k++ {
		a, b := &r.names[k], &r.names[k+1]
		f, g := int(r.formOf[k]), int(r.formOf[k+1])
		if f == g || b.First-a.Last > 8 || b.First < a.Last {
			continue
		}
		// between brackets, and nothing else in them
		if b.First == a.Last+1 && isOpening(d.Norm(a.Last)) && b.Last < len(d.Tokens) && isClosing(d.Norm(b.Last)) {
			if r.introduces(f, g) {
				r.introduce(f, g)
			} else if r.introduces(g, f) {
				r.introduce(g, f)
			}
			continue
		}
		if a.Kind == b.Kind && r.saysAlias(a.Last, b.First, a.Kind) {
			r.noteAlias(f, g)
		}
	}
	if r.aliases != nil {
		for k := range r.names {
			r.names[k].Kind = r.forms[r.formOf[k]].kind
		}
	}
}

// aliased returns the cluster of a form that the text says is the same as f, or -1.
func (r *resolver) aliased(f int) int {
	for _, other := range r.aliases[f] {
		if c := r.forms[other].entity; c >= 0 && r.clusters[c].kind == r.forms[f].kind {
			return c
		}
	}
	return -1
}

// noteAlias notes that the text says that f and g name the same.
func (r *resolver) noteAlias(f, g int) {
	if r.aliases == nil {
		r.aliases = make(map[int][]int)
	}
	if len(r.aliases[f]) < maxChoices {
		r.aliases[f] = append(r.aliases[f], g)
	}
	if len(r.aliases[g]) < maxChoices {
		r.aliases[g] = append(r.aliases[g], f)
	}
}

// introduce notes that g stands in brackets for f, and makes them of one kind,
// unless the user's gazetteer has g for somebody else.
func (r *resolver) introduce(f, g int) {
	if r.forms[g].own != "" && r.forms[f].own != r.forms[g].own {
		return
	}
	r.noteAlias(f, g)
	if r.forms[g].own == "" {
		r.forms[g].kind = r.forms[f].kind
	}
}

// introduces reports whether form g in brackets after form f is its acronym.
func (r *resolver) introduces(f, g int) bool {
	x, y := &r.forms[f], &r.forms[g]
	if len(x.words) < 2 || y.acronym == "" || x.kind == Person {
		return false
	}
	m := &r.names[y.first]
	if x.kind == y.kind && x.kind == Organization {
		return true
	}
	return acronymFits(y.acronym, r.acronymWords(f)) && !(m.Kind == Location && len(y.refs) > 0)
}

// saysAlias reports whether the tokens [first, last) between two names say that
// the second is another name of the first.
func (r *resolver) saysAlias(first, last int, kind Kind) bool {
	d := r.doc
	says := false
	for i := first; i < last; i++ {
		switch d.Lower(i) {
		case "nicknamed", "aka", "a.k.a.", "a.k.a", "alias", "née", "né", "nee", "formerly", "born":
			says = true
		case "known": // the Oban desert of Syria, known as the …: of which it is said is not sure
			if kind == Location && (i == 0 || d.Lower(i-1) != "also") {
				return false
			}
			says = true
		case "the":
			if kind == Person { // known as the Kim Kardashian of Pakistan
				return false
			}
		case "name":
			says = says || i > 0 && d.Lower(i-1) == "real"
		case ",", "(", "[", "\"", "or", "also", "as", "better", "real", "previously", "simply", "commonly", "his", "her", "is", "was":
		default:
			return false
		}
	}
	return says
}

// acronymWord is a word of a name that may give letters to an acronym.
type acronymWord struct {
	word     string
	all      bool // written in capitals: may give all its letters
	optional bool
}

// acronymWords returns the words of form f as mention f.first writes them.
func (r *resolver) acronymWords(f int) []acronymWord {
	m := &r.names[r.forms[f].first]
	words := make([]acronymWord, 0, m.Last-m.First)
	for i := m.First; i < m.Last; i++ {
		x := r.nameWord(i)
		if x.norm == "" {
			continue
		}
		w := acronymWord{word: x.norm, optional: isStopWord(x.norm) || isCompanyForm(x.norm)}
		switch r.doc.Words[r.doc.Tokens[i].Word].Shape {
		case nlp.ShapeUpper, nlp.ShapeDotted:
			w.all = len(x.norm) <= 4
		}
		words = append(words, w)
	}
	if len(words) > 1 && len(words) > 2 && (r.forms[f].country != "") { // (US) Commission on Presidential Debates
		for i := range words {
			if words[i].word == "united" || words[i].word == "states" || words[i].word == "us" || words[i].word == "national" {
				words[i].optional = true
			}
		}
	}
	return words
}

// acronymFits reports whether acronym is made of the initials of words: one of
// each, none or one of stop words, all letters of words in capitals.
func acronymFits(acronym string, words []acronymWord) bool {
	if len(words) < 2 || len(words) > 14 {
		return false
	}
	var fits func(a string, w int) bool
	fits = func(a string, w int) bool {
		if w == len(words) {
			return a == ""
		}
		x := &words[w]
		if a != "" && a[0] == x.word[0] && fits(a[1:], w+1) {
			return true
		}
		if x.all && len(x.word) > 1 && strings.HasPrefix(a, x.word) && fits(a[len(x.word):], w+1) {
			return true
		}
		return x.optional && fits(a, w+1)
	}
	return fits(acronym, 0)
}

func isOpening(mark string) bool { return mark == "(" || mark == "[" }

func isClosing(mark string) bool { return mark == ")" || mark == "]" || mark == "," || mark == ";" }
