package write

import (
	"github.com/whosaid-nlp/whosaid/cmd/internal/wire"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// prodigy writes a task of Prodigy an article and line: its tokens, spans for
// parts, cues, speakers and names (which overlap: for spans.manual and
// rel.manual; `quotes entities` writes names alone, for ner.manual), and
// relations from the first part of a quotation to the rest of it. Offsets are
// code points, tokens are counted from 0 and the last one is inside, as Prodigy
// has it.
type prodigy struct{}

func newProdigy(Options) Writer { return prodigy{} }

func (prodigy) Begin(b []byte) []byte { return b }
func (prodigy) End(b []byte) []byte   { return b }

type prodigyTask struct {
	Text      string            `json:"text"`
	Tokens    []prodigyToken    `json:"tokens"`
	Spans     []prodigySpan     `json:"spans"`
	Relations []prodigyRelation `json:"relations"`
	Meta      prodigyMeta       `json:"meta"`
}

type prodigyToken struct {
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	ID    int    `json:"id"`
	Space bool   `json:"ws"` // white space follows
}

type prodigySpan struct {
	Start      int    `json:"start"`
	End        int    `json:"end"`
	TokenStart int    `json:"token_start"`
	TokenEnd   int    `json:"token_end"`
	Label      string `json:"label"`
}

type prodigyRelation struct {
	Head      int         `json:"head"` // last token of the span
	Child     int         `json:"child"`
	HeadSpan  prodigySpan `json:"head_span"`
	ChildSpan prodigySpan `json:"child_span"`
	Label     string      `json:"label"`
}

type prodigyMeta struct {
	ID string `json:"id"`
	*wire.Metadata
}

func (prodigy) Article(b []byte, a *Article) []byte {
	doc := a.Document
	index := wire.NewIndex(doc.Text, wire.Codepoint)
	task := prodigyTask{
		Text: doc.Text, Tokens: make([]prodigyToken, len(doc.Tokens)), Spans: []prodigySpan{}, Relations: []prodigyRelation{},
		Meta: prodigyMeta{a.ID, a.Metadata},
	}
	for i, t := range doc.Tokens {
		space := i+1 < len(doc.Tokens) && doc.Tokens[i+1].SpaceBefore
		task.Tokens[i] = prodigyToken{doc.TokenText(i), index.Of(t.Start), index.Of(t.End), i, space}
	}
	span := func(label string, s nlp.Span) prodigySpan {
		first, last := tokensOf(doc, s)
		x := prodigySpan{index.Of(s.Start), index.Of(s.End), first, last - 1, label}
		task.Spans = append(task.Spans, x)
		return x
	}
	for _, q := range a.Quotations {
		head := span(labelOfContent(&q), q.Parts[0])
		relate := func(label, relation string, s nlp.Span) {
			if !s.Empty() {
				child := span(label, s)
				task.Relations = append(task.Relations, prodigyRelation{head.TokenEnd, child.TokenEnd, head, child, relation})
			}
		}
		for _, p := range q.Parts[1:] {
			relate(labelOfContent(&q), "PART", p)
		}
		relate(labelCue, labelCue, q.Cue)
		relate(labelSpeaker, labelSpeaker, q.Speaker)
	}
	for _, m := range namesOf(a) {
		span(labelOfName(m.Kind), m.Span)
	}
	return append(appendJSON(b, task), '\n')
}
