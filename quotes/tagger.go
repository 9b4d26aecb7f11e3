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

	labels []uint8 // of each token
	sums   []sequence.Sum
	// What follows is known of the paragraphs that have been asked for.
	weighed []bool
	inside  []float32 // probability of being content, of each token
	sources []float32 // of being a source
}

// staticSums are the sums of the static features of a word at the distances
// -window to window.
type staticSums [2*window + 1]sequence.Sum

// scored is a word and what it adds to sums.
type scored struct {
	lexeme
	sums staticSums
}

var taggings = sync.Pool{New: func() any {
	c := &tagging{m: defaultTagger()}
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
		c.features = c.dynamic(c.features, i)
		c.ends = append(c.ends, int32(len(c.features)))
		sum := &c.sums[i]
		for o := -window; o <= window; o++ {
			static := &c.outside
			if k := c.wordAt(i + o); k >= 0 {
				static = &c.static[k]
			}
			sum.Add(&static[o+window])
		}
	}
	c.scorer.Score(c.m, c.features, c.ends, c.sums[first:last])
	c.w.Load(c.m, c.sums[first:last])
	c.path = c.w.Path(c.path)
	copy(c.labels[first:last], c.path)
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
			for l := uint8(labelFirst); l <= labelOnly; l++ {
				c.inside[i] += c.w.Marginal(i-q.first, l)
			}
			c.sources[i] = c.w.Marginal(i-q.first, labelSource)
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
