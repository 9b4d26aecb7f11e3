package entities_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

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

// The cases of testdata/merging.cases name what is to be merged, so that they hold
// whatever the recogniser finds.
func TestMerging(t *testing.T) {
	data, err := os.ReadFile("../testdata/merging.cases")
	require.NoError(t, err)
	cases := 0
	for _, block := range strings.Split(string(data), "\n\n") {
		var text, why string
		var want []string
		for _, line := range strings.Split(block, "\n") {
			switch {
			case strings.HasPrefix(line, "> "):
				text = strings.ReplaceAll(line[2:], " / ", "\n\n")
			case line == "":
			case strings.HasPrefix(line, "#"):
				why = line
			default:
				want = append(want, line)
			}
		}
		if text == "" {
			continue
		}
		cases++
		doc, names, tested := marked(t, text)
		r := entities.Resolve(doc, names, gazetteer.Default())
		var got []string
		for _, e := range r.Entities {
			var forms []string
			for _, k := range e.Mentions {
				m := r.Mentions[k]
				form := doc.TextOf(m.Span)
				if m.Form != entities.Name {
					if form = "[" + form + "]"; !tested[m.Start] {
						continue
					}
				}
				if !slices.Contains(forms, form) {
					forms = append(forms, form)
				}
			}
			got = append(got, fmt.Sprintf("%s: %s = %s", e.Kind, e.Name, strings.Join(forms, " | ")))
		}
		assert.Equal(t, want, got, "%s\n%s", text, why)
	}
	assert.GreaterOrEqual(t, cases, 150)
}

// marked reads a text in which names stand as {p Jane Roe} and tested pronouns as
// [she]; it returns the text without the marks, the names, and where the tested
// pronouns begin.
func marked(t *testing.T, text string) (*nlp.Document, []entities.Mention, map[int]bool) {
	kinds := map[byte]entities.Kind{'p': entities.Person, 'o': entities.Organization, 'l': entities.Location}
	var plain strings.Builder
	var names []entities.Mention
	tested := make(map[int]bool)
	for i := 0; i < len(text); {
		end := strings.IndexByte(text[i:min(len(text), i+200)], 0x7d)
		switch {
		case text[i] == '{' && end > 3 && kinds[text[i+1]] != 0:
			m := entities.Mention{Kind: kinds[text[i+1]], Confidence: 1}
			m.Start = plain.Len()
			plain.WriteString(text[i+3 : i+end])
			m.End = plain.Len()
			names = append(names, m)
			i += end + 1
		case text[i] == '[' && text[i+1] != '{':
			tested[plain.Len()] = true
			end := strings.IndexByte(text[i:], ']')
			plain.WriteString(text[i+1 : i+end])
			i += end + 1
		default:
			plain.WriteByte(text[i])
			i++
		}
	}
	doc := nlp.Parse(plain.String())
	token := 0
	for k := range names {
		m := &names[k]
		for m.First = token; m.First < len(doc.Tokens) && doc.Tokens[m.First].End <= m.Start; {
			m.First++
		}
		for m.Last = m.First; m.Last < len(doc.Tokens) && doc.Tokens[m.Last].Start < m.End; {
			m.Last++
		}
		token = m.First
		require.Less(t, m.First, m.Last)
	}
	return doc, names, tested
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

// Time grows linearly with the number of names, also where they are all alike.
func TestManyNames(t *testing.T) {
	if testing.Short() {
		t.Skip("reads long texts")
	}
	var text strings.Builder
	for i := range 20000 {
		fmt.Fprintf(&text, "{p Jane%d Smith} of the {o Acme%d Company} ({o AC%d}) in {l Port %d}, also known as {l Smith Port%d}, said {p Smith} did it for himself. ", i, i, i%700, i, i)
	}
	doc, names, _ := marked(t, text.String())
	begin := time.Now()
	r := entities.Resolve(doc, names, gazetteer.Default())
	assert.GreaterOrEqual(t, len(r.Mentions), len(names))
	assert.Less(t, time.Since(begin), 20*time.Second)
	t.Logf("%d names in %.1f s", len(names), time.Since(begin).Seconds())
}

func BenchmarkResolve(b *testing.B) {
	data, err := os.ReadFile("../testdata/articles/istanbul-talks.txt")
	require.NoError(b, err)
	doc := nlp.Parse(string(data))
	names := entities.DefaultRecognizer().Names(doc, gazetteer.Default())
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		entities.Resolve(doc, names, gazetteer.Default())
	}
	b.ReportMetric(float64(len(strings.Fields(doc.Text)))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
