package wire

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/quotes"
)

func TestParseUnit(t *testing.T) {
	for u := Codepoint; u <= UTF16; u++ {
		got, err := ParseUnit(u.String())
		assert.NoError(t, err)
		assert.Equal(t, u, got)
	}
	_, err := ParseUnit("words")
	assert.EqualError(t, err, `unknown offsets "words": use codepoint, byte or utf16`)
}

// The shape, its order and its empty values are a promise to those who read it.
func TestShape(t *testing.T) {
	b, err := json.Marshal(New("x", quotes.Analyze("“We won,” Ann Lee said. “Stop,” a senior official said."), Codepoint))
	require.NoError(t, err)
	assert.Regexp(t, `^\{"id":"x","schema":"whosaid/1","offsets":"codepoint",`+
		`"entities":\[\{"id":1,"kind":"person","name":"Ann Lee","ref":"","mentions":\[\{"start":10,"end":17,"text":"Ann Lee","form":"name"\}\],"gender":"[a-z]*","roles":\[[^]]*\]\}\],`+
		`"quotes":\[\{"kind":"direct","parts":\[\{"start":0,"end":9,"text":"“We won,”"\}\],"cue":\{"start":18,"end":22,"text":"said"\},`+
		`"speaker":\{"start":10,"end":17,"text":"Ann Lee"\},"entities":\[1\],"name":"Ann Lee","confidence":[01](\.\d+)?,"role":"[^"]*","denied":false,"nested":\[\]\},`+
		`\{"kind":"direct",.*"entities":\[\],"name":"a senior official","confidence":[01](\.\d+)?,"role":"","denied":false,"nested":\[\]\}\]\}$`, string(b))

	b, err = json.Marshal(New("", quotes.Analyze(""), UTF16))
	require.NoError(t, err)
	assert.Equal(t, `{"id":"","schema":"whosaid/1","offsets":"utf16","entities":[],"quotes":[]}`, string(b))

	b, err = json.Marshal(New("", &quotes.Analysis{Document: quotes.Analyze("x").Document, Entities: quotes.Analyze("x").Entities, Quotations: []quotes.Quotation{{Confidence: 2. / 3}}}, Byte))
	require.NoError(t, err)
	assert.Contains(t, string(b), `"quotes":[{"kind":"direct","parts":[],"cue":null,"speaker":null,"entities":[],"name":"","confidence":0.667,"role":"","denied":false,"nested":[]}]`)
}

// What the program writes is valid by the schema that it publishes, and the
// schema refuses what is not.
func TestJSONSchema(t *testing.T) {
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(JSONSchema))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("schema", document))
	schema, err := c.Compile("schema")
	require.NoError(t, err)
	validate := func(article string) error {
		x, err := jsonschema.UnmarshalJSON(strings.NewReader(article))
		require.NoError(t, err)
		return schema.Validate(x)
	}

	const valid = `{"id":"x","schema":"whosaid/1","offsets":"byte","entities":[],"quotes":[]}`
	assert.NoError(t, validate(valid))
	for _, c := range [][2]string{
		{`"id":"x"`, `"id":7`},
		{`"whosaid/1"`, `"whosaid/2"`},
		{`"byte"`, `"word"`},
		{`,"quotes":[]`, ``},
		{`"entities":[]`, `"entities":[{"id":1}]`},
		{`"entities":[]`, `"entities":[{"id":0,"kind":"person","name":"","ref":"","mentions":[],"gender":"","roles":[]}]`},
		{`"quotes":[]`, `"quotes":[{"kind":"direct","parts":[],"cue":null,"speaker":null,"entities":[],"name":"","confidence":1,"role":"","denied":false,"nested":[]}]`},
		{`"quotes":[]`, `"quotes":[],"metadata":{"title":""}`},
	} {
		assert.Error(t, validate(strings.Replace(valid, c[0], c[1], 1)), "%s for %s", c[1], c[0])
	}

	files, err := filepath.Glob("../../../testdata/articles/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		a := New("a", quotes.Analyze(string(text)), UTF16)
		a.Metadata = &Metadata{Title: "A title"}
		b, err := json.Marshal(a)
		require.NoError(t, err)
		assert.NoError(t, validate(string(b)), f)
	}
}

// decode returns the article that its JSON gives back.
func decode(t *testing.T, a *Article) *Article {
	t.Helper()
	b, err := json.Marshal(a)
	if err != nil || !utf8.Valid(b) {
		t.Fatalf("JSON %q, error %v", b, err)
	}
	out := new(Article)
	if err := json.Unmarshal(b, out); err != nil {
		t.Fatalf("JSON %q: %v", b, err)
	}
	return out
}

// spansOf lists the spans of an article.
func spansOf(a *Article) (list []Span) {
	for _, e := range a.Entities {
		for _, m := range e.Mentions {
			list = append(list, m.Span)
		}
	}
	for _, q := range a.Quotes {
		list = append(list, q.Parts...)
		for _, s := range []*Span{q.Cue, q.Speaker} {
			if s != nil {
				list = append(list, *s)
			}
		}
	}
	return list
}

func FuzzNew(f *testing.F) {
	f.Add("“We won,” Ann Lee said. 𝕏 “Öl,” he \xff said.")
	f.Add("\xe2\x80“A\x00” \u2028said Mr 😀 Lee of U+FFFD \ufffd, \xf0\x9f Ann.\r\n<b>Ann</b> said it & left.")
	f.Fuzz(func(t *testing.T, text string) {
		analysis := quotes.Analyze(text)
		// What a reader of the input has: invalid bytes are one U+FFFD each.
		points := []rune(text)
		units := utf16.Encode(points)
		var spans [3][]Span
		for u := Codepoint; u <= UTF16; u++ {
			spans[u] = spansOf(decode(t, New("id", analysis, u)))
		}
		for i, b := range spans[Byte] {
			if b.Start < 0 || b.Start > b.End || b.End > len(text) {
				t.Fatalf("%q: span %+v", text, b)
			}
			want := string([]rune(text[b.Start:b.End]))
			if b.Text != want {
				t.Fatalf("%q: bytes %d to %d are %q and not %q", text, b.Start, b.End, want, b.Text)
			}
			if c := spans[Codepoint][i]; string(points[c.Start:c.End]) != want || c.Text != want {
				t.Fatalf("%q: code points %d to %d are %q and not %q", text, c.Start, c.End, string(points[c.Start:c.End]), want)
			}
			if c := spans[UTF16][i]; string(utf16.Decode(units[c.Start:c.End])) != want || c.Text != want {
				t.Fatalf("%q: UTF-16 units %d to %d are %q and not %q", text, c.Start, c.End, string(utf16.Decode(units[c.Start:c.End])), want)
			}
		}
	})
}
