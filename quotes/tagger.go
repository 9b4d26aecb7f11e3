package quotes

import (
	_ "embed"
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
	if len(contentModel) == 0 {
		return nil
	}
	m, err := sequence.LoadBytes(contentModel)
	if err != nil {
		panic("quotes: the embedded model is damaged: " + err.Error())
	}
	return m
})

// tagging is the memory of one call of the tagger.
type tagging struct {
	extractor
	w        sequence.Workspace
	path     []uint8
	features []uint32
	scored   []bool // [word*(2*window+1)+offset]
	scores   []float32
	border   [2*window + 1][]float32
	labels   []uint8   // of each token
	inside   []float32 // probability of being content, of each token
	cues     []float32 // of being a cue
	sources  []float32 // of being a source
}

var taggings = sync.Pool{New: func() any { return new(tagging) }}

// run labels every token of the document of f.
func (c *tagging) run(f *finder, m *sequence.Model) {
	const offsets = 2*window + 1
	d := f.d
	c.reset(f)
	L := len(Labels)
	c.scored = resize(c.scored, len(d.Words)*offsets)
	if n := len(d.Words) * offsets * L; cap(c.scores) < n {
		c.scores = make([]float32, n+n/4)
	}
	c.scores = c.scores[:cap(c.scores)]
	for o := range c.border {
		if c.border[o] == nil {
			c.border[o] = make([]float32, L)
			c.features = c.static(c.features[:0], -1, o-window)
			m.Score(c.features, c.border[o])
		}
	}
	c.labels, c.inside = resize(c.labels, len(d.Tokens)), resize(c.inside, len(d.Tokens))
	c.cues, c.sources = resize(c.cues, len(d.Tokens)), resize(c.sources, len(d.Tokens))
	for _, r := range stretches(d) {
		c.stretch(m, r.first, r.last)
	}
}

// stretches returns the token ranges that are labelled as one sequence each:
// the paragraphs.
func stretches(d *nlp.Document) []phrase {
	out := make([]phrase, 0, len(d.Paragraphs))
	for k := 0; k < len(d.Sentences); {
		j := k + 1
		for j < len(d.Sentences) && d.Sentences[j].Paragraph == d.Sentences[k].Paragraph {
			j++
		}
		if p := (phrase{d.Sentences[k].First, d.Sentences[j-1].Last}); !p.empty() {
			out = append(out, p)
		}
		k = j
	}
	return out
}

// stretch labels the tokens [first, last).
func (c *tagging) stretch(m *sequence.Model, first, last int) {
	const offsets = 2*window + 1
	L := len(Labels)
	c.first, c.last = first, last
	scores := c.w.Reset(m, last-first)
	for i := first; i < last; i++ {
		sum := scores[(i-first)*L : (i-first+1)*L]
		for o := range offsets {
			part := c.border[o]
			if k := i + o - window; k >= first && k < last {
				part = c.staticScores(m, c.f.d.Tokens[k].Word, o)
			}
			for l, v := range part {
				sum[l] += v
			}
		}
		c.features = c.dynamic(c.features[:0], i)
		m.Score(c.features, sum)
	}
	c.path = m.DecodeScores(&c.w, c.path)
	copy(c.labels[first:last], c.path)
	for i := first; i < last; i++ {
		for l := uint8(labelFirst); l <= labelOnly; l++ {
			c.inside[i] += c.w.Marginal(i-first, l)
		}
		c.cues[i] = c.w.Marginal(i-first, labelCue)
		c.sources[i] = c.w.Marginal(i-first, labelSource)
	}
}

// staticScores returns the scores of a word at an offset.
func (c *tagging) staticScores(m *sequence.Model, word int32, o int) []float32 {
	L := len(Labels)
	k := int(word)*(2*window+1) + o
	s := c.scores[k*L : (k+1)*L]
	if !c.scored[k] {
		c.scored[k] = true
		clear(s)
		c.features = c.static(c.features[:0], word, o-window)
		m.Score(c.features, s)
	}
	return s
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
	for _, s := range stretches(doc) {
		x.first, x.last = s.first, s.last
		e := sequence.Example{Labels: labels[s.first:s.last:s.last]}
		for i := s.first; i < s.last; i++ {
			if inside[i] {
				labels[i] = contentLabel(i == s.first || begins[i] || !inside[i-1], i == s.last-1 || begins[i+1] || !inside[i+1])
			}
			e.Features = x.dynamic(e.Features, i)
			for o := -window; o <= window; o++ {
				word := int32(-1)
				if k := i + o; k >= s.first && k < s.last {
					word = doc.Tokens[k].Word
				}
				e.Features = x.static(e.Features, word, o)
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
