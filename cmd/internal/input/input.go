// Package input reads articles from the files that people have: text, Markdown,
// web pages, JSON Lines, tables and web archives, each plain or compressed, in
// any character set, alone, in folders, by patterns or by lists.
//
// It reads as a stream: memory is bounded by the longest article, times the
// number of those that are taken out of web pages at the same time. What cannot
// be read costs one article and is an error that says where and what to do.
package input

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync/atomic"

	"github.com/whosaid-nlp/whosaid/cmd/internal/charset"
	"github.com/whosaid-nlp/whosaid/cmd/internal/page"
	"github.com/whosaid-nlp/whosaid/cmd/internal/warc"
)

// A Format says how a file is read.
type Format string

// The formats. Auto decides by what stands in a file, and where that does not
// tell by its name; what remains is Text.
const (
	Auto     Format = "auto"
	Text     Format = "text"     // one article
	Markdown Format = "markdown" // one article
	HTML     Format = "html"     // one article, taken out of a web page
	Lines    Format = "jsonl"    // JSON Lines: an object an article
	CSV      Format = "csv"      // a row an article, names of columns in the first row
	TSV      Format = "tsv"      // the same with tabs
	WARC     Format = "warc"     // web archive: the pages that were fetched with status 200
)

// Formats are all of them.
var Formats = []Format{Auto, Text, Markdown, HTML, Lines, CSV, TSV, WARC}

// An Article is a text with what is known about it.
type Article struct {
	// ID is the name of the file without its extension (in folders with the path
	// from there), "stdin", the field or column "id" (FILE:LINE where there is
	// none), or the ID of a web archive's record.
	ID string
	// Text is UTF-8, or what it was where that could not be told. Offsets count
	// in it. Of web pages and Markdown it is what was taken out.
	Text string
	page.Metadata
	Place Place
}

// A Place is where an article stands, for messages.
type Place struct {
	File   string     // as it was named; "standard input"
	Line   int        // where the article begins, from 1; 0: the whole file or a record
	Record warc.Place // of a web archive; zero: none
}

func (p Place) String() string {
	switch {
	case p.Line > 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	case p.Record.Record > 0:
		return p.File + ": " + p.Record.String()
	}
	return p.File
}

// An Error says why an article, or a file, cannot be read.
type Error struct {
	ID    string // of the article; "": not known
	Place Place
	Err   error // the reason, and what to do
}

func (e *Error) Error() string { return e.Place.String() + ": " + e.Err.Error() }

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }

// fileError is the error for a file that cannot be opened or read. What the
// system says names the file once more, which is left out.
func fileError(name string, err error) error {
	return &Error{Place: Place{File: name}, Err: reason(err)}
}

func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// DefaultMaxBytes is the limit on the size of an article where none is set.
const DefaultMaxBytes = 64_000_000

// Options say how to read. Zero values have a meaning each.
type Options struct {
	Format     Format    // "": Auto
	Encoding   string    // character set of all files; "": by mark, declaration or detection
	TextFields []string  // fields or columns that make the text, joined by blank lines; none: "text"
	IDField    string    // "": "id"
	MaxBytes   int64     // of the unpacked bytes of an article; 0: DefaultMaxBytes
	Workers    int       // pages that are taken out at the same time; 0: 1
	FilesFrom  string    // a file with names of files, "-": standard input; "": none
	Stdin      io.Reader // nil: empty
	Outputs    []string  // files and folders that are written meanwhile: left out in folders and patterns
}

// A Source is articles to read. It can be read once.
type Source struct {
	Options
	names []string
	read  atomic.Int64
}

// Read is how many bytes of the files, as they are packed, have been read so far.
// It may be called while articles are read.
func (s *Source) Read() int64 { return s.read.Load() }

// Size is how many bytes the files have together; 0 where that cannot be known
// before they are read. It is not called while articles are read.
func (s *Source) Size() (total int64) {
	if info, err := os.Stat(s.FilesFrom); s.FilesFrom != "" && (err != nil || !info.Mode().IsRegular()) {
		return 0 // a list that comes once
	}
	known := true
	s.files(func(f file, err error) bool {
		if err != nil {
			return true
		}
		info, err := os.Stat(f.name)
		if f.name == "-" {
			stdin, isFile := s.Stdin.(*os.File)
			if known = isFile; isFile {
				info, err = stdin.Stat()
			}
		}
		if known && err == nil {
			known = info.Mode().IsRegular()
			total += info.Size()
		}
		return known
	})
	if !known {
		return 0
	}
	return total
}

// A counter counts what is read.
type counter struct {
	io.Reader
	read *atomic.Int64
}

func (c counter) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.read.Add(int64(n))
	return n, err
}

// New checks the options and returns the articles of files. Names are those of
// files, folders or patterns (*, ?, [a-z], {a,b}, ** for any folders); "-" is
// standard input. Errors are those of the user's wording; files are opened when
// their turn comes.
func New(names []string, o Options) (*Source, error) {
	if o.Format == "" {
		o.Format = Auto
	}
	known := false
	var list []string
	for _, f := range Formats {
		known = known || f == o.Format
		list = append(list, string(f))
	}
	if !known {
		return nil, fmt.Errorf("unknown input %q: use %s or %s", o.Format, strings.Join(list[:len(list)-1], ", "), list[len(list)-1])
	}
	if err := charset.Check(o.Encoding); err != nil {
		return nil, err
	}
	if o.MaxBytes < 0 {
		return nil, fmt.Errorf("the limit on bytes must be more than 0, not %d", o.MaxBytes)
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	if len(o.TextFields) == 0 {
		o.TextFields = []string{"text"}
	}
	if o.IDField == "" {
		o.IDField = "id"
	}
	if o.Stdin == nil {
		o.Stdin = strings.NewReader("")
	}
	stdin := 0
	if o.FilesFrom == "-" {
		stdin++
	}
	for _, name := range names {
		if name == "-" {
			stdin++
		}
	}
	if stdin > 1 {
		return nil, fmt.Errorf("standard input can be read once only: give - once, as a file or for the list of files")
	}
	return &Source{Options: o, names: names}, nil
}
