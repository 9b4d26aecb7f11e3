package write

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// Style is how text looks: its width in columns, 80 if zero, and whether it has
// colours.
type Style struct {
	Width int
	Color bool
}

// Bold returns text that stands out.
func (s Style) Bold(text string) string {
	if s.Color {
		return "\x1b[1m" + text + "\x1b[0m"
	}
	return text
}

// Faint returns text that stands back.
func (s Style) Faint(text string) string {
	if s.Color {
		return "\x1b[2m" + text + "\x1b[0m"
	}
	return text
}

// text is what a journalist reads: the quotations in text order, then who and
// what is named, the most often named first.
type text struct {
	Style
	names, explain bool
}

func newText(o Options) Writer {
	if o.Style.Width == 0 {
		o.Style.Width = 80
	}
	return text{o.Style, o.Names, o.Explain}
}

func (text) Begin(b []byte) []byte { return b }
func (text) End(b []byte) []byte   { return b }

func (w text) Article(b []byte, a *Article) []byte {
	out := bytes.NewBuffer(b)
	fmt.Fprintln(out, w.Bold(OneLine(a.ID)))
	if m := OneLine(describe(a.Metadata)); m != "" {
		wrap(out, m, "", "", w.Width)
	}
	if !w.names {
		w.quotations(out, a)
	}
	for _, k := range kinds {
		w.list(out, a, k.kind, k.title)
	}
	out.WriteByte('\n')
	return out.Bytes()
}

func (w text) quotations(out *bytes.Buffer, a *Article) {
	count := fmt.Sprintf("%d quotations", len(a.Quotations))
	switch len(a.Quotations) {
	case 0:
		count = "no quotations"
	case 1:
		count = "1 quotation"
	}
	fmt.Fprintln(out, count)
	at := newPosition(a.Document.Text)
	for i, q := range a.Quotations {
		name := OneLine(q.Name)
		if name == "" {
			name = "(unknown speaker)"
		}
		fmt.Fprintf(out, "\n%3d  %s", i+1, w.Bold(name))
		if speaker := OneLine(a.Document.TextOf(q.Speaker)); speaker != "" && speaker != name {
			fmt.Fprintf(out, " (%s)", speaker)
		}
		at.advance(q.Parts[0].Start)
		detail := reportOf(&q)
		if !q.Cue.Empty() {
			detail += ", " + OneLine(a.Document.TextOf(q.Cue))
		}
		fmt.Fprintf(out, "\n     %s\n", w.Faint(fmt.Sprintf("%s, line %d, column %d", detail, at.line, at.column)))
		if w.explain {
			wrap(out, OneLine(explanation(a, &q)), "     ", "       ", w.Width)
		}
		for _, p := range q.Parts {
			wrap(out, OneLine(a.Document.TextOf(p)), "     ", "     ", w.Width)
		}
	}
}

// explanation tells what makes q a quotation, what chose its speaker and who
// came next.
func explanation(a *Article, q *quotes.Quotation) string {
	e := q.Evidence
	text := "because: " + e.Content.String()
	if e.Speaker > 0 {
		text += "; speaker: " + e.Speaker.String()
	}
	if q.Role != "" {
		text += "; role: " + q.Role
	}
	if q.Denied {
		text += "; denied"
	}
	for i := range a.Entities.Entities {
		if next := &a.Entities.Entities[i]; next.ID == e.RunnerUp {
			text += fmt.Sprintf("; next: %s (%s)", next.Name, e.RunnerUpEvidence)
		}
	}
	return text + fmt.Sprintf("; confidence %.2f", q.Confidence)
}

func (w text) list(out *bytes.Buffer, a *Article, kind entities.Kind, title string) {
	list := listOf(a, kind)
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", w.Bold(title))
	for _, x := range list {
		wrap(out, x.line(OneLine), "  ", "      ", w.Width)
	}
}

// wrap writes text in lines of at most width columns, the first one behind
// indent, the others behind hanging.
func wrap(b *bytes.Buffer, text, indent, hanging string, width int) {
	column := 0
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case column == 0:
			b.WriteString(indent)
			column = len(indent)
		case column+1+n > width:
			b.WriteString("\n" + hanging)
			column = len(hanging)
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	b.WriteByte('\n')
}
