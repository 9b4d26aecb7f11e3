package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// failures reports inputs that cannot be read: on standard error and, with
// --errors, as JSON Lines.
type failures struct {
	count  int
	stderr io.Writer
	file   *os.File // nil: not wanted
}

// A failure is a line of the file of --errors.
type failure struct {
	Error string `json:"error"` // with file and line, and what to do
}

func newFailures(stderr io.Writer, name string) (*failures, error) {
	f := &failures{stderr: stderr}
	if name == "" {
		return f, nil
	}
	file, err := os.Create(name)
	if err != nil {
		return nil, err
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
	return enc.Encode(failure{reason.Error()})
}

func (f *failures) close() error {
	if f.file == nil {
		return nil
	}
	return errors.Join(f.file.Sync(), f.file.Close())
}
