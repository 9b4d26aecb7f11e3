package quotes_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/quotes"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// render writes an analysis as the golden files keep it.
func render(a *quotes.Analysis) string {
	var b bytes.Buffer
	for _, q := range a.Quotations {
		fmt.Fprintf(&b, "%s · %s · speaker %q · cue %q\n", q.Kind, q.Name, a.Document.TextOf(q.Speaker), a.Document.TextOf(q.Cue))
		for _, p := range q.Parts {
			fmt.Fprintf(&b, "    %s\n", a.Document.TextOf(p))
		}
	}
	return b.String()
}

// renderEntities writes the entities by first mention, a line each: kind, name,
// number of name mentions, and the other forms of the name in byte order.
func renderEntities(a *quotes.Analysis) string {
	var b strings.Builder
	for _, e := range a.Entities.Entities {
		count := 0
		var forms []string
		for _, k := range e.Mentions {
			m := a.Entities.Mentions[k]
			if m.Form != entities.Name {
				continue
			}
			count++
			f := strings.Join(strings.Fields(a.Document.TextOf(m.Span)), " ")
			if f != e.Name && !slices.Contains(forms, f) {
				forms = append(forms, f)
			}
		}
		slices.Sort(forms)
		fmt.Fprintf(&b, "%s · %s · %d", e.Kind, e.Name, count)
		if len(forms) > 0 {
			fmt.Fprintf(&b, " · %s", strings.Join(forms, ", "))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestArticles holds the quotations (.golden) and the entities (.entities) of
// each article to those that were read and found right. -update rewrites the files
// that are there; an empty one is enough to begin with.
func TestArticles(t *testing.T) {
	files, err := filepath.Glob("../testdata/articles/*.txt")
	require.NoError(t, err)
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		id := strings.TrimSuffix(filepath.Base(name), ".txt")
		for extension, render := range map[string]func(*quotes.Analysis) string{".golden": render, ".entities": renderEntities} {
			golden := filepath.Join("../testdata/golden", id+extension)
			want, err := os.ReadFile(golden)
			if err != nil {
				continue // not right yet: see golden-wanted
			}
			t.Run(id+extension, func(t *testing.T) {
				got := render(quotes.Analyze(string(text)))
				if *update {
					require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
					return
				}
				assert.Equal(t, string(want), got)
			})
		}
	}
}

// TestLavrov holds the article that the project was made for to what is right
// there, by offsets. Its text is not ours to publish.
func TestLavrov(t *testing.T) {
	text, err := os.ReadFile("../../shared/data/articles/lavrov.txt")
	if err != nil {
		t.Skip("the article is not here")
	}
	var golden struct {
		Quotes []struct {
			Kind, Name, Cue, Speaker string
			Parts                    [][2]int
		}
		Entities []lavrovEntity
		None     []string // what names nobody
	}
	data, err := os.ReadFile("../testdata/lavrov.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &golden))
	a := quotes.Analyze(string(text))
	want := golden.Quotes
	require.Len(t, a.Quotations, len(want))
	for i, q := range a.Quotations {
		w := want[i]
		assert.Equal(t, w.Kind, q.Kind.String(), "kind of %d", i+1)
		assert.Equal(t, w.Cue, a.Document.TextOf(q.Cue), "cue of %d", i+1)
		assert.Equal(t, w.Speaker, a.Document.TextOf(q.Speaker), "speaker of %d", i+1)
		assert.Equal(t, w.Name, q.Name, "name of %d", i+1)
		var parts [][2]int
		for _, p := range q.Parts {
			parts = append(parts, [2]int{p.Start, p.End})
		}
		assert.Equal(t, w.Parts, parts, "parts of %d", i+1)
	}
	checkLavrovEntities(t, a, golden.Entities)
	for _, none := range golden.None {
		places := regexp.MustCompile(`\b`+regexp.QuoteMeta(none)+`\b`).FindAllIndex(text, -1)
		assert.NotEmpty(t, places, none)
		for _, m := range a.Entities.Mentions {
			for _, p := range places {
				assert.False(t, m.Overlaps(nlp.Span{Start: p[0], End: p[1]}), "%s names nobody at %d", none, p[0])
			}
		}
	}
}

// A lavrovEntity lists the places, in bytes, where the article names an entity.
type lavrovEntity struct {
	Kind, Name string
	Mentions   []struct {
		At       int
		Text     string
		Optional bool // in a promotional list, which may be skipped
	}
}

func checkLavrovEntities(t *testing.T, a *quotes.Analysis, want []lavrovEntity) {
	t.Helper()
	if !assert.Len(t, a.Entities.Entities, len(want)) {
		return
	}
	for i, e := range a.Entities.Entities {
		w := want[i]
		assert.Equal(t, w.Kind+" "+w.Name, e.Kind.String()+" "+e.Name)
		named := make(map[int]string)
		for _, k := range e.Mentions {
			if m := a.Entities.Mentions[k]; m.Form == entities.Name {
				named[m.Start] = a.Document.TextOf(m.Span)
			}
		}
		for _, m := range w.Mentions {
			if m.Optional && named[m.At] == "" {
				continue
			}
			assert.Equal(t, m.Text, named[m.At], "%s at %d", w.Name, m.At)
			delete(named, m.At)
		}
		assert.Empty(t, named, "places where %s is not named", w.Name)
	}
}

func BenchmarkAnalyze(b *testing.B) {
	text, err := os.ReadFile("../testdata/articles/istanbul-talks.txt")
	require.NoError(b, err)
	article := strings.Repeat(string(text), 3)
	words := len(strings.Fields(article))
	b.ReportAllocs()
	for b.Loop() {
		quotes.Analyze(article)
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
