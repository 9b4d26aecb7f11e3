package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/whosaid-nlp/whosaid/cmd/internal/input"
	"github.com/whosaid-nlp/whosaid/cmd/internal/stream"
)

// failures reports inputs that cannot be read: on standard error and, with
// --errors, as JSON Lines.
type failures struct {
	count  int
	stderr io.Writer
	file   *os.File // nil: not wanted
}

// A failure is a line of the file of --errors. What is zero is not known, or
// does not apply, and is left out.
type failure struct {
	ID     string `json:"id,omitempty"` // of the article
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Record int    `json:"record,omitempty"` // of a web archive, from 1
	Byte   *int64 `json:"byte,omitempty"`   // of the file: where the record, or the compressed member with it, begins
	Reason string `json:"reason"`           // and what to do
}

func newFailure(err error) failure {
	var bad *input.Error
	if !errors.As(err, &bad) {
		return failure{Reason: err.Error()}
	}
	f := failure{ID: bad.ID, File: bad.Place.File, Line: bad.Place.Line, Record: bad.Place.Record.Record, Reason: bad.Err.Error()}
	var damage *stream.Damage
	switch {
	case errors.As(bad.Err, &damage):
		f.Byte = &damage.Byte
	case f.Record > 0 && !bad.Place.Record.After:
		f.Byte = &bad.Place.Record.Byte
	}
	return f
}

// newFailures begins the file of a name; "" is none.
func newFailures(stderr io.Writer, name string) (*failures, error) {
	f := &failures{stderr: stderr}
	if name == "" {
		return f, nil
	}
	file, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("--errors: %w", err)
	}
	f.file = file
	return f, nil
}

func (f *failures) add(reason error) error {
	f.count++
	fmt.Fprintln(f.stderr, "quotes:", reason)
	if f.file == nil {
		return nil
	}
	enc := json.NewEncoder(f.file)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(newFailure(reason)); err != nil {
		return fmt.Errorf("--errors: %w", err)
	}
	return nil
}

func (f *failures) close() error {
	if f.file == nil {
		return nil
	}
	if err := f.file.Close(); err != nil {
		return fmt.Errorf("--errors: %w", err)
	}
	return nil
}
