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
