package entities

import (
	_ "embed"
	"fmt"
	"io"
	"sync"

	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/nlp/sequence"
)

// Labels are the labels of the recogniser's model: first, inside, last and
// only token of a name of each kind (BILOU), token of something else that is
// written with a capital (MISC: nationalities, events, works), and outside.
var Labels = []string{
	"O",
	"B-PER", "I-PER", "L-PER", "U-PER",
	"B-ORG", "I-ORG", "L-ORG", "U-ORG",
	"B-LOC", "I-LOC", "L-LOC", "U-LOC",
	"MISC",
}

const miscLabel = 13

// label returns the number of the label of a token of a name.
func label(k Kind, isFirst, isLast bool) uint8 {
	base := uint8(k-1)*4 + 1
	switch {
	case isFirst && isLast:
		return base + 3
	case isFirst:
		return base
	case isLast:
		return base + 2
	}
	return base + 1
}

//go:embed data/names.bin
var namesModel []byte

//go:embed data/names-open.bin
var openNamesModel []byte

// A Recognizer finds the names of people, organisations and locations. It is
// immutable and safe for concurrent use by many goroutines.
type Recognizer struct {
	model *sequence.Model
	pool  sync.Pool // of *recognition
}

var (
	defaultRecognizer = sync.OnceValue(func() *Recognizer { return embedded(namesModel) })
	openRecognizer    = sync.OnceValue(func() *Recognizer { return embedded(openNamesModel) })
)

func embedded(model []byte) *Recognizer {
	m, err := sequence.LoadBytes(model)
	if err == nil {
		err = checkLabels(m)
	}
	if err != nil {
		panic("entities: an embedded model is damaged: " + err.Error())
	}
	return &Recognizer{model: m}
}

// DefaultRecognizer returns the recogniser that is compiled into the package:
// the more accurate one, trained on all corpora. All calls return the same value.
func DefaultRecognizer() *Recognizer { return defaultRecognizer() }

// OpenRecognizer returns the other recogniser that is compiled into the
// package, trained on corpora with open licences alone (no share-alike, no
// text without a stated licence): data/MODELCARD.md names them and compares
// the two. All calls return the same value.
func OpenRecognizer() *Recognizer { return openRecognizer() }

// LoadRecognizer reads a model that cmd/train names wrote.
func LoadRecognizer(r io.Reader) (*Recognizer, error) {
	m, err := sequence.Load(r)
	if err != nil {
		return nil, fmt.Errorf("entities: %w", err)
	}
	return NewRecognizer(m)
}

// NewRecognizer returns a recogniser for a model with [Labels] over the
// features of [Examples].
func NewRecognizer(m *sequence.Model) (*Recognizer, error) {
	if err := checkLabels(m); err != nil {
		return nil, fmt.Errorf("entities: %w", err)
	}
	return &Recognizer{model: m}, nil
}

func checkLabels(m *sequence.Model) error {
	if got := m.Labels(); fmt.Sprint(got) != fmt.Sprint(Labels) {
		return fmt.Errorf("model has the labels %v and not those of names, %v", got, Labels)
	}
	return nil
}

// recognition is the memory of one call of Names.
type recognition struct {
	extractor
	model    *sequence.Model
	w        sequence.Workspace
	scorer   sequence.Scorer
	path     []uint8
	features []uint32
	ends     []int32
	sums     []sequence.Sum       // of the tokens of the sentence
	known    nlp.Memo[scored]     // words of earlier documents
	knownTo  *gazetteer.Gazetteer // what known holds was computed with
	static   []staticSums         // of the words of the document
	outside  staticSums
	// The sums of groups of features, see dynamic.
	group                    []uint32
	forms, tags, taggedForms *sequence.Cache
}

func newRecognition(m *sequence.Model) *recognition {
	return &recognition{model: m, forms: sequence.NewCache(11, 1), tags: sequence.NewCache(12, 1), taggedForms: sequence.NewCache(10, 1)}
}

// scored is what the spelling of a word tells, and what it adds to sums.
type scored struct {
	spelling
	sums staticSums
}

// staticSums are the sums of the static features of a word: at the distances
// -window to window, before and after an occurrence of another word, and before
// and after a word of plain shape.
type staticSums [2*window + 5]sequence.Sum

const (
	beforeContext = 2*window + 1
	afterContext  = 2*window + 2
	beforePlain   = 2*window + 3
	afterPlain    = 2*window + 4
)

// score adds up the static features of a word.
func (c *recognition) score(w *spelling, word *nlp.Word, sums *staticSums) {
	*sums = staticSums{}
	c.features, c.ends = c.features[:0], c.ends[:0]
	for o := -window; o <= window; o++ {
		c.features = spellingFeatures(c.features, w, word, o)
		c.ends = append(c.ends, int32(len(c.features)))
	}
	for _, side := range [...]uint32{contextBefore, contextAfter} {
		c.features = contextWord(contextFeatures(c.features, w, side), w, side)
		c.ends = append(c.ends, int32(len(c.features)))
	}
	for _, side := range [...]uint32{contextBefore, contextAfter} {
		c.features = besideFeatures(c.features, plainShape, w, side)
		c.ends = append(c.ends, int32(len(c.features)))
	}
	c.scorer.Score(c.model, c.features, c.ends, sums[:])
}

// reset prepares c for a document.
func (c *recognition) reset(doc *nlp.Document, g *gazetteer.Gazetteer) {
	if c.knownTo != g {
		c.knownTo = g
		c.known.Clear()
		c.score(&outside.spelling, nil, &c.outside)
	}
	c.doc, c.g = doc, g
	c.words, c.static = resize(c.words, len(doc.Words)), resize(c.static, len(doc.Words))
	for i := range doc.Words {
		word := &doc.Words[i]
		v, ok := c.known.Find(word.Text)
		if !ok {
			v.spelling = spell(word, g)
			c.score(&v.spelling, word, &v.sums)
		}
		c.words[i] = lexeme{spelling: v.spelling}
		c.static[i] = v.sums
	}
	c.readDocument()
	for i := range c.words {
		c.addDocument(&c.words[i], c.static[i][window:window+1])
	}
}

// addDocument adds to its one sum what the document shows of a word.
func (c *recognition) addDocument(w *lexeme, sum []sequence.Sum) {
	if c.features = c.documentFeatures(c.features[:0], w); len(c.features) > 0 {
		c.ends = append(c.ends[:0], int32(len(c.features)))
		c.scorer.Score(c.model, c.features, c.ends, sum)
	}
	for _, i := range c.contextsOf(w) {
		before, after := c.neighbours(int(i))
		sum[0].Add(&c.staticOf(before)[beforeContext])
		sum[0].Add(&c.staticOf(after)[afterContext])
	}
}

// staticOf returns the sums of a word by number, -1 is the boundary.
func (c *recognition) staticOf(word int32) *staticSums {
	if word < 0 {
		return &c.outside
	}
	return &c.static[word]
}

var emptyGazetteer gazetteer.Gazetteer

// certain is added to the sums of labels that the user's gazetteer demands.
const certain = 16000

// Names returns the names in doc in text order, without overlaps, each without
// a leading "the" and a trailing possessive. Where g has entries of the user's
// own ([gazetteer.UserDefined]), their kind and extent are final; but a name of one
// word leaves a longer one of its kind whole: Lee in Ann Lee. A nil g is an
// empty gazetteer; results are best with [gazetteer.Default], which the
// model was trained with.
//
// Confidence is the probability, by the model, that exactly these tokens are a
// name of this kind; it is 1 for names of the user's gazetteer.
func (r *Recognizer) Names(doc *nlp.Document, g *gazetteer.Gazetteer) []Mention {
	if len(doc.Tokens) == 0 {
		return nil
	}
	if g == nil {
		g = &emptyGazetteer
	}
	c, _ := r.pool.Get().(*recognition)
	if c == nil {
		c = newRecognition(r.model)
	}
	defer func() {
		c.doc, c.g = nil, nil
		r.pool.Put(c)
	}()
	c.reset(doc, g)
	mentions := make([]Mention, 0, len(doc.Tokens)/16)
	for _, s := range doc.Sentences {
		mentions = c.names(s, mentions)
	}
	if len(mentions) == 0 {
		return nil
	}
	return mentions
}

// names appends the names of one sentence.
func (c *recognition) names(s nlp.Sentence, dst []Mention) []Mention {
	n := s.Last - s.First
	if n == 0 {
		return dst
	}
	c.sentence(s)
	c.addUp(n)
	c.w.Load(c.model, c.sums)
	c.path = c.w.Path(c.path)
	if c.demand(c.sums) {
		c.w.Load(c.model, c.sums)
		c.path = c.w.Path(c.path)
	}
	for i := 0; i < n; i++ {
		l := c.path[i]
		if l == 0 || l == miscLabel {
			continue
		}
		j := i + 1
		for (l-1)%4 != 3 && j < n && (c.path[j]-1)%4 != 2 {
			j++
		}
		if (l-1)%4 != 3 {
			j++
		}
		confidence := c.w.PathProbability(i, c.path[i:j])
		first, last := trimTokens(c.doc, s.First+i, s.First+j)
		if first < last {
			dst = append(dst, Mention{
				Span:  nlp.Span{Start: c.doc.Tokens[first].Start, End: c.doc.Tokens[last-1].End},
				First: first, Last: last, Kind: Kind((l-1)/4) + 1, Confidence: confidence,
			})
		}
		i = j - 1
	}
	return dst
}

// addUp adds up all features of the n tokens of the current sentence.
func (c *recognition) addUp(n int) {
	c.features, c.ends = c.features[:0], c.ends[:0]
	c.sums = resize(c.sums, n)
	tokens := c.doc.Tokens[c.first:c.last]
	word := func(i int) int32 {
		if i < 0 || i >= n {
			return -1
		}
		return tokens[i].Word
	}
	for i := range c.sums {
		sum := &c.sums[i]
		*sum = sequence.Sum{}
		for o := -window; o <= window; o++ {
			sum.Add(&c.staticOf(word(i + o))[o+window])
		}
		c.addGroups(c.first+i, sum)
		before, w, after := c.spellingOf(word(i-1)), &c.words[tokens[i].Word].spelling, c.spellingOf(word(i+1))
		if w.shape == plainShape {
			sum.Add(&c.staticOf(word(i - 1))[beforePlain])
			sum.Add(&c.staticOf(word(i + 1))[afterPlain])
		} else {
			c.features = besideFeatures(c.features, w.shape, before, contextBefore)
			c.features = besideFeatures(c.features, w.shape, after, contextAfter)
		}
		c.features = clusterFeatures(c.features, before, w, after)
		c.features = acrossFeatures(c.features, before, after)
		c.features = c.placeFeatures(c.features, c.first+i)
		c.ends = append(c.ends, int32(len(c.features)))
	}
	c.scorer.Score(c.model, c.features, c.ends, c.sums)
}

// addGroups adds to sum the groups of features that are kept.
func (c *recognition) addGroups(i int, sum *sequence.Sum) {
	before, w, after := &c.orOutside(i-1).spelling, &c.at(i).spelling, &c.orOutside(i+1).spelling
	sums, ok := c.forms.Find(formKey(before, w, after))
	if !ok {
		c.scoreGroup(classFeatures(shapeFeatures(c.group[:0], before, w, after), before, w, after), sums)
	}
	sum.Add(&sums[0])
	tags := c.tagsAt(i)
	if sums, ok = c.tags.Find(tags); !ok {
		c.scoreGroup(tagFeatures(c.group[:0], tags), sums)
	}
	sum.Add(&sums[0])
	tag := tags >> 8 & 0xff
	if sums, ok = c.taggedForms.Find(sequence.Pair(tag, w.shape)); !ok {
		c.scoreGroup(taggedFormFeatures(c.group[:0], tag, w.shape), sums)
	}
	sum.Add(&sums[0])
}

func (c *recognition) scoreGroup(features []uint32, sums []sequence.Sum) {
	c.group = features
	c.scorer.Score(c.model, features, []int32{int32(len(features))}, sums)
}

// trimTokens takes a leading "the" and a trailing possessive off a name. What
// holds no letter and no digit is no name, and comes out empty.
func trimTokens(d *nlp.Document, first, last int) (int, int) {
	for last-first > 1 && d.Lower(first) == "the" {
		first++
	}
	for last-first > 1 && d.Lower(last-1) == "'s" {
		last--
	}
	for i := first; i < last; i++ {
		if shape := d.Words[d.Tokens[i].Word].Shape; shape != nlp.ShapePunct && shape != nlp.ShapeOther {
			return first, last
		}
	}
	return first, first
}

// demand makes the names of the user's gazetteer certain. A name inside of a
// longer one that the gazetteer knows as well (Acme in Acme Rockets) is not
// decided, nor is a name of one word inside of a longer one of its kind in c.path;
// of two that overlap, the one that begins first is. It reports whether it changed
// the sums.
func (c *recognition) demand(sums []sequence.Sum) (changed bool) {
	end := 0
	for k := range c.matches {
		m := &c.matches[k]
		if !m.Class.Has(gazetteer.UserDefined) || m.First < end {
			continue
		}
		longer := c.cover[m.First]
		if longer != 0 {
			if o := &c.matches[longer-1]; o.First <= m.First && o.Last >= m.Last && o.Len() > m.Len() {
				continue
			}
		}
		e, ok := c.g.Entry(*m)
		kind := Kind(e.Kind)
		if !ok || kind < Person || kind > Location {
			continue
		}
		end = m.Last
		if l := c.path[m.First]; m.Len() == 1 && l != 0 && l != miscLabel && Kind((l-1)/4)+1 == kind && (l-1)%4 != 3 {
			continue
		}
		changed = true
		for i := m.First; i < m.Last; i++ {
			sums[i].Raise(label(kind, i == m.First, i == m.Last-1), certain)
		}
	}
	return changed
}
