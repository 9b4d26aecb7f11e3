package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/whosaid-nlp/whosaid/cmd/internal/write"
	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// A speakerTable is what the speakers command prints.
type speakerTable struct {
	rows     []quotes.Speaker
	left     int // rows that --top leaves out
	articles int
	unnamed  quotes.Spoken
	style    write.Style
}

var speakerFormats = map[string]func(io.Writer, *speakerTable) error{
	"text": writeSpeakersText, "csv": writeSpeakersCSV, "json": writeSpeakersJSON, "jsonl": writeSpeakersLines,
}

// maxShown bounds the roles of a row of CSV; of names there are twice as many.
const maxShown = 5

// mainRole returns the most frequent role, or a fuller one that holds it (Texas Sen.
// for Sen.) if that is frequent too; "" if there is none.
func mainRole(all []entities.Counted) string {
	if len(all) == 0 {
		return ""
	}
	first := all[0]
	if !strings.Contains(first.Text, " ") {
		for _, r := range all[1:] {
			if r.Count >= max(2, first.Count/10) && strings.Contains(r.Text, " ") && strings.Contains(strings.ToLower(r.Text), strings.ToLower(first.Text)) {
				return write.OneLine(r.Text)
			}
		}
	}
	return write.OneLine(first.Text)
}

// rolesShown returns the most frequent roles, those that another one contains or
// that differ by capitals left out.
func rolesShown(all []entities.Counted) []string {
	var shown []string
	for _, r := range all {
		if len(shown) == maxShown {
			break
		}
		role, known := write.OneLine(r.Text), false
		for _, s := range shown {
			known = known || strings.Contains(strings.ToLower(s), strings.ToLower(role))
		}
		if !known {
			shown = append(shown, role)
		}
	}
	return shown
}

// namesShown are the canonical names, with the country where bodies of several
// countries have one name, and a mark where several people may be meant.
func (t *speakerTable) namesShown() []string {
	rows := make(map[string]int)
	names := make([]string, len(t.rows))
	for i := range t.rows {
		names[i] = write.OneLine(t.rows[i].Name)
		rows[names[i]]++
	}
	for i := range t.rows {
		if c := t.rows[i].Country; c != "" && rows[names[i]] > 1 {
			names[i] += " [" + c + "]"
		}
		if t.rows[i].Ambiguous {
			names[i] += " (?)"
		}
	}
	return names
}

func writeSpeakersText(w io.Writer, t *speakerTable) error {
	out := bufio.NewWriter(w)
	if len(t.rows) == 0 {
		fmt.Fprintln(out, "no speakers")
		return out.Flush()
	}
	names := t.namesShown()
	name, role := 7, 5
	for i := range t.rows {
		name = max(name, min(40, utf8.RuneCountInString(names[i])))
		role = max(role, min(30, utf8.RuneCountInString(mainRole(t.rows[i].Roles))))
	}
	head := fmt.Sprintf("%s  %-12s  %s  %8s  %8s  %7s  %8s  %6s  %6s", padded("speaker", name), "kind", padded("role", role), "articles", "mentions", "direct", "indirect", "mixed", "words")
	fmt.Fprintln(out, t.style.Bold(head))
	for i := range t.rows {
		s := &t.rows[i]
		fmt.Fprintf(out, "%s  %-12s  %s  %8d  %8d  %7d  %8d  %6d  %6d\n", padded(names[i], name), s.Kind, padded(mainRole(s.Roles), role),
			s.Articles, s.Mentions, s.Direct, s.Indirect, s.Mixed, s.Words)
	}
	if t.left > 0 {
		fmt.Fprintln(out, t.style.Faint(fmt.Sprintf("and %d more", t.left)))
	}
	fmt.Fprintln(out, t.style.Faint(fmt.Sprintf("%s; %s of speakers without a name: %d words", plural(t.articles, "article", "articles"),
		plural(t.unnamed.Quotations(), "quotation", "quotations"), t.unnamed.Words)))
	return out.Flush()
}

// padded returns text cut or filled to n characters.
func padded(text string, n int) string {
	switch k := utf8.RuneCountInString(text); {
	case k < n:
		return text + strings.Repeat(" ", n-k)
	case k > n:
		return string([]rune(text)[:n-1]) + "…"
	}
	return text
}

func writeSpeakersCSV(w io.Writer, t *speakerTable) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"name", "kind", "ref", "country", "gender", "ambiguous", "roles", "other names", "articles", "mentions", "quotations", "direct", "indirect", "mixed", "words"}); err != nil {
		return err
	}
	for i := range t.rows {
		s := &t.rows[i]
		record := []string{csvText(s.Name), s.Kind.String(), s.Ref, s.Country, s.Gender.String(), strconv.FormatBool(s.Ambiguous), csvText(strings.Join(rolesShown(s.Roles), "; ")), csvText(strings.Join(otherNames(s), "; "))}
		for _, n := range [...]int{s.Articles, s.Mentions, s.Quotations(), s.Direct, s.Indirect, s.Mixed, s.Words} {
			record = append(record, strconv.Itoa(n))
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// csvText keeps spreadsheets from taking a name for a formula.
func csvText(text string) string {
	text = write.OneLine(text)
	if text != "" && strings.ContainsRune("=+-@", rune(text[0])) {
		return "'" + text
	}
	return text
}

// otherNames returns the names of a speaker but the canonical one.
func otherNames(s *quotes.Speaker) []string {
	var names []string
	for _, n := range s.Names {
		if n.Text != s.Name && len(names) < 2*maxShown {
			names = append(names, write.OneLine(n.Text))
		}
	}
	return names
}

// speakerLine is a row as JSON.
type speakerLine struct {
	Name       string             `json:"name"`
	Kind       string             `json:"kind"`
	Ref        string             `json:"ref"`
	Country    string             `json:"country"`
	Gender     string             `json:"gender"`
	Ambiguous  bool               `json:"ambiguous"`
	Roles      []entities.Counted `json:"roles"`
	Names      []entities.Counted `json:"names"`
	Articles   int                `json:"articles"`
	Mentions   int                `json:"mentions"`
	Quotations int                `json:"quotations"`
	Direct     int                `json:"direct"`
	Indirect   int                `json:"indirect"`
	Mixed      int                `json:"mixed"`
	Words      int                `json:"words"`
}

func newSpeakerLine(s *quotes.Speaker) speakerLine {
	return speakerLine{s.Name, s.Kind.String(), s.Ref, s.Country, s.Gender.String(), s.Ambiguous, append([]entities.Counted{}, s.Roles...), append([]entities.Counted{}, s.Names...),
		s.Articles, s.Mentions, s.Quotations(), s.Direct, s.Indirect, s.Mixed, s.Words}
}

func writeSpeakersLines(w io.Writer, t *speakerTable) error {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for i := range t.rows {
		if err := enc.Encode(newSpeakerLine(&t.rows[i])); err != nil {
			return err
		}
	}
	return out.Flush()
}

func writeSpeakersJSON(w io.Writer, t *speakerTable) error {
	x := struct {
		Schema   string        `json:"schema"`
		Articles int           `json:"articles"`
		Speakers []speakerLine `json:"speakers"`
	}{"whosaid-speakers/1", t.articles, []speakerLine{}}
	for i := range t.rows {
		x.Speakers = append(x.Speakers, newSpeakerLine(&t.rows[i]))
	}
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(x); err != nil {
		return err
	}
	return out.Flush()
}
