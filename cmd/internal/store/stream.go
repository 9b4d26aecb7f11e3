package store

import (
	"bufio"
	"io"

	"github.com/whosaid-nlp/whosaid/cmd/internal/write"
)

// A stream is standard output, or what else is no file: a pipe, a device.
type stream struct {
	out    *bufio.Writer
	closer io.Closer // nil: it is not ours
	joiner joiner
}

func newStream(out io.Writer, closer io.Closer, o Options) *stream {
	return &stream{bufio.NewWriterSize(out, 1<<16), closer, joiner{format: o.Format, writer: o.Writer}}
}

func (s *stream) Done(k Key) (Ticket, bool, error) { return Ticket{key: k}, false, nil }

func (s *stream) Put(_ Ticket, o Output) error {
	_, err := s.out.Write(s.joiner.next(o.Body))
	return err
}

func (s *stream) Flush() error { return s.out.Flush() }

func (s *stream) Close(bool, int) error {
	if _, err := s.out.Write(s.joiner.end()); err != nil {
		return err
	}
	if err := s.out.Flush(); err != nil || s.closer == nil {
		return err
	}
	return s.closer.Close()
}

// A joiner makes one file of what was written of articles.
type joiner struct {
	format write.Format
	writer write.Writer
	begun  bool
	comma  bool // something stands before
}

// next returns body with what stands before it in the file.
func (j *joiner) next(body []byte) []byte {
	var b []byte
	if !j.begun {
		b = j.writer.Begin(nil)
		j.begun = true
	}
	if len(body) > 0 && j.comma {
		b = append(b, j.format.Comma...)
	}
	j.comma = j.comma || len(body) > 0
	return append(b, body...)
}

// resume says that a piece of so many bytes was written in an earlier run.
func (j *joiner) resume(size int) {
	if !j.begun {
		size -= len(j.writer.Begin(nil))
		j.begun = true
	}
	j.comma = j.comma || size > 0
}

// end returns what ends the file.
func (j *joiner) end() []byte {
	var b []byte
	if !j.begun {
		b = j.writer.Begin(nil)
	}
	return j.writer.End(b)
}
