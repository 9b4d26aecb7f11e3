package main

import (
	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// A prediction is an analysis in the terms of the annotation, in bytes.
type prediction struct {
	names    []corpus.Name
	quotes   []corpus.Quote
	clusters [][]corpus.Span // spans of the mentions of each entity
}

func newPrediction(a *quotes.Analysis) prediction {
	var p prediction
	for _, m := range a.Entities.Mentions {
		if m.Form == entities.Name {
			t := [...]string{"", "PER", "ORG", "LOC"}[m.Kind]
			p.names = append(p.names, corpus.Name{Start: m.Start, End: m.End, Type: t})
		}
	}
	for _, e := range a.Entities.Entities {
		var spans []corpus.Span
		for _, k := range e.Mentions {
			spans = append(spans, corpus.Span{a.Entities.Mentions[k].Start, a.Entities.Mentions[k].End})
		}
		p.clusters = append(p.clusters, spans)
	}
	for _, x := range a.References { // a reader of the output sees them as mentions
		k := x.Entity - 1
		p.clusters[k] = append(p.clusters[k], corpus.Span{x.Start, x.End})
	}
	spans := func(s ...nlp.Span) []corpus.Span {
		list := []corpus.Span{}
		for _, x := range s {
			if !x.Empty() {
				list = append(list, corpus.Span{x.Start, x.End})
			}
		}
		return list
	}
	for _, q := range a.Quotations {
		p.quotes = append(p.quotes, corpus.Quote{
			Kind: q.Kind.String(), Spans: spans(q.Parts...), Cue: spans(q.Cue), Speaker: spans(q.Speaker), SpeakerName: q.Name,
		})
	}
	return p
}

// wirePrediction is a line of the file of predictions, in code points: the
// format of the project's corpora, but for clusters, which are bare spans. The
// reference scorers read it.
type wirePrediction struct {
	ID       string          `json:"id"`
	Entities []wireName      `json:"entities"`
	Quotes   []wireQuote     `json:"quotes"`
	Clusters [][]corpus.Span `json:"clusters"`
}

type wireName struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Type  string `json:"type"`
}

type wireQuote struct {
	Spans       []corpus.Span `json:"spans"`
	Kind        string        `json:"kind"`
	Cue         []corpus.Span `json:"cue"`
	Speaker     []corpus.Span `json:"speaker"`
	SpeakerName string        `json:"speaker_name"`
}

func (p prediction) wire(a *corpus.Article) wirePrediction {
	at := corpus.NewCodePoints(a.Text)
	spans := func(list []corpus.Span) []corpus.Span {
		out := make([]corpus.Span, len(list))
		for k, s := range list {
			out[k] = corpus.Span{at.Of(s[0]), at.Of(s[1])}
		}
		return out
	}
	out := wirePrediction{ID: a.ID, Entities: []wireName{}, Quotes: []wireQuote{}, Clusters: [][]corpus.Span{}}
	for _, n := range p.names {
		out.Entities = append(out.Entities, wireName{at.Of(n.Start), at.Of(n.End), n.Type})
	}
	for _, q := range p.quotes {
		out.Quotes = append(out.Quotes, wireQuote{spans(q.Spans), q.Kind, spans(q.Cue), spans(q.Speaker), q.SpeakerName})
	}
	for _, c := range p.clusters {
		out.Clusters = append(out.Clusters, spans(c))
	}
	return out
}
