package quotes

import (
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/nlp/sequence"
)

// The content tagger sees what the rules found, the words, their tags and
// clusters, the quotation marks, the names, and the reporting verbs to either
// side. What depends on one distinct word and its distance alone (static
// features) is scored once per document.

// window is how far static features look to either side.
const window = 2

// outside is the value of what lies beyond a paragraph.
const outside = 0x5eed5eed5eed

// A lexeme is what the features need to know of a distinct word.
type lexeme struct {
	lower    uint64
	suffix   uint64
	clusters [4]uint64
	cue      complement
}

// newLexeme reads a word.
func newLexeme(w *nlp.Word) lexeme {
	l := lexeme{lower: sequence.Hash(w.Lower), cue: cueVerbs[w.Lower], suffix: sequence.Hash(w.Lower[max(0, len(w.Lower)-3):])}
	if c, ok := nlp.Clusters(w.Lower); ok {
		for k, n := range c {
			l.clusters[k] = uint64(n)<<2 | uint64(k) + 1<<20
		}
	}
	return l
}

// extractor makes the features of one document. It is used by one goroutine.
type extractor struct {
	f       *finder
	words   []lexeme
	marks   []uint8 // place of a token in quotation marks
	rule    []uint8 // what the rules make of a token
	left    []int32 // nearest reporting verb before a token in its sentence, or -1
	right   []int32 // the same after it
	finites []uint8 // finite verbs since the verb on the left
	commas  []uint8 // commas since then
	limits  []uint8 // 1 first, 2 last token of a sentence
	guide   uint64  // guideline of annotation, by number
	first   int     // of the current paragraph
	last    int
}

// ruleOf the token: nothing, or 1 + 3·kind + place in the part, or one of these.
const (
	ruleCue    = 10
	ruleSource = 11
)

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		s = make([]T, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

// reset prepares x for the document of f after the rules have been applied.
func (x *extractor) reset(f *finder) {
	x.words = resize(x.words, len(f.d.Words))
	for i := range f.d.Words {
		x.words[i] = newLexeme(&f.d.Words[i])
	}
	x.readDocument(f)
}

// readDocument reads the document of f, of whose words x has the lexemes.
func (x *extractor) readDocument(f *finder) {
	x.f = f
	d := f.d
	n := len(d.Tokens)
	x.marks, x.rule, x.limits = resize(x.marks, n), resize(x.rule, n), resize(x.limits, n)
	x.left, x.right = resize(x.left, n), resize(x.right, n)
	x.finites, x.commas = resize(x.finites, n), resize(x.commas, n)
	x.readMarks()
	x.readRules()
	for _, s := range d.Sentences {
		x.readSentence(s)
	}
}

// readMarks tells where in a stretch between marks each token stands, and of
// what sort the stretch is.
func (x *extractor) readMarks() {
	d := x.f.d
	for k := range d.Quoted {
		q := &d.Quoted[k]
		if q.Depth > 0 {
			continue
		}
		sort := uint8(1) // a word or two
		switch n := q.Last - q.First; {
		case n > 12:
			sort = 3
		case n > 5:
			sort = 2
		}
		if !q.Closed {
			sort = 4
		}
		for i := q.First; i < q.Last; i++ {
			place := uint8(1)
			switch i {
			case q.First:
				place = 0
			case q.Last - 1:
				place = 2
			case q.Last - 2:
				place = 3
			}
			x.marks[i] = sort<<2 | place
		}
	}
}

func (x *extractor) readRules() {
	set := func(p phrase, value uint8) {
		for i := p.first; i < p.last; i++ {
			x.rule[i] = value
		}
	}
	for k := range x.f.found {
		q := &x.f.found[k]
		set(q.speaker, ruleSource)
		set(q.cue, ruleCue)
	}
	for k := range x.f.found {
		q := &x.f.found[k]
		kind := uint8(q.kind) * 3
		for _, p := range q.parts {
			set(p, kind+2)
			x.rule[p.last-1] = kind + 3
			x.rule[p.first] = kind + 1
		}
	}
}

// readSentence finds the reporting verbs around each token.
func (x *extractor) readSentence(s nlp.Sentence) {
	if s.First == s.Last {
		return
	}
	d := x.f.d
	x.limits[s.First] |= 1
	x.limits[s.Last-1] |= 2
	cue, finites, commas := int32(-1), uint8(0), uint8(0)
	for i := s.First; i < s.Last; i++ {
		x.left[i], x.finites[i], x.commas[i] = cue, min(finites, 3), min(commas, 3)
		if x.f.inQuote[i] > 0 {
			continue
		}
		switch {
		case x.isCue(i):
			cue, finites, commas = int32(i), 0, 0
		case d.Norm(i) == ",":
			commas++
		case x.f.nameAt[i] == 0 && isFinite(d, i):
			finites++
		}
	}
	cue = -1
	for i := s.Last - 1; i >= s.First; i-- {
		x.right[i] = cue
		if x.f.inQuote[i] == 0 && x.isCue(i) {
			cue = int32(i)
		}
	}
}

// isCue reports whether token i can report something: a reporting verb or “according”.
func (x *extractor) isCue(i int) bool {
	d := x.f.d
	if x.f.nameAt[i] > 0 {
		return false
	}
	return x.words[d.Tokens[i].Word].cue != noCue && d.Tokens[i].Tag.IsVerb() || d.Lower(i) == "according" || x.f.surelyCue(i)
}

// staticFeatures appends the features of a distinct word (nil: outside of the
// paragraph) at a distance of offset tokens.
func staticFeatures(dst []uint32, w *lexeme, offset int) []uint32 {
	t := uint32(offset+window) << 4
	if w == nil {
		return append(dst, sequence.Feature(t, outside))
	}
	dst = append(dst, sequence.Feature(t|1, w.lower), sequence.Feature(t|2, w.clusters[1]), sequence.Feature(t|3, w.clusters[3]))
	if offset == 0 {
		dst = append(dst, sequence.Feature(t|4, w.suffix), sequence.Feature(t|5, w.clusters[0]), sequence.Feature(t|6, w.clusters[2]))
	}
	return dst
}

// wordAt returns the number of the word at token i of the paragraph, or -1.
func (x *extractor) wordAt(i int) int32 {
	if i < x.first || i >= x.last {
		return -1
	}
	return x.f.d.Tokens[i].Word
}

// word returns the lexeme at token i of the paragraph, or nil.
func (x *extractor) word(i int) *lexeme {
	if k := x.wordAt(i); k >= 0 {
		return &x.words[k]
	}
	return nil
}

func (x *extractor) lower(i int) uint64 {
	if w := x.word(i); w != nil {
		return w.lower
	}
	return outside
}

func (x *extractor) tag(i int) uint64 {
	if i < x.first || i >= x.last {
		return 63
	}
	return uint64(x.f.d.Tokens[i].Tag)
}

func (x *extractor) ruleAt(i int) uint64 {
	if i < x.first || i >= x.last {
		return 15
	}
	return uint64(x.rule[i])
}

func (x *extractor) markAt(i int) uint64 {
	if i < x.first || i >= x.last {
		return 31
	}
	return uint64(x.marks[i])
}

func (x *extractor) kindAt(i int) uint64 {
	if i < x.first || i >= x.last {
		return 7
	}
	if m := x.f.nameAt[i]; m > 0 {
		return uint64(x.f.ents.Mentions[m-1].Kind)
	}
	return 0
}

func distance(n int) uint64 {
	switch {
	case n < 4:
		return uint64(n)
	case n < 7:
		return 4
	case n < 12:
		return 5
	case n < 25:
		return 6
	}
	return 7
}

// dynamic appends the features of token i that are not static. Most depend on
// little: rules and marks around the token, a few tags. Such a group of features
// is made of a key that holds all it depends on, so that the tagger need not
// score it again where the same key was met before.
func (x *extractor) dynamic(dst []uint32, i int) []uint32 {
	words, key, ok := x.wordFeatures(nil, i)
	var group [24]uint32
	g := ruledFeatures(group[:0], x.ruleAt(i), x.lower(i-1), x.lower(i), x.lower(i+1))
	g = tripleFeatures(g, x.tripleAt(i-1), 1)
	g = tripleFeatures(g, x.tripleAt(i), 0)
	g = tripleFeatures(g, x.tripleAt(i+1), -1)
	g = pairFeatures(g, x.pairAt(i-1), 1)
	g = pairFeatures(g, x.pairAt(i), 0)
	g = placeFeatures(g, x.placeAt(i))
	g = kindFeatures(g, x.kindsAt(i))
	// Training depends on the order of the features. This is that of their
	// templates, which the groups cut up.
	dst = append(dst, words[:2]...)
	for _, k := range [...]int{4, 8, 10, 3, 5, 7, 21, 12, 13, 14, 15, 16, 17, 18, 19, 0, 9, 11, 20, 1, 2, 6} {
		dst = append(dst, g[k])
	}
	dst = append(dst, words[2:]...)
	if ok {
		dst = cueFeatures(dst, key)
	}
	return dst
}

const (
	dynamic = 1 << 8
	ofCue   = 1 << 9
)

// ruledFeatures appends the features of words beside what the rules say of the
// token w.
func ruledFeatures(dst []uint32, rule, before, w, after uint64) []uint32 {
	return append(dst, sequence.Feature(dynamic|17, sequence.Pair(rule, w)), sequence.Feature(dynamic|21, sequence.Pair(rule, after)),
		sequence.Feature(dynamic|22, sequence.Pair(rule, before)))
}

// tripleAt returns the tags around token i, and whether it ends its sentence.
func (x *extractor) tripleAt(i int) uint64 {
	limits := uint64(0)
	if i >= x.first && i < x.last {
		limits = uint64(x.limits[i])
	}
	return limits<<18 | x.tag(i-1)<<12 | x.tag(i)<<6 | x.tag(i+1)
}

// tripleFeatures appends what the tags around a token tell of it, of the token
// before it (-1) or of the one after it (1).
func tripleFeatures(dst []uint32, key uint64, of int) []uint32 {
	tags := key & (1<<18 - 1)
	switch of {
	case -1:
		return append(dst, sequence.Feature(dynamic|8, tags))
	case 1:
		return append(dst, sequence.Feature(dynamic|6, tags))
	}
	tag, limits := key>>6&63, key>>18
	return append(dst, sequence.Feature(dynamic|3, tag), sequence.Feature(dynamic|7, tags), sequence.Feature(dynamic|23, limits<<6|tag))
}

// pairAt returns tags and rules of token i and the next one.
func (x *extractor) pairAt(i int) uint64 {
	return x.ruleAt(i)<<16 | x.ruleAt(i+1)<<12 | x.tag(i)<<6 | x.tag(i+1)
}

// pairFeatures appends what two neighbours tell of the first (0) or second (1).
func pairFeatures(dst []uint32, key uint64, of int) []uint32 {
	r0, r1, t0, t1 := key>>16, key>>12&15, key>>6&63, key&63
	if of == 0 {
		return append(dst, sequence.Feature(dynamic|5, t0<<6|t1), sequence.Feature(dynamic|19, sequence.Pair(r0<<4|r1, t0<<6|t1)))
	}
	return append(dst, sequence.Feature(dynamic|4, t0<<6|t1), sequence.Feature(dynamic|18, sequence.Pair(r1<<4|r0, t1<<6|t0)))
}

// placeAt returns rules and quotation marks around token i.
func (x *extractor) placeAt(i int) uint64 {
	rules := x.ruleAt(i-2)<<12 | x.ruleAt(i-1)<<8 | x.ruleAt(i)<<4 | x.ruleAt(i+1)
	marks := x.markAt(i-1)<<10 | x.markAt(i)<<5 | x.markAt(i+1)
	return x.guide<<33 | rules<<17 | marks<<2 | uint64(x.limits[i])
}

func placeFeatures(dst []uint32, key uint64) []uint32 {
	guide, rules, marks, limits := key>>33, key>>17&0xffff, key>>2&0x7fff, key&3
	r0, r1, rb := rules>>4&15, rules&15, rules>>8&15
	m0, m1, mb := marks>>5&31, marks&31, marks>>10
	return append(dst, sequence.Feature(dynamic|10, m0), sequence.Feature(dynamic|11, mb<<5|m0), sequence.Feature(dynamic|12, m0<<5|m1),
		sequence.Feature(dynamic|13, r0), sequence.Feature(dynamic|14, rb<<4|r0), sequence.Feature(dynamic|32, guide<<8|r0),
		sequence.Feature(dynamic|15, r0<<4|r1), sequence.Feature(dynamic|16, rules), sequence.Feature(dynamic|20, r0<<8|m0<<2|limits))
}

// kindsAt returns the kinds of names around token i.
func (x *extractor) kindsAt(i int) uint64 {
	return x.kindAt(i-1)<<6 | x.kindAt(i)<<3 | x.kindAt(i+1)
}

func kindFeatures(dst []uint32, key uint64) []uint32 {
	return append(dst, sequence.Feature(dynamic|9, key))
}

// wordFeatures appends what words tell: the neighbours, and the reporting verbs
// around token i. The key is for cueFeatures; it is not ok where the paragraph
// begins or ends in the middle of a sentence.
func (x *extractor) wordFeatures(dst []uint32, i int) (out []uint32, key uint64, ok bool) {
	add := func(template uint32, value uint64) { dst = append(dst, sequence.Feature(template, value)) }
	w0, t0, tb, r0 := x.lower(i), x.tag(i), x.tag(i-1), x.ruleAt(i)
	add(dynamic|1, sequence.Pair(x.lower(i-1), w0))
	add(dynamic|2, sequence.Pair(w0, x.lower(i+1)))
	leftClass, rightClass := uint64(15), uint64(15)
	state := uint64(x.finites[i])<<2 | uint64(x.commas[i])
	if k := int(x.left[i]); k >= 0 {
		left := x.word(k)
		if left == nil { // the paragraph begins in the middle of a sentence
			return dst, 0, false
		}
		leftClass = uint64(left.cue)
		if x.f.d.Lower(i-1) == "that" || x.f.d.Lower(k+1) == "that" {
			leftClass |= 8
		}
		far := distance(i - k)
		add(ofCue|1, sequence.Pair(left.lower, far))
		add(ofCue|2, sequence.Pair(left.lower, state))
		add(ofCue|3, sequence.Pair(left.lower, w0))
		add(ofCue|4, sequence.Pair(leftClass<<8|state, t0<<6|tb))
		add(ofCue|5, sequence.Pair(leftClass<<8|state, w0))
		add(ofCue|6, leftClass<<12|far<<8|state<<4|r0)
		add(ofCue|7, sequence.Pair(left.clusters[2], state<<4|r0))
		add(ofCue|8, sequence.Pair(left.lower, t0<<6|tb))
	}
	if k := int(x.right[i]); k >= 0 {
		right := x.word(k)
		if right == nil {
			return dst, 0, false
		}
		rightClass = uint64(right.cue)
		if k > x.first && x.f.d.Norm(k-1) == "," {
			rightClass |= 8
		}
		far := distance(k - i)
		add(ofCue|17, sequence.Pair(right.lower, far))
		add(ofCue|18, sequence.Pair(rightClass<<4|far, t0))
		add(ofCue|19, sequence.Pair(right.lower, w0))
		add(ofCue|20, sequence.Pair(right.clusters[2], r0))
	}
	return dst, leftClass<<12 | rightClass<<8 | r0<<4 | state, true
}

func cueFeatures(dst []uint32, key uint64) []uint32 {
	leftClass, rightClass, r0, state := key>>12, key>>8&15, key>>4&15, key&15
	return append(dst, sequence.Feature(ofCue|24, leftClass<<4|rightClass),
		sequence.Feature(ofCue|25, sequence.Pair(leftClass<<8|rightClass<<4|r0, state)))
}
