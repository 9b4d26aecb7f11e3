package write

import (
	"strings"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// schemaOrg writes an Article of schema.org as JSON-LD, an article a line: its
// parts are Quotations with whom they are attributed to (spokenByCharacter),
// and it mentions persons, organizations and places. A place that speaks is
// its government, hence an Organization there.
type schemaOrg struct{}

func newSchemaOrg(Options) Writer { return schemaOrg{} }

func (schemaOrg) Begin(b []byte) []byte { return b }
func (schemaOrg) End(b []byte) []byte   { return b }

type schemaArticle struct {
	Context    string            `json:"@context"`
	Type       string            `json:"@type"`
	Identifier string            `json:"identifier"`
	URL        string            `json:"url,omitempty"`
	Headline   string            `json:"headline,omitempty"`
	Author     string            `json:"author,omitempty"`
	Published  string            `json:"datePublished,omitempty"`
	Publisher  string            `json:"publisher,omitempty"`
	Mentions   []schemaThing     `json:"mentions"`
	Parts      []schemaQuotation `json:"hasPart"`
}

type schemaQuotation struct {
	Type   string        `json:"@type"`
	Text   string        `json:"text"`
	Spoken []schemaThing `json:"spokenByCharacter,omitempty"`
}

type schemaThing struct {
	Type       string   `json:"@type"`
	Name       string   `json:"name"`
	Identifier string   `json:"identifier,omitempty"`
	Gender     string   `json:"gender,omitempty"`
	Titles     []string `json:"jobTitle,omitempty"`
}

func (schemaOrg) Article(b []byte, a *Article) []byte {
	out := schemaArticle{
		Context: "https://schema.org", Type: "Article", Identifier: a.ID, Mentions: []schemaThing{}, Parts: []schemaQuotation{},
	}
	if m := a.Metadata; m != nil {
		out.URL, out.Headline, out.Author, out.Published, out.Publisher = m.URL, m.Title, m.Author, m.Date, m.Site
	}
	for i := range a.Entities.Entities {
		out.Mentions = append(out.Mentions, thingOf(&a.Entities.Entities[i]))
	}
	for _, q := range a.Quotations {
		if q.Attitude != quotes.NoAttitude {
			continue // nobody said it
		}
		var parts []string
		for _, p := range q.Parts {
			parts = append(parts, a.Document.TextOf(p))
		}
		x := schemaQuotation{Type: "Quotation", Text: strings.Join(parts, " … ")}
		for _, id := range q.Entities {
			if e := entityOf(a, id); e != nil {
				t := thingOf(e)
				if e.Kind == entities.Location {
					t.Type = "Organization"
				}
				x.Spoken = append(x.Spoken, t)
			}
		}
		if len(x.Spoken) == 0 && q.Name != "" {
			x.Spoken = []schemaThing{{Type: "Person", Name: q.Name}}
		}
		out.Parts = append(out.Parts, x)
	}
	return append(appendJSON(b, out), '\n')
}

func thingOf(e *entities.Entity) schemaThing {
	t := schemaThing{Type: [...]string{"Thing", "Person", "Organization", "Place"}[e.Kind], Name: e.Name, Identifier: e.Ref}
	if e.Kind == entities.Person {
		t.Gender, t.Titles = e.Gender.String(), e.Roles
	}
	return t
}
