package entities

import (
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// A form is one way in which the document writes a name: a kind and its words
// in normal form. All mentions of equal form are merged as one.
type form struct {
	kind     Kind
	words    []string // folded, in lower case, without dots and marks
	core     []string // words of a body or place as they are compared, in order; see coreOf
	content  []string // core without stop words, sorted
	nick     []string // names in quotation marks inside the name: Glenn “GT” Thompson
	suffix   string   // jr, sr, ii …; "" is none
	acronym  string   // the only word, where it is written like an acronym
	first    int      // its first mention
	count    int      // mentions
	refs     []string // stable IDs of its kind, the most prominent one first
	refName  string   // preferred name of the first of refs, of an organisation
	country  string   // ISO code of the country that a body's name tells
	entity   int      // index of its cluster, -1 while it has none
	choices  []int    // clusters that it may mean, where the context decides
	place    bool     // a body whose only word is also the name of a place
	official string   // canonical name of a country, or of a place by its abbreviation
	own      string   // ID of the entry of the user's gazetteer that has the name
	into     int      // 1 + index of the form of another kind that it was made one with, 0 is none
}

// A nameWord is what merging needs to know of a distinct word of the document.
type nameWord struct {
	norm    string          // folded, lower case, without dots; "" for marks
	class   gazetteer.Class // of the word as written, or as a title if in capitals
	country string          // ISO code of a country or nationality
}

// nameWord returns what is known of token i.
func (r *resolver) nameWord(i int) *nameWord {
	w := r.doc.Tokens[i].Word
	n := r.nameWordOf[w]
	if n == 0 {
		r.nameWords = append(r.nameWords, r.newNameWord(&r.doc.Words[w]))
		n = int32(len(r.nameWords))
		r.nameWordOf[w] = n
	}
	return &r.nameWords[n-1]
}

func (r *resolver) newNameWord(w *nlp.Word) nameWord {
	x := nameWord{}
	if w.Shape != nlp.ShapePunct && w.Shape != nlp.ShapeOther || !isMark(w.Norm) {
		x.norm = normalWord(w.Lower)
	}
	x.class = r.g.Class(gazetteer.KeyOf(w.Text))
	if w.Shape == nlp.ShapeUpper {
		x.class |= r.g.Class(gazetteer.KeyOfTitle(w.Text))
	}
	if x.class.Any(gazetteer.Country | gazetteer.NationalityAdjective) {
		text := w.Text
		entries := r.g.Lookup(text)
		if len(entries) == 0 {
			entries = r.g.Lookup(x.norm)
		}
		for _, e := range entries {
			if e.Class.Any(gazetteer.Country | gazetteer.NationalityAdjective) {
				x.country = e.Country
				break
			}
		}
	}
	return x
}

func isMark(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 || s[i] >= '0' && s[i] <= '9' || s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' {
			return false
		}
	}
	return true
}

// normalWord returns a word in lower case without accents, dots and apostrophes.
func normalWord(lower string) string {
	if strings.ContainsAny(lower, ".'#") {
		lower = strings.NewReplacer(".", "", "'", "", "#", "").Replace(lower)
	}
	return fold(lower)
}

// collectForms groups the name mentions by form.
func (r *resolver) collectForms() {
	byKey := make(map[string]int32, len(r.names))
	r.formOf = make([]int32, len(r.names))
	var key []byte
	for k := range r.names {
		m := &r.names[k]
		key = append(key[:0], byte(m.Kind))
		for i := m.First; i < m.Last; i++ {
			if x := r.nameWord(i); x.norm != "" {
				key = append(append(key, x.norm...), ' ')
			}
		}
		f, ok := byKey[string(key)]
		if !ok {
			f = int32(len(r.forms))
			byKey[string(key)] = f
			r.forms = append(r.forms, r.newForm(k))
		}
		r.formOf[k] = f
		r.forms[f].count++
	}
}

// newForm returns the form of the name mention k.
func (r *resolver) newForm(k int) form {
	m := &r.names[k]
	f := form{kind: m.Kind, first: k, entity: -1}
	quoted := false
	for i := m.First; i < m.Last; i++ {
		x := r.nameWord(i)
		switch {
		case x.norm != "":
			if quoted {
				f.nick = append(f.nick, x.norm)
			} else {
				f.words = append(f.words, x.norm)
			}
		case i > m.First:
			switch r.doc.Norm(i) {
			case `"`, "(", ")", "'":
				quoted = !quoted && i+1 < m.Last
			}
		}
	}
	if m.Kind == Person {
		r.trimPerson(m, &f)
		r.lookUp(m, &f)
	} else {
		r.lookUp(m, &f)
		r.coreOf(m, &f)
	}
	if m.Last-m.First == 1 {
		f.place = r.nameWord(m.First).class.Any(gazetteer.City | gazetteer.Region | gazetteer.Country)
		switch s := r.doc.Words[r.doc.Tokens[m.First].Word].Shape; {
		case len(f.words) != 1 || len(f.words[0]) < 2 || len(f.words[0]) > 8:
		case s == nlp.ShapeUpper, s == nlp.ShapeDotted, s == nlp.ShapeMixed, s == nlp.ShapeAlnum:
			f.acronym = f.words[0]
		}
	}
	return f
}

// lookUp sets the stable IDs of f.
func (r *resolver) lookUp(m *Mention, f *form) {
	if e := r.ownEntry(m); e != nil {
		f.own, f.refs, f.official = e.ID, []string{e.ID}, e.Name
		return
	}
	if m.Kind == Person && m.Last-m.First < 2 {
		return
	}
	text := r.doc.TextOf(m.Span)
	entries := r.g.Lookup(text)
	n := 0
	for i := range entries {
		e := &entries[i]
		if Kind(e.Kind) != m.Kind {
			continue
		}
		if n++; n > 3 && m.Kind != Location { // a body that every country has
			f.refs = nil
			return
		}
		if n == 1 && m.Kind == Organization {
			f.refName = e.Name
		}
		if n <= 6 && e.ID != "" {
			f.refs = append(f.refs, e.ID)
		}
		abbreviated := m.Last-m.First == 1 && len(text) < len(e.Name) && (strings.HasSuffix(text, ".") || len(text) < 4 && strings.ToUpper(text) == text) // Minn., MN
		if f.official == "" && n == 1 && (strings.HasPrefix(e.ID, "ISO3166:") || abbreviated && m.Kind == Location) {
			f.official = e.Name
		}
	}
}

// ownEntry returns the one entry of the user's own that has m as a name of its kind,
// or nil.
func (r *resolver) ownEntry(m *Mention) *gazetteer.Entry {
	text := r.doc.TextOf(m.Span)
	if !r.g.LookupClass(text).Has(gazetteer.UserDefined) {
		return nil
	}
	var own *gazetteer.Entry
	entries := r.g.Lookup(text)
	for i := range entries {
		e := &entries[i]
		if Kind(e.Kind) != m.Kind || !e.Class.Has(gazetteer.UserDefined) {
			continue
		}
		if own != nil {
			return nil
		}
		own = e
	}
	return own
}

func (f *form) ref() string {
	if len(f.refs) == 0 {
		return ""
	}
	return f.refs[0]
}

// stopWords do not tell names of bodies and places apart.
func isStopWord(w string) bool {
	switch w {
	case "the", "of", "and", "for", "on", "in", "at", "to", "&", "de", "du", "des", "la", "del", "s":
		return true
	}
	return false
}

// companyForms are the legal forms that a short name of a company leaves out.
func isCompanyForm(w string) bool {
	switch w {
	case "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "plc", "llc", "llp", "lp", "ag", "sa",
		"gmbh", "nv", "bv", "ab", "asa", "oyj", "spa", "se", "kk", "pty", "pte", "bhd", "ltda", "sarl", "group", "holdings", "holding":
		return true
	}
	return false
}

// coreOf sets the words of a body or place that are compared: without legal
// forms, countries and nationalities by their code, first to twelfth as numbers;
// and the same without stop words and sorted, so that word order does not count.
func (r *resolver) coreOf(m *Mention, f *form) {
	for i := m.First; i < m.Last; i++ {
		x := r.nameWord(i)
		w, country := x.norm, x.country
		switch {
		case w == "" || w == "the" || w == "s" && i > m.First:
			continue
		case w == "united" && i+1 < m.Last && (r.doc.Lower(i+1) == "states" || r.doc.Lower(i+1) == "kingdom"):
			i++
			country = "US"
			if r.doc.Lower(i) == "kingdom" {
				country = "GB"
			}
		case w == "saint":
			w = "st"
		case w == "street" && m.Kind == Location:
			w = "st"
		}
		if country != "" && m.Last-m.First > 1 {
			f.country = country
			w = "@" + country
		}
		if n := len(f.core); len(w) == 1 && i > m.First && n > 0 && isInitial(r.doc, i) && isInitial(r.doc, i-1) { // T. F. Green
			f.core[n-1] += w
			continue
		}
		f.core = append(f.core, ordinal(w))
	}
	if m.Kind == Organization {
		for len(f.core) > 1 && isCompanyForm(f.core[len(f.core)-1]) {
			f.core = f.core[:len(f.core)-1]
		}
	}
	if m.Kind == Location {
		switch n := len(f.core); {
		case n > 2 && f.core[1] == "of" && (f.core[0] == "city" || f.core[0] == "town" || f.core[0] == "village" || f.core[0] == "state"):
			f.core = f.core[2:]
		case n == 2 && f.core[1] == "city" && len(f.refs) == 0:
			f.core = f.core[:1]
		}
	}
	f.content = make([]string, 0, len(f.core))
	for _, w := range f.core {
		if !isStopWord(w) {
			f.content = append(f.content, w)
		}
	}
	if len(f.content) == 0 {
		f.content = append(f.content, f.core...)
	}
	slices.Sort(f.content)
}

func ordinal(w string) string {
	switch w {
	case "first":
		return "1st"
	case "second":
		return "2nd"
	case "third":
		return "3rd"
	case "fourth":
		return "4th"
	case "fifth":
		return "5th"
	case "sixth":
		return "6th"
	case "seventh":
		return "7th"
	case "eighth":
		return "8th"
	case "ninth":
		return "9th"
	case "tenth":
		return "10th"
	case "eleventh":
		return "11th"
	case "twelfth":
		return "12th"
	}
	return w
}

func isInitial(d *nlp.Document, i int) bool {
	return d.Words[d.Tokens[i].Word].Shape == nlp.ShapeInitial
}
