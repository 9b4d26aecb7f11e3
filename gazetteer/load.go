package gazetteer

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// A LoadError is what is wrong with a user's list and where.
type LoadError struct {
	Line   int    // from 1; lines of comments and empty lines count
	Column int    // number of the tab-separated column, from 1; 0 means the line
	Err    error  // what is wrong
	Advice string // what to do about it
}

// Error returns `line 3, column 2: …; …`.
func (e *LoadError) Error() string {
	s := fmt.Sprintf("gazetteer: line %d", e.Line)
	if e.Column > 0 {
		s += fmt.Sprintf(", column %d", e.Column)
	}
	s += ": " + e.Err.Error()
	if e.Advice != "" {
		s += "; " + e.Advice
	}
	return s
}

// Unwrap returns what is wrong.
func (e *LoadError) Unwrap() error { return e.Err }

// Load reads a user's list of names: UTF-8 text of tab-separated columns under
// a header line that names them, in any order:
//
//	name	kind	id	aliases
//
// The kind is person, organization or location. Columns id and aliases may be
// empty or missing; aliases are separated by "|". Lines of the same name, kind and
// ID (or none) are one entry, so that a list may as well have a line for each alias,
// under a header with "alias". Empty lines and lines that start with # are skipped.
// Lines may end in CR LF. All entries have class [UserDefined]. The error is a
// [*LoadError] unless r itself fails.
func Load(r io.Reader) (*Gazetteer, error) {
	in := bufio.NewReader(r)
	l := list{ids: map[string]int{}, byName: map[nameAndKind][]int{}}
	for line := 1; ; line++ {
		text, err := in.ReadString('\n')
		if err != nil && err != io.EOF {
			return nil, fmt.Errorf("gazetteer: line %d: %w", line, err)
		}
		last := err == io.EOF
		if line == 1 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		text = strings.TrimRight(text, "\r\n")
		if !utf8.ValidString(text) {
			return nil, &LoadError{line, 0, errors.New("not UTF-8"), "save the list as UTF-8"}
		}
		if strings.TrimSpace(text) != "" && !strings.HasPrefix(text, "#") {
			columns := strings.Split(text, "\t")
			for i := range columns {
				columns[i] = strings.TrimSpace(columns[i])
			}
			read := l.row
			if l.columns == nil {
				read = l.header
			}
			if err := read(line, columns); err != nil {
				return nil, err
			}
		}
		if last {
			break
		}
	}
	if l.columns == nil {
		return nil, &LoadError{1, 0, errors.New("the list is empty"), headerAdvice}
	}
	return l.gazetteer()
}

const headerAdvice = "start the list with the line name<TAB>kind<TAB>id<TAB>aliases"

// A list is a user's list while it is read.
type list struct {
	columns []string // by header
	rows    []row
	ids     map[string]int // ID → index into rows
	byName  map[nameAndKind][]int
	b       Builder
}

type nameAndKind struct{ name, kind string }

// A row is an entry with the line that it begins at.
type row struct {
	Entry
	line    int
	aliases []string
}

func (l *list) header(line int, columns []string) error {
	for i, c := range columns {
		if c == "alias" {
			columns[i] = "aliases"
		}
		switch columns[i] {
		case "name", "kind", "id", "aliases":
			if slices.Contains(columns[:i], columns[i]) {
				return &LoadError{line, i + 1, fmt.Errorf("the column %q is there twice", c), "remove one"}
			}
		default:
			if !slices.Contains(columns[:i], "name") {
				return &LoadError{line, i + 1, fmt.Errorf("the header says %.40q", c), headerAdvice}
			}
			return &LoadError{line, i + 1, fmt.Errorf("unknown column %.40q", c), "name columns name, kind, id and aliases"}
		}
	}
	for _, c := range [...]string{"name", "kind"} {
		if !slices.Contains(columns, c) {
			return &LoadError{line, len(columns) + 1, fmt.Errorf("the header has no column %q", c), headerAdvice}
		}
	}
	l.columns = columns
	return nil
}

// cell returns what stands in a column of a row, and the number of the column from 1.
func (l *list) cell(columns []string, name string) (text string, number int) {
	i := slices.Index(l.columns, name)
	if i < 0 || i >= len(columns) {
		return "", i + 1
	}
	return columns[i], i + 1
}

func (l *list) row(line int, columns []string) error {
	if len(columns) > len(l.columns) {
		return &LoadError{line, len(l.columns) + 1, fmt.Errorf("more than the %d columns of the header", len(l.columns)), "separate aliases by | and remove other tabs"}
	}
	e := Entry{}
	var at int
	if e.Name, at = l.cell(columns, "name"); e.Name == "" {
		return &LoadError{line, at, errors.New("the name is missing"), "write one or remove the line"}
	}
	if _, err := l.b.hashes(e.Name); err != nil || len(e.Name) > 255 {
		if err == nil {
			err = errors.New("the name is longer than 255 bytes")
		}
		return &LoadError{line, at, err, "shorten it or remove the line"}
	}
	kind, at := l.cell(columns, "kind")
	switch kind {
	case "person":
		e.Kind, e.Class = Person, UserDefined|PersonName
	case "organization":
		e.Kind, e.Class = Organization, UserDefined|Body
	case "location":
		e.Kind, e.Class = Location, UserDefined|Region
	case "":
		return &LoadError{line, at, errors.New("the kind is missing"), "write person, organization or location"}
	default:
		return &LoadError{line, at, fmt.Errorf("unknown kind %.40q", kind), "write person, organization or location"}
	}
	e.ID, at = l.cell(columns, "id")
	n, err := l.entry(line, at, e, kind)
	if err != nil {
		return err
	}
	all, at := l.cell(columns, "aliases")
	for a := range strings.SplitSeq(all, "|") {
		if a = strings.TrimSpace(a); a != "" {
			if _, err := l.b.hashes(a); err != nil {
				return &LoadError{line, at, err, "remove or shorten it"}
			}
			l.rows[n].aliases = append(l.rows[n].aliases, a)
		}
	}
	return nil
}

// entry returns the index of the row that e belongs to: an earlier one of its name,
// kind and ID, or a new one.
func (l *list) entry(line, column int, e Entry, kind string) (int, error) {
	key := nameAndKind{e.Name, kind}
	for _, n := range l.byName[key] {
		if x := &l.rows[n]; x.ID == e.ID || x.ID == "" || e.ID == "" {
			if x.ID == "" && e.ID != "" {
				if first, ok := l.ids[e.ID]; ok {
					return 0, l.sameID(line, column, e.ID, first)
				}
				x.ID = e.ID
				l.ids[e.ID] = n
			}
			return n, nil
		}
	}
	if e.ID != "" {
		if first, ok := l.ids[e.ID]; ok {
			return 0, l.sameID(line, column, e.ID, first)
		}
		l.ids[e.ID] = len(l.rows)
	}
	l.byName[key] = append(l.byName[key], len(l.rows))
	l.rows = append(l.rows, row{Entry: e, line: line})
	return len(l.rows) - 1, nil
}

func (l *list) sameID(line, column int, id string, first int) error {
	return &LoadError{line, column, fmt.Errorf("the ID %.40q is that of line %d, which has another name", id, l.rows[first].line), "write one name and give the other as its alias, or use another ID"}
}

func (l *list) gazetteer() (*Gazetteer, error) {
	for _, x := range l.rows {
		if err := l.b.Add(x.Entry, 0, x.aliases...); err != nil {
			return nil, &LoadError{x.line, 1, err, "shorten it or remove the line"}
		}
	}
	return l.b.Gazetteer()
}
