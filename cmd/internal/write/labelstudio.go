package write

import (
	"fmt"
	"math"

	"github.com/whosaid-nlp/whosaid/cmd/internal/wire"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// labelStudio writes an array of tasks that Label Studio imports, each with one
// prediction: a region for each part, cue, speaker and name, and relations
// from the first part of a quotation to the rest of it. The labelling
// interface that they fit is LabelStudioInterface; offsets are code points, as
// Label Studio has counted since 1.4.
type labelStudio struct{}

// LabelStudioInterface is the configuration of a project for these tasks.
const LabelStudioInterface = `<View>
  <Relations>
    <Relation value="part"/><Relation value="cue"/><Relation value="speaker"/>
  </Relations>
  <Labels name="label" toName="text">
    <Label value="PER"/><Label value="ORG"/><Label value="LOC"/>
    <Label value="DIRECT"/><Label value="INDIRECT"/><Label value="MIXED"/>
    <Label value="BELIEF"/><Label value="PLAN"/><Label value="HOPE"/><Label value="FINDING"/>
    <Label value="CUE"/><Label value="SPEAKER"/>
  </Labels>
  <Text name="text" value="$text"/>
</View>
`

func newLabelStudio(Options) Writer { return labelStudio{} }

func (labelStudio) Begin(b []byte) []byte { return append(b, "[\n"...) }
func (labelStudio) End(b []byte) []byte   { return append(b, "\n]\n"...) }

type studioTask struct {
	Data struct {
		ID   string         `json:"id"`
		Text string         `json:"text"`
		Meta *wire.Metadata `json:"metadata,omitempty"`
	} `json:"data"`
	Predictions []studioPrediction `json:"predictions"`
}

type studioPrediction struct {
	Model  string         `json:"model_version"`
	Result []studioResult `json:"result"`
}

// A studioResult is a region or, with From, a relation.
type studioResult struct {
	ID        string       `json:"id,omitempty"`
	FromName  string       `json:"from_name,omitempty"`
	ToName    string       `json:"to_name,omitempty"`
	Type      string       `json:"type"`
	Value     *studioValue `json:"value,omitempty"`
	Score     *float64     `json:"score,omitempty"`
	From      string       `json:"from_id,omitempty"`
	To        string       `json:"to_id,omitempty"`
	Direction string       `json:"direction,omitempty"`
	Labels    []string     `json:"labels,omitempty"`
}

type studioValue struct {
	Start  int      `json:"start"`
	End    int      `json:"end"`
	Text   string   `json:"text"`
	Labels []string `json:"labels"`
}

func (labelStudio) Article(b []byte, a *Article) []byte {
	var task studioTask
	task.Data.ID, task.Data.Text, task.Data.Meta = a.ID, a.Document.Text, a.Metadata
	index := wire.NewIndex(a.Document.Text, wire.Codepoint)
	result := []studioResult{}
	region := func(label string, s nlp.Span, score float64) string {
		score = math.Round(1000*score) / 1000
		id := fmt.Sprintf("r%d", len(result)+1)
		result = append(result, studioResult{
			ID: id, FromName: "label", ToName: "text", Type: "labels", Score: &score,
			Value: &studioValue{index.Of(s.Start), index.Of(s.End), a.Document.TextOf(s), []string{label}},
		})
		return id
	}
	for _, q := range a.Quotations {
		first := region(labelOfContent(&q), q.Parts[0], q.Confidence)
		relate := func(label, relation string, s nlp.Span) {
			if !s.Empty() {
				to := region(label, s, q.Confidence)
				result = append(result, studioResult{Type: "relation", From: first, To: to, Direction: "right", Labels: []string{relation}})
			}
		}
		for _, p := range q.Parts[1:] {
			relate(labelOfContent(&q), "part", p)
		}
		relate(labelCue, "cue", q.Cue)
		relate(labelSpeaker, "speaker", q.Speaker)
	}
	for _, m := range namesOf(a) {
		region(labelOfName(m.Kind), m.Span, float64(m.Confidence))
	}
	task.Predictions = []studioPrediction{{wire.Schema, result}}
	return appendJSON(b, task)
}
