package input

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/cmd/internal/charset"
	"github.com/whosaid-nlp/whosaid/cmd/internal/stream"
)

// lines reads JSON Lines.
func (r *reader) lines(in *stream.Stream) bool {
	for line := 1; ; line++ {
		p := Place{File: r.file, Line: line}
		b, err := in.Line(r.MaxBytes)
		switch {
		case err == io.EOF:
			return true
		case err != nil:
			if !r.fail(p, r.explain(err)) {
				return false
			}
			if !passes(err) {
				return true
			}
			continue
		}
		if b = bytes.TrimSpace(b); len(b) == 0 {
			continue
		}
		a, err := r.parseLine(b)
		if !r.deliver(p, a, err) {
			return false
		}
	}
}

// deliver yields the article of a place, or what is wrong with it; false ends
// the reading.
func (r *reader) deliver(p Place, a Article, err error) bool {
	if err != nil {
		return r.fail(p, err)
	}
	a.Place = p
	if a.ID == "" {
		a.ID = p.String()
	}
	return r.yield(record{Article: a})
}

// passes reports whether reading can go on after an error.
func passes(err error) bool {
	var damage *stream.Damage
	return err == stream.ErrLong || errors.As(err, &damage)
}

func (r *reader) parseLine(b []byte) (Article, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(charset.Decode(b, "")), &object); err != nil || object == nil {
		if err == nil {
			err = errors.New("null")
		}
		return Article{}, fmt.Errorf(`not a JSON object (%w): give each article as {"id": …, "text": …} on a line`, err)
	}
	var a Article
	var texts []string
	for _, path := range r.TextFields {
		value, found := lookup(object, path)
		if !found {
			continue
		}
		text, err := textOf(value, path)
		if err != nil {
			return Article{}, err
		}
		if text != "" || len(r.TextFields) == 1 {
			texts = append(texts, text)
		}
	}
	if texts == nil {
		return Article{}, fmt.Errorf(`the line has no %s: give each article as {"id": …, "text": …}, or name its field with --text-field (the line has %s)`,
			quoteAll(r.TextFields), quoteAll(slices.Sorted(maps.Keys(object))))
	}
	a.Text = strings.Join(texts, "\n\n")
	if value, found := lookup(object, r.IDField); found {
		a.ID = scalar(value)
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if !slices.Contains(r.TextFields, key) || len(r.TextFields) > 1 {
			a.Set(key, scalar(object[key]))
		}
	}
	return a, nil
}

// quoteAll names fields; of many it names the first ones.
func quoteAll(names []string) string {
	var b strings.Builder
	for i, n := range names {
		if i == 20 {
			return b.String() + ", …"
		}
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%.60q", n)
	}
	if b.Len() == 0 {
		return "no fields"
	}
	return b.String()
}

// lookup finds a field by its name or by a path of names with dots.
func lookup(object map[string]json.RawMessage, path string) (json.RawMessage, bool) {
	if value, found := object[path]; found {
		return value, string(value) != "null"
	}
	for i := range path {
		if path[i] != '.' {
			continue
		}
		var inner map[string]json.RawMessage
		if value, found := object[path[:i]]; found && json.Unmarshal(value, &inner) == nil {
			if value, found := lookup(inner, path[i+1:]); found {
				return value, true
			}
		}
	}
	return nil, false
}

// textOf is a string, or a list of strings, which are paragraphs.
func textOf(value json.RawMessage, path string) (string, error) {
	var text string
	err := json.Unmarshal(value, &text)
	if err == nil {
		return text, nil
	}
	var list []string
	if json.Unmarshal(value, &list) == nil {
		return strings.Join(list, "\n\n"), nil
	}
	kind := "value"
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		kind = wrong.Value
	}
	return "", fmt.Errorf("the %q is a JSON %s: give it as a string", path, kind)
}

// scalar is a string as it reads, a number or true and false as they are
// written, else "".
func scalar(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return text
	}
	switch {
	case len(value) == 0 || value[0] == '{' || value[0] == '[' || string(value) == "null":
		return ""
	}
	return string(value)
}
