package entities_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
)

func TestNothing(t *testing.T) {
	for _, text := range []string{"", " ", "\xff", "...", "the"} {
		r := entities.Find(nlp.Parse(text), nil)
		assert.Empty(t, r.Mentions, "%q", text)
		assert.Empty(t, r.Entities, "%q", text)
	}
}

func TestMerging(t *testing.T) {
	data, err := os.ReadFile("../testdata/merging.cases")
	require.NoError(t, err)
	for _, block := range strings.Split(string(data), "\n\n") {
		var text string
		var want []string
		for _, line := range strings.Split(block, "\n") {
			switch {
			case line == "" || strings.HasPrefix(line, "#"):
			case strings.HasPrefix(line, "> "):
				text = line[2:]
			default:
				want = append(want, line)
			}
		}
		if text == "" {
			continue
		}
		doc := nlp.Parse(text)
		r := entities.Find(doc, gazetteer.Default())
		var got []string
		for _, e := range r.Entities {
			var forms []string
			for _, k := range e.Mentions {
				if m := r.Mentions[k]; m.Form == entities.Name {
					forms = append(forms, doc.TextOf(m.Span))
				}
			}
			got = append(got, fmt.Sprintf("%s: %s = %s", e.Kind, e.Name, strings.Join(forms, " | ")))
		}
		assert.Equal(t, want, unique(got), text)
	}
}

// unique leaves out repeated forms, so that cases name each once.
func unique(lines []string) []string {
	for i, line := range lines {
		head, forms, _ := strings.Cut(line, " = ")
		seen := make(map[string]bool)
		var keep []string
		for _, f := range strings.Split(forms, " | ") {
			if !seen[f] {
				keep = append(keep, f)
			}
			seen[f] = true
		}
		lines[i] = head + " = " + strings.Join(keep, " | ")
	}
	return lines
}

// A user's list changes the result at once, also for names that the model
// takes for something else.
func TestUserGazetteer(t *testing.T) {
	user, err := gazetteer.Load(strings.NewReader("name\tkind\tid\taliases\n" +
		"Brumble Smith\torganization\tmy:1\t\n" +
		"Zorgville Eleven\tlocation\tmy:2\t\n" +
		"Acme Corporation Ltd\tperson\tmy:3\t\n"))
	require.NoError(t, err)
	doc := nlp.Parse("We went to Zorgville Eleven with Brumble Smith and saw Acme Corporation Ltd there.")
	r := entities.Find(doc, gazetteer.Default().Merge(user))
	kinds := make(map[string]entities.Kind)
	for _, m := range r.Mentions {
		kinds[doc.TextOf(m.Span)] = m.Kind
	}
	assert.Equal(t, entities.Location, kinds["Zorgville Eleven"])
	assert.Equal(t, entities.Organization, kinds["Brumble Smith"])
	assert.Equal(t, entities.Person, kinds["Acme Corporation Ltd"])
}
