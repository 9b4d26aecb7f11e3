package write

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/whosaid-nlp/whosaid/cmd/internal/wire"
)

// A table has a row a quotation or, of names, a row an entity. A cell has no
// line break: white space is one space, so that a row is a line. Offsets are
// code points. TSV has the quotes of CSV, since spreadsheets and data frames
// read these in both.
type table struct {
	comma            rune
	names, attitudes bool
}

func newCSV(o Options) Writer { return table{',', o.Names, o.Attitudes} }
func newTSV(o Options) Writer { return table{'\t', o.Names, o.Attitudes} }

var (
	quotationColumns = []string{
		"article", "quotation", "kind", "name", "role", "speaker", "cue", "content", "denied", "confidence", "line", "column", "start", "end",
	}
	nameColumns     = []string{"article", "entity", "kind", "name", "ref", "gender", "roles", "names", "mentions", "forms", "line", "column", "start", "end"}
	metadataColumns = []string{"title", "author", "date", "site", "url"}
)

func (w table) Begin(b []byte) []byte {
	columns := quotationColumns
	if w.names {
		columns = nameColumns
	}
	header := slices.Concat(columns, metadataColumns)
	if w.attitudes {
		header = append(header, "attitude")
	}
	return w.rows(b, [][]string{header})
}

func (table) End(b []byte) []byte { return b }

func (w table) Article(b []byte, a *Article) []byte {
	rows := quotationRows
	if w.names {
		rows = nameRows
	}
	list := rows(a)
	m := a.Metadata
	if m == nil {
		m = new(wire.Metadata)
	}
	for i := range list {
		list[i] = append(list[i], m.Title, m.Author, m.Date, m.Site, m.URL)
		if w.attitudes {
			list[i] = append(list[i], a.Quotations[i].Attitude.String())
		}
		for k, cell := range list[i] {
			list[i][k] = OneLine(cell)
		}
	}
	return w.rows(b, list)
}

func (w table) rows(b []byte, list [][]string) []byte {
	out := bytes.NewBuffer(b)
	c := csv.NewWriter(out)
	c.Comma = w.comma
	if err := c.WriteAll(list); err != nil {
		panic(err) // a buffer takes everything
	}
	return out.Bytes()
}

func quotationRows(a *Article) (list [][]string) {
	text := a.Document.Text
	at, index := newPosition(text), wire.NewIndex(text, wire.Codepoint)
	for i, q := range a.Quotations {
		var parts []string
		for _, p := range q.Parts {
			parts = append(parts, a.Document.TextOf(p))
		}
		start, end := q.Parts[0].Start, q.Parts[len(q.Parts)-1].End
		at.advance(start)
		list = append(list, []string{
			a.ID, strconv.Itoa(i + 1), q.Kind.String(), q.Name, q.Role, a.Document.TextOf(q.Speaker), a.Document.TextOf(q.Cue),
			strings.Join(parts, " … "), strconv.FormatBool(q.Denied), fmt.Sprint(math.Round(1000*q.Confidence) / 1000),
			strconv.Itoa(at.line), strconv.Itoa(at.column), strconv.Itoa(index.Of(start)), strconv.Itoa(index.Of(end)),
		})
	}
	return list
}

func nameRows(a *Article) (list [][]string) {
	index := wire.NewIndex(a.Document.Text, wire.Codepoint)
	places := firstPlaces(a)
	for _, k := range kinds {
		for _, e := range listOf(a, k.kind) {
			first := a.Entities.Mentions[e.Mentions[0]]
			at := places[e.ID]
			list = append(list, []string{
				a.ID, strconv.Itoa(e.ID), e.Kind.String(), e.Name, e.Ref, e.Gender.String(), strings.Join(e.Roles, "; "),
				strconv.Itoa(e.count), strconv.Itoa(len(e.Mentions)), strings.Join(e.forms, "; "),
				strconv.Itoa(at[0]), strconv.Itoa(at[1]), strconv.Itoa(index.Of(first.Start)), strconv.Itoa(index.Of(first.End)),
			})
		}
	}
	return list
}

// firstPlaces returns line and column of the first mention of each entity.
func firstPlaces(a *Article) map[int][2]int {
	places := map[int][2]int{}
	at := newPosition(a.Document.Text)
	for _, m := range a.Entities.Mentions {
		if _, known := places[m.Entity]; !known && m.Entity != 0 {
			at.advance(m.Start)
			places[m.Entity] = [2]int{at.line, at.column}
		}
	}
	return places
}
