package quotes

import (
	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// An Analyzer runs the whole path from text to attributed quotations. It is
// immutable and safe for concurrent use.
type Analyzer struct{ names *gazetteer.Gazetteer }

// NewAnalyzer returns an Analyzer that knows the names of g; nil stands for
// the built-in gazetteer.
func NewAnalyzer(g *gazetteer.Gazetteer) *Analyzer {
	if g == nil {
		g = gazetteer.Default()
	}
	return &Analyzer{names: g}
}

// Analyze finds the entities and quotations of text. Any text is valid.
func (a *Analyzer) Analyze(text string) *Analysis {
	doc := nlp.Parse(text)
	ents := entities.Find(doc, a.names)
	return &Analysis{Document: doc, Entities: ents, Quotations: Find(doc, ents)}
}

// Analyze finds the entities and quotations of text with the built-in
// gazetteer and models.
func Analyze(text string) *Analysis { return NewAnalyzer(nil).Analyze(text) }
