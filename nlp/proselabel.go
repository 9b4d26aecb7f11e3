package nlp

import (
	_ "embed"
	"math"
	"math/bits"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// The entity labels are those of prose's maximum entropy classifier, evaluated
// over flat tables. Weights are added up in prose's order, so that the sums are
// the same to the last bit.

//go:embed data/prose-labels.bin
var labelData string

var labelerModel = sync.OnceValue(func() *labelModel { return newLabelModel(labelData) })

const labelMagic = "whosaid prose labels 1\n"

// A ProseLabel is the label that prose's entity classifier gives a token: where
// in the name of an entity it stands, and of which kind. On their own the
// labels are weak; they are features for the recogniser.
type ProseLabel uint8

// The labels of prose. B begins a name, I is inside of it, O outside of any.
const (
	ProseO ProseLabel = iota
	ProseBFacility
	ProseIFacility
	ProseBGPE // countries, cities, states
	ProseIGPE
	ProseBGSP // the same, named by what they are as a society
	ProseIGSP
	ProseBLocation
	ProseILocation
	ProseBOrganization
	ProseIOrganization
	ProseBPerson
	ProseIPerson
	NumProseLabels = iota
)

var proseLabelNames = [NumProseLabels]string{
	"O", "B-FACILITY", "I-FACILITY", "B-GPE", "I-GPE", "B-GSP", "I-GSP", "B-LOCATION",
	"I-LOCATION", "B-ORGANIZATION", "I-ORGANIZATION", "B-PERSON", "I-PERSON",
}

// String returns prose's name of the label, "B-PERSON" for ProseBPerson.
func (l ProseLabel) String() string {
	if int(l) < len(proseLabelNames) {
		return proseLabelNames[l]
	}
	return ""
}

// ParseProseLabel returns the label with the given name.
func ParseProseLabel(name string) (l ProseLabel, ok bool) {
	for i, n := range proseLabelNames {
		if n == name {
			return ProseLabel(i), true
		}
	}
	return 0, false
}

// Begins reports whether l begins a name.
func (l ProseLabel) Begins() bool { return l&1 == 1 }

// Kind returns the kind of entity, "PERSON" for ProseBPerson and ProseIPerson,
// and "" outside of names.
func (l ProseLabel) Kind() string {
	_, kind, _ := strings.Cut(l.String(), "-")
	return kind
}

// proseHistory is what the classifier sees of the label before: B, I or O.
type proseHistory uint8

const (
	historyNone proseHistory = iota // at the start
	historyB
	historyI
	historyO
	numHistories
)

func (l ProseLabel) history() proseHistory {
	switch {
	case l == ProseO:
		return historyO
	case l&1 == 1:
		return historyB
	}
	return historyI
}

// proseShape is prose's notion of how a word is written.
type proseShape uint8

const (
	shapeOther proseShape = iota
	shapeNumber
	shapePunct
	shapeDowncase
	shapeUpcase
	shapeMixedcase
	numProseShapes
)

const maxWordLen = 64 // longer words have no row of their own

type labelScores [16]float64

// labelModel is the classifier. It is immutable once made.
type labelModel struct {
	lex     lexicon
	words   []labelLexeme
	nextPos []rowRef // rows of "word+nextpos", grouped by word
	affixes affixTable
	// context holds the summed weights of bias, en-wordlist and nextpos.
	context    [2][tagSpace]labelScores
	pos        [tagSpace]rowRef
	posHistory [tagSpace][numHistories]rowRef
	prevPos    [tagSpace]rowRef
	history    [numHistories]rowRef
	shape      [numProseShapes]rowRef
	length     [maxWordLen]rowRef
	labels     string    // of the entries
	weights    []float64 // of the entries

	none labelWord // what stands around a sentence
}

// labelLexeme is what the classifier knows about a word: its rows as word,
// lower-case word, word before and word after.
type labelLexeme struct {
	rows  [4]rowRef
	base  uint32 // into nextPos
	mask  uint64 // the tags after it that have a row there
	basic bool   // in prose's list of basic English words
}

// labelWord gathers the rows of one word of a document.
type labelWord struct {
	word, lower, before, after rowRef
	prefix, suffix             rowRef
	shape, length              rowRef
	base                       uint32
	basic                      uint8
	mask                       uint64
}

func newLabelModel(data string) *labelModel {
	r := newTableReader(data, labelMagic)
	m := &labelModel{}
	m.lex = r.lexicon()
	m.words = make([]labelLexeme, m.lex.len())
	m.nextPos = make([]rowRef, 0, 1<<16)
	for i := range m.words {
		w := &m.words[i]
		w.basic = r.byte() != 0
		for k := range w.rows {
			w.rows[k] = r.row()
		}
		w.base = uint32(len(m.nextPos))
		for range r.byte() {
			w.mask |= 1 << (r.byte() & 63)
			m.nextPos = append(m.nextPos, r.row())
		}
	}
	m.affixes = r.affixes(2)
	bias := r.row()
	var basic [2]rowRef
	r.rows(basic[:])
	var nextPos [tagSpace]rowRef
	r.rows(nextPos[:])
	r.rows(m.pos[:])
	for t := range m.posHistory {
		r.rows(m.posHistory[t][:])
	}
	r.rows(m.prevPos[:])
	r.rows(m.history[:])
	r.rows(m.shape[:])
	r.rows(m.length[:])
	n := r.uvarint()
	m.labels = r.take(n)
	m.weights = make([]float64, n)
	raw := r.take(8 * n)
	for i := range m.weights {
		b := raw[8*i : 8*i+8]
		m.weights[i] = math.Float64frombits(load64(b))
	}
	for b := range m.context {
		for t := range m.context[b] {
			s := &m.context[b][t]
			m.add(s, bias)
			m.add(s, basic[b])
			m.add(s, nextPos[t])
		}
	}
	if id := m.lex.find("None"); id >= 0 {
		m.none.before, m.none.after = m.words[id].rows[2], m.words[id].rows[3]
	}
	return m
}

func (m *labelModel) add(s *labelScores, r rowRef) {
	first := r >> 6
	labels := m.labels[first : first+r&63]
	weights := m.weights[first : first+r&63]
	for i := range len(labels) {
		s[labels[i]&15] += weights[i]
	}
}

// set computes the rows of a word: text is its Norm, lower its Lower.
func (m *labelModel) set(w *labelWord, text, lower string) {
	*w = labelWord{}
	id := m.lex.find(text)
	if id >= 0 {
		w.word = m.words[id].rows[0]
		if m.words[id].basic {
			w.basic = 1
		}
	}
	if lower != text {
		id = m.lex.find(lower)
	}
	if id >= 0 {
		l := &m.words[id]
		w.lower, w.before, w.after = l.rows[1], l.rows[2], l.rows[3]
		w.base, w.mask = l.base, l.mask
	}
	if rows := m.affixes.find(foldKey(prefixKey(text))); rows != nil {
		w.prefix = rows[0]
	}
	if rows := m.affixes.find(foldKey(suffixKey(text))); rows != nil {
		w.suffix = rows[1]
	}
	w.shape = m.shape[proseShapeOf(text, lower)]
	if len(text) < maxWordLen {
		w.length = m.length[utf8.RuneCountInString(text)]
	}
}

// proseShapeOf returns prose's shape of a word. Letters that are not ASCII
// count as letters, which prose takes for punctuation.
func proseShapeOf(text, lower string) proseShape {
	if text == "" {
		return shapeOther
	}
	if isFloat(text) {
		return shapeNumber
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	switch {
	case !isProseLetter(last):
		return shapePunct
	case lower == text:
		return shapeDowncase
	}
	before := ' '
	for _, r := range text {
		if r >= 'a' && r <= 'z' || r >= utf8.RuneSelf {
			if !isProseLetter(before) && unicode.ToTitle(r) != r {
				return shapeMixedcase
			}
		}
		before = r
	}
	return shapeUpcase
}

func isProseLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// isFloat reports whether strconv reads text as a number; so do nan and inf.
func isFloat(text string) bool {
	digits := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c == '.' || c == '+' || c == '-' || c == '_' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' ||
			c == 'x' || c == 'X' || c == 'p' || c == 'P':
		default:
			return isNotFinite(text)
		}
	}
	switch {
	case digits == 0:
		return false
	case digits == len(text) && digits < 300:
		return true
	case text[0] > '9': // a letter
		return false
	}
	_, err := strconv.ParseFloat(text, 64)
	return err == nil
}

func isNotFinite(text string) bool {
	signed := text[0] == '+' || text[0] == '-'
	if signed {
		text = text[1:]
	}
	switch len(text) {
	case 3:
		return strings.EqualFold(text, "inf") || !signed && strings.EqualFold(text, "nan")
	case 8:
		return strings.EqualFold(text, "infinity")
	}
	return false
}

var labelWords = sync.Pool{New: func() any { return new([]labelWord) }}

// ProseLabels appends to dst one label for each token of d, in their order, and
// returns the extended slice. Labels are found sentence by sentence from the
// words and their tags; nothing is kept in d.
func (d *Document) ProseLabels(dst []ProseLabel) []ProseLabel {
	if len(d.Tokens) == 0 {
		return dst
	}
	m := labelerModel()
	pooled := labelWords.Get().(*[]labelWord)
	words := growTo(*pooled, len(d.Words))
	for i := range words {
		m.set(&words[i], d.Words[i].Norm, d.Words[i].Lower)
	}
	from := len(dst)
	dst = growBy(dst, len(d.Tokens))
	labels := dst[from:]
	for _, sentence := range d.Sentences {
		tokens := d.Tokens[sentence.First:sentence.Last]
		prev, prevPos, history := &m.none, tagEnd, historyNone
		for i := range tokens {
			w := &words[tokens[i].Word]
			next, nextPos := &m.none, tagEnd
			if i+1 < len(tokens) {
				next, nextPos = &words[tokens[i+1].Word], tokens[i+1].Tag
			}
			pos := tokens[i].Tag
			s := m.score(prev, w, next, prevPos, pos, nextPos, history)
			label := s.best()
			labels[sentence.First+i] = label
			prev, prevPos, history = w, pos, label.history()
		}
	}
	if cap(words) <= maxPooled {
		*pooled = words
		labelWords.Put(pooled)
	}
	return dst
}

// score sums the weights for word w in the order of the features' names.
func (m *labelModel) score(prev, w, next *labelWord, prevPos, pos, nextPos Tag, history proseHistory) labelScores {
	s := m.context[w.basic&1][nextPos]
	m.add(&s, next.after)
	m.add(&s, m.pos[pos])
	m.add(&s, m.posHistory[pos][history])
	m.add(&s, w.prefix)
	m.add(&s, m.prevPos[prevPos])
	m.add(&s, m.history[history])
	m.add(&s, prev.before)
	m.add(&s, w.shape)
	m.add(&s, w.suffix)
	m.add(&s, w.word)
	if bit := uint64(1) << (nextPos & 63); w.mask&bit != 0 {
		m.add(&s, m.nextPos[int(w.base)+onesBelow(w.mask, bit)])
	}
	m.add(&s, w.lower)
	m.add(&s, w.length)
	return s
}

// best returns the label with the highest score, the first of several.
func (s *labelScores) best() ProseLabel {
	best := 0
	top := s[0]
	for l := 1; l < NumProseLabels; l++ {
		if s[l] > top {
			best, top = l, s[l]
		}
	}
	return ProseLabel(best)
}

func growBy[T any](s []T, n int) []T {
	if cap(s)-len(s) < n {
		s = append(make([]T, 0, len(s)+n), s...)
	}
	s = s[:len(s)+n]
	clear(s[len(s)-n:])
	return s
}

// onesBelow counts the bits of mask below bit.
func onesBelow(mask, bit uint64) int { return bits.OnesCount64(mask & (bit - 1)) }

// A lexicon numbers the words of a table. It reads them in place.
type lexicon struct {
	data  string
	pos   []uint32 // of each word's length byte in data
	slots []uint32 // open addressing: part of the hash << 20 | number + 1
}

func (x *lexicon) len() int { return len(x.pos) }

// find returns the number of a word, -1 if it is not in the lexicon.
func (x *lexicon) find(word string) int {
	h := hashOf(word)
	mask := uint32(len(x.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		slot := x.slots[i]
		if slot == 0 {
			return -1
		}
		if slot>>20 == h>>20 {
			n := int(slot&(1<<20-1)) - 1
			p := int(x.pos[n])
			if size := int(x.data[p]); size == len(word) && x.data[p+1:p+1+size] == word {
				return n
			}
		}
	}
}

func load64(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func hashOf(s string) uint32 {
	const k = 0x9e3779b97f4a7c15
	h := uint64(len(s)) * k
	for len(s) >= 8 {
		h = (h ^ load64(s)) * k
		h ^= h >> 32
		s = s[8:]
	}
	var tail uint64
	for i := 0; i < len(s); i++ {
		tail |= uint64(s[i]) << (8 * i)
	}
	h = (h ^ tail) * k
	h ^= h >> 29
	h *= 0xbf58476d1ce4e5b9
	return uint32(h >> 32)
}

// An affixTable finds the rows of a prefix or suffix of up to three letters.
type affixTable struct {
	slots []affixSlot // open addressing
}

type affixSlot struct {
	key  uint32 // 0: free
	rows [3]rowRef
}

func (t *affixTable) find(key uint32) *[3]rowRef {
	if key == 0 {
		return nil
	}
	mask := uint32(len(t.slots) - 1)
	for i := affixHash(key) & mask; ; i = (i + 1) & mask {
		s := &t.slots[i]
		if s.key == key {
			return &s.rows
		}
		if s.key == 0 {
			return nil
		}
	}
}

func affixHash(key uint32) uint32 { return key * 0x9e3779b1 >> 15 }

// suffixKey packs the last three letters of a word, with their number; it is 0
// where one of them is not ASCII, as the models know no such affix.
func suffixKey(s string) uint32 {
	if len(s) > 3 {
		s = s[len(s)-3:]
	}
	return affixKey(s)
}

// prefixKey is suffixKey for the first three letters.
func prefixKey(s string) uint32 {
	if len(s) > 3 {
		s = s[:3]
	}
	return affixKey(s)
}

func affixKey(s string) uint32 {
	key := uint32(len(s)) << 24
	for i := 0; i < len(s); i++ {
		key |= uint32(s[i]) << (8 * i)
	}
	if key&0x808080 != 0 {
		return 0
	}
	return key
}

// foldKey turns the capitals in an affix key into small letters.
func foldKey(key uint32) uint32 {
	for shift := 0; shift < 24; shift += 8 {
		if c := key >> shift & 0xff; c >= 'A' && c <= 'Z' {
			key |= 0x20 << shift
		}
	}
	return key
}

// A tableReader reads a compiled table. The tables are embedded and checked by
// tests, so that reading them cannot fail; a broken one panics.
type tableReader struct {
	data string
	pos  int
	next uint32 // entry at which the next row begins
}

func newTableReader(data, magic string) *tableReader {
	if !strings.HasPrefix(data, magic) {
		panic("nlp: not a table of this version; run go generate ./nlp")
	}
	return &tableReader{data: data, pos: len(magic)}
}

func (r *tableReader) byte() byte {
	b := r.data[r.pos]
	r.pos++
	return b
}

func (r *tableReader) uvarint() int {
	var v, shift uint
	for {
		b := r.byte()
		v |= uint(b&127) << shift
		if b < 128 {
			return int(v)
		}
		shift += 7
	}
}

func (r *tableReader) take(n int) string {
	s := r.data[r.pos : r.pos+n]
	r.pos += n
	return s
}

// row reads the number of entries of the next row.
func (r *tableReader) row() rowRef {
	n := uint32(r.byte())
	if n == 0 {
		return 0
	}
	ref := rowRef(r.next<<6 | n)
	r.next += n
	return ref
}

func (r *tableReader) rows(dst []rowRef) {
	for i := range dst {
		dst[i] = r.row()
	}
}

func (r *tableReader) lexicon() lexicon {
	n := r.uvarint()
	x := lexicon{data: r.data, pos: make([]uint32, n), slots: make([]uint32, slotsFor(n))}
	mask := uint32(len(x.slots) - 1)
	for k := range x.pos {
		x.pos[k] = uint32(r.pos)
		h := hashOf(r.take(int(r.byte())))
		i := h & mask
		for x.slots[i] != 0 {
			i = (i + 1) & mask
		}
		x.slots[i] = h>>20<<20 | uint32(k+1)
	}
	return x
}

// affixes reads a table with the given number of rows for each affix.
func (r *tableReader) affixes(rows int) affixTable {
	n := r.uvarint()
	t := affixTable{make([]affixSlot, slotsFor(n))}
	mask := uint32(len(t.slots) - 1)
	for range n {
		key := affixKey(r.take(int(r.byte())))
		i := affixHash(key) & mask
		for t.slots[i].key != 0 {
			i = (i + 1) & mask
		}
		t.slots[i].key = key
		r.rows(t.slots[i].rows[:rows])
	}
	return t
}

// slotsFor returns a power of two that leaves half of the slots free.
func slotsFor(n int) int { return 1 << bits.Len(uint(2*n)) }
