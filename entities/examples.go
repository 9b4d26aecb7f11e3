package entities

import (
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/nlp/sequence"
)

// An Annotation is what is known of the names of a document.
type Annotation struct {
	Names []Mention // by First, Last and Kind; sorted, not overlapping
	// Misc are the token ranges of other things that are written with capitals:
	// nationalities, events, works, languages.
	Misc [][2]int
	// MiscUnknown says that the annotation does not tell such things from
	// words that name nothing.
	MiscUnknown bool
	// Before, if not 0, leaves out the sentences that end behind this byte.
	Before int
}

// Examples returns the sentences of doc as examples for [sequence.Train], with
// the same features as [Recognizer.Names] uses. Sentences that a name begins
// or ends in but does not lie in wholly are left out.
func Examples(doc *nlp.Document, g *gazetteer.Gazetteer, a Annotation) []sequence.Example {
	labels := make([]uint8, len(doc.Tokens))
	for _, m := range a.Misc {
		for i := m[0]; i < m[1]; i++ {
			labels[i] = miscLabel
		}
	}
	for _, m := range a.Names {
		for i := m.First; i < m.Last; i++ {
			labels[i] = label(m.Kind, i == m.First, i == m.Last-1)
		}
	}
	var x extractor
	x.reset(doc, g)
	examples := make([]sequence.Example, 0, len(doc.Sentences))
	var features []uint32
	for _, s := range doc.Sentences {
		if a.Before > 0 && s.End > a.Before {
			break
		}
		if s.First == s.Last || isInside(labels[s.First]) || s.Last < len(labels) && isInside(labels[s.Last]) {
			continue
		}
		x.sentence(s)
		features = features[:0]
		ends := make([]int32, 0, s.Last-s.First)
		for i := s.First; i < s.Last; i++ {
			features = x.features(features, i)
			ends = append(ends, int32(len(features)))
		}
		var choices []uint32
		if a.MiscUnknown {
			choices = make([]uint32, s.Last-s.First)
			for i := range choices {
				if labels[s.First+i] == 0 && x.at(s.First+i).capital {
					choices[i] = 1 | 1<<miscLabel
				}
			}
		}
		examples = append(examples, sequence.Example{
			Features: append([]uint32(nil), features...), Ends: ends, Labels: labels[s.First:s.Last:s.Last], Choices: choices,
		})
	}
	return examples
}

// isInside reports whether l is the label of a further token of a name.
func isInside(l uint8) bool { return l > 0 && l != miscLabel && ((l-1)%4 == 1 || (l-1)%4 == 2) }
