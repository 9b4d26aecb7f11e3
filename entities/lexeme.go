package entities

import (
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/nlp/sequence"
)

// spelling is what the features need to know of a distinct word that follows
// from how it is written.
type spelling struct {
	lower    uint64 // hash of the lower-case form
	norm     uint64 // hash of the form as written
	shape    uint64 // hash of its pattern of capitals, digits, marks
	ending   uint64 // hash of its last three letters, 0 for shorter ones
	clusters [4]uint64
	known    bool // has clusters
	capital  bool
	begins   bool // may be the first word of a name of the gazetteer
	key      gazetteer.Key
	class    gazetteer.Class
	titleKey gazetteer.Key // key as written outside of text in capitals
}

// lexeme is what the features need to know of a distinct word of a document.
type lexeme struct {
	spelling
	seenLow  bool               // occurs in lower case in this document
	contexts [maxContexts]int32 // tokens where it stands
	count    int32              // number of contexts
	alias    int32              // same word in title case +1, of a word in capitals
	acronym  uint64             // hash of the last word of what it abbreviates
	full     span               // tokens of what it abbreviates
}

// spell returns what the spelling of a word tells.
func spell(word *nlp.Word, g *gazetteer.Gazetteer) spelling {
	w := spelling{
		lower:   sequence.Hash(word.Lower),
		norm:    sequence.Hash(word.Norm),
		shape:   shapeHash(word.Norm),
		capital: word.Shape.Capital(),
		key:     gazetteer.KeyOf(word.Text),
	}
	w.titleKey = w.key
	if word.Shape == nlp.ShapeUpper {
		w.titleKey = gazetteer.KeyOfTitle(word.Text)
	}
	w.class, w.begins = g.Class(w.key), g.Begins(w.key)
	if c, ok := nlp.Clusters(word.Lower); ok {
		w.known = true
		for k, n := range c {
			w.clusters[k] = uint64(n)<<2 | uint64(k) + 1<<20
		}
	} else {
		for k := range w.clusters {
			w.clusters[k] = 1<<24 | uint64(k)
		}
	}
	if n := suffixStart(word.Lower, 3); n >= 0 {
		w.ending = sequence.Hash(word.Lower[n:])
	}
	return w
}

// prefixEnd returns where the first n letters of s end, or -1 if it has fewer.
func prefixEnd(s string, n int) int {
	at := 0
	for ; n > 0; n-- {
		if at == len(s) {
			return -1
		}
		at++
		for at < len(s) && s[at]&0xc0 == 0x80 {
			at++
		}
	}
	return at
}

// suffixStart returns where the last n letters of s begin, or -1 if it has fewer.
func suffixStart(s string, n int) int {
	at := len(s)
	for ; n > 0; n-- {
		if at == 0 {
			return -1
		}
		at--
		for at > 0 && s[at]&0xc0 == 0x80 {
			at--
		}
	}
	return at
}

// shapeFactor spreads the bits of the hash of a shape.
const shapeFactor = 0x9e3779b97f4a7c15

// shapeHash hashes the pattern of a word, Xx-X9, runs of a sort as one or two.
func shapeHash(s string) uint64 {
	h := uint64(0xcbf29ce484222325)
	var last byte
	run := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 'A' && c <= 'Z':
			c = 'X'
		case c >= 'a' && c <= 'z', c >= 0x80:
			c = 'x'
		case c >= '0' && c <= '9':
			c = '9'
		}
		if c == last {
			if run++; run > 2 {
				continue
			}
		} else {
			last, run = c, 1
		}
		h = (h ^ uint64(c)) * 0x100000001b3
	}
	return (h ^ h>>32) * shapeFactor
}

// findAcronyms looks for "World Health Organization (WHO)": the word in
// brackets gets the tokens whose initials are its capitals.
func (x *extractor) findAcronyms() {
	d := x.doc
	for i := 3; i+1 < len(d.Tokens); i++ {
		k := d.Tokens[i].Word
		word := &d.Words[k]
		if word.Shape != nlp.ShapeUpper && word.Shape != nlp.ShapeMixed || x.words[k].acronym != 0 || d.Norm(i-1) != "(" || d.Norm(i+1) != ")" {
			continue
		}
		if first := expansion(d, word.Norm, i-2); first >= 0 {
			x.words[k].acronym = x.words[d.Tokens[i-2].Word].lower
			x.words[k].full = span{int32(first), int32(i - 1)}
		}
	}
}

// maxExpansion is how many tokens an acronym can be short for.
const maxExpansion = 12

// expansion returns the first token of the words that end with token last and
// whose initials are the capitals of acronym, or -1. One initial may lack.
func expansion(d *nlp.Document, acronym string, last int) int {
	k := len(acronym)
	next := func() byte { // the capital before
		for k--; k >= 0; k-- {
			if c := acronym[k]; c >= 'A' && c <= 'Z' {
				return c
			}
		}
		return 0
	}
	want := next()
	for j := last; j >= 0 && last-j < maxExpansion; j-- {
		v := &d.Words[d.Tokens[j].Word]
		if v.Shape.Capital() && v.Norm[0] == want {
			if want = next(); want == 0 {
				return j
			}
			continue
		}
		switch v.Lower {
		case "of", "the", "and", "for", "on", "in", "to", "&", "-":
			continue
		}
		if before := next(); before == 0 && j < last {
			return j + 1
		}
		return -1
	}
	return -1
}
