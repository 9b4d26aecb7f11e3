package write_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/cmd/internal/wire"
	"github.com/whosaid-nlp/whosaid/cmd/internal/write"
	"github.com/whosaid-nlp/whosaid/quotes"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sample has markup of every format in its text, quotations in two parts, one
// of them over two paragraphs, characters of one to four bytes, CR LF, a byte
// that is not UTF-8, and an empty article behind it.
var sample = []*write.Article{
	{
		ID:       "a/<b>*1*",
		Metadata: &wire.Metadata{Title: "Bees & <honey>, \"sold\"", Date: "2026-11-02", URL: "https://example.org/bees?a=1&b=2"},
		Analysis: withRoles(quotes.Analyze("Bees & <honey>\r\n\r\n“We *won* the cup 😀,” Ann Lee said, “and_nobody_ lost.”\r\n\r\n" +
			"Bob Fox of Acme Corp. said: “It [always] rains.\r\n\r\n“It rains \xff on.”\r\n\r\n" +
			"He denied that the bees were | his.\tLee's friends came to Rome.\r\n")),
	},
	{ID: "-empty", Analysis: quotes.Analyze("")},
}

// withRoles is a with roles of the first entity, “Chair; "acting"” and “judge”,
// and of the first speaker.
func withRoles(a *quotes.Analysis) *quotes.Analysis {
	ents := *a.Entities
	ents.Entities = slices.Clone(ents.Entities)
	for i := range ents.Entities {
		ents.Entities[i].Roles = nil
	}
	ents.Entities[0].Roles = []string{`Chair, "acting"`, "judge"}
	list := slices.Clone(a.Quotations)
	for i := range list {
		list[i].Role = ""
	}
	list[0].Role = "judge"
	return &quotes.Analysis{Document: a.Document, Entities: &ents, Quotations: list}
}

// file joins articles to a file.
func file(f write.Format, o write.Options, articles ...*write.Article) string {
	w := f.New(o)
	b := w.Begin(nil)
	comma := ""
	for _, a := range articles {
		if x := w.Article(nil, a); len(x) > 0 {
			b = append(append(b, comma...), x...)
			comma = f.Comma
		}
	}
	return string(w.End(b))
}

func format(name string) write.Format {
	f, err := write.Lookup(name)
	if err != nil {
		panic(err)
	}
	return f
}

// written is one text, analysed and written.
func written(name string, o write.Options, id, text string) string {
	return file(format(name), o, &write.Article{ID: id, Analysis: quotes.Analyze(text)})
}

func TestLookup(t *testing.T) {
	_, err := write.Lookup("xml")
	assert.EqualError(t, err, `unknown format "xml": use text, jsonl, json, csv, tsv, html, markdown, brat, conll, webannotation, `+
		`schemaorg, labelstudio, prodigy or displacy`)
	for _, f := range write.Formats() {
		got, err := write.Lookup(f.Name)
		assert.NoError(t, err)
		assert.Equal(t, f.Extension, got.Extension)
		assert.NotEmpty(t, f.About)
	}
}

// Each golden file was read line by line.
func TestGolden(t *testing.T) {
	check := func(name, got string) {
		path := filepath.Join("testdata", name)
		if *update {
			require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, string(want), got, name)
	}
	for _, f := range write.Formats() {
		check(f.Name+f.Extension, file(f, write.Options{}, sample...))
		if w, ok := f.New(write.Options{}).(write.Sidecar); ok {
			check(f.Name+write.SidecarExtension, string(w.Sidecar(sample[0])))
		}
	}
	for _, name := range []string{"text", "csv", "tsv", "markdown"} {
		f := format(name)
		check(name+"-names"+f.Extension, file(f, write.Options{Names: true}, sample...))
	}
}

// A file with one article stands alone.
func TestWhole(t *testing.T) {
	for _, f := range write.Formats() {
		w := f.New(write.Options{})
		got := string(f.Whole(w, w.Article(nil, sample[0])))
		if f.Bare {
			assert.True(t, strings.HasPrefix(got, "{") && strings.HasSuffix(got, "}\n"), got)
		} else {
			assert.Equal(t, file(f, write.Options{}, sample[0]), got, f.Name)
		}
	}
}

// Articles of a selection have entities whose place is not their ID.
func TestSelection(t *testing.T) {
	whole := sample[0].Analysis
	some := *whole.Entities
	some.Entities = some.Entities[1:]
	a := &write.Article{ID: "a", Analysis: &quotes.Analysis{Document: whole.Document, Entities: &some, Quotations: whole.Quotations}}
	for _, f := range write.Formats() {
		assert.NotEmpty(t, file(f, write.Options{}, a), f.Name)
		assert.NotEmpty(t, file(f, write.Options{Names: true}, a), f.Name)
	}
	assert.NotContains(t, file(format("jsonl"), write.Options{}, a), `"id":1,`)
}
