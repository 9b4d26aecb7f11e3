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

func TestAnyText(t *testing.T) {
	for _, text := range []string{
		"", "\x00\xff\xfe", "“", "”“”“", strings.Repeat("“", 1000), strings.Repeat("(", 100000), "said", "said.", "He said", "said that",
		"according to", "According to X", "“We won,”", "“We won,” said", "said “", "\r\n\r\n", strings.Repeat("a", 100000),
	} {
		check(t, text)
	}
}

func FuzzAnalyze(f *testing.F) {
	f.Add("“We won,” Jane Smith said. “It was hard.”")
	f.Add("The ministry said it would close, adding that “no one” was hurt, according to AFP.")
	f.Add("'We will win the players' cup,' he said.\n\"A\n\"B,\" she told reporters.")
	f.Fuzz(func(t *testing.T, text string) { check(t, text) })
}

// check holds an analysis to what is true of every text.
func check(t *testing.T, text string) {
	t.Helper()
	a := quotes.Analyze(text)
	require.Equal(t, text, a.Document.Text)
	inside := func(s nlp.Span) {
		require.True(t, 0 <= s.Start && s.Start <= s.End && s.End <= len(text), "span %v of %d bytes", s, len(text))
	}
	last := 0
	for _, tok := range a.Document.Tokens {
		inside(tok.Span)
		require.True(t, tok.Start >= last && tok.End > tok.Start, "tokens out of order at %d", tok.Start)
		last = tok.End
	}
	for _, q := range a.Document.Quoted {
		inside(q.Span)
		require.True(t, q.First < q.Last && q.Last <= len(a.Document.Tokens))
	}
	last = 0
	for _, m := range a.Entities.Mentions {
		inside(m.Span)
		require.True(t, m.Start >= last, "mentions out of order at %d", m.Start)
		last = m.Start
		require.True(t, m.Entity >= 0 && m.Entity <= len(a.Entities.Entities))
	}
	last = 0
	for _, q := range a.Quotations {
		require.NotEmpty(t, q.Parts)
		require.True(t, q.Parts[0].Start >= last, "quotations out of order")
		last = q.Parts[0].Start
		for _, p := range q.Parts {
			inside(p)
			require.False(t, p.Empty())
		}
		inside(q.Cue)
		inside(q.Speaker)
		for _, id := range q.Entities {
			require.True(t, id > 0 && id <= len(a.Entities.Entities))
		}
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
