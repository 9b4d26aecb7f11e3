package main

import (
	"bytes"
	"fmt"
	"os"
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// style is how text output looks: its width and whether it has colours.
type style struct {
	width int
	color bool
}

func newStyle() style {
	s := style{width: 80}
	if fd := int(os.Stdout.Fd()); term.IsTerminal(fd) {
		if w, _, err := term.GetSize(fd); err == nil && w >= 40 {
			s.width = min(w, 120)
		}
		s.color = os.Getenv("NO_COLOR") == ""
	}
	return s
}

func (s style) bold(text string) string {
	if s.color {
		return "\x1b[1m" + text + "\x1b[0m"
	}
	return text
}

func (s style) faint(text string) string {
	if s.color {
		return "\x1b[2m" + text + "\x1b[0m"
	}
	return text
}

// textReport is what a journalist reads: the quotations in text order, then
// who and what is named.
func textReport(id string, a *quotes.Analysis, s style) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n%d quotations\n", s.bold(id), len(a.Quotations))
	lines := newPositions(a.Document.Text)
	for i, q := range a.Quotations {
		name := q.Name
		if name == "" {
			name = "(unknown speaker)"
		}
		fmt.Fprintf(&b, "\n%3d  %s", i+1, s.bold(name))
		if speaker := oneLine(a.Document.TextOf(q.Speaker)); speaker != "" && speaker != name {
			fmt.Fprintf(&b, " (%s)", speaker)
		}
		line, column := lines.of(q.Parts[0].Start)
		detail := q.Kind.String()
		if !q.Cue.Empty() {
			detail += ", " + oneLine(a.Document.TextOf(q.Cue))
		}
		fmt.Fprintf(&b, "\n     %s\n", s.faint(fmt.Sprintf("%s, line %d, column %d", detail, line, column)))
		for _, p := range q.Parts {
			wrap(&b, oneLine(a.Document.TextOf(p)), "     ", s.width)
		}
	}
	for _, kind := range []entities.Kind{entities.Person, entities.Organization, entities.Location} {
		listEntities(&b, a, kind, s)
	}
	b.WriteByte('\n')
	return b.Bytes()
}

func listEntities(b *bytes.Buffer, a *quotes.Analysis, kind entities.Kind, s style) {
	title := map[entities.Kind]string{entities.Person: "People", entities.Organization: "Organisations", entities.Location: "Locations"}[kind]
	head := false
	for _, e := range a.Entities.Entities {
		if e.Kind != kind {
			continue
		}
		if !head {
			fmt.Fprintf(b, "\n%s\n", s.bold(title))
			head = true
		}
		count := 0
		forms := make(map[string]int)
		for _, k := range e.Mentions {
			if m := a.Entities.Mentions[k]; m.Form == entities.Name {
				count++
				forms[oneLine(a.Document.TextOf(m.Span))]++
			}
		}
		fmt.Fprintf(b, "  %s ×%d", e.Name, count)
		delete(forms, e.Name)
		variants := make([]string, 0, len(forms))
		for f := range forms {
			variants = append(variants, f)
		}
		sort.Strings(variants)
		if len(variants) > 0 {
			fmt.Fprintf(b, "  also %s", strings.Join(variants, ", "))
		}
		b.WriteByte('\n')
	}
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// wrap writes text in lines of at most width columns, each after indent.
func wrap(b *bytes.Buffer, text, indent string, width int) {
	column := 0
	for _, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case column == 0:
			b.WriteString(indent)
			column = len(indent)
		case column+1+n > width:
			b.WriteString("\n" + indent)
			column = len(indent)
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	b.WriteByte('\n')
}

// positions turns ascending byte offsets into lines and columns, both from 1;
// columns count code points.
type positions struct {
	text         string
	start, lines int
}

func newPositions(text string) *positions { return &positions{text: text} }

func (p *positions) of(offset int) (line, column int) {
	for {
		k := strings.IndexByte(p.text[p.start:offset], '\n')
		if k < 0 {
			break
		}
		p.start += k + 1
		p.lines++
	}
	return p.lines + 1, utf8.RuneCountInString(p.text[p.start:offset]) + 1
}
