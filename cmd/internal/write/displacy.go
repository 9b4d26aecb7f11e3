package write

import (
	"github.com/whosaid-nlp/whosaid/cmd/internal/wire"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// displacy writes what spaCy's displaCy draws with manual=True, an article an
// object and line: text and ents (names, in code points) for style "ent";
// tokens and spans (parts, cues, speakers, in tokens [start, end)) for style
// "span".
type displacy struct{}

func newDisplacy(Options) Writer { return displacy{} }

func (displacy) Begin(b []byte) []byte { return b }
func (displacy) End(b []byte) []byte   { return b }

type displacyDoc struct {
	Title  string           `json:"title"`
	Text   string           `json:"text"`
	Ents   []displacyEntity `json:"ents"`
	Tokens []string         `json:"tokens"`
	Spans  []displacySpan   `json:"spans"`
}

type displacyEntity struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Label string `json:"label"`
	ID    string `json:"kb_id"`
}

type displacySpan struct {
	Start int    `json:"start_token"`
	End   int    `json:"end_token"`
	Label string `json:"label"`
}

func (displacy) Article(b []byte, a *Article) []byte {
	doc := a.Document
	index := wire.NewIndex(doc.Text, wire.Codepoint)
	out := displacyDoc{a.ID, doc.Text, []displacyEntity{}, make([]string, len(doc.Tokens)), []displacySpan{}}
	if a.Metadata != nil && a.Metadata.Title != "" {
		out.Title = a.Metadata.Title
	}
	for i := range doc.Tokens {
		out.Tokens[i] = doc.TokenText(i)
	}
	for _, m := range namesOf(a) {
		out.Ents = append(out.Ents, displacyEntity{index.Of(m.Start), index.Of(m.End), labelOfName(m.Kind), m.entity.Ref})
	}
	span := func(label string, s nlp.Span) {
		if first, last := tokensOf(doc, s); first < last {
			out.Spans = append(out.Spans, displacySpan{first, last, label})
		}
	}
	for _, q := range a.Quotations {
		for _, p := range q.Parts {
			span(labelOfContent(&q), p)
		}
		span(labelCue, q.Cue)
		span(labelSpeaker, q.Speaker)
	}
	return append(appendJSON(b, out), '\n')
}
