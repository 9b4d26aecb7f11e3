package entities

import (
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// Features follow Ratinov and Roth (2009) and Passos et al. (2014): the words
// around a token with their affixes, shapes, clusters and gazetteer classes,
// names of the gazetteer that cover it, and what the rest of the document
// shows of the same word. A feature is a hash of 32 bits.
//
// What depends on one distinct word and its distance from the token alone
// (static features) is scored once: what its spelling tells for many documents,
// what the document shows of it for that document. The rest (dynamic features)
// is scored at each token.

// window is how far static features look to either side.
const window = 2

// maxContexts is how many occurrences of a word count as its contexts.
const maxContexts = 6

// sentenceKind is what sort of line a sentence is.
type sentenceKind uint64

const (
	plainSentence sentenceKind = iota
	titleCase                  // Every Word With a Capital
	allCapitals                // EVERY LETTER A CAPITAL
	tableRow                   // no word in lower case, but numbers
	shortLine                  // up to three tokens
	allLower                   // of a document without capitals
)

// extractor turns a document into features. It is used by one goroutine at a
// time and keeps its memory from one document to the next.
type extractor struct {
	doc     *nlp.Document
	g       *gazetteer.Gazetteer
	words   []lexeme
	lowers  map[uint64]int32
	quoted  []bool // tokens in quotation marks
	keys    []gazetteer.Key
	matches []gazetteer.Match
	cover   []int32 // of each token of the sentence, match that covers it, +1
	run     []span  // of each token of the sentence, run of capitalised words
	wide    []span  // the same with "of", "and" … inside
	first   int     // of the current sentence
	last    int
	kind    sentenceKind
	lower   bool // the document has no capitals
	dash    int  // token of the dash of a dateline, or -1
}

type span struct{ first, last int32 }

// boundary is the value of what lies outside of the sentence.
const boundary = 0x5eed5eed5eed

// groups are the classes that are told apart in word features.
const groups = gazetteer.Country | gazetteer.City | gazetteer.BigCity | gazetteer.Region | gazetteer.Facility |
	gazetteer.Body | gazetteer.PersonName | gazetteer.GivenFemale | gazetteer.GivenMale | gazetteer.Surname |
	gazetteer.Title | gazetteer.Role | gazetteer.Suffix | gazetteer.NationalityAdjective |
	gazetteer.NationalityNoun | gazetteer.Adherent | gazetteer.CommonWord | gazetteer.Abbreviation | gazetteer.Metonym

// reset prepares x for a document.
func (x *extractor) reset(doc *nlp.Document, g *gazetteer.Gazetteer) {
	x.doc, x.g = doc, g
	x.words = resize(x.words, len(doc.Words))
	for i := range doc.Words {
		x.words[i] = lexeme{spelling: spell(&doc.Words[i], g)}
	}
	x.readDocument()
}

// readDocument fills in what the document shows of its words, of which x knows
// the spelling.
func (x *extractor) readDocument() {
	doc := x.doc
	if x.lowers == nil || len(x.lowers) > 1<<16 {
		x.lowers = make(map[uint64]int32, 1<<10)
	}
	clear(x.lowers)
	capitals, small := 0, 0
	for i := range doc.Words {
		if x.words[i].capital {
			capitals += int(doc.Words[i].Count)
		} else if doc.Words[i].Shape == nlp.ShapeLower {
			small += int(doc.Words[i].Count)
		}
		if !x.words[i].capital {
			x.lowers[x.words[i].lower] = int32(i)
		}
	}
	x.lower = small > 5 && capitals*100 < small
	for i := range x.words {
		if w := &x.words[i]; w.capital {
			_, w.seenLow = x.lowers[w.lower]
		}
	}
	// a word in capitals shares the contexts of the same word in title case
	for i := range doc.Words {
		if doc.Words[i].Shape == nlp.ShapeTitle {
			x.lowers[x.words[i].lower] = int32(i)
		}
	}
	for i := range doc.Words {
		if w := &x.words[i]; doc.Words[i].Shape == nlp.ShapeUpper && len(doc.Words[i].Lower) > 3 {
			if k, ok := x.lowers[w.lower]; ok && doc.Words[k].Shape == nlp.ShapeTitle {
				w.alias = k + 1
			}
		}
	}
	for i := range doc.Tokens {
		w := &x.words[doc.Tokens[i].Word]
		if w.capital && w.count < maxContexts {
			w.contexts[w.count] = int32(i)
			w.count++
		}
	}
	x.quoted = resize(x.quoted, len(doc.Tokens))
	clear(x.quoted)
	end := 0
	for _, q := range doc.Quoted {
		for i := max(q.First, end); i < q.Last; i++ {
			x.quoted[i] = true
		}
		end = max(end, q.Last)
	}
	x.findAcronyms()
}

// sentence prepares x for a sentence of its document.
func (x *extractor) sentence(s nlp.Sentence) {
	d := x.doc
	x.first, x.last = s.First, s.Last
	n := s.Last - s.First
	var lower, upper, capital, number int
	x.dash = -1
	for i := s.First; i < s.Last; i++ {
		switch w := &d.Words[d.Tokens[i].Word]; {
		case w.Shape == nlp.ShapeLower && len(w.Lower) > 3:
			lower++
		case w.Shape == nlp.ShapeUpper && len(w.Lower) > 1:
			upper++
		case w.Shape.Capital():
			capital++
		case w.Shape == nlp.ShapeNumber:
			number++
		case x.dash < 0 && i-s.First < 14 && i > s.First && s.Paragraph < 3 && (w.Norm == "--" || w.Norm == "-" && d.Tokens[i].SpaceBefore):
			x.dash = i
		}
	}
	final := d.Norm(s.Last - 1)
	switch ended := final == "." || final == "!" || final == "?" || final == `"`; {
	case x.lower:
		x.kind = allLower
	case upper > 2 && lower == 0 && upper > 2*capital:
		x.kind = allCapitals
	case lower == 0 && number > 0 && capital+upper > 0:
		x.kind = tableRow
	case n <= 3:
		x.kind = shortLine
	case !ended && capital+upper >= 3 && capital+upper > 2*lower:
		x.kind = titleCase
	default:
		x.kind = plainSentence
	}
	// names of the gazetteer
	x.keys = x.keys[:0]
	for i := s.First; i < s.Last; i++ {
		w := &x.words[d.Tokens[i].Word]
		k := w.key
		if x.kind == allCapitals && !w.class.Any(gazetteer.Body|gazetteer.Country) {
			k = w.titleKey
		}
		x.keys = append(x.keys, k)
	}
	x.matches = x.matches[:0]
	for i := range x.keys {
		if w := x.at(x.first + i); w.begins || x.keys[i] != w.key {
			x.matches = x.g.FindAt(x.keys, i, x.matches)
		}
	}
	x.cover = resize(x.cover, n)
	clear(x.cover)
	for k := range x.matches {
		m := &x.matches[k]
		for i := m.First; i < m.Last; i++ {
			if c := x.cover[i]; c == 0 || x.matches[c-1].Len() < m.Len() {
				x.cover[i] = int32(k + 1)
			}
		}
	}
	x.findRuns(n)
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n+n/4)[:n]
	}
	return s[:n]
}

// findRuns finds the runs of capitalised words, once strictly and once with
// "of", "and", "for", "&", "-" and "the" inside.
func (x *extractor) findRuns(n int) {
	x.run, x.wide = resize(x.run, n), resize(x.wide, n)
	clear(x.run)
	clear(x.wide)
	capital := func(i int) bool { return x.words[x.doc.Tokens[x.first+i].Word].capital }
	for i := 0; i < n; {
		if !capital(i) {
			i++
			continue
		}
		j := i + 1
		for j < n && capital(j) {
			j++
		}
		for k := i; k < j; k++ {
			x.run[k] = span{int32(i), int32(j)}
		}
		i = j
	}
	for i := 0; i < n; {
		if x.run[i].last == 0 {
			i++
			continue
		}
		j := int(x.run[i].last)
		for {
			k := j
			for k < n && k < j+2 && isLink(x.doc.Lower(x.first+k)) {
				k++
			}
			if k == j || k >= n || x.run[k].last == 0 {
				break
			}
			j = int(x.run[k].last)
		}
		for k := i; k < j; k++ {
			x.wide[k] = span{int32(i), int32(j)}
		}
		i = j
	}
}

func isLink(lower string) bool {
	switch lower {
	case "of", "and", "for", "the", "&", "-", "de", "al", "bin", "van", "der", "la", "du", "'s":
		return true
	}
	return false
}
