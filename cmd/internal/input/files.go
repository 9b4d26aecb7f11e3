package input

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/whosaid-nlp/whosaid/cmd/internal/stream"
)

// A file is one to be read, and the ID of its article if it is one.
type file struct{ name, id string }

// files yields the files of all names and of the list, in order.
func (s *Source) files(yield func(file, error) bool) {
	for _, name := range s.names {
		if !s.named(name, true, yield) {
			return
		}
	}
	if s.FilesFrom != "" {
		s.listed(yield)
	}
}

// named yields the files of one name.
func (s *Source) named(name string, patterns bool, yield func(file, error) bool) bool {
	if name == "-" {
		return yield(file{"-", "stdin"}, nil)
	}
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return s.folder(name, yield)
	case err == nil || !patterns || !strings.ContainsAny(name, "*?[{"):
		return yield(named(filepath.Dir(name), name), nil) // opening tells what is wrong
	}
	found, err := doublestar.FilepathGlob(name, doublestar.WithFilesOnly(), doublestar.WithNoHidden())
	if err != nil {
		return yield(file{name: name}, fileError(name, errors.New("the pattern is malformed: close its brackets")))
	}
	if found = slices.DeleteFunc(found, s.isOutput); len(found) == 0 {
		return yield(file{name: name}, fileError(name, errors.New("no file matches the pattern")))
	}
	slices.Sort(found)
	base, _ := doublestar.SplitPattern(filepath.ToSlash(name))
	for _, f := range found {
		if !yield(named(filepath.FromSlash(base), f), nil) {
			return false
		}
	}
	return true
}

// named is a file with the ID that it has from a folder.
func named(folder, name string) file {
	id, err := filepath.Rel(folder, name)
	if err != nil {
		id = filepath.Base(name)
	}
	stem, _ := splitName(filepath.ToSlash(id))
	if stem == "" || strings.HasSuffix(stem, "/") { // .txt
		stem = filepath.ToSlash(id)
	}
	return file{name, stem}
}

// folder yields the files below a folder that have an extension of a format (of
// any name where the user says the format), by name. What is hidden is left out.
func (s *Source) folder(folder string, yield func(file, error) bool) bool {
	more, found := true, false
	filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			more = yield(file{name: name}, fileError(name, err))
		case name != folder && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case name != folder && s.isOutput(name):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case entry.IsDir() || !s.wants(name) || !isFile(name, entry):
		default:
			found = true
			more = yield(named(folder, name), nil)
		}
		if !more {
			return fs.SkipAll
		}
		return nil
	})
	if more && !found {
		return yield(file{name: folder}, fileError(folder, errors.New("no file in the folder has a name like *.txt, *.md, *.html, *.jsonl, *.csv, *.tsv or *.warc (or these with .gz, .zst, .bz2): say with --input what its files are")))
	}
	return more
}

// isOutput reports whether a file or folder is one that is written meanwhile.
func (s *Source) isOutput(name string) bool {
	for _, o := range s.Outputs {
		if filepath.Base(o) != filepath.Base(name) {
			continue
		}
		out, err := os.Stat(o)
		if in, e := os.Stat(name); err == nil && e == nil && os.SameFile(in, out) {
			return true
		}
	}
	return false
}

func (s *Source) wants(name string) bool {
	_, extension := splitName(name)
	_, known := extensions[extension]
	return known || s.Format != Auto
}

// isFile reports whether an entry is a file or a link to one.
func isFile(name string, entry fs.DirEntry) bool {
	if entry.Type()&fs.ModeSymlink != 0 {
		info, err := os.Stat(name)
		return err != nil || info.Mode().IsRegular() // opening tells what is wrong
	}
	return entry.Type().IsRegular()
}

// listed yields the files of the list: a name a line, or names that end with a
// zero byte each.
func (s *Source) listed(yield func(file, error) bool) bool {
	name, from := s.FilesFrom, s.Stdin
	if name == "-" {
		name = "standard input"
	} else {
		opened, err := os.Open(name)
		if err != nil {
			return yield(file{name: name}, fileError(name, err))
		}
		defer opened.Close()
		from = opened
	}
	in := stream.New(from)
	end := byte('\n')
	if b, _ := in.Head(maxName, ""); bytes.IndexByte(b, 0) >= 0 {
		end = 0
	}
	for line := 1; ; line++ {
		b, err := in.Until(end, maxName)
		switch {
		case err == io.EOF:
			return true
		case err != nil:
			if !yield(file{name: name}, &Error{Place: Place{File: name, Line: line}, Err: fmt.Errorf("the name of a file is longer than %d bytes or cannot be read (%w)", maxName, err)}) || !passes(err) {
				return false
			}
			continue
		}
		n := string(bytes.TrimSuffix(bytes.TrimSuffix(b, []byte{end}), []byte("\r")))
		if n != "" && !s.listedName(n, name, line, yield) {
			return false
		}
	}
}

func (s *Source) listedName(name, list string, line int, yield func(file, error) bool) bool {
	if name == "-" {
		return yield(file{name: list}, &Error{Place: Place{File: list, Line: line}, Err: errors.New("standard input cannot be in a list of files")})
	}
	return s.named(name, false, yield)
}

// maxName bounds a name in a list of files.
const maxName = 1 << 16
