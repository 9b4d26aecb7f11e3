package entities

import (
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// The recogniser reads sentence by sentence. What follows brings its names in
// line with each other over the document.

// dropFamilies leaves out surnames that stand for several people: Hathaway
// siblings.
func dropFamilies(doc *nlp.Document, names []Mention) []Mention {
	return slices.DeleteFunc(names, func(m Mention) bool {
		return m.Kind == Person && m.Last-m.First == 1 && beforeFamily(doc, m.Last)
	})
}

// beforeFamily reports whether token i is a word like siblings.
func beforeFamily(doc *nlp.Document, i int) bool {
	if i >= len(doc.Tokens) {
		return false
	}
	switch doc.Lower(i) {
	case "siblings", "brothers", "sisters", "twins", "cousins":
		return true
	}
	return false
}

// dropOpenings leaves out single words that only begin sentences, where any word
// has a capital, and that the document writes in lower case elsewhere: Glacier
// gives up aircraft.
func dropOpenings(doc *nlp.Document, names []Mention) []Mention {
	const sure = 0.95
	var inside []bool // by word: it stands elsewhere than in front
	var lower map[string]bool
	return slices.DeleteFunc(names, func(m Mention) bool {
		if m.Last-m.First > 1 || m.Confidence >= sure || !beginsSentence(doc, m.First) {
			return false
		}
		if inside == nil {
			inside, lower = make([]bool, len(doc.Words)), make(map[string]bool)
			for i := range doc.Tokens {
				inside[doc.Tokens[i].Word] = inside[doc.Tokens[i].Word] || !beginsSentence(doc, i)
			}
			for i := range doc.Words {
				if doc.Words[i].Shape == nlp.ShapeLower {
					lower[doc.Words[i].Lower] = true
				}
			}
		}
		word := doc.Tokens[m.First].Word
		return doc.Words[word].Shape == nlp.ShapeTitle && !inside[word] && lower[doc.Words[word].Lower]
	})
}

// beginsSentence reports whether token i is the first word of a sentence.
func beginsSentence(doc *nlp.Document, i int) bool {
	k, found := slices.BinarySearchFunc(doc.Sentences, i, func(s nlp.Sentence, i int) int { return s.First - i })
	if found {
		return true
	}
	return k > 0 && doc.Sentences[k-1].First == i-1 && doc.Norm(i-1) == `"`
}

// dropTitles leaves out names that fill, alone or behind "The", quotation marks
// behind a word for a work: the newsletter “The Tide,” the film “Nixon”.
func dropTitles(doc *nlp.Document, names []Mention) []Mention {
	isMark := func(i int) bool { w := doc.Norm(i); return w == `"` || w == "'" }
	return slices.DeleteFunc(names, func(m Mention) bool {
		open, end := m.First-1, m.Last
		if open > 0 && doc.Lower(open) == "the" {
			open--
		}
		if end < len(doc.Tokens) && (doc.Norm(end) == "," || doc.Norm(end) == ".") {
			end++
		}
		if open < 1 || end >= len(doc.Tokens) || !isMark(open) || !isMark(end) {
			return false
		}
		work := open - 1
		if doc.Norm(work) == "," {
			work--
		}
		return work >= 0 && isWork(doc.Lower(work))
	})
}

// isWork is true of words for works of people.
func isWork(w string) bool {
	switch w {
	case "newsletter", "podcast", "film", "movie", "documentary", "book", "novel", "memoir", "biography", "song", "single", "album", "play", "musical",
		"opera", "series", "show", "sitcom", "poem", "painting", "sculpture", "game", "essay", "comedy", "drama", "thriller", "bestseller":
		return true
	}
	return false
}

// addMissed adds names that the recogniser found elsewhere in the document only
// in a fuller form: the surname of a person, the abbreviation that stands in
// brackets behind the name of a body.
func addMissed(doc *nlp.Document, names []Mention, g *gazetteer.Gazetteer) []Mention {
	const sure = 0.8
	type fuller struct {
		Mention
		particle bool // the short form needs its particle: de Wit
	}
	known := make(map[string]fuller) // by the short form
	for i := range names {
		m := &names[i]
		if m.Confidence < sure {
			continue
		}
		switch {
		case m.Kind == Person && m.Last-m.First > 1:
			w := doc.Norm(m.Last - 1)
			if len(w) < 3 || !isNameShape(doc, m.Last-1) {
				continue
			}
			if common := g.Class(gazetteer.KeyOf(w)).Any(gazetteer.CommonWord | gazetteer.Suffix | gazetteer.Country); !common || isParticle(doc.Lower(m.Last-2)) {
				known[w] = fuller{*m, common}
			}
		case m.Kind == Organization && m.Last-m.First > 1 && m.Last+2 < len(doc.Tokens) && doc.Norm(m.Last) == "(" && doc.Norm(m.Last+2) == ")":
			if w := doc.Norm(m.Last + 1); len(w) > 1 && doc.Words[doc.Tokens[m.Last+1].Word].Shape == nlp.ShapeUpper && w[0] == doc.Norm(m.First)[0] {
				known[w] = fuller{*m, false}
			}
		}
	}
	if len(known) == 0 {
		return names
	}
	var added []Mention
	next := 0
	for i := range doc.Tokens {
		for next < len(names) && names[next].Last <= i {
			next++
		}
		if next < len(names) && names[next].First <= i {
			continue
		}
		full, ok := known[doc.Norm(i)]
		if !ok || besideCapital(doc, i, g) || beforeFamily(doc, i+1) {
			continue
		}
		first := i
		for k := full.Last - 2; first > 0 && k > full.First && doc.Norm(k) == doc.Norm(first-1) && isParticle(doc.Lower(k)); k-- { // de Wit
			first--
		}
		if full.particle && first == i {
			continue
		}
		added = append(added, Mention{
			Span: nlp.Span{Start: doc.Tokens[first].Start, End: doc.Tokens[i].End}, First: first, Last: i + 1, Kind: full.Kind, Confidence: full.Confidence / 2,
		})
	}
	if len(added) == 0 {
		return names
	}
	names = append(names, added...)
	slices.SortFunc(names, func(a, b Mention) int { return a.First - b.First })
	return names
}

// dropAcronyms leaves out acronyms that the document introduces in brackets
// behind what is no name: National Environmental Policy Act (NEPA), personal
// protective equipment (PPE).
func dropAcronyms(doc *nlp.Document, names []Mention) []Mention {
	var dropped map[int32]bool // by word
	for i := range names {
		m := &names[i]
		k := m.First
		if m.Last-k > 1 || m.Kind != Organization || k < 3 || k+1 >= len(doc.Tokens) || doc.Norm(k-1) != "(" || doc.Norm(k+1) != ")" {
			continue
		}
		if !introducesNothing(doc, names[max(0, i-maxExpansion):i], k) {
			continue
		}
		if dropped == nil {
			dropped = make(map[int32]bool)
		}
		dropped[doc.Tokens[k].Word] = true
	}
	if dropped == nil {
		return names
	}
	return slices.DeleteFunc(names, func(m Mention) bool {
		return m.Last-m.First == 1 && m.Kind == Organization && dropped[doc.Tokens[m.First].Word]
	})
}

// introducesNothing reports whether token k, in brackets, is short for the words
// before it and these, which names would hold, are none.
func introducesNothing(doc *nlp.Document, names []Mention, k int) bool {
	acronym := strings.TrimSuffix(doc.Norm(k), "s")
	first := expansion(doc, acronym, k-2)
	if first < 0 && !isGenericBody(doc.Lower(k-2)) && !isTask(doc.Lower(k-2)) {
		first = smallExpansion(doc, acronym, k-2)
	}
	return first >= 0 && first < k-2 && !slices.ContainsFunc(names, func(m Mention) bool { return m.First < k-1 && first < m.Last })
}

// isTask is true of words that end what bodies are called after their task, often
// without capitals: the special investigation team (SIT).
func isTask(w string) bool {
	switch w {
	case "team", "committee", "authority", "unit", "force", "forces", "board", "bureau", "ministry", "department", "court", "service", "services",
		"squad", "front", "army", "forum", "alliance", "center", "centre", "office", "fund", "laboratory", "program", "programme":
		return true
	}
	return false
}

// smallExpansion is expansion in words without capitals, one an initial.
func smallExpansion(doc *nlp.Document, acronym string, last int) int {
	i := last
	for k := len(acronym) - 1; k >= 0; k-- {
		for i > 0 && (doc.Lower(i) == "of" || doc.Lower(i) == "and" || doc.Lower(i) == "-") {
			i--
		}
		if i < 0 || doc.Words[doc.Tokens[i].Word].Shape != nlp.ShapeLower || doc.Lower(i)[0]^0x20 != acronym[k] {
			return -1
		}
		i--
	}
	return i + 1
}

func isNameShape(doc *nlp.Document, i int) bool {
	s := doc.Words[doc.Tokens[i].Word].Shape
	return s == nlp.ShapeTitle || s == nlp.ShapeMixed
}

// besideCapital reports whether token i may be a part of a longer name.
func besideCapital(doc *nlp.Document, i int, g *gazetteer.Gazetteer) bool {
	if i+1 < len(doc.Tokens) && doc.Words[doc.Tokens[i+1].Word].Shape.Capital() && doc.Tokens[i+1].SpaceBefore {
		return true
	}
	if i == 0 || !doc.Tokens[i].SpaceBefore {
		return false
	}
	w := &doc.Words[doc.Tokens[i-1].Word]
	return w.Shape.Capital() && !isHonorific(w.Norm) && !g.Class(gazetteer.KeyOf(w.Text)).Has(gazetteer.Title)
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
