package quotes_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// BenchmarkStages times each stage over the articles of testdata on its own, and
// the whole path.
func BenchmarkStages(b *testing.B) {
	names, err := filepath.Glob("../testdata/articles/*.txt")
	require.NoError(b, err)
	require.NotEmpty(b, names)
	var texts []string
	words, size := 0, 0
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(b, err)
		texts = append(texts, string(text))
		words += len(strings.Fields(string(text)))
		size += len(text)
	}
	g, recognizer := gazetteer.Default(), entities.DefaultRecognizer()
	docs := make([]*nlp.Document, len(texts))
	mentions := make([][]entities.Mention, len(texts))
	found := make([]*entities.Result, len(texts))
	for i, t := range texts {
		docs[i] = nlp.Parse(t)
		mentions[i] = recognizer.Names(docs[i], g)
		found[i] = entities.Find(docs[i], g)
	}
	for _, stage := range []struct {
		name string
		run  func(i int)
	}{
		{"Parse", func(i int) { nlp.Parse(texts[i]) }},
		{"Names", func(i int) { recognizer.Names(docs[i], g) }},
		{"Resolve", func(i int) { entities.Resolve(docs[i], mentions[i], g) }},
		{"Entities", func(i int) { entities.Find(docs[i], g) }}, // Names, Resolve and what is between them
		{"Quotes", func(i int) { quotes.Find(docs[i], found[i]) }},
		{"All", func(i int) { quotes.Analyze(texts[i]) }},
	} {
		b.Run(stage.name, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for i := range texts {
					stage.run(i)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*words), "ns/word")
			b.ReportMetric(float64(b.N*words)/b.Elapsed().Seconds(), "words/s")
		})
	}
}
