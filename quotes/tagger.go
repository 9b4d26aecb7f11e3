package quotes

import (
	_ "embed"
	"slices"
	"sync"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/nlp/sequence"
)

// Labels are the labels of the content tagger's model: first, inside, last and
// only token of a content (BILOU), token of a cue, token of a source, outside.
var Labels = []string{"O", "B-CONTENT", "I-CONTENT", "L-CONTENT", "U-CONTENT", "CUE", "SOURCE"}

const (
	labelOut = iota
	labelFirst
	labelInside
	labelLast
	labelOnly
	labelCue
	labelSource
)

//go:embed data/content.bin
var contentModel []byte

var defaultTagger = sync.OnceValue(func() *sequence.Model {
	m, err := sequence.LoadBytes(contentModel)
	if err != nil {
		panic("quotes: the embedded model is damaged: " + err.Error())
	}
	return m
})

// tagging is the memory of one call of the tagger.
type tagging struct {
	extractor
	m        *sequence.Model
	w        sequence.Workspace
	scorer   sequence.Scorer
	path     []uint8
	features []uint32
	ends     []int32
	known    nlp.Memo[scored] // words of earlier documents
	static   []staticSums     // of the words of the document
	outside  staticSums
	// The sums of groups of features, see dynamic.
	group                                []uint32
	triples, pairs, places, kinds, heads *sequence.Cache

	labels []uint8 // of each token
	sums   []sequence.Sum
	// What follows is known of the paragraphs that have been asked for.
	weighed []bool
	inside  []float32 // probability of being content, of each token
	sources []float32 // of being a source
}

// staticSums are the sums of the static features of a word at the distances
// -window to window, and of its features before, at and after a token of which
// the rules say nothing.
type staticSums [2*window + 4]sequence.Sum

const unruled = 2*window + 2 // at the token

// scored is a word and what it adds to sums.
type scored struct {
	lexeme
	sums staticSums
}

var taggings = sync.Pool{New: func() any {
	c := &tagging{
		m:       defaultTagger(),
		triples: sequence.NewCache(11, 3), pairs: sequence.NewCache(11, 2), places: sequence.NewCache(9, 1), kinds: sequence.NewCache(9, 1), heads: sequence.NewCache(10, 1),
	}
	c.score(nil, &c.outside)
	return c
}}

// score adds up the static features of a word.
func (c *tagging) score(w *lexeme, sums *staticSums) {
	*sums = staticSums{}
	c.features, c.ends = c.features[:0], c.ends[:0]
	for o := -window; o <= window; o++ {
		c.features = staticFeatures(c.features, w, o)
		c.ends = append(c.ends, int32(len(c.features)))
	}
	lower := uint64(outside)
	if w != nil {
		lower = w.lower
	}
	for _, template := range [...]uint32{22, 17, 21} { // as ruledFeatures
		c.features = append(c.features, sequence.Feature(dynamic|template, sequence.Pair(0, lower)))
		c.ends = append(c.ends, int32(len(c.features)))
	}
	c.scorer.Score(c.m, c.features, c.ends, sums[:])
}

// run labels every token of the document of f.
func (c *tagging) run(f *finder) {
	d := f.d
	c.words, c.static = resize(c.words, len(d.Words)), resize(c.static, len(d.Words))
	for i := range d.Words {
		v, ok := c.known.Find(d.Words[i].Text)
		if !ok {
			v.lexeme = newLexeme(&d.Words[i])
			c.score(&v.lexeme, &v.sums)
		}
		c.words[i], c.static[i] = v.lexeme, v.sums
	}
	c.readDocument(f)
	n := len(d.Tokens)
	c.labels, c.sums = resize(c.labels, n), resize(c.sums, n)
	c.inside, c.sources, c.weighed = resize(c.inside, n), resize(c.sources, n), resize(c.weighed, len(d.Paragraphs))
	for k := range d.Paragraphs {
		if p := paragraphTokens(d, k); !p.empty() {
			c.paragraph(p.first, p.last)
		}
	}
}

// paragraphTokens returns the tokens of paragraph k, which may be none.
func paragraphTokens(d *nlp.Document, k int) phrase {
	p := d.Paragraphs[k]
	if p.First >= p.Last {
		return phrase{}
	}
	return phrase{d.Sentences[p.First].First, d.Sentences[p.Last-1].Last}
}

// paragraph labels the tokens [first, last) of a paragraph.
func (c *tagging) paragraph(first, last int) {
	c.first, c.last = first, last
	c.features, c.ends = c.features[:0], c.ends[:0]
	for i := first; i < last; i++ {
		sum := &c.sums[i]
		for o := -window; o <= window; o++ {
			sum.Add(&c.staticAt(i + o)[o+window])
		}
		if x := c.ruleAt(i); x == 0 {
			sum.Add(&c.staticAt(i - 1)[unruled-1])
			sum.Add(&c.staticAt(i)[unruled])
			sum.Add(&c.staticAt(i + 1)[unruled+1])
		} else {
			c.features = ruledFeatures(c.features, x, c.lower(i-1), c.lower(i), c.lower(i+1))
		}
		sum.Add(c.groupSum(c.places, c.placeAt(i), placeFeatures))
		sum.Add(c.groupSum(c.kinds, c.kindsAt(i), kindFeatures))
		out, key, ok := c.wordFeatures(c.features, i)
		if c.features = out; ok {
			sum.Add(c.groupSum(c.heads, key, cueFeatures))
		}
		c.ends = append(c.ends, int32(len(c.features)))
	}
	c.addNeighbours()
	c.scorer.Score(c.m, c.features, c.ends, c.sums[first:last])
	c.w.Load(c.m, c.sums[first:last])
	c.path = c.w.Path(c.path)
	copy(c.labels[first:last], c.path)
}

// staticAt returns the sums of the word at token i.
func (c *tagging) staticAt(i int) *staticSums {
	if k := c.wordAt(i); k >= 0 {
		return &c.static[k]
	}
	return &c.outside
}

// groupSum returns the sum of a group of features.
func (c *tagging) groupSum(cache *sequence.Cache, key uint64, features func([]uint32, uint64) []uint32) *sequence.Sum {
	sums, ok := cache.Find(key)
	if !ok {
		c.group = features(c.group[:0], key)
		c.scorer.Score(c.m, c.group, []int32{int32(len(c.group))}, sums)
	}
	return &sums[0]
}

// addNeighbours adds the features of pairs and triples of neighbours to the sums
// of the paragraph.
func (c *tagging) addNeighbours() {
	for i := c.first - 1; i <= c.last; i++ {
		sums, ok := c.triples.Find(c.tripleAt(i))
		if !ok {
			c.scoreNeighbours(c.tripleAt(i), -1, tripleFeatures, sums)
		}
		for k := range sums {
			if j := i + k - 1; j >= c.first && j < c.last {
				c.sums[j].Add(&sums[k])
			}
		}
		sums, ok = c.pairs.Find(c.pairAt(i))
		if !ok {
			c.scoreNeighbours(c.pairAt(i), 0, pairFeatures, sums)
		}
		for k := range sums {
			if j := i + k; j >= c.first && j < c.last {
				c.sums[j].Add(&sums[k])
			}
		}
	}
}

// scoreNeighbours computes what a key adds to the sums of tokens from first on.
func (c *tagging) scoreNeighbours(key uint64, first int, features func([]uint32, uint64, int) []uint32, sums []sequence.Sum) {
	var ends [3]int32
	c.group = c.group[:0]
	for k := range sums {
		c.group = features(c.group, key, first+k)
		ends[k] = int32(len(c.group))
	}
	c.scorer.Score(c.m, c.group, ends[:len(sums)], sums)
}

// weigh computes the probabilities in the paragraphs of the tokens of p.
func (c *tagging) weigh(p phrase) {
	if p.empty() {
		return
	}
	d := c.f.d
	s, found := slices.BinarySearchFunc(d.Sentences, p.first, sentenceOrder)
	if !found {
		s--
	}
	for k := d.Sentences[s].Paragraph; k < len(d.Paragraphs); k++ {
		q := paragraphTokens(d, k)
		if q.first >= p.last {
			return
		}
		if c.weighed[k] || q.empty() {
			continue
		}
		c.weighed[k] = true
		c.w.Load(c.m, c.sums[q.first:q.last])
		for i := q.first; i < q.last; i++ {
			p := c.w.Marginals(i - q.first)
			c.inside[i] = p[labelFirst] + p[labelInside] + p[labelLast] + p[labelOnly]
			c.sources[i] = p[labelSource]
		}
	}
}

// An Annotation is what is known of the quotations of a document, in tokens
// [first, last): for training.
type Annotation struct {
	Contents, Cues, Sources [][2]int
	// Unknown are stretches of which the annotation does not tell whether they
	// are quotations.
	Unknown [][2]int
	Guide   int // number of the guideline that it follows; 0 is that of [Find]
}

// Examples returns the paragraphs of doc as examples for [sequence.Train],
// with the features that [Find] uses and the labels of [Labels].
func Examples(doc *nlp.Document, ents *entities.Result, a Annotation) []sequence.Example {
	labels := make([]uint8, len(doc.Tokens))
	set := func(ranges [][2]int, label uint8) {
		for _, r := range ranges {
			for i := r[0]; i < r[1]; i++ {
				labels[i] = label
			}
		}
	}
	set(a.Sources, labelSource)
	set(a.Cues, labelCue)
	inside := make([]bool, len(doc.Tokens)+1)
	begins := make([]bool, len(doc.Tokens)+1)
	for _, r := range a.Contents {
		if inside[r[0]] {
			continue
		}
		begins[r[0]] = true
		for i := r[0]; i < r[1]; i++ {
			inside[i] = true
		}
	}
	unknown := make([]bool, len(doc.Tokens))
	for _, r := range a.Unknown {
		for i := r[0]; i < r[1]; i++ {
			unknown[i] = !inside[i]
		}
	}
	var x extractor
	x.reset(applyRules(doc, ents))
	x.guide = uint64(a.Guide)
	var examples []sequence.Example
	for k := range doc.Paragraphs {
		s := paragraphTokens(doc, k)
		if s.empty() {
			continue
		}
		x.first, x.last = s.first, s.last
		e := sequence.Example{Labels: labels[s.first:s.last:s.last]}
		for i := s.first; i < s.last; i++ {
			if inside[i] {
				labels[i] = contentLabel(i == s.first || begins[i] || !inside[i-1], i == s.last-1 || begins[i+1] || !inside[i+1])
			}
			e.Features = x.dynamic(e.Features, i)
			for o := -window; o <= window; o++ {
				e.Features = staticFeatures(e.Features, x.word(i+o), o)
			}
			e.Ends = append(e.Ends, int32(len(e.Features)))
			if unknown[i] {
				if e.Choices == nil {
					e.Choices = make([]uint32, s.last-s.first)
				}
				e.Choices[i-s.first] = 1<<len(Labels) - 1
			}
		}
		examples = append(examples, e)
	}
	return examples
}

func contentLabel(first, last bool) uint8 {
	switch {
	case first && last:
		return labelOnly
	case first:
		return labelFirst
	case last:
		return labelLast
	}
	return labelInside
}
