package gazetteer

import (
	"bufio"
	"errors"
	"fmt"
	"io"
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

var header = [...]string{"name", "kind", "id", "aliases"}

// Load reads a user's list of names: UTF-8 text of tab-separated columns under
// the header line
//
//	name	kind	id	aliases
//
// The kind is person, organization or location. Columns id and aliases may be
// empty or missing; aliases are separated by "|". Empty lines and lines that
// start with # are skipped. Lines may end in CR LF. All entries have class
// [UserDefined]. The error is a [*LoadError] unless r itself fails.
func Load(r io.Reader) (*Gazetteer, error) {
	in := bufio.NewReader(r)
	var b Builder
	ids := map[string]int{}
	seenHeader := false
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
			if !seenHeader {
				if err := checkHeader(line, columns); err != nil {
					return nil, err
				}
				seenHeader = true
			} else if err := addRow(&b, line, columns, ids); err != nil {
				return nil, err
			}
		}
		if last {
			break
		}
	}
	if !seenHeader {
		return nil, &LoadError{1, 0, errors.New("the list is empty"), "start it with the line name<TAB>kind<TAB>id<TAB>aliases"}
	}
	return b.Gazetteer()
}

func checkHeader(line int, columns []string) error {
	for i, want := range header {
		if i >= len(columns) && i >= 2 {
			return nil
		}
		if i >= len(columns) || columns[i] != want {
			got := ""
			if i < len(columns) {
				got = columns[i]
			}
			return &LoadError{line, i + 1, fmt.Errorf("the header says %.40q instead of %q", got, want),
				"start the list with the line name<TAB>kind<TAB>id<TAB>aliases"}
		}
	}
	if len(columns) > len(header) {
		return &LoadError{line, len(header) + 1, fmt.Errorf("unknown column %.40q", columns[len(header)]), "remove it"}
	}
	return nil
}

func addRow(b *Builder, line int, columns []string, ids map[string]int) error {
	if len(columns) > len(header) {
		return &LoadError{line, len(header) + 1, errors.New("more than four columns"), "separate aliases by | and remove other tabs"}
	}
	if len(columns) < 2 {
		return &LoadError{line, 2, errors.New("the kind is missing"), "write person, organization or location behind a tab"}
	}
	e := Entry{Name: columns[0]}
	switch columns[1] {
	case "person":
		e.Kind, e.Class = Person, UserDefined|PersonName
	case "organization":
		e.Kind, e.Class = Organization, UserDefined|Body
	case "location":
		e.Kind, e.Class = Location, UserDefined|Region
	default:
		return &LoadError{line, 2, fmt.Errorf("unknown kind %.40q", columns[1]), "write person, organization or location"}
	}
	if e.Name == "" {
		return &LoadError{line, 1, errors.New("the name is missing"), "write one or remove the line"}
	}
	if len(columns) > 2 && columns[2] != "" {
		e.ID = columns[2]
		if first, ok := ids[e.ID]; ok {
			return &LoadError{line, 3, fmt.Errorf("the ID %.40q is that of line %d", e.ID, first), "join the lines by aliases, or use another ID"}
		}
		ids[e.ID] = line
	}
	var aliases []string
	if len(columns) > 3 {
		for _, a := range strings.Split(columns[3], "|") {
			if a = strings.TrimSpace(a); a != "" {
				if _, err := b.hashes(a); err != nil {
					return &LoadError{line, 4, err, "remove or shorten it"}
				}
				aliases = append(aliases, a)
			}
		}
	}
	if err := b.Add(e, 0, aliases...); err != nil {
		return &LoadError{line, 1, err, "shorten it or remove the line"}
	}
	return nil
}
