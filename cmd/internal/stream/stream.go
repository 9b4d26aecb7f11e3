// Package stream reads long inputs piece by piece: with look-ahead and a way
// back, with limits on the length of a line, through compression, and on behind
// damage. Memory is bounded by what the caller looks ahead.
package stream

import (
	"bytes"
	"errors"
	"io"
)

// A Stream is an input with look-ahead. It is not safe for concurrent use.
//
// Where a part of a compressed input is damaged, methods return a *Damage once;
// reading goes on behind it.
type Stream struct {
	r      io.Reader
	buf    []byte // what was read and not yet taken is buf[at:]
	at     int
	offset int64 // of buf[at] in the unpacked input
	err    error // met behind buf
	parts  []part
	packed *members // nil: not compressed
}

// A part is where a compressed member begins, in the unpacked and the packed input.
type part struct{ offset, file int64 }

// ErrLong is the error for a line or record that is longer than the limit. All
// of it was skipped.
var ErrLong = errors.New("longer than the limit")

// New returns a stream over r, unpacked if its first bytes are those of gzip,
// zstd or bzip2.
func New(r io.Reader) *Stream {
	raw := newRaw(r)
	if c := compressionOf(raw.peek(10)); c != nil {
		m := &members{raw: raw, compression: c}
		return &Stream{r: m, packed: m}
	}
	return &Stream{r: raw}
}

// Offset is the place of the next byte in the unpacked input.
func (s *Stream) Offset() int64 { return s.offset }

// Place is the byte of the file at which the next byte stands; where the file is
// packed, at which the compressed member of the next byte begins.
func (s *Stream) Place() (offset int64, packed bool) {
	if s.packed == nil {
		return s.offset, false
	}
	return s.Member(), true
}

// MemberStart reports whether the next byte is the first one of a compressed member.
func (s *Stream) MemberStart() bool {
	s.Member()
	return len(s.parts) > 0 && s.parts[0].offset == s.offset
}

// Member is the byte of the file at which the compressed member of the next byte
// begins; 0 where the file is not compressed.
func (s *Stream) Member() int64 {
	for len(s.parts) > 1 && s.parts[1].offset <= s.offset {
		s.parts = s.parts[1:]
	}
	if len(s.parts) == 0 {
		return 0
	}
	return s.parts[0].file
}

// fill reads more and reports whether there was more.
func (s *Stream) fill() bool {
	if s.err != nil {
		return false
	}
	if s.at > 0 && (len(s.buf) == cap(s.buf) || s.at == len(s.buf)) {
		s.buf = s.buf[:copy(s.buf, s.buf[s.at:])]
		s.at = 0
	}
	if len(s.buf) == cap(s.buf) {
		grown := make([]byte, len(s.buf), max(1<<16, 2*cap(s.buf)))
		copy(grown, s.buf)
		s.buf = grown
	}
	for range 100 {
		n, err := s.r.Read(s.buf[len(s.buf):cap(s.buf)])
		if s.packed != nil && n > 0 {
			s.note()
		}
		s.buf = s.buf[:len(s.buf)+n]
		s.err = err
		if n > 0 {
			return true
		}
		if err != nil {
			return false
		}
	}
	s.err = io.ErrNoProgress
	return false
}

// note remembers where the member begins whose bytes come next into buf.
func (s *Stream) note() {
	end := s.offset + int64(len(s.buf)-s.at)
	if n := len(s.parts); n == 0 || s.parts[n-1].file != s.packed.start {
		s.Member()
		s.parts = append(s.parts, part{end, s.packed.start})
	}
}

// fail returns the error behind the buffer, which is empty. Damage is over then.
func (s *Stream) fail() error {
	err := s.err
	var damage *Damage
	if errors.As(err, &damage) {
		s.err = nil
	}
	return err
}

func (s *Stream) take(n int) {
	s.at += n
	s.offset += int64(n)
}

// Peek returns the next n bytes without taking them, or fewer with the error
// that ends them. They are valid until the next call.
func (s *Stream) Peek(n int) ([]byte, error) {
	for len(s.buf)-s.at < n {
		if !s.fill() {
			if s.at == len(s.buf) {
				return nil, s.fail()
			}
			return s.buf[s.at:], s.err
		}
	}
	return s.buf[s.at : s.at+n], nil
}

// Ahead returns what was read already and not yet taken, at most n bytes; it
// never waits.
func (s *Stream) Ahead(n int) []byte { return s.buf[s.at:min(s.at+n, len(s.buf))] }

// Head returns the beginning of what comes: at most n bytes, through a line end
// at least, so that an input that comes line by line is not waited for. Where
// the first line is blank or begins with one of the bytes in more, it looks on.
func (s *Stream) Head(n int, more string) ([]byte, error) {
	for have := 1; ; have = len(s.buf) - s.at + 1 {
		_, err := s.Peek(have)
		b := s.Ahead(n)
		if len(b) == n || err != nil {
			return b, err
		}
		text := bytes.TrimLeft(b, " \t\r\n\ufeff")
		if len(text) > 0 && bytes.IndexByte([]byte(more), text[0]) < 0 && bytes.IndexByte(text, '\n') >= 0 {
			return b, nil
		}
	}
}

// Read is io.Reader's.
func (s *Stream) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if s.at == len(s.buf) && !s.fill() {
		return 0, s.fail()
	}
	n := copy(p, s.buf[s.at:])
	s.take(n)
	return n, nil
}

// Line takes a line with its end, LF; the last one may have none. A line of more
// than limit bytes is skipped with ErrLong. What stands in a line before damage
// is lost. At the end the error is io.EOF.
func (s *Stream) Line(limit int64) ([]byte, error) { return s.Until('\n', limit) }

// Until is Line with another byte at the ends of lines.
func (s *Stream) Until(end byte, limit int64) ([]byte, error) {
	seen := 0
	for {
		rest := s.buf[s.at:]
		if i := bytes.IndexByte(rest[seen:], end); i >= 0 {
			if int64(seen+i) > limit {
				s.take(seen + i + 1)
				return nil, ErrLong
			}
			line := bytes.Clone(rest[:seen+i+1])
			s.take(len(line))
			return line, nil
		}
		seen = len(rest)
		if int64(seen) > limit {
			return nil, s.skipUntil(end)
		}
		if s.fill() {
			continue
		}
		if s.err != io.EOF || seen == 0 {
			s.take(seen)
			return nil, s.fail()
		}
		line := bytes.Clone(rest)
		s.take(seen)
		return line, nil
	}
}

// skipUntil takes the rest of a line.
func (s *Stream) skipUntil(end byte) error {
	for {
		if i := bytes.IndexByte(s.buf[s.at:], end); i >= 0 {
			s.take(i + 1)
			return ErrLong
		}
		s.take(len(s.buf) - s.at)
		if !s.fill() {
			return ErrLong
		}
	}
}

// All takes the rest. One of more than limit bytes is ErrLong.
func (s *Stream) All(limit int64) ([]byte, error) {
	var b bytes.Buffer
	if _, err := io.Copy(&b, io.LimitReader(s, limit+1)); err != nil {
		return nil, err
	}
	if int64(b.Len()) > limit {
		return nil, ErrLong
	}
	return b.Bytes(), nil
}

// Skip takes n bytes; there may be fewer, and the error then is
// io.ErrUnexpectedEOF or *Damage.
func (s *Stream) Skip(n int64) error {
	for n > 0 {
		if s.at == len(s.buf) && !s.fill() {
			if err := s.fail(); err != io.EOF {
				return err
			}
			return io.ErrUnexpectedEOF
		}
		k := int(min(n, int64(len(s.buf)-s.at)))
		s.take(k)
		n -= int64(k)
	}
	return nil
}

// Unread puts b, which was taken last, back before the next byte.
func (s *Stream) Unread(b []byte) {
	if len(b) <= s.at {
		s.at -= len(b)
		copy(s.buf[s.at:], b)
	} else {
		s.buf = append(bytes.Clone(b), s.buf[s.at:]...)
		s.at = 0
	}
	s.offset -= int64(len(b))
}

// Plain is New for an input that is not compressed, whatever its first bytes.
func Plain(r io.Reader) *Stream { return &Stream{r: r} }
