// Package entities finds who is named in a document: mentions of people,
// organisations and locations, and which mentions are the same entity ([Find]);
// and which entities of many documents are the same ([Collection]).
package entities

import "github.com/whosaid-nlp/whosaid/nlp"

// A Kind is what a name names. The zero Kind means "not known".
type Kind uint8

// The kinds of entities.
const (
	Person Kind = iota + 1
	Organization
	Location
)

// String returns "person", "organization", "location" or "".
func (k Kind) String() string {
	return [...]string{"", "person", "organization", "location"}[k&3]
}

// A Form is the way in which a mention refers. The zero Form is Name.
type Form uint8

// The forms of mentions.
const (
	Name    Form = iota // Sergey Lavrov, Lavrov, U.S.
	Pronoun             // he, she, it, they
	Nominal             // the minister, the ministry
)

// String returns "name", "pronoun" or "nominal".
func (f Form) String() string { return [...]string{"name", "pronoun", "nominal", ""}[f&3] }

// A Gender is what the text or the gazetteer tells of a person.
// The zero Gender means "not known".
type Gender uint8

// The genders that titles, pronouns and given names tell.
const (
	Female Gender = iota + 1
	Male
)

// String returns "female", "male" or "".
func (g Gender) String() string { return [...]string{"", "female", "male", ""}[g&3] }

// Evidence is what tells the gender of a person. The zero Evidence is none.
type Evidence uint8

// What tells a gender, from the weakest.
const (
	ByGivenName Evidence = iota + 1
	ByPronoun            // that was found to mean the person
	ByTitle              // Mrs., Congressman, his wife
)

// String returns "given name", "pronoun", "title" or "".
func (e Evidence) String() string { return [...]string{"", "given name", "pronoun", "title"}[e&3] }

// A Mention is one place where the text refers to an entity.
type Mention struct {
	nlp.Span
	First, Last int     // tokens [First, Last)
	Kind        Kind    // of its entity
	Form        Form    //
	Entity      int     // ID of its Entity; 0 means none
	Confidence  float32 // 0 to 1, of the span and kind of a name
}

// An Entity is a person, body or place with all its mentions in one document.
type Entity struct {
	ID       int // position in Result.Entities, from 1
	Kind     Kind
	Name     string // canonical name: the fullest form, or the gazetteer's
	Ref      string // stable ID from the gazetteer, "" when none is known
	Gender   Gender
	GenderBy Evidence // the strongest evidence of Gender
	Roles    []string // titles and roles as written, in text order, distinct
	Mentions []int    // indices into Result.Mentions, ascending
}

// A Result is what the text says of entities. It refers to the document that
// it was made from by offsets and token numbers only.
type Result struct {
	Mentions []Mention // by Start
	Entities []Entity  // by the place where each is first named (“he” may precede it); Entities[i].ID == i+1
}
