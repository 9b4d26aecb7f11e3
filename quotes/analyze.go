package quotes

import (
	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// An Analyzer runs the whole path from text to attributed quotations. It is
// immutable and safe for concurrent use.
type Analyzer struct {
	gazetteer *gazetteer.Gazetteer
	names     *entities.Recognizer
	attitudes bool
}

// NewAnalyzer returns an Analyzer that knows the names of g; nil stands for
// the built-in gazetteer.
func NewAnalyzer(g *gazetteer.Gazetteer) *Analyzer {
	if g == nil {
		g = gazetteer.Default()
	}
	return &Analyzer{gazetteer: g, names: entities.DefaultRecognizer()}
}

// WithRecognizer returns an Analyzer like a that finds names with r, for
// example with [entities.OpenRecognizer].
func (a *Analyzer) WithRecognizer(r *entities.Recognizer) *Analyzer {
	return &Analyzer{gazetteer: a.gazetteer, names: r, attitudes: a.attitudes}
}

// WithAttitudes returns an Analyzer like a that also finds thoughts, plans,
// hopes and findings that the article reports of somebody outside of what is
// said, as quotations of their own that have an [Attitude]. The other
// quotations stay the same.
func (a *Analyzer) WithAttitudes() *Analyzer {
	return &Analyzer{gazetteer: a.gazetteer, names: a.names, attitudes: true}
}

// Analyze finds the entities and quotations of text. Any text is valid.
func (a *Analyzer) Analyze(text string) *Analysis {
	doc := nlp.Parse(text)
	ents := a.names.Find(doc, a.gazetteer)
	found := find(doc, ents, a.attitudes)
	return &Analysis{Document: doc, Entities: ents, Quotations: found, References: References(doc, ents, found)}
}

// Analyze finds the entities and quotations of text with the built-in
// gazetteer and models.
func Analyze(text string) *Analysis { return NewAnalyzer(nil).Analyze(text) }
