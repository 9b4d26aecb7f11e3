package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// style is how text output looks: its width and whether it has colours.
type style struct {
	width   int
	color   bool
	explain bool
}

func newStyle() style {
	s := style{width: 80}
	if fd := int(os.Stdout.Fd()); term.IsTerminal(fd) {
		if w, _, err := term.GetSize(fd); err == nil && w >= 40 {
			s.width = min(w, 120)
		}
		s.color = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
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
// who and what is named, the most often named first.
func textReport(id string, a *quotes.Analysis, s style) []byte {
	var b bytes.Buffer
	count := plural(len(a.Quotations), "quotation", "quotations")
	if len(a.Quotations) == 0 {
		count = "no quotations"
	}
	fmt.Fprintf(&b, "%s\n%s\n", s.bold(oneLine(id)), count)
	at := newPosition(a.Document.Text)
	for i, q := range a.Quotations {
		name := oneLine(q.Name)
		if name == "" {
			name = "(unknown speaker)"
		}
		fmt.Fprintf(&b, "\n%3d  %s", i+1, s.bold(name))
		if speaker := oneLine(a.Document.TextOf(q.Speaker)); speaker != "" && speaker != name {
			fmt.Fprintf(&b, " (%s)", speaker)
		}
		at.advance(q.Parts[0].Start)
		detail := q.Kind.String()
		if !q.Cue.Empty() {
			detail += ", " + oneLine(a.Document.TextOf(q.Cue))
		}
		fmt.Fprintf(&b, "\n     %s\n", s.faint(fmt.Sprintf("%s, line %d, column %d", detail, at.line, at.column)))
		if s.explain {
			wrap(&b, oneLine(explanation(a, &q)), "     ", "       ", s.width)
		}
		for _, p := range q.Parts {
			wrap(&b, oneLine(a.Document.TextOf(p)), "     ", "     ", s.width)
		}
	}
	listEntities(&b, a, entities.Person, "People", s)
	listEntities(&b, a, entities.Organization, "Organisations", s)
	listEntities(&b, a, entities.Location, "Locations", s)
	b.WriteByte('\n')
	return b.Bytes()
}

// explanation tells what makes q a quotation, what chose its speaker and who
// came next.
func explanation(a *quotes.Analysis, q *quotes.Quotation) string {
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
	if e.RunnerUp > 0 {
		text += fmt.Sprintf("; next: %s (%s)", a.Entities.Entities[e.RunnerUp-1].Name, e.RunnerUpEvidence)
	}
	return text + fmt.Sprintf("; confidence %.2f", q.Confidence)
}

// listEntities writes the entities of a kind with how often they are named and
// the other forms of their names, those named most often first.
func listEntities(b *bytes.Buffer, a *quotes.Analysis, kind entities.Kind, title string, s style) {
	type item struct {
		name  string
		count int
		forms []string // other than name, by first mention
	}
	var list []item
	for _, e := range a.Entities.Entities {
		if e.Kind != kind {
			continue
		}
		x := item{name: oneLine(e.Name)}
		seen := map[string]bool{x.name: true}
		for _, k := range e.Mentions {
			m := a.Entities.Mentions[k]
			if m.Form != entities.Name {
				continue
			}
			x.count++
			if f := oneLine(a.Document.TextOf(m.Span)); !seen[f] {
				seen[f] = true
				x.forms = append(x.forms, f)
			}
		}
		list = append(list, x)
	}
	if len(list) == 0 {
		return
	}
	slices.SortStableFunc(list, func(x, y item) int { return cmp.Compare(y.count, x.count) })
	fmt.Fprintf(b, "\n%s\n", s.bold(title))
	for _, x := range list {
		line := fmt.Sprintf("%s ×%d", x.name, x.count)
		if len(x.forms) > 0 {
			line += ", also " + strings.Join(x.forms, ", ")
		}
		wrap(b, line, "  ", "      ", s.width)
	}
}

// oneLine is text on a line, without control characters and invalid bytes,
// which could do anything to a terminal.
func oneLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return utf8.RuneError
		}
		return r
	}, text)
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
