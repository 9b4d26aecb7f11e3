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
	statics  sequence.StaticScores
	labels   []uint8   // of each token
	inside   []float32 // probability of being content, of each token
	sources  []float32 // of being a source
}

var taggings = sync.Pool{New: func() any { return new(tagging) }}

// run labels every token of the document of f.
func (c *tagging) run(f *finder, m *sequence.Model) {
	d := f.d
	c.reset(f)
	c.statics.Reset(m, c, len(d.Words), window)
	c.labels, c.inside = resize(c.labels, len(d.Tokens)), resize(c.inside, len(d.Tokens))
	c.sources = resize(c.sources, len(d.Tokens))
	for k := range d.Paragraphs {
		if p := paragraphTokens(d, k); !p.empty() {
			c.paragraph(m, p.first, p.last)
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
func (c *tagging) paragraph(m *sequence.Model, first, last int) {
	c.first, c.last = first, last
	sums := c.w.Reset(m, last-first)
	for i := first; i < last; i++ {
		sum := &sums[i-first]
		for o := -window; o <= window; o++ {
			c.statics.Add(m, c, c.wordAt(i+o), o, sum)
		}
		c.features = c.dynamic(c.features[:0], i)
		m.Score(c.features, sum)
	}
	c.path = m.DecodeSums(&c.w, c.path)
	copy(c.labels[first:last], c.path)
	for i := first; i < last; i++ {
		for l := uint8(labelFirst); l <= labelOnly; l++ {
			c.inside[i] += c.w.Marginal(i-first, l)
		}
		c.sources[i] = c.w.Marginal(i-first, labelSource)
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
				e.Features = x.Static(e.Features, x.wordAt(i+o), o)
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
