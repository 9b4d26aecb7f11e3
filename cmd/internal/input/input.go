// Package input reads articles: text files, one article each, and JSON Lines,
// one article a line.
package input

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// A Format says how a file is read.
type Format string

// The formats. Auto decides by the extension of a file (.txt; .jsonl and
// .ndjson) or, for standard input and other files, by the first byte that is
// no space: JSON Lines begin with {.
const (
	Auto  Format = "auto"
	Text  Format = "text"
	Lines Format = "jsonl"
)

// An Article is a text with its ID: the base name of its file without the
// extension, "stdin", or the field "id" of its line (FILE:LINE where it has none).
type Article struct{ ID, Text string }

// Read calls yield for every article of the file; "-" is standard input. An
// article that cannot be read is yielded as an error that names file and line;
// reading goes on after it where it can. Read stops when yield returns false.
func Read(name string, format Format, stdin io.Reader, yield func(Article, error) bool) {
	if name == "-" {
		read(bufio.NewReaderSize(stdin, 1<<16), "standard input", "stdin", format, yield)
		return
	}
	f, err := os.Open(name)
	if err != nil {
		yield(Article{}, err)
		return
	}
	defer f.Close()
	if format == Auto {
		switch strings.ToLower(filepath.Ext(name)) {
		case ".txt":
			format = Text
		case ".jsonl", ".ndjson":
			format = Lines
		}
	}
	base := filepath.Base(name)
	read(bufio.NewReaderSize(f, 1<<16), name, strings.TrimSuffix(base, filepath.Ext(base)), format, yield)
}

func read(r *bufio.Reader, name, id string, format Format, yield func(Article, error) bool) {
	if b, err := r.Peek(3); err == nil && string(b) == "\ufeff" {
		r.Discard(3)
	}
	if b, err := r.Peek(2); err == nil && (string(b) == "\xff\xfe" || string(b) == "\xfe\xff") {
		yield(Article{}, fmt.Errorf("%s: the file is UTF-16: save it as UTF-8", name))
		return
	}
	if format == Auto {
		format = sniff(r)
	}
	if format == Lines {
		readLines(r, name, yield)
		return
	}
	b, err := io.ReadAll(r)
	if err != nil {
		yield(Article{}, fmt.Errorf("%s: %w", name, err))
		return
	}
	yield(Article{id, string(b)}, nil)
}

func sniff(r *bufio.Reader) Format {
	for n := 1; ; n++ {
		b, err := r.Peek(n)
		if len(b) < n || err != nil {
			return Text
		}
		switch b[n-1] {
		case ' ', '\t', '\r', '\n':
			continue
		case '{':
			return Lines
		}
		return Text
	}
}

func readLines(r *bufio.Reader, name string, yield func(Article, error) bool) {
	for line := 1; ; line++ {
		b, err := r.ReadBytes('\n')
		if b = bytes.TrimSpace(b); len(b) > 0 {
			a, bad := parseLine(b)
			if bad != nil {
				bad = fmt.Errorf("%s:%d: %w", name, line, bad)
			}
			if a.ID == "" {
				a.ID = fmt.Sprintf("%s:%d", name, line)
			}
			if !yield(a, bad) {
				return
			}
		}
		if err != nil {
			if err != io.EOF {
				yield(Article{}, fmt.Errorf("%s:%d: %w", name, line, err))
			}
			return
		}
	}
}

func parseLine(b []byte) (Article, error) {
	var x struct {
		ID   json.RawMessage `json:"id"`
		Text *string         `json:"text"`
	}
	err := json.Unmarshal(b, &x)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field == "text":
		return Article{}, fmt.Errorf(`the "text" is a JSON %s: give it as a string`, wrong.Value)
	case err != nil:
		return Article{}, fmt.Errorf(`not a JSON object (%w): give each article as {"id": …, "text": …} on a line`, err)
	case x.Text == nil:
		return Article{}, errors.New(`the line has no "text": give each article as {"id": …, "text": …}`)
	}
	var id string
	if len(x.ID) > 0 && json.Unmarshal(x.ID, &id) != nil {
		id = string(x.ID)
	}
	return Article{id, *x.Text}, nil
}
