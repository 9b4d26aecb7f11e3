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
	return DefaultRecognizer().Find(doc, g)
}

// Find is the function [Find] with the names that r finds.
func (r *Recognizer) Find(doc *nlp.Document, g *gazetteer.Gazetteer) *Result {
	if g == nil {
		g = gazetteer.Default()
	}
	names := r.Names(doc, g)
	dropHonorifics(doc, names)
	settleMetonyms(doc, names, g)
	names = dropTitles(doc, dropOpenings(doc, dropFamilies(doc, names)))
	settleShort(doc, names, g)
	names = addMissed(doc, dropAcronyms(doc, names), g)
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
