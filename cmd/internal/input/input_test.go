package input

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// all reads files; id and text alone are kept.
func all(t testing.TB, o Options, stdin string, names ...string) (articles []plain, errs []string) {
	o.Stdin = strings.NewReader(stdin)
	source, err := New(names, o)
	require.NoError(t, err)
	for a, err := range source.Articles() {
		if err != nil {
			errs = append(errs, err.Error())
			require.NotEmpty(t, a.Place.File)
		} else {
			articles = append(articles, plain{a.ID, a.Text})
		}
	}
	return articles, errs
}

type plain struct{ ID, Text string }

func TestStandardInput(t *testing.T) {
	for _, c := range []struct {
		in     string
		format Format
		want   []plain
	}{
		{"Ann came.", Auto, []plain{{"stdin", "Ann came."}}},
		{"", Auto, []plain{{"stdin", ""}}},
		{"", Lines, nil},
		{"\ufeffAnn came.\r\n", Auto, []plain{{"stdin", "Ann came.\r\n"}}},
		{" \r\n\t{\"text\":\"A\"}", Auto, []plain{{"standard input:2", "A"}}},
		{"\ufeff{\"id\":\"x\",\"text\":\"A\"}\r\n\r\n{\"id\":7,\"text\":\"\",\"more\":[1]}\n", Auto, []plain{{"x", "A"}, {"7", ""}}},
		{"{\"text\":\"A\"}", Text, []plain{{"stdin", "{\"text\":\"A\"}"}}},
		{"{not JSON", Text, []plain{{"stdin", "{not JSON"}}},
		{"\xff \x00", Auto, []plain{{"stdin", "\xff \x00"}}},
	} {
		articles, errs := all(t, Options{Format: c.format}, c.in, "-")
		assert.Empty(t, errs, "%q", c.in)
		assert.Equal(t, c.want, articles, "%q", c.in)
	}
}

func TestErrors(t *testing.T) {
	for in, want := range map[string]string{
		"{\n":                       "standard input:1: not a JSON object (unexpected end of JSON input)",
		"\n{\"id\":\"a\"}":          `standard input:2: the line has no "text": give each article as`,
		"{\"text\":null}":           `standard input:1: the line has no "text"`,
		"{\"text\":5}":              `standard input:1: the "text" is a JSON number: give it as a string`,
		"{\"text\":\"a\"} x":        "standard input:1: not a JSON object (invalid character 'x' after top-level value)",
		"{\"text\":{\"a\":1}}":      `standard input:1: the "text" is a JSON object: give it as a string`,
		"{\"text\":[1]}":            `standard input:1: the "text" is a JSON array: give it as a string`,
		"{\"id\":1,\"body\":\"a\"}": `or name its field with --text-field (the line has "body", "id")`,
		"%PDF-1.4\n":                "standard input: the file is a PDF: save its text, for instance with pdftotext",
		"PK\x03\x04":                "standard input: the file is a ZIP archive",
		"{\"text\":\"a\"}\n[1]\n":   "standard input:2: not a JSON object",
	} {
		_, errs := all(t, Options{}, in, "-")
		require.Len(t, errs, 1, "%q", in)
		assert.Contains(t, errs[0], want)
	}
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.txt": `{x}`, "f.txt": `{"text":"x"}`, "b.jsonl": "\n{\"text\":\"x\"}", "c": `{"text":"x"}`, "d.html": "<p>x", "E.JSONL": `{"text":"x"}`,
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	for name, want := range map[string]plain{
		"a.txt":   {"a", `{x}`},
		"f.txt":   {filepath.Join(dir, "f.txt") + ":1", "x"},
		"b.jsonl": {filepath.Join(dir, "b.jsonl") + ":2", "x"},
		"c":       {filepath.Join(dir, "c") + ":1", "x"},
		"d.html":  {"d", "x\n"},
		"E.JSONL": {filepath.Join(dir, "E.JSONL") + ":1", "x"},
	} {
		articles, errs := all(t, Options{}, "", filepath.Join(dir, name))
		assert.Empty(t, errs, name)
		assert.Equal(t, []plain{want}, articles, name)
	}
	_, errs := all(t, Options{}, "", filepath.Join(dir, "none.txt"))
	require.Len(t, errs, 1)
	assert.Contains(t, errs[0], "none.txt")
}

// Reading goes on behind an error and stops when the caller has enough.
func TestStops(t *testing.T) {
	in := "{\"text\":\"a\"}\n{\n{\"text\":\"b\"}\n"
	articles, errs := all(t, Options{}, in, "-")
	assert.Len(t, articles, 2)
	assert.Len(t, errs, 1)
	for _, workers := range []int{0, 3} {
		source, err := New([]string{"-"}, Options{Stdin: strings.NewReader(in), Workers: workers})
		require.NoError(t, err)
		n := 0
		for range source.Articles() {
			n++
			break
		}
		assert.Equal(t, 1, n)
	}
}

// Any input in any format: errors name the place, articles have an ID, and text
// stays as it is where it is UTF-8.
func FuzzRead(f *testing.F) {
	f.Add("\ufeff{\"id\":\"x\",\"text\":\"A\"}\r\n{\"id\":7,\"text\":\"\"}\n{", byte(0))
	f.Add("Ann came.\r\n\xff", byte(1))
	f.Add("---\ntitle: A\n---\n# A\n\n* b <i>c</i>\n\n| d |\n|---|\n| e |\n", byte(2))
	f.Add("<html><title>A</title><p>b<br>c<table><tr><td>d", byte(3))
	f.Add("{\"text\":\"\\ud800\"}\n\n[]", byte(4))
	f.Add("id,text\n1,\"a \"\"b\"\" c\nd\"\n2,\"\n", byte(5))
	f.Add("text\tid\n\"We won,\" she said.\t1\n", byte(6))
	f.Add("WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 42\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<html><p>Ann came.\r\n\r\n", byte(7))
	f.Fuzz(func(t *testing.T, in string, format byte) {
		kind := Formats[int(format)%len(Formats)]
		articles, errs := all(t, Options{Format: kind, Workers: 2}, in, "-")
		again, errsAgain := all(t, Options{Format: kind}, in, "-")
		if !slices.Equal(articles, again) || !slices.Equal(errs, errsAgain) {
			t.Fatalf("%q: two workers and one do not agree", in)
		}
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
		if kind == Text && utf8.ValidString(in) && !strings.ContainsRune(in, 0) && (len(articles) != 1 || articles[0].Text != strings.TrimPrefix(in, "\ufeff")) {
			t.Fatalf("%q: the text is %q", in, articles)
		}
	})
}
