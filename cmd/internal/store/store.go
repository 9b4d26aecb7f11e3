// Package store keeps what was written of articles: in a stream, in one file, or
// in a folder with a file an article. A file appears under its name only when
// it is whole; what an earlier run finished is found again and not done twice.
package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/whosaid-nlp/whosaid/cmd/internal/write"
)

// A Key names an article of the input: its ID and the hash of its text.
type Key struct {
	ID     string
	Text   [32]byte // SHA-256
	Source string   // the file that it was read from, which a folder does not overwrite; "": none
}

// A Ticket is an article's place in a store.
type Ticket struct {
	key  Key
	file string // in a folder, without the extension
}

// An Output is what was written of one article.
type Output struct {
	Body    []byte // by Writer.Article; empty: nothing of it is wanted
	Sidecar []byte // by Sidecar.Sidecar; nil: the format has none
}

// A Store takes what is written, in the order of the input. One goroutine may
// call Done while another one calls Put, for articles before.
type Store interface {
	// Done reports whether an earlier run finished the article. It is called
	// once for each article that can be read, in the order of the input.
	Done(Key) (Ticket, bool, error)
	// Put takes an article of which Done has reported false.
	Put(Ticket, Output) error
	// Flush hands on what has been put so far, if somebody waits for it.
	Flush() error
	// Close ends the output. It is whole, or (after an interruption) holds what
	// was put; with Options.Resume the latter stays apart until it is whole.
	// failed is the number of inputs that could not be read. Done and Put have
	// returned and are not called again.
	Close(whole bool, failed int) error
}

// Options are how a store works.
type Options struct {
	Format   write.Format
	Writer   write.Writer
	Resume   bool   // keep a journal, go on where it ends and leave a mark when done
	Settings string // what the output depends on besides the input
	Part     string // of a sharded run, for the names of journal and mark: "1-of-4"
}

// ErrUsage is behind errors that another name or other flags mend.
var ErrUsage = errors.New("usage")

// A usageError is an ErrUsage.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

func (usageError) Is(target error) bool { return target == ErrUsage }

// Open opens the store for an output: "" or "-" is stdout, a name that ends with
// a separator or is a folder is a folder, others are files.
func Open(name string, stdout io.Writer, o Options) (Store, error) {
	if name == "" || name == "-" {
		switch {
		case o.Format.Folder:
			return nil, usagef("the format %s is several files an article: name a folder with --output", o.Format.Name)
		case o.Resume:
			return nil, usagef("what went to standard output cannot be resumed: name a file or folder with --output")
		}
		return newStream(stdout, nil, o), nil
	}
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir(), err != nil && o.Format.Folder, os.IsPathSeparator(name[len(name)-1]):
		return openFolder(filepath.Clean(name), o)
	case o.Format.Folder:
		return nil, usagef("%s: the format %s needs a folder, and this is a file", name, o.Format.Name)
	case err == nil && !info.Mode().IsRegular():
		out, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return nil, err
		}
		return newStream(out, out, o), nil
	}
	return openFile(name, o)
}

func usagef(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }
