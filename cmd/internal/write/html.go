package write

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"math"
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// page writes one HTML page that needs nothing else: each article with its
// quotations, cues, speakers and names marked, a list of the quotations beside
// it, and filters. A content security policy allows the page's own style and
// script alone, so that no text of an article can run or load anything.
type page struct{}

//go:embed page.css
var pageStyle string

//go:embed page.js
var pageScript string

func newHTML(Options) Writer { return page{} }

func (page) Begin(b []byte) []byte {
	return fmt.Appendf(b, `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '%s'; script-src '%s'">
<title>Who said what</title>
<style>%s</style>
</head>
<body>
<header>
<h1>Who said what</h1>
<form id="filters" hidden>
<label>Speaker <select id="speaker"><option value="">all</option></select></label>
<label>Words <input id="words" type="search"></label>
<label><input type="checkbox" name="kind" value="direct" checked> direct</label>
<label><input type="checkbox" name="kind" value="indirect" checked> indirect</label>
<label><input type="checkbox" name="kind" value="mixed" checked> mixed</label>
<label>Confidence from <input id="confidence" type="range" min="0" max="1" step="0.05" value="0"> <output id="from">0</output></label>
<label><input id="names" type="checkbox" checked> mark names</label>
<output id="count"></output>
</form>
</header>
<main>
`, sourceHash(pageStyle), sourceHash(pageScript), pageStyle)
}

func (page) End(b []byte) []byte {
	return fmt.Appendf(b, "</main>\n<script>%s</script>\n</body>\n</html>\n", pageScript)
}

// sourceHash is the expression of a content security policy that allows a
// style or script.
func sourceHash(source string) string {
	h := sha256.Sum256([]byte(source))
	return "sha256-" + base64.StdEncoding.EncodeToString(h[:])
}

func (page) Article(b []byte, a *Article) []byte {
	out := bytes.NewBuffer(b)
	title, about := heading(a)
	fmt.Fprintf(out, "<article>\n<h2>%s</h2>\n", escapeHTML(OneLine(title)))
	for i, x := range about {
		about[i] = escapeHTML(OneLine(x))
		if i == len(about)-1 && x == a.Metadata.URL && absolute().MatchString(x) {
			about[i] = fmt.Sprintf(`<a href="%s" rel="noreferrer">%s</a>`, about[i], about[i])
		}
	}
	if len(about) > 0 {
		fmt.Fprintf(out, "<p class=\"about\">%s</p>\n", strings.Join(about, " · "))
	}
	out.WriteString("<div class=\"text\">")
	writeMarked(out, a.Document.Text, marksOf(a))
	out.WriteString("</div>\n<aside>\n")
	writeQuotations(out, a)
	for _, k := range kinds {
		writeNames(out, a, k.kind, k.title)
	}
	out.WriteString("</aside>\n</article>\n")
	return out.Bytes()
}

// writeQuotations lists the quotations; data-q is the number by which the
// script finds their marks.
func writeQuotations(out *bytes.Buffer, a *Article) {
	if len(a.Quotations) == 0 {
		return
	}
	out.WriteString("<ol class=\"quotations\">\n")
	at := newPosition(a.Document.Text)
	for i, q := range a.Quotations {
		name := OneLine(q.Name)
		if name == "" {
			name = "(unknown speaker)"
		}
		at.advance(q.Parts[0].Start)
		fmt.Fprintf(out, `<li data-q="%d" data-speaker="%s" data-kind="%s" data-confidence="%v">`,
			i+1, escapeHTML(name), q.Kind, math.Round(1000*q.Confidence)/1000)
		fmt.Fprintf(out, "<b>%s</b> ", escapeHTML(name))
		if speaker := OneLine(a.Document.TextOf(q.Speaker)); speaker != "" && speaker != name {
			fmt.Fprintf(out, "(%s) ", escapeHTML(speaker))
		}
		out.WriteString("<small>" + reportOf(&q))
		if cue := OneLine(a.Document.TextOf(q.Cue)); cue != "" {
			out.WriteString(", " + escapeHTML(cue))
		}
		fmt.Fprintf(out, ", line %d, column %d</small>", at.line, at.column)
		for _, p := range q.Parts {
			fmt.Fprintf(out, "<blockquote>%s</blockquote>", escapeHTML(OneLine(a.Document.TextOf(p))))
		}
		out.WriteString("</li>\n")
	}
	out.WriteString("</ol>\n")
}

func writeNames(out *bytes.Buffer, a *Article, kind entities.Kind, title string) {
	list := listOf(a, kind)
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(out, "<h3>%s</h3>\n<ul>\n", title)
	for _, x := range list {
		fmt.Fprintf(out, "<li>%s</li>\n", x.line(escapeHTML))
	}
	out.WriteString("</ul>\n")
}

// A mark is a span of the text with what it is.
type mark struct {
	nlp.Span
	class     string
	quotation int    // from 1; 0: a name
	title     string // shown on the name
}

func marksOf(a *Article) (list []mark) {
	add := func(s nlp.Span, class string, quotation int, title string) {
		if !s.Empty() {
			list = append(list, mark{s, class, quotation, title})
		}
	}
	for i, q := range a.Quotations {
		for _, p := range q.Parts {
			add(p, q.Kind.String(), i+1, "")
		}
		add(q.Cue, "cue", i+1, "")
		add(q.Speaker, "speaker", i+1, "")
	}
	for _, m := range namesOf(a) {
		add(m.Span, m.entity.Kind.String(), 0, m.entity.Name)
	}
	return list
}

// writeMarked writes text with its marks. Marks may overlap in any way: text is
// cut wherever one begins or ends, and each piece has one element for all
// marks that are on it.
func writeMarked(out *bytes.Buffer, text string, marks []mark) {
	slices.SortStableFunc(marks, func(x, y mark) int { return x.Start - y.Start })
	var cuts []int
	for _, m := range marks {
		cuts = append(cuts, m.Start, m.End)
	}
	cuts = append(cuts, len(text))
	slices.Sort(cuts)
	var on []mark // those that the piece lies in
	next, from := 0, 0
	for _, to := range slices.Compact(cuts) {
		on = slices.DeleteFunc(on, func(m mark) bool { return m.End <= from })
		for ; next < len(marks) && marks[next].Start <= from; next++ {
			on = append(on, marks[next])
		}
		if from < to {
			writePiece(out, text[from:to], on)
		}
		from = to
	}
}

func writePiece(out *bytes.Buffer, text string, on []mark) {
	if len(on) == 0 {
		out.WriteString(escapeHTML(text))
		return
	}
	var classes, quotations []string
	title := ""
	for _, m := range on {
		if !slices.Contains(classes, m.class) {
			classes = append(classes, m.class)
		}
		if q := fmt.Sprint(m.quotation); m.quotation > 0 && !slices.Contains(quotations, q) {
			quotations = append(quotations, q)
		}
		if m.title != "" {
			title = fmt.Sprintf(` title="%s"`, escapeHTML(OneLine(m.title)))
		}
	}
	numbers := ""
	if len(quotations) > 0 {
		numbers = fmt.Sprintf(` data-q="%s"`, strings.Join(quotations, " "))
	}
	fmt.Fprintf(out, `<span class="%s"%s%s>%s</span>`, strings.Join(classes, " "), numbers, title, escapeHTML(text))
}

// escapeHTML is text for content and attributes. What HTML does not allow
// becomes U+FFFD; lines end with LF, as a browser would read them.
func escapeHTML(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	return html.EscapeString(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		return printable(r)
	}, text))
}
