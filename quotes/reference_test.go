package quotes_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/quotes"
)

func TestParticipants(t *testing.T) {
	cases := readCases(t, "participants.cases")
	require.NotEmpty(t, cases)
	for _, c := range cases {
		a := quotes.Analyze(c.text)
		got := []string{}
		for _, r := range a.References {
			got = append(got, a.Document.TextOf(r.Span)+" · "+a.Entities.Entities[r.Entity-1].Name)
		}
		if len(got) == 0 {
			got = []string{"none"}
		}
		assert.Equal(t, c.want, got, "%s: %s\n%s", c.section, c.title, c.text)
	}
}

func TestSecondPerson(t *testing.T) {
	a := quotes.Analyze("Anna Novak told Peter Lindqvist: “I trust you.”")
	require.Len(t, a.References, 2)
	assert.False(t, a.References[0].Second)
	assert.True(t, a.References[1].Second)
}

// References takes what a caller has, also nothing.
func TestReferencesOfNothing(t *testing.T) {
	for _, text := range []string{"", "I", "“I", "Q: you", "By I", "I?\n\nyou?\n\nI.", strings.Repeat("I?\n", 100)} {
		doc := nlp.Parse(text)
		assert.Empty(t, quotes.References(doc, &entities.Result{}, nil), text)
		assert.Empty(t, quotes.References(doc, entities.Find(doc, nil), nil), text)
	}
}

func BenchmarkReferences(b *testing.B) {
	text, err := os.ReadFile("../testdata/articles/interview-bees.txt")
	require.NoError(b, err)
	a := quotes.Analyze(string(text))
	b.ReportAllocs()
	for b.Loop() {
		quotes.References(a.Document, a.Entities, a.Quotations)
	}
}
