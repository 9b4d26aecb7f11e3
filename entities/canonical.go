package entities

import (
	"strings"
	"unicode"

	"github.com/whosaid-nlp/whosaid/nlp"
)

// nameEntities sets the canonical names, IDs and genders.
func (r *resolver) nameEntities() {
	for c := range r.clusters {
		x := &r.clusters[c]
		if x.id == 0 {
			continue
		}
		e := &r.result.Entities[x.id-1]
		if len(x.refs) > 0 {
			e.Ref = x.refs[0]
		}
		switch {
		case x.gender != 0:
			e.Gender, e.GenderBy = x.gender, ByTitle
		case x.hint != 0:
			e.Gender, e.GenderBy = x.hint, ByGivenName
		}
		r.nameEntity(e)
	}
}

// nameEntity chooses the canonical name of e: the fullest form, or the
// gazetteer's for countries and for abbreviated places.
func (r *resolver) nameEntity(e *Entity) {
	best, most := -1, 0
	for _, k := range e.Mentions {
		m := &r.names[k]
		f := &r.forms[r.formOf[k]]
		if f.official != "" && f.ref() == e.Ref && (e.Kind == Location || f.own != "") {
			e.Name = f.official
			return
		}
		if n := r.fullness(m, f); n > most {
			best, most = k, n
		}
	}
	if best >= 0 {
		m, f := &r.names[best], &r.forms[r.formOf[best]]
		first := m.First
		if e.Kind == Person && len(f.words) > 0 { // without its title
			for first+1 < m.Last && r.nameWord(first).norm != f.words[0] && r.nameWord(first).norm != "" {
				first++
			}
		}
		e.Name = r.doc.Text[r.doc.Tokens[first].Start:m.End]
		if first == m.First {
			e.Name = r.doc.TextOf(m.Span)
		}
		if e.Kind == Location || e.Kind == Person && m.Last-m.First > 1 {
			e.Name = r.outOfCapitals(m, e.Name)
		}
		if strings.ContainsAny(e.Name, "\n\r\t") || strings.Contains(e.Name, "  ") {
			e.Name = strings.Join(strings.Fields(e.Name), " ")
		}
	}
}

// fullness orders forms of one entity: more words that are no initials, names that
// the gazetteer knows, more letters.
func (r *resolver) fullness(m *Mention, f *form) int {
	n := 1
	for _, w := range f.words {
		n += 50
		if len(w) > 1 {
			n += 50
		}
	}
	if s := r.doc.Words[r.doc.Tokens[m.Last-1].Word]; s.Shape != nlp.ShapeUpper || len(s.Text) < 5 {
		n += 40 // not a headline or dateline in capitals
	}
	if f.kind == Organization || f.kind == Location {
		if len(f.refs) > 0 {
			n += 10
		}
		n += min(39, m.Len())
	}
	return n
}

// outOfCapitals returns a name that is written in capitals only (a dateline,
// a headline) with capitals at the starts of its words, if all words of it are
// long enough not to be abbreviations.
func (r *resolver) outOfCapitals(m *Mention, name string) string {
	long := false
	for i := m.First; i < m.Last; i++ {
		switch w := &r.doc.Words[r.doc.Tokens[i].Word]; w.Shape {
		case nlp.ShapeUpper:
			if len(w.Text) < 3 {
				return name
			}
			long = long || len(w.Text) > 3
		case nlp.ShapePunct, nlp.ShapeDotted, nlp.ShapeInitial:
		default:
			return name
		}
	}
	if !long {
		return name
	}
	start := true
	return strings.Map(func(c rune) rune {
		first := start
		start = !unicode.IsLetter(c) && c != '\'' && c != '’'
		if first {
			return c
		}
		return unicode.ToLower(c)
	}, name)
}
