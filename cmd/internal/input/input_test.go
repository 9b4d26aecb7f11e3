package input

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// all reads everything; errors are articles without ID in the second list.
func all(name string, format Format, stdin string) (articles []Article, errs []string) {
	Read(name, format, strings.NewReader(stdin), func(a Article, err error) bool {
		if err != nil {
			errs = append(errs, err.Error())
		} else {
			articles = append(articles, a)
		}
		return true
	})
	return articles, errs
}

func TestStandardInput(t *testing.T) {
	for _, c := range []struct {
		in     string
		format Format
		want   []Article
	}{
		{"Ann came.", Auto, []Article{{"stdin", "Ann came."}}},
		{"", Auto, []Article{{"stdin", ""}}},
		{"", Lines, nil},
		{"\ufeffAnn came.\r\n", Auto, []Article{{"stdin", "Ann came.\r\n"}}},
		{" \r\n\t{\"text\":\"A\"}", Auto, []Article{{"standard input:2", "A"}}},
		{"\ufeff{\"id\":\"x\",\"text\":\"A\"}\r\n\r\n{\"id\":7,\"text\":\"\",\"more\":[1]}\n", Auto, []Article{{"x", "A"}, {"7", ""}}},
		{"{\"text\":\"A\"}", Text, []Article{{"stdin", "{\"text\":\"A\"}"}}},
		{"{not JSON", Text, []Article{{"stdin", "{not JSON"}}},
		{"\xff \x00", Auto, []Article{{"stdin", "\xff \x00"}}},
	} {
		articles, errs := all("-", c.format, c.in)
		assert.Empty(t, errs, "%q", c.in)
		assert.Equal(t, c.want, articles, "%q", c.in)
	}
}

func TestErrors(t *testing.T) {
	for in, want := range map[string]string{
		"{\n":                     "standard input:1: not a JSON object (unexpected end of JSON input)",
		"\n{\"id\":\"a\"}":        `standard input:2: the line has no "text": give each article as`,
		"{\"text\":null}":         `standard input:1: the line has no "text"`,
		"{\"text\":5}":            `standard input:1: the "text" is a JSON number: give it as a string`,
		"{\"text\":\"a\"} x":      "standard input:1: not a JSON object (invalid character 'x' after top-level value)",
		"\xff\xfeA\x00":           "standard input: the file is UTF-16: save it as UTF-8",
		"{\"text\":\"a\"}\n[1]\n": "standard input:2: not a JSON object",
	} {
		_, errs := all("-", Auto, in)
		require.Len(t, errs, 1, "%q", in)
		assert.Contains(t, errs[0], want)
	}
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.txt": `{"text":"x"}`, "b.jsonl": "\n{\"text\":\"x\"}", "c": `{"text":"x"}`, "d.html": "x", "E.JSONL": `{"text":"x"}`,
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	for name, want := range map[string]Article{
		"a.txt":   {"a", `{"text":"x"}`},
		"b.jsonl": {filepath.Join(dir, "b.jsonl") + ":2", "x"},
		"c":       {filepath.Join(dir, "c") + ":1", "x"},
		"d.html":  {"d", "x"},
		"E.JSONL": {filepath.Join(dir, "E.JSONL") + ":1", "x"},
	} {
		articles, errs := all(filepath.Join(dir, name), Auto, "")
		assert.Empty(t, errs, name)
		assert.Equal(t, []Article{want}, articles, name)
	}
	_, errs := all(filepath.Join(dir, "none.txt"), Auto, "")
	require.Len(t, errs, 1)
	assert.Contains(t, errs[0], "none.txt")
	_, errs = all(dir, Auto, "")
	require.Len(t, errs, 1)
	assert.Contains(t, errs[0], dir)
}

// Reading goes on behind an error and stops when the caller has enough.
func TestStops(t *testing.T) {
	in := "{\"text\":\"a\"}\n{\n{\"text\":\"b\"}\n"
	articles, errs := all("-", Auto, in)
	assert.Len(t, articles, 2)
	assert.Len(t, errs, 1)
	n := 0
	Read("-", Auto, strings.NewReader(in), func(Article, error) bool { n++; return false })
	assert.Equal(t, 1, n)
}

func FuzzRead(f *testing.F) {
	f.Add("\ufeff{\"id\":\"x\",\"text\":\"A\"}\r\n{\"id\":7,\"text\":\"\"}\n{", byte(0))
	f.Add("Ann came.\r\n\xff", byte(1))
	f.Add("{\"text\":\"\\ud800\"}\n\n[]", byte(2))
	f.Fuzz(func(t *testing.T, in string, format byte) {
		kind := []Format{Auto, Text, Lines}[format%3]
		articles, errs := all("-", kind, in)
		for _, e := range errs {
			if !strings.HasPrefix(e, "standard input:") {
				t.Fatalf("%q: the error names no place: %s", in, e)
			}
		}
		for _, a := range articles {
			if a.ID == "" {
				t.Fatalf("%q: an article without ID", in)
			}
		}
		if len(articles)+len(errs) > 1+strings.Count(in, "\n") {
			t.Fatalf("%q: %d articles and %d errors", in, len(articles), len(errs))
		}
		if kind == Text && len(errs) == 0 && articles[0].Text != strings.TrimPrefix(in, "\ufeff") {
			t.Fatalf("%q: the text is %q", in, articles[0].Text)
		}
	})
}
