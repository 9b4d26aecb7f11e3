package page

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write what is found to the golden files")

func read(t *testing.T, name string) string {
	b, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	return string(b)
}

// The text of a page is what a reader would call the article.
func TestGolden(t *testing.T) {
	for _, name := range []string{"agency.html", "jsonld.html", "brief.html", "page.md"} {
		take := func(s string) (Page, error) { return HTML(s, "") }
		if filepath.Ext(name) == ".md" {
			take = Markdown
		}
		p, err := take(read(t, name))
		require.NoError(t, err, name)
		got := fmt.Sprintf("title: %s\ndate: %s\nauthor: %s\nsite: %s\nurl: %s\nlanguage: %s\n----\n%s", p.Title, p.Date, p.Author, p.Site, p.URL, p.Language, p.Text)
		want := filepath.Join("testdata", strings.TrimSuffix(name, filepath.Ext(name))+".want")
		if *update {
			require.NoError(t, os.WriteFile(want, []byte(got), 0o644))
		}
		b, err := os.ReadFile(want)
		require.NoError(t, err)
		assert.Equal(t, string(b), got, name)
	}
}

// Pages that are broken or hold no article give what text they have.
func TestBrokenHTML(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "",
		"just text":              "just text\n",
		"<":                      "<\n",
		"<html><p>a<p>b &amp c<": "a\n\nb & c<\n",
		"<script>x</script><body><p>a<b>b</b> c</p><div>d":    "ab c\n\nd\n",
		strings.Repeat("<div>", 100_000) + "deep <b>down</b>": "deep down\n",
		"\x00<p>a\x00b": "ab\n",
	} {
		p, err := HTML(in, "")
		require.NoError(t, err)
		assert.Equal(t, want, p.Text, "%.60q", in)
	}
}

func TestBrokenMarkdown(t *testing.T) {
	deep := strings.Repeat("> ", 50_000) + "x\n"
	for in, want := range map[string]string{
		"":                                 "",
		"---\n":                            "",
		"---\ntitle: a\n":                  "title: a\n",
		"---\n: a\nb\n  c: d\n---\ntext":   "text\n",
		"---\r\ntitle: 'a'\r\n---\r\ntext": "a\n\ntext\n",
		"# a *b*\n\ntext\nmore":            "a b\n\ntext more\n",
		"a<br>b <i>c</i>\n\n<div>d</div>":  "a\nb c\nd\n",
		"a  \nb\n\n\n* * *\n\n\\*c\\*":     "a\nb\n\n*c*\n",
		deep:                               deep,
	} {
		p, err := Markdown(in)
		require.NoError(t, err)
		assert.Equal(t, want, p.Text, "%.60q", in)
	}
}

func TestMetadata(t *testing.T) {
	for in, want := range map[string]Metadata{
		`<meta name="date" content="next week">`:                                         {Date: "next week"},
		`<meta name="date" content="March 4, 2026">`:                                     {Date: "2026-03-04"},
		`<meta name="pubdate" content="2026-03-04T10:00:00Z"><time datetime=2020-01-01>`: {Date: "2026-03-04T10:00:00Z"},
		`<time datetime="2026-03-04 10:00">`:                                             {Date: "2026-03-04T10:00:00"},
		`<meta property="article:author" content="https://social.example/ann">`:          {},
		`<link rel=canonical href="/relative">`:                                          {},
		`<link rel=canonical href="https://a.example/b">`:                                {URL: "https://a.example/b", Site: "a.example"},
		`<title>Ann  came</title>`:                                                       {Title: "Ann came"},
	} {
		p, err := HTML("<html><head>"+in+"</head><body><p>Text.", "")
		require.NoError(t, err)
		assert.Equal(t, want, p.Metadata, in)
	}
	p, err := HTML("<p>Text.", "https://b.example/c")
	require.NoError(t, err)
	assert.Equal(t, Metadata{URL: "https://b.example/c", Site: "b.example"}, p.Metadata)

	var m Metadata
	for _, x := range [][2]string{{"Headline", " A\nB "}, {"title", "second"}, {"Published_At", "2026-03-04"}, {"source", "C"}, {"other", "D"}} {
		m.Set(x[0], x[1])
	}
	assert.Equal(t, Metadata{Title: "A B", Date: "2026-03-04", Site: "C"}, m)
}

// Text is UTF-8 without blanks at the ends of lines, whatever the page.
func FuzzHTML(f *testing.F) {
	f.Add("<html><head><title>a</title><meta name=date content=2020><body><article><p>b<br>c</p><table><td>d</table>")
	f.Add("<p>a<script><!-- <b></script>\u00a0<noscript><img></noscript>")
	f.Fuzz(func(t *testing.T, in string) {
		check(t, in, func() (Page, error) { return HTML(in, "https://a.example/") })
	})
}

func FuzzMarkdown(f *testing.F) {
	f.Add("---\ntitle: a\n---\n# b\n\n* c\n  > d\n\n|e|\n|-|\n|f|\n\n[^1]: g <b>h</b>")
	f.Fuzz(func(t *testing.T, in string) {
		check(t, in, func() (Page, error) { return Markdown(in) })
	})
}

func check(t *testing.T, in string, take func() (Page, error)) {
	p, err := take()
	if err != nil {
		t.Fatalf("%q: %v", in, err)
	}
	if utf8.ValidString(in) && !utf8.ValidString(p.Text) {
		t.Fatalf("%q: the text is not UTF-8: %q", in, p.Text)
	}
	again, _ := take()
	if again != p {
		t.Fatalf("%q: twice is not the same: %q %q", in, p, again)
	}
}

func BenchmarkHTML(b *testing.B) {
	source, err := os.ReadFile("testdata/agency.html")
	require.NoError(b, err)
	b.SetBytes(int64(len(source)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := HTML(string(source), ""); err != nil {
			b.Fatal(err)
		}
	}
}
