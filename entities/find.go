package entities

import (
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// Find returns the entities of doc: the names that the built-in recogniser
// finds with the help of g, merged, and the pronouns and nominals that refer
// to them. A nil g stands for the built-in gazetteer. It is safe for
// concurrent use.
func Find(doc *nlp.Document, g *gazetteer.Gazetteer) *Result {
	if g == nil {
		g = gazetteer.Default()
	}
	names := DefaultRecognizer().Names(doc, g)
	dropHonorifics(doc, names)
	settleMetonyms(doc, names, g)
	settleShort(doc, names, g)
	return Resolve(doc, names, g)
}

// dropHonorifics leaves Mr and the like out of the names of people.
func dropHonorifics(doc *nlp.Document, names []Mention) {
	for i := range names {
		m := &names[i]
		if m.Kind != Person || m.Last-m.First < 2 {
			continue
		}
		if isHonorific(doc.Norm(m.First)) {
			m.First++
			m.Start = doc.Tokens[m.First].Start
		}
	}
}

func isHonorific(w string) bool {
	switch w {
	case "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Miss", "Dr", "Dr.", "Sir", "Lord", "Lady", "Dame":
		return true
	}
	return false
}

// settleMetonyms gives seats that stand for a body (Kremlin, White House) the
// one kind that the gazetteer has for them.
func settleMetonyms(doc *nlp.Document, names []Mention, g *gazetteer.Gazetteer) {
	for i := range names {
		text := doc.TextOf(names[i].Span)
		if !g.LookupClass(text).Has(gazetteer.Metonym) {
			continue
		}
		entries := g.Lookup(text)
		kind := gazetteer.Kind(0)
		for k, e := range entries {
			if k == 0 {
				kind = e.Kind
			} else if e.Kind != kind {
				kind = 0
			}
		}
		if kind == gazetteer.Organization {
			names[i].Kind = Organization
		}
	}
}

// settleShort gives single words that the recogniser is not sure of the kind of a
// full name in the same document: Amman is the person where a Sudesh Amman is
// named and nothing is said to be in Amman; Mahan is the airline where Mahan Air is.
func settleShort(doc *nlp.Document, names []Mention, g *gazetteer.Gazetteer) {
	const sure = 0.95
	type evidence struct{ surname, given, body, place bool }
	var of map[string]*evidence
	at := func(i int) *evidence {
		w := doc.Lower(i)
		if of == nil {
			of = make(map[string]*evidence)
		}
		if of[w] == nil {
			of[w] = new(evidence)
		}
		return of[w]
	}
	doubtful := false
	for i := range names {
		m := &names[i]
		switch single := m.Last-m.First == 1; {
		case single && m.Kind == Location:
			doubtful = doubtful || m.Confidence < sure
			if m.First > 0 && isPlacePreposition(doc.Lower(m.First-1)) {
				at(m.First).place = true
			}
		case single:
			doubtful = doubtful || m.Kind == Person && m.Confidence < sure
		case m.Kind == Person:
			at(m.First).given = true
			at(m.Last - 1).surname = true
		case m.Kind == Organization:
			at(m.First).body = true
		default:
			at(m.First).place = true
		}
	}
	if !doubtful || of == nil {
		return
	}
	for i := range names {
		m := &names[i]
		if m.Last-m.First > 1 || m.Confidence >= sure {
			continue
		}
		e := of[doc.Lower(m.First)]
		if e == nil {
			continue
		}
		switch {
		case m.Kind == Location && e.surname && !e.place && !g.LookupClass(doc.TextOf(m.Span)).Has(gazetteer.Country):
			m.Kind = Person
		case m.Kind == Person && e.body && !e.surname && !e.given && !(m.First > 0 && isHonorific(doc.Norm(m.First-1))):
			m.Kind = Organization
		}
	}
}

func isPlacePreposition(w string) bool {
	switch w {
	case "in", "at", "from", "near", "to", "of", "outside", "around", "across", "into", "towards", "through", ",":
		return true
	}
	return false
}
