package nlp

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
)

//go:generate go run ../cmd/generate/prose -dir data

// The part-of-speech tagger is the averaged perceptron of prose (a port of
// TextBlob's), evaluated over flat tables. Its weights are multiples of 1/1000,
// so sums of integers are exact. Of tags with the same score the first one in
// the order of the constants is taken.

//go:embed data/prose-tagger.bin
var taggerData string

var taggerModel = sync.OnceValue(func() *tagModel { return newTagModel(taggerData) })

const taggerMagic = "whosaid prose tagger 1\n"

// Tags of the contexts before a sentence, never given to a token.
const (
	tagStart  = Tag(numTags)     // -START-, the tag before the first token
	tagStart2 = Tag(numTags + 1) // -START2-, the one before that
	tagEnd    = Tag(numTags + 2) // None, where the entity labels look past an end
	tagSpace  = numTags + 3
)

// A rowRef is the place of a row of weights: its first entry and, in the low
// six bits, the number of its entries. The zero rowRef is the empty row.
type rowRef uint32

// scores holds a score for every tag; the size lets indices go unchecked.
type scores [64]int32

// tagModel is the perceptron. It is immutable once made.
type tagModel struct {
	lex      lexicon
	words    []tagLexeme
	prevTag  []rowRef // rows of "i-1 tag+i word", grouped by word
	suffixes affixTable
	first    [128]rowRef
	// context holds the summed weights of bias and the two tags before.
	context [tagSpace * tagSpace][lastLearned + 1]int32
	entries []int32 // weight × 1000 << 6 | tag

	start, start2, end, end2 tagWord // what stands around a sentence
	hyphen, year, digits     tagWord // what stands for words of these classes
}

// tagLexeme is what the perceptron knows about a word: its rows in the places
// i, i-1, i-2, i+1 and i+2.
type tagLexeme struct {
	rows [5]rowRef
	base uint32 // into prevTag
	mask uint64 // the tags before it that have a row there
	tag  Tag    // of words that always have the same, else 0
}

// tagWord gathers the rows of one word of a document.
type tagWord struct {
	own     [3]rowRef // word, suffix, first letter
	before1 [2]rowRef // as the word before: word, suffix
	after1  [2]rowRef
	before2 rowRef
	after2  rowRef
	base    uint32
	mask    uint64
	fixed   Tag
}

func newTagModel(data string) *tagModel {
	r := newTableReader(data, taggerMagic)
	m := &tagModel{}
	m.lex = r.lexicon()
	m.words = make([]tagLexeme, m.lex.len())
	for i := range m.words {
		w := &m.words[i]
		w.tag = Tag(r.byte())
		for k := range w.rows {
			w.rows[k] = r.row()
		}
		w.base = uint32(len(m.prevTag))
		for range r.byte() {
			w.mask |= 1 << (r.byte() & 63)
			m.prevTag = append(m.prevTag, r.row())
		}
	}
	m.suffixes = r.affixes(3)
	for range r.byte() {
		c := r.byte() & 127
		m.first[c] = r.row()
	}
	bias := r.row()
	var tag1, tag2 [tagSpace]rowRef
	for range r.byte() {
		t := r.byte()
		tag1[t] = r.row()
	}
	for range r.byte() {
		t := r.byte()
		tag2[t] = r.row()
	}
	var pairs [tagSpace * tagSpace]rowRef
	for range r.uvarint() {
		t1, t2 := int(r.byte()), int(r.byte())
		pairs[t1*tagSpace+t2] = r.row()
	}
	n := r.uvarint()
	tags := r.take(n)
	m.entries = make([]int32, n)
	for i := range m.entries {
		u := uint32(r.uvarint())
		m.entries[i] = (int32(u>>1)^-int32(u&1))<<6 | int32(tags[i])
	}
	for t1 := range tagSpace {
		for t2 := range tagSpace {
			var s scores
			m.add(&s, bias)
			m.add(&s, tag1[t1])
			m.add(&s, tag2[t2])
			m.add(&s, pairs[t1*tagSpace+t2])
			copy(m.context[t1*tagSpace+t2][:], s[:])
		}
	}
	for _, b := range []struct {
		word *tagWord
		norm string
	}{
		{&m.start, "-START-"}, {&m.start2, "-START2-"}, {&m.end, "-END-"}, {&m.end2, "-END2-"},
		{&m.hyphen, "!HYPHEN"}, {&m.year, "!YEAR"}, {&m.digits, "!DIGITS"},
	} {
		m.setNormal(b.word, b.norm, m.lex.find(b.norm))
	}
	return m
}

func (m *tagModel) add(s *scores, r rowRef) {
	first := r >> 6
	for _, e := range m.entries[first : first+r&63] {
		s[e&63] += e >> 6
	}
}

// setNormal sets the rows that depend on the normal form of a word.
func (m *tagModel) setNormal(w *tagWord, norm string, id int) {
	if id >= 0 {
		l := &m.words[id]
		w.own[0], w.before1[0], w.before2, w.after1[0], w.after2 = l.rows[0], l.rows[1], l.rows[2], l.rows[3], l.rows[4]
		w.base, w.mask = l.base, l.mask
	}
	if rows := m.suffixes.find(suffixKey(norm)); rows != nil {
		w.before1[1], w.after1[1] = rows[1], rows[2]
	}
}

// set computes the rows of a word: text is its Norm, lower its Lower.
func (m *tagModel) set(w *tagWord, text, lower string) {
	*w = tagWord{}
	if text == "" {
		return
	}
	id := m.lex.find(text)
	if id >= 0 {
		w.fixed = m.words[id].tag
	}
	if t := fixedTag(text); t != 0 && w.fixed != TagSYM { // TagSYM: an emoticon
		w.fixed = t
	}
	switch classOf(text) {
	case hyphenated:
		fixed := w.fixed
		*w = m.hyphen
		w.fixed = fixed
	case yearLike:
		fixed := w.fixed
		*w = m.year
		w.fixed = fixed
	case digitFirst:
		fixed := w.fixed
		*w = m.digits
		w.fixed = fixed
	default:
		if lower != text {
			id = m.lex.find(lower)
		}
		m.setNormal(w, lower, id)
	}
	if rows := m.suffixes.find(suffixKey(text)); rows != nil {
		w.own[1] = rows[0]
	}
	if c := text[0]; c < 128 {
		w.own[2] = m.first[c]
	}
}

// wordClass is a class of words that the perceptron does not tell apart.
type wordClass uint8

const (
	ordinary   wordClass = iota
	hyphenated           // a hyphen inside
	yearLike             // four digits, or a sign and three
	digitFirst
)

func classOf(text string) wordClass {
	c := text[0]
	if c != '-' && strings.IndexByte(text, '-') > 0 {
		return hyphenated
	}
	digit := c >= '0' && c <= '9'
	if len(text) == 4 && (digit || c == '+' || c == '-') && isDigits(text[1:]) {
		return yearLike
	}
	if digit {
		return digitFirst
	}
	return ordinary
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

var (
	// Both from commonregex, which prose asks about every word.
	linkPattern  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(linkExpr) })
	emailPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(emailExpr) })
	tracePattern = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:0|\*[\w?]\*|\*\-\d{1,3}|\*[A-Z]+\*\-\d{1,3}|\*)$`)
	})
)

const (
	linkExpr  = `(?:(?:https?:\/\/)?(?:[a-z0-9.\-]+|www|[a-z0-9.\-])[.](?:[^\s()<>]+|\((?:[^\s()<>]+|(?:\([^\s()<>]+\)))*\))+(?:\((?:[^\s()<>]+|(?:\([^\s()<>]+\)))*\)|[^\s!()\[\]{};:\'".,<>?]))`
	emailExpr = `(?i)([A-Za-z0-9!#$%&'*+\/=?^_{|.}~-]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)`
)

// fixedTag returns the tag of a word that a rule gives by its spelling, else 0.
func fixedTag(text string) Tag {
	if text == "-" {
		return TagHyphen
	}
	if text[0] == '@' || isLink(text) || strings.IndexByte(text, '@') > 0 && emailPattern().MatchString(text) {
		return TagNN
	}
	switch text[0] {
	case '0':
		if len(text) == 1 {
			return TagTrace
		}
	case '*':
		if tracePattern().MatchString(text) {
			return TagTrace
		}
	case '-':
		if len(text) != 5 || text[4] != '-' {
			return 0
		}
		for i := 1; i < 4; i++ {
			if text[i] < 'A' || text[i] > 'Z' {
				return 0
			}
		}
		switch text {
		case "-LRB-":
			return TagLRB
		case "-RRB-":
			return TagRRB
		}
		return TagBracket
	}
	return 0
}

// isLink reports whether prose takes text for a link: linkExpr matches in it,
// which holds for whatever has a lower-case letter, a digit, a dot or a hyphen
// before a dot and after that two characters, the last one not a mark.
func isLink(text string) bool {
	dot := -1
	for i := strings.IndexByte(text, '.'); i >= 0 && i < len(text); i++ {
		if text[i] != '.' || i == 0 {
			continue
		}
		if c := text[i-1]; c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-' {
			dot = i
			break
		}
	}
	if dot < 0 {
		return false
	}
	if strings.ContainsAny(text, "()<> \t\n\f\r") {
		return linkPattern().MatchString(text)
	}
	n, last := 0, 0
	for _, r := range text[dot+1:] {
		n++
		if r >= 128 || strings.IndexByte(`![]{};:'".,?`, byte(r)) < 0 {
			last = n
		}
	}
	return last >= 2
}

// best returns the tag with the highest score, the first of several.
func (s *scores) best() Tag {
	a, b := int64(-1<<62), int64(-1<<62)
	for t := 1; t < int(lastLearned); t += 2 {
		a = max(a, int64(s[t])<<6|int64(63-t))
		b = max(b, int64(s[t+1])<<6|int64(62-t))
	}
	return Tag(63 - max(a, b)&63)
}

// score sums the weights for word w between the words b2, b1 and a1, a2, after
// the tags p1 (next to it) and p2.
func (m *tagModel) score(s *scores, p1, p2 Tag, b2, b1, w, a1, a2 *tagWord) {
	*(*[lastLearned + 1]int32)(s[:]) = m.context[int(p1)*tagSpace+int(p2)]
	m.add(s, w.own[0])
	m.add(s, w.own[1])
	m.add(s, w.own[2])
	if bit := uint64(1) << (p1 & 63); w.mask&bit != 0 {
		m.add(s, m.prevTag[int(w.base)+onesBelow(w.mask, bit)])
	}
	m.add(s, b1.before1[0])
	m.add(s, b1.before1[1])
	m.add(s, b2.before2)
	m.add(s, a1.after1[0])
	m.add(s, a1.after1[1])
	m.add(s, a2.after2)
}

// tagging is the memory of one call of tagTokens.
type tagging struct {
	words []tagWord
	known Memo[tagWord] // of earlier documents
}

var taggings = sync.Pool{New: func() any { return new(tagging) }}

// tagTokens sets the Tag of every token, sentence by sentence.
func tagTokens(d *Document) {
	if len(d.Tokens) == 0 {
		return
	}
	m := taggerModel()
	pooled := taggings.Get().(*tagging)
	words := growTo(pooled.words, len(d.Words))
	for i := range words {
		w, ok := pooled.known.Find(d.Words[i].Text)
		if !ok {
			m.set(w, d.Words[i].Norm, d.Words[i].Lower)
		}
		words[i] = *w
	}
	var s scores
	for _, sentence := range d.Sentences {
		tokens := d.Tokens[sentence.First:sentence.Last]
		p1, p2 := tagStart, tagStart2
		b2, b1 := &m.start, &m.start2
		for i := range tokens {
			w := &words[tokens[i].Word]
			tag := w.fixed
			if tag == 0 {
				a1, a2 := &m.end, &m.end2
				if i+1 < len(tokens) {
					a1, a2 = &words[tokens[i+1].Word], &m.end
					if i+2 < len(tokens) {
						a2 = &words[tokens[i+2].Word]
					}
				}
				m.score(&s, p1, p2, b2, b1, w, a1, a2)
				tag = s.best()
			}
			tokens[i].Tag = tag
			p1, p2 = tag, p1
			b2, b1 = b1, w
		}
	}
	if cap(words) <= maxPooled {
		pooled.words = words
	}
	taggings.Put(pooled)
}

// maxPooled is the largest number of words for which memory is kept.
const maxPooled = 1 << 16

func growTo[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
