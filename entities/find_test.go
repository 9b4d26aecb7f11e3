package entities_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// Acronyms in brackets are names where what they are short for is one.
func TestFindAcronyms(t *testing.T) {
	for _, c := range []struct{ why, text string }{
		{"a law", "The National Environmental Policy Act (NEPA) slows roads, Rep. Ann Lee said. She wants NEPA reviews online."},
		{"equipment", "Nurses lack personal protective equipment (PPE), the union said. PPE is made abroad."},
		{"documents", "They receive Employment Authorization Documents (EADs) by mail. EADs are valid for a year."},
	} {
		doc := nlp.Parse(c.text)
		for _, m := range entities.Find(doc, nil).Mentions {
			if m.Form == entities.Name {
				assert.NotEqual(t, entities.Organization, m.Kind, "%s: %s", c.why, doc.TextOf(m.Span))
			}
		}
	}
	for _, c := range []struct{ text, want string }{
		{"The special investigation team (SIT) searched the house on Monday. The SIT found two phones.", "SIT"},
		{"The World Health Organization (WHO) met in Geneva. The WHO said so.", "WHO"},
	} {
		doc := nlp.Parse(c.text)
		found := 0
		for _, m := range entities.Find(doc, nil).Mentions {
			if doc.TextOf(m.Span) == c.want && m.Kind == entities.Organization {
				found++
			}
		}
		assert.Equal(t, 2, found, c.text)
	}
}

func TestFindDrops(t *testing.T) {
	for _, c := range []struct{ why, text, want string }{
		{"the first word of a headline", "Glacier lost a fifth of its ice\n\nThe Hornvik glacier has shrunk, Liv Dahl said.", "Liv Dahl"},
		{"a newsletter", "Sign up for our newsletter, “The Tide,” every Friday, Liv Dahl wrote.", "Liv Dahl"},
		{"a film", "She saw the film “Nixon” with Liv Dahl.", "Liv Dahl"},
		{"a surname in front", "Glacier opened.\n\nEllen Glacier, who paid for the glacier, left.", "Ellen Glacier"},
		{"a person in marks", "The man called “Nixon” by Liv Dahl left.", "Nixon"},
	} {
		doc := nlp.Parse(c.text)
		var names []string
		for _, m := range entities.Find(doc, nil).Mentions {
			if m.Form == entities.Name {
				names = append(names, doc.TextOf(m.Span))
			}
		}
		assert.Contains(t, names, c.want, c.why)
		for _, wrong := range []string{"Glacier", "Tide", "The Tide"} {
			assert.NotContains(t, names, wrong, c.why)
		}
		if c.why == "a film" {
			assert.NotContains(t, names, "Nixon", c.why)
		}
	}
}
