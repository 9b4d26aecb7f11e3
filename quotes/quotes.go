// Package quotes finds who said what: the content of direct, indirect and
// mixed quotations, the cue that reports them and their speaker.
package quotes

import (
	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// A Kind tells how a quotation is reported. The zero Kind is Direct.
type Kind uint8

// The kinds of quotations.
const (
	Direct   Kind = iota // all of the content stands in quotation marks
	Indirect             // a reported clause without marks
	Mixed                // a reported clause of which a part stands in marks
)

// String returns "direct", "indirect" or "mixed".
func (k Kind) String() string { return [...]string{"direct", "indirect", "mixed", ""}[k&3] }

// A Quotation is something that somebody said, wrote or announced.
type Quotation struct {
	Kind       Kind
	Parts      []nlp.Span // content, in text order, marks included
	Cue        nlp.Span   // "said", "according to"; zero: none
	Speaker    nlp.Span   // noun phrase of the source as written; zero: none
	Entities   []int      // IDs of the speakers' entities; empty: not a named entity
	Name       string     // canonical name; "A and B" for joint speakers; the noun phrase of an unnamed source; "" unknown
	Confidence float64    // 0 to 1: how likely it is one, with the right speaker
	Evidence   Evidence   // what tells that it is one, and whose
	// Attitude is what the content is if it is not said but thought, planned,
	// hoped or found out; only an Analyzer made by [Analyzer.WithAttitudes] finds
	// attitudes.
	Attitude Attitude
	// Denied reports that the speaker denies the content: “denied that …”.
	Denied bool
	// Role is the title or role that the text gives the speaker with the name
	// and that was written last before the end of the quotation's sentence, as
	// written (“Foreign Minister”); "" if none is known or the speaker is not
	// one person.
	Role string
	// Nested are the quotations inside the content, marks included, in text
	// order; nil if there are none. They have no speaker of their own.
	Nested []nlp.Span
}

// An Analysis is everything that the toolkit finds in one text.
type Analysis struct {
	Document   *nlp.Document
	Entities   *entities.Result
	Quotations []Quotation // by start of the first part
	References []Reference // I, you: by Start
}
