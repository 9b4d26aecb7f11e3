package wire

import "github.com/whosaid-nlp/whosaid/quotes"

// An Evidence tells why something is a quotation and what chose its speaker.
type Evidence struct {
	Content          string `json:"content"`                      // cue, marks, colon, turn or tagger
	Speaker          string `json:"speaker,omitempty"`            // name, coreference, last speaker, …
	RunnerUp         int    `json:"runner_up,omitempty"`          // ID of the entity that came next
	RunnerUpEvidence string `json:"runner_up_evidence,omitempty"` // what spoke for it
}

// Explain adds to the quotations of x, made from a, what tells that they are.
func (x *Article) Explain(a *quotes.Analysis) {
	for k := range x.Quotes {
		e := a.Quotations[k].Evidence
		x.Quotes[k].Evidence = &Evidence{e.Content.String(), e.Speaker.String(), e.RunnerUp, e.RunnerUpEvidence.String()}
	}
}
