package input

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/cmd/internal/charset"
	"github.com/whosaid-nlp/whosaid/cmd/internal/stream"
)

// table reads a table of which each row is an article. The first row names the
// columns.
func (r *reader) table(in *stream.Stream, format Format) bool {
	t := tableReader{in: in, limit: r.MaxBytes, format: format, line: 1}
	if format == TSV {
		t.delimiter = '\t'
	} else {
		b, _ := in.Head(64<<10, "")
		t.delimiter, b = delimiterOf(b, r.TextFields[0])
		if b != nil {
			in.Line(r.MaxBytes)
			t.line++
		}
	}
	var columns []string
	var texts []int
	id := -1
	for {
		row, line, err := t.next()
		p := Place{File: r.file, Line: line}
		switch {
		case err == io.EOF:
			return true
		case err != nil:
			if !r.fail(p, r.explain(err)) {
				return false
			}
			if columns == nil || !passes(err) && !errors.Is(err, errRow) {
				return true
			}
			continue
		case columns == nil:
			columns = row
			if texts, id, err = r.columns(row); err != nil {
				return r.fail(p, err)
			}
			continue
		}
		a, err := r.row(row, columns, texts, id)
		if !r.deliver(p, a, err) {
			return false
		}
	}
}

// columns finds the columns of text and ID; id is -1 where there is none.
func (r *reader) columns(names []string) (texts []int, id int, err error) {
	for i, n := range names {
		names[i] = strings.TrimSpace(charset.Decode([]byte(n), ""))
	}
	for _, f := range r.TextFields {
		i := slices.Index(names, f)
		if i < 0 {
			return nil, 0, fmt.Errorf("no column %q: the first row names the columns, here %s; choose with --text-field", f, quoteAll(names))
		}
		texts = append(texts, i)
	}
	id = slices.Index(names, r.IDField)
	if id < 0 && r.IDField != "id" {
		return nil, 0, fmt.Errorf("no column %q: the first row names the columns, here %s; choose with --id-field", r.IDField, quoteAll(names))
	}
	return texts, id, nil
}

func (r *reader) row(row, columns []string, texts []int, id int) (a Article, err error) {
	for i := range row {
		row[i] = charset.Decode([]byte(row[i]), "")
	}
	var parts []string
	for _, i := range texts {
		if i >= len(row) {
			return a, fmt.Errorf("the row has %d of %d columns, none for %q: fill up the row (an empty text is fine)", len(row), len(columns), columns[i])
		}
		if row[i] != "" || len(texts) == 1 {
			parts = append(parts, row[i])
		}
	}
	a.Text = strings.Join(parts, "\n\n")
	for i := range min(len(row), len(columns)) {
		if i == id {
			a.ID = row[i]
		}
		if len(texts) > 1 || i != texts[0] {
			a.Set(columns[i], row[i])
		}
	}
	return a, nil
}

// delimiterOf tells by the first line of a table what stands between columns: of
// , ; and tab the most frequent one that makes a column of the wanted name, or of
// any. Excel may say so in a line "sep=;", which is returned then.
func delimiterOf(head []byte, column string) (delimiter byte, said []byte) {
	first, _, _ := bytes.Cut(head, []byte("\n"))
	first = bytes.TrimSuffix(first, []byte("\r"))
	if d, found := bytes.CutPrefix(first, []byte("sep=")); found && len(d) == 1 {
		return d[0], first
	}
	delimiter = ','
	best := 0
	for _, d := range []byte(",;\t") {
		var p rowParser
		p.parse(first, d)
		n := len(p.row)
		for _, name := range p.row {
			if strings.TrimSpace(name) == column {
				n += 1 << 20
			}
		}
		if n > best {
			delimiter, best = d, n
		}
	}
	return delimiter, nil
}

// A tableReader splits a table into rows (RFC 4180). Unlike encoding/csv it has
// a limit on the length of a row, and a row with a wrong quotation mark costs
// its first line alone; in TSV, which many write without quoting, such a row is
// read as it stands.
type tableReader struct {
	in        *stream.Stream
	limit     int64
	format    Format
	delimiter byte
	line      int // of the next row
}

var errRow = errors.New("row")

type rowError string

func (e rowError) Error() string        { return string(e) }
func (e rowError) Is(target error) bool { return target == errRow }

const (
	rowQuote    rowError = `a quoted field goes on after its closing mark: write a mark inside it twice ("")`
	rowUnclosed rowError = `a quoted field is not closed: close it, and write a mark inside it twice ("")`
)

// next returns the fields of the next row that is not blank, and its line.
func (t *tableReader) next() (row []string, line int, err error) {
	for {
		line = t.line
		first, err := t.in.Line(t.limit)
		if err != nil {
			t.line++
			return nil, line, err
		}
		t.line++
		if len(bytes.TrimRight(first, "\r\n")) == 0 {
			continue
		}
		row, err = t.row(first)
		if err != nil && t.format == TSV && errors.Is(err, errRow) {
			return strings.Split(strings.TrimRight(string(first), "\r\n"), "\t"), line, nil
		}
		return row, line, err
	}
}

// row parses the row that begins with a line, reading further lines of it. If
// it is wrong they are put back.
func (t *tableReader) row(first []byte) ([]string, error) {
	var p rowParser
	var more []byte
	done, err := p.parse(first, t.delimiter)
	for !done && err == nil {
		var l []byte
		l, err = t.in.Line(t.limit)
		if err == io.EOF || err == stream.ErrLong {
			err = rowUnclosed
		}
		if err != nil {
			break
		}
		more = append(more, l...)
		if int64(len(first)+len(more)) > t.limit {
			err = rowUnclosed
			break
		}
		done, err = p.parse(l, t.delimiter)
	}
	if err != nil {
		t.in.Unread(more)
		return nil, err
	}
	t.line += bytes.Count(more, []byte("\n"))
	if done && len(more) > 0 && more[len(more)-1] != '\n' {
		t.line++
	}
	return p.row, nil
}

// A rowParser makes fields of the lines of a row.
type rowParser struct {
	row   []string
	field []byte
	state fieldState
}

type fieldState int

const (
	fieldStart fieldState = iota
	fieldBare
	fieldQuoted
	fieldClosed // behind the mark that may close it
)

// parse reads a line with its end and reports whether the row ends with it.
func (p *rowParser) parse(line []byte, delimiter byte) (done bool, err error) {
	content := bytes.TrimSuffix(line, []byte("\n"))
	if len(content) < len(line) {
		content = bytes.TrimSuffix(content, []byte("\r"))
	}
	for _, c := range content {
		switch {
		case p.state == fieldQuoted && c == '"':
			p.state = fieldClosed
		case p.state == fieldQuoted:
			p.field = append(p.field, c)
		case c == delimiter:
			p.end()
		case p.state == fieldClosed && c == '"':
			p.field = append(p.field, c)
			p.state = fieldQuoted
		case p.state == fieldClosed:
			return false, rowQuote
		case p.state == fieldStart && c == '"':
			p.state = fieldQuoted
		default:
			p.field = append(p.field, c)
			p.state = fieldBare
		}
	}
	if p.state == fieldQuoted {
		p.field = append(p.field, line[len(content):]...)
		return false, nil
	}
	p.end()
	return true, nil
}

func (p *rowParser) end() {
	p.row = append(p.row, string(p.field))
	p.field = p.field[:0]
	p.state = fieldStart
}
