package entities

import (
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/nlp/sequence"
)

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
