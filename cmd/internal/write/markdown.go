package write

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/whosaid-nlp/whosaid/entities"
)

// markdown writes CommonMark: a heading an article, a block quote a quotation,
// lists of names. Text of the article cannot become markup.
type markdown struct{ names bool }

func newMarkdown(o Options) Writer { return markdown{o.Names} }

func (markdown) Begin(b []byte) []byte { return b }
func (markdown) End(b []byte) []byte   { return b }

func (w markdown) Article(b []byte, a *Article) []byte {
	out := bytes.NewBuffer(b)
	title, about := heading(a)
	fmt.Fprintf(out, "## %s\n\n", escapeMarkdown(title))
	if len(about) > 0 {
		fmt.Fprintf(out, "%s\n\n", escapeMarkdown(strings.Join(about, " · ")))
	}
	if !w.names {
		w.quotations(out, a)
	}
	for _, k := range kinds {
		w.list(out, a, k.kind, k.title)
	}
	return out.Bytes()
}

func (w markdown) quotations(out *bytes.Buffer, a *Article) {
	if len(a.Quotations) == 0 {
		out.WriteString("No quotations.\n\n")
	}
	at := newPosition(a.Document.Text)
	for i, q := range a.Quotations {
		name := escapeMarkdown(q.Name)
		if name == "" {
			name = "(unknown speaker)"
		}
		fmt.Fprintf(out, "%d\\. **%s**", i+1, name)
		if speaker := escapeMarkdown(a.Document.TextOf(q.Speaker)); speaker != "" && speaker != name {
			fmt.Fprintf(out, " (%s)", speaker)
		}
		fmt.Fprintf(out, " · %s", reportOf(&q))
		if cue := escapeMarkdown(a.Document.TextOf(q.Cue)); cue != "" {
			fmt.Fprintf(out, ", %s", cue)
		}
		at.advance(q.Parts[0].Start)
		fmt.Fprintf(out, " · line %d, column %d\n\n", at.line, at.column)
		for k, p := range q.Parts {
			if k > 0 {
				out.WriteString(">\n")
			}
			fmt.Fprintf(out, "> %s\n", escapeMarkdown(a.Document.TextOf(p)))
		}
		out.WriteByte('\n')
	}
}

func (w markdown) list(out *bytes.Buffer, a *Article, kind entities.Kind, title string) {
	list := listOf(a, kind)
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(out, "### %s\n\n", title)
	for _, x := range list {
		fmt.Fprintf(out, "- %s\n", x.line(escapeMarkdown))
	}
	out.WriteByte('\n')
}

// escapeMarkdown is text on a line with a backslash before every character
// that may begin markup: anywhere, or (numbers with a dot, hyphens) as the
// first of a line.
func escapeMarkdown(text string) string {
	text = OneLine(text)
	var b strings.Builder
	number := true // only digits so far
	for i, r := range text {
		switch {
		case strings.ContainsRune("\\`*_[]<>&~|#!$", r),
			i == 0 && strings.ContainsRune("-+=:", r),
			number && i > 0 && (r == '.' || r == ')'):
			b.WriteByte('\\')
		}
		number = number && '0' <= r && r <= '9'
		b.WriteRune(r)
	}
	return b.String()
}
