package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/whosaid-nlp/whosaid/cmd/internal/input"
	"github.com/whosaid-nlp/whosaid/cmd/internal/page"
)

// A textOut writes the texts that offsets count in, of every article that the
// run has read (with --shard: of its part; with --resume: those done earlier,
// too). It appears under its name when it is whole. nil writes nothing.
type textOut struct {
	name string // "": out is no file that can be renamed
	out  *os.File
	buf  *bufio.Writer
	enc  *json.Encoder
}

// newTextOut begins the file of a name; "" is none.
func newTextOut(name string) (*textOut, error) {
	if name == "" {
		return nil, nil
	}
	t := &textOut{name: name}
	place, flags := name+".part", os.O_WRONLY|os.O_CREATE|os.O_TRUNC
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		t.name, place, flags = "", name, os.O_WRONLY // a device or pipe
	}
	var err error
	if t.out, err = os.OpenFile(place, flags, 0o666); err != nil {
		return nil, textOutError(err)
	}
	t.buf = bufio.NewWriterSize(t.out, 1<<16)
	t.enc = json.NewEncoder(t.buf)
	t.enc.SetEscapeHTML(false)
	return t, nil
}

// A textLine is an article in --text-out, which quotes reads again.
type textLine struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	page.Metadata
}

// add writes an article.
func (t *textOut) add(a input.Article) error {
	if t == nil {
		return nil
	}
	return textOutError(t.enc.Encode(textLine{a.ID, a.Text, a.Metadata}))
}

// close gives the file its name if it is to be kept, else takes it away.
func (t *textOut) close(keep bool) error {
	if t == nil {
		return nil
	}
	err := errors.Join(t.buf.Flush(), t.out.Close())
	switch {
	case t.name == "":
	case err != nil || !keep:
		os.Remove(t.out.Name())
	default:
		err = os.Rename(t.out.Name(), t.name)
	}
	return textOutError(err)
}

func textOutError(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("--text-out: %w", err)
}
