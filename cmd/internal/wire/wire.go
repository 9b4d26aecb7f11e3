// Package wire is the one JSON shape in which results leave the program: an
// object an article, schema "whosaid/1".
package wire

import (
	"fmt"
	"math"
	"slices"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// Schema names the shape and its version.
const Schema = "whosaid/1"

// An Article is the result for one text.
type Article struct {
	ID       string    `json:"id"`
	Schema   string    `json:"schema"`
	Offsets  string    `json:"offsets"` // codepoint, byte or utf16
	Entities []Entity  `json:"entities"`
	Quotes   []Quote   `json:"quotes"`
	Metadata *Metadata `json:"metadata,omitempty"` // nil: the input tells nothing
}

// Metadata is what the input tells of an article besides its text. Empty
// fields are not known and left out.
type Metadata struct {
	URL    string `json:"url,omitempty"`
	Title  string `json:"title,omitempty"`
	Author string `json:"author,omitempty"`
	Date   string `json:"date,omitempty"` // as ISO 8601 where the input allows it
	Site   string `json:"site,omitempty"`
}

// An Entity is a person, organization or location of the article.
type Entity struct {
	ID       int       `json:"id"`
	Kind     string    `json:"kind"`
	Name     string    `json:"name"`
	Ref      string    `json:"ref"`
	Mentions []Mention `json:"mentions"`
	Gender   string    `json:"gender"` // female, male or "": not known
	Roles    []string  `json:"roles"`  // titles and roles as written
}

// A Span is a half-open range of the text in the article's unit.
type Span struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// A Mention is one place where the text refers to an entity.
type Mention struct {
	Span
	Form string `json:"form"` // name, pronoun or nominal
}

// A Quote is a quotation. Cue and Speaker are nil where the text has none.
type Quote struct {
	Kind       string  `json:"kind"`
	Parts      []Span  `json:"parts"`
	Cue        *Span   `json:"cue"`
	Speaker    *Span   `json:"speaker"`
	Entities   []int   `json:"entities"`
	Name       string  `json:"name"`
	Confidence float64 `json:"confidence"` // 0 to 1, to three decimals
	Role       string  `json:"role"`       // of the speaker, as written; "": none
	Denied     bool    `json:"denied"`     // the speaker denies the content
	Nested     []Span  `json:"nested"`     // quotations inside the content

	Attitude string    `json:"attitude,omitempty"` // belief, plan, hope or finding: it was not said
	Evidence *Evidence `json:"evidence,omitempty"` // only after Explain
}

// New turns an analysis into its wire form with offsets in the given unit.
func New(id string, a *quotes.Analysis, unit Unit) *Article {
	text := a.Document.Text
	at := NewIndex(text, unit)
	span := func(s nlp.Span) Span { return Span{at.Of(s.Start), at.Of(s.End), text[s.Start:s.End]} }
	optional := func(s nlp.Span) *Span {
		if s.Empty() {
			return nil
		}
		x := span(s)
		return &x
	}
	out := &Article{ID: id, Schema: Schema, Offsets: unit.String(), Entities: []Entity{}, Quotes: []Quote{}}
	for _, e := range a.Entities.Entities {
		x := Entity{
			ID: e.ID, Kind: e.Kind.String(), Name: e.Name, Ref: e.Ref, Mentions: []Mention{},
			Gender: e.Gender.String(), Roles: append([]string{}, e.Roles...),
		}
		for _, k := range e.Mentions {
			m := a.Entities.Mentions[k]
			x.Mentions = append(x.Mentions, Mention{span(m.Span), m.Form.String()})
		}
		out.Entities = append(out.Entities, x)
	}
	for _, r := range a.References { // I, my, you
		byID := func(e Entity, id int) int { return e.ID - id }
		if k, kept := slices.BinarySearchFunc(out.Entities, r.Entity, byID); kept { // a filter may leave it out
			e := &out.Entities[k]
			e.Mentions = append(e.Mentions, Mention{span(r.Span), entities.Pronoun.String()})
		}
	}
	for _, e := range out.Entities {
		slices.SortStableFunc(e.Mentions, func(a, b Mention) int { return a.Start - b.Start })
	}
	for _, q := range a.Quotations {
		x := Quote{
			Kind: q.Kind.String(), Cue: optional(q.Cue), Speaker: optional(q.Speaker),
			Parts: []Span{}, Entities: append([]int{}, q.Entities...), Name: q.Name, Confidence: math.Round(1000*q.Confidence) / 1000,
			Attitude: q.Attitude.String(), Role: q.Role, Denied: q.Denied, Nested: []Span{},
		}
		for _, p := range q.Parts {
			x.Parts = append(x.Parts, span(p))
		}
		for _, n := range q.Nested {
			x.Nested = append(x.Nested, span(n))
		}
		out.Quotes = append(out.Quotes, x)
	}
	return out
}

// A Unit is what offsets count. The zero Unit is code points.
type Unit int

// The units of offsets. An invalid byte counts as one code point.
const (
	Codepoint Unit = iota
	Byte
	UTF16
)

func (u Unit) String() string { return [...]string{"codepoint", "byte", "utf16"}[u] }

// ParseUnit reads the name of a unit.
func ParseUnit(name string) (Unit, error) {
	for u := Codepoint; u <= UTF16; u++ {
		if u.String() == name {
			return u, nil
		}
	}
	return 0, fmt.Errorf("unknown offsets %q: use codepoint, byte or utf16", name)
}
