package entities

import (
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/nlp/sequence"
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

// spellingFeatures appends the features that depend on the spelling of a word
// at a distance of offset tokens alone.
func spellingFeatures(dst []uint32, w *spelling, word *nlp.Word, offset int) []uint32 {
	t := static(offset)
	if w == &outside.spelling {
		return append(dst, sequence.Feature(t, boundary))
	}
	dst = append(dst, sequence.Feature(t|1, w.lower), sequence.Feature(t|2, w.shape),
		sequence.Feature(t|3, w.clusters[0]), sequence.Feature(t|4, w.clusters[1]), sequence.Feature(t|5, w.clusters[2]), sequence.Feature(t|6, w.clusters[3]))
	class := w.class & groups
	if class != 0 {
		dst = append(dst, sequence.Feature(t|7, uint64(class)))
	}
	if offset < -1 || offset > 1 {
		return dst
	}
	for c := class; c != 0; c &= c - 1 {
		dst = append(dst, sequence.Feature(t|8, uint64(c&-c)))
	}
	if w.ending != 0 {
		dst = append(dst, sequence.Feature(t|9, w.ending))
	}
	if offset != 0 {
		return dst
	}
	dst = append(dst, sequence.Feature(t|10, w.norm))
	for n := range 4 {
		if end := prefixEnd(word.Norm, n+1); end >= 0 {
			dst = append(dst, sequence.Feature(t|16+uint32(n), sequence.Hash(word.Norm[:end])))
		}
	}
	for n := range 4 {
		if start := suffixStart(word.Lower, n+1); start >= 0 {
			dst = append(dst, sequence.Feature(t|24+uint32(n), sequence.Hash(word.Lower[start:])))
		}
	}
	if !w.known && w.capital {
		dst = append(dst, sequence.Feature(t|11, w.shape))
	}
	return dst
}

// static is the first template of the static features at a distance.
func static(offset int) uint32 { return uint32(offset+window) << 8 }

// documentFeatures appends what the document shows of a distinct word.
func (x *extractor) documentFeatures(dst []uint32, w *lexeme) []uint32 {
	t := static(0)
	if w.acronym != 0 {
		last := &x.words[x.doc.Tokens[w.full.last-1].Word]
		dst = append(dst, sequence.Feature(t|12, w.acronym), sequence.Feature(t|13, 1), sequence.Feature(t|48, last.clusters[1]), sequence.Feature(t|49, last.clusters[2]))
	}
	if w.capital {
		if w.seenLow {
			dst = append(dst, sequence.Feature(t|14, w.shape))
		}
		if w.alias > 0 {
			dst = append(dst, sequence.Feature(t|15, 1))
		}
	}
	return dst
}

// contextsOf returns the tokens around which the context features of a word are
// made: its own, or those of the word in title case that it is in capitals.
func (x *extractor) contextsOf(w *lexeme) []int32 {
	switch {
	case !w.capital:
		return nil
	case w.alias > 0:
		w = &x.words[w.alias-1]
	case w.count < 2:
		return nil
	}
	return w.contexts[:w.count]
}

// neighbours returns the words that stand beside token i, -1 for none.
func (x *extractor) neighbours(i int) (before, after int32) {
	tokens := x.doc.Tokens
	before, after = -1, -1
	if i > 0 && tokens[i].Start-tokens[i-1].End < 3 {
		before = tokens[i-1].Word
	}
	if i+1 < len(tokens) && tokens[i+1].Start-tokens[i].End < 3 {
		after = tokens[i+1].Word
	}
	return before, after
}

// The first templates of what stands beside a word all over the document.
const (
	contextBefore = 32
	contextAfter  = 36
)

// contextFeatures appends the features of a word beside an occurrence of
// another one, but for the word itself.
func contextFeatures(dst []uint32, w *spelling, side uint32) []uint32 {
	if w == &outside.spelling {
		return dst
	}
	t := static(0)
	dst = append(dst, sequence.Feature(t|side, w.clusters[1]), sequence.Feature(t|side+1, w.clusters[3]))
	if c := w.class & groups; c != 0 && w.capital {
		dst = append(dst, sequence.Feature(t|side+2, uint64(c)))
	}
	if w.capital {
		dst = append(dst, sequence.Feature(t|side+3, w.clusters[0]))
	}
	return dst
}

// contextWord appends the feature of the word itself.
func contextWord(dst []uint32, w *spelling, side uint32) []uint32 {
	return append(dst, sequence.Feature(static(0)|40+(side-contextBefore)/4, w.lower))
}

// at returns the lexeme at token i, or nil outside of the sentence.
func (x *extractor) at(i int) *lexeme {
	if i < x.first || i >= x.last {
		return nil
	}
	return &x.words[x.doc.Tokens[i].Word]
}

// outside stands for the words beyond the ends of a sentence.
var outside = lexeme{spelling: spelling{
	lower: boundary, shape: boundary, clusters: [4]uint64{boundary, boundary, boundary, boundary},
}}

func (x *extractor) orOutside(i int) *lexeme {
	if w := x.at(i); w != nil {
		return w
	}
	return &outside
}

// spellingOf returns the spelling of a word by number, -1 is the boundary.
func (x *extractor) spellingOf(word int32) *spelling {
	if word < 0 {
		return &outside.spelling
	}
	return &x.words[word].spelling
}

// dynamic appends the features of token i that are not static. Some depend on
// little; the recogniser keeps what such a group of features adds up to.
func (x *extractor) dynamic(dst []uint32, i int) []uint32 {
	before, w, after := &x.orOutside(i-1).spelling, &x.at(i).spelling, &x.orOutside(i+1).spelling
	tags := x.tagsAt(i)
	dst = clusterFeatures(dst, before, w, after)
	dst = shapeFeatures(dst, before, w, after)
	dst = besideFeatures(dst, w.shape, before, contextBefore)
	dst = besideFeatures(dst, w.shape, after, contextAfter)
	dst = acrossFeatures(dst, before, after)
	dst = tagFeatures(dst, tags)
	dst = taggedFormFeatures(dst, tags>>8&0xff, w.shape)
	dst = classFeatures(dst, before, w, after)
	return x.placeFeatures(dst, i)
}

const dynamic = 1 << 12

func clusterFeatures(dst []uint32, before, w, after *spelling) []uint32 {
	return append(dst, sequence.Feature(dynamic|3, sequence.Pair(before.clusters[2], w.clusters[2])),
		sequence.Feature(dynamic|4, sequence.Pair(w.clusters[2], after.clusters[2])))
}

func acrossFeatures(dst []uint32, before, after *spelling) []uint32 {
	return append(dst, sequence.Feature(dynamic|10, sequence.Pair(before.clusters[1], after.clusters[1])))
}

func shapeFeatures(dst []uint32, before, w, after *spelling) []uint32 {
	return append(dst, sequence.Feature(dynamic|5, sequence.Pair(sequence.Pair(before.shape, w.shape), after.shape)))
}

func classFeatures(dst []uint32, before, w, after *spelling) []uint32 {
	b, c, a := uint64(before.class&groups), uint64(w.class&groups), uint64(after.class&groups)
	if b|c|a == 0 {
		return dst
	}
	return append(dst, sequence.Feature(dynamic|16, sequence.Pair(b, c)), sequence.Feature(dynamic|17, sequence.Pair(c, a)))
}

// formKey is one value for all that shapeFeatures and classFeatures are made of.
func formKey(before, w, after *spelling) uint64 {
	shapes := sequence.Pair(sequence.Pair(before.shape, w.shape), after.shape)
	return sequence.Pair(shapes, sequence.Pair(sequence.Pair(uint64(before.class&groups), uint64(w.class&groups)), uint64(after.class&groups)))
}

// tagsAt returns the tags around token i, 8 bits each.
func (x *extractor) tagsAt(i int) uint64 {
	tags := uint64(x.doc.Tokens[i].Tag) << 8
	if i > x.first {
		tags |= uint64(x.doc.Tokens[i-1].Tag) << 16
	}
	if i+1 < x.last {
		tags |= uint64(x.doc.Tokens[i+1].Tag)
	}
	return tags
}

func tagFeatures(dst []uint32, tags uint64) []uint32 {
	return append(dst, sequence.Feature(dynamic|11, tags), sequence.Feature(dynamic|12, tags>>8&0xff))
}

func taggedFormFeatures(dst []uint32, tag, shape uint64) []uint32 {
	return append(dst, sequence.Feature(dynamic|13, sequence.Pair(tag, shape)))
}

// besideFeatures appends what a neighbour tells of a word by its form.
func besideFeatures(dst []uint32, shape uint64, neighbour *spelling, side uint32) []uint32 {
	if side == contextBefore {
		return append(dst, sequence.Feature(dynamic|6, sequence.Pair(neighbour.clusters[2], shape)))
	}
	return append(dst, sequence.Feature(dynamic|7, sequence.Pair(shape, neighbour.clusters[2])))
}

// plainShape is the form of most words: letters in lower case.
var plainShape = shapeHash("word")

// placeFeatures appends the features of token i that depend on much.
func (x *extractor) placeFeatures(dst []uint32, i int) []uint32 {
	const t = dynamic
	w, before, after := x.at(i), x.orOutside(i-1), x.orOutside(i+1)
	dst = x.coverFeatures(dst, i)
	if !w.capital {
		if x.lower {
			dst = append(dst, sequence.Feature(t|25, w.lower), sequence.Feature(t|26, w.clusters[1]), sequence.Feature(t|27, w.clusters[2]), sequence.Feature(t|28, w.clusters[3]),
				sequence.Feature(t|29, uint64(w.class&groups)), sequence.Feature(t|30, 1), sequence.Feature(t|31, w.ending),
				sequence.Feature(t|32, sequence.Pair(uint64(before.class&groups), uint64(w.class&groups))), sequence.Feature(t|33, before.clusters[2]), sequence.Feature(t|34, after.clusters[2]),
				sequence.Feature(t|35, before.lower), sequence.Feature(t|36, after.lower))
			if c := x.cover[i-x.first]; c != 0 {
				dst = append(dst, sequence.Feature(t|37, uint64(x.matches[c-1].Class)), sequence.Feature(t|38, uint64(x.matches[c-1].Len())))
			}
		}
		return dst
	}
	place := uint64(0)
	if i == x.first {
		place = 1
	}
	if x.quoted[i] {
		place |= 2
	}
	dst = append(dst, sequence.Feature(t|18, uint64(x.kind)<<4|place), sequence.Feature(t|19, sequence.Pair(uint64(x.kind), w.shape)))
	if place&1 != 0 {
		dst = append(dst, sequence.Feature(t|20, sequence.Pair(w.shape, w.clusters[1])))
	}
	if x.kind != plainSentence {
		dst = append(dst, sequence.Feature(t|21, sequence.Pair(uint64(x.kind), w.clusters[1])), sequence.Feature(t|22, sequence.Pair(uint64(x.kind), uint64(w.class&groups))))
	}
	if x.dash >= 0 {
		side := uint64(0)
		if i > x.dash {
			side = 1
		}
		dst = append(dst, sequence.Feature(t|23, side<<8|uint64(min(i-x.first, 7))))
	}
	if !x.doc.Tokens[i].SpaceBefore {
		dst = append(dst, sequence.Feature(t|24, before.lower))
	}
	return x.runFeatures(dst, i)
}

// coverFeatures appends what the gazetteer says of the token.
func (x *extractor) coverFeatures(dst []uint32, i int) []uint32 {
	const t = 2 << 12
	k := i - x.first
	c := x.cover[k]
	if k > 0 && x.cover[k-1] != 0 && x.cover[k-1] != c {
		dst = append(dst, sequence.Feature(t|1, uint64(x.matches[x.cover[k-1]-1].Class)))
	}
	if k+1 < len(x.cover) && x.cover[k+1] != 0 && x.cover[k+1] != c {
		dst = append(dst, sequence.Feature(t|2, uint64(x.matches[x.cover[k+1]-1].Class)))
	}
	if c == 0 {
		return dst
	}
	m := &x.matches[c-1]
	place := uint64(0)
	switch {
	case m.Len() == 1:
		place = 3
	case k == m.First:
		place = 1
	case k == m.Last-1:
		place = 2
	}
	place |= uint64(min(m.Len(), 4)) << 2
	class := m.Class &^ gazetteer.UserDefined
	dst = append(dst, sequence.Feature(t|3, sequence.Pair(uint64(class), place)))
	for c := class; c != 0; c &= c - 1 {
		dst = append(dst, sequence.Feature(t|4, uint64(c&-c)<<8|place))
	}
	r := x.run[k]
	if int(r.first) == m.First && int(r.last) == m.Last { // the whole run is known
		dst = append(dst, sequence.Feature(t|5, sequence.Pair(uint64(class), place)))
	} else if r.last > 0 && (int(r.first) < m.First || int(r.last) > m.Last) {
		dst = append(dst, sequence.Feature(t|6, sequence.Pair(uint64(class), place)))
	}
	return dst
}

// runFeatures appends what is known of the run of capitalised words around i.
func (x *extractor) runFeatures(dst []uint32, i int) []uint32 {
	const t = 3 << 12
	r := x.run[i-x.first]
	first, last := x.first+int(r.first), x.first+int(r.last)
	n := last - first
	begin, end := x.at(first), x.at(last-1)
	before, after := x.orOutside(first-1), x.orOutside(last)
	length, place := uint64(min(n, 5)), uint64(min(i-first, 3))
	if i == last-1 {
		place |= 4
	}
	dst = append(dst, sequence.Feature(t|1, length<<4|place), sequence.Feature(t|2, sequence.Pair(before.lower, length)), sequence.Feature(t|3, sequence.Pair(after.lower, length)),
		sequence.Feature(t|4, sequence.Pair(before.clusters[2], place)), sequence.Feature(t|5, sequence.Pair(after.clusters[2], place)))
	if n > 1 {
		dst = append(dst, sequence.Feature(t|6, end.lower), sequence.Feature(t|7, end.clusters[2]), sequence.Feature(t|8, begin.lower), sequence.Feature(t|9, begin.clusters[2]),
			sequence.Feature(t|10, sequence.Pair(uint64(begin.class&groups), uint64(end.class&groups))), sequence.Feature(t|11, sequence.Pair(uint64(end.class&groups), place)),
			sequence.Feature(t|12, sequence.Pair(end.clusters[1], place)))
	}
	if wide := x.wide[i-x.first]; wide != r {
		start, head := x.at(x.first+int(wide.first)), x.at(x.first+int(wide.last)-1)
		dst = append(dst, sequence.Feature(t|13, start.clusters[2]), sequence.Feature(t|14, start.lower), sequence.Feature(t|15, head.clusters[2]))
	}
	return dst
}

// features appends all features of token i to dst: static ones of its window
// and dynamic ones.
func (x *extractor) features(dst []uint32, i int) []uint32 {
	for o := -window; o <= window; o++ {
		w, word := &outside, (*nlp.Word)(nil)
		if k := i + o; k >= x.first && k < x.last {
			w, word = x.at(k), &x.doc.Words[x.doc.Tokens[k].Word]
		}
		dst = spellingFeatures(dst, &w.spelling, word, o)
		if o == 0 {
			dst = x.documentFeatures(dst, w)
			for _, c := range x.contextsOf(w) {
				b, a := x.neighbours(int(c))
				before, after := x.spellingOf(b), x.spellingOf(a)
				dst = contextFeatures(dst, before, contextBefore)
				dst = contextFeatures(dst, after, contextAfter)
				dst = contextWord(dst, before, contextBefore)
				dst = contextWord(dst, after, contextAfter)
			}
		}
	}
	return x.dynamic(dst, i)
}
