package quotes_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

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

func TestArticles(t *testing.T) {
	files, err := filepath.Glob("../testdata/articles/*.txt")
	require.NoError(t, err)
	for _, name := range files {
		golden := filepath.Join("../testdata/golden", strings.TrimSuffix(filepath.Base(name), ".txt")+".golden")
		if _, err := os.Stat(golden); err != nil && !*update {
			continue
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			got := render(quotes.Analyze(string(text)))
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			assert.Equal(t, string(want), got)
		})
	}
}

// TestLavrov holds the article that the project was made for to what is right
// there, by offsets. Its text is not ours to publish.
func TestLavrov(t *testing.T) {
	text, err := os.ReadFile("../../shared/data/articles/lavrov.txt")
	if err != nil {
		t.Skip("the article is not here")
	}
	var want []struct {
		Kind, Name, Cue, Speaker string
		Parts                    [][2]int
	}
	data, err := os.ReadFile("../testdata/lavrov.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &want))
	a := quotes.Analyze(string(text))
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
