// Package warc reads web archives (ISO 28500, WARC 1.0 and 1.1), such as those
// of Common Crawl and CC-NEWS: plain, or compressed with a member a record. It
// goes on behind broken records, and holds one record in memory at a time.
package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/whosaid-nlp/whosaid/cmd/internal/stream"
)

// A Record is a part of an archive.
type Record struct {
	Header Header
	// Block is what stands in the record; nil if the reader did not want it.
	Block []byte
	Place Place
}

// A Place is where a record stands in its file.
type Place struct {
	Record int   // its number, from 1
	Byte   int64 // where it begins, of the file; where that is compressed, where its compressed member begins
	Packed bool  // the file is compressed
	After  bool  // what stands behind the record is meant; Byte says nothing
}

// String is a place for messages: "record 3 at byte 70".
func (p Place) String() string {
	switch {
	case p.After:
		return fmt.Sprintf("after record %d", p.Record)
	case p.Packed:
		return fmt.Sprintf("record %d at compressed byte %d", p.Record, p.Byte)
	}
	return fmt.Sprintf("record %d at byte %d", p.Record, p.Byte)
}

// Header are the named fields of a record or of HTTP. Names are in lower case;
// of fields that are repeated the first one counts.
type Header map[string]string

// Type is that of the record: response, warcinfo, …
func (r *Record) Type() string { return r.Header["warc-type"] }

// ID is the record's without <>.
func (r *Record) ID() string { return strings.Trim(r.Header["warc-record-id"], "<>") }

// Address is the URL that was fetched.
func (r *Record) Address() string { return strings.Trim(r.Header["warc-target-uri"], "<>") }

// Truncated reports that the archive holds only the beginning of what was fetched.
func (r *Record) Truncated() bool { return r.Header["warc-truncated"] != "" }

// A Reader reads the records of an archive, one after the other.
type Reader struct {
	s      *stream.Stream
	limit  int64
	wanted func(*Record) bool
	number int
	told   *stream.Damage // the last one that was returned
	later  *stream.Damage // met on the way, to be returned next
}

// NewReader returns a reader that reads the blocks of the wanted records, whose
// Header is set, and skips the others. Blocks of more than limit bytes are errors.
func NewReader(s *stream.Stream, limit int64, wanted func(*Record) bool) *Reader {
	return &Reader{s: s, limit: limit, wanted: wanted}
}

// maxHeader bounds the header of a record, maxHeaderLine a line of it.
const (
	maxHeader     = 1 << 20
	maxHeaderLine = 1 << 16
)

// Next returns the next wanted record. An error other than io.EOF and one of
// reading the file is a *Broken: it costs a record and the next call goes on.
func (r *Reader) Next() (*Record, error) {
	for {
		record, err := r.next()
		if err != nil || record.Block != nil {
			return record, err
		}
	}
}

// Broken is a record that cannot be read.
type Broken struct {
	Place Place
	Err   error
}

func (b *Broken) Error() string { return b.Place.String() + ": " + b.Err.Error() }

// Unwrap returns what is wrong.
func (b *Broken) Unwrap() error { return b.Err }

func (r *Reader) next() (*Record, error) {
	if d := r.later; d != nil {
		r.later = nil
		return nil, r.broken(Place{Record: r.number, After: true}, d)
	}
	if err := r.blankLines(); err != nil {
		return nil, r.broken(Place{Record: r.number, After: true}, err)
	}
	r.number++
	record := &Record{Place: Place{Record: r.number}}
	record.Place.Byte, record.Place.Packed = r.s.Place()
	header, err := r.header()
	if err != nil {
		return nil, r.broken(record.Place, err)
	}
	record.Header = header
	length, err := strconv.ParseInt(header["content-length"], 10, 64)
	if err != nil || length < 0 {
		r.resync()
		return nil, &Broken{record.Place, fmt.Errorf("the Content-Length is %q, not a number: the record is skipped", header["content-length"])}
	}
	if err := r.block(record, length); err != nil {
		return nil, r.broken(record.Place, err)
	}
	return record, nil
}

// broken makes errors that cost a record out of those that do not end the file.
func (r *Reader) broken(place Place, err error) error {
	var damage *stream.Damage
	switch {
	case errors.As(err, &damage):
		r.told = damage
		r.resync()
		return &Broken{place, err}
	case err == io.ErrUnexpectedEOF:
		return &Broken{place, errors.New("the file ends in the middle of the record: fetch the file again to get all of it")}
	case errors.Is(err, errRecord):
		return &Broken{place, err}
	}
	return err
}

// errRecord marks errors in the records, not in reading.
var errRecord = errors.New("")

type recordError struct{ text string }

func (e recordError) Error() string        { return e.text }
func (e recordError) Is(target error) bool { return target == errRecord }

// blankLines skips what stands between records. It returns io.EOF at the end.
func (r *Reader) blankLines() error {
	for {
		b, err := r.s.Peek(1)
		if len(b) == 0 {
			return err
		}
		if b[0] != '\r' && b[0] != '\n' {
			return nil
		}
		r.s.Skip(1)
	}
}

// header reads the version and the named fields.
func (r *Reader) header() (Header, error) {
	first, err := r.line()
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(first, []byte("WARC/")) {
		r.resync()
		return nil, recordError{fmt.Sprintf("a record begins with WARC/ and its version, not with %.20q: what stands before the next record is skipped", first)}
	}
	h := Header{}
	last := ""
	for size := 0; ; {
		l, err := r.line()
		if err != nil {
			return nil, err
		}
		if size += len(l); size > maxHeader {
			r.resync()
			return nil, recordError{"the header of the record is longer than 1 MB: the record is skipped"}
		}
		text := strings.TrimRight(string(l), "\r\n")
		if text == "" {
			return h, nil
		}
		last = h.add(text, last)
	}
}

// add sets the field of a line, which may go on with the field of the last one.
func (h Header) add(text, last string) string {
	if (text[0] == ' ' || text[0] == '\t') && last != "" {
		h[last] += " " + strings.TrimSpace(text)
		return last
	}
	name, value, found := strings.Cut(text, ":")
	if !found {
		return last
	}
	name = strings.ToLower(strings.TrimSpace(name))
	if _, again := h[name]; again {
		return ""
	}
	h[name] = strings.TrimSpace(value)
	return name
}

func (r *Reader) line() ([]byte, error) {
	l, err := r.s.Line(maxHeaderLine)
	switch {
	case err == io.EOF:
		return nil, io.ErrUnexpectedEOF
	case err == stream.ErrLong:
		r.resync()
		return nil, recordError{"a line of the header is longer than 64 KB: the record is skipped"}
	}
	return l, err
}

// block reads or skips the block, which two line ends and the next record or
// the end must follow.
func (r *Reader) block(record *Record, length int64) error {
	member := r.s.Member()
	if wanted := r.wanted(record); !wanted || length > r.limit {
		if err := r.skip(length); err != nil {
			return err
		}
		if err := r.end(nil, member); err != nil || !wanted {
			return err
		}
		return recordError{fmt.Sprintf("the record has %d bytes, more than the limit of %d: it is skipped (--max-bytes sets the limit)", length, r.limit)}
	}
	b := make([]byte, 0, min(length, 1<<20))
	for int64(len(b)) < length {
		if len(b) == cap(b) {
			b = append(b, 0)[:len(b)]
		}
		n, err := r.s.Read(b[len(b):min(int64(cap(b)), length)])
		b = b[:len(b)+n]
		switch {
		case err == io.EOF:
			if r.back(b) {
				return errBeyond
			}
			return io.ErrUnexpectedEOF
		case err != nil:
			return err
		}
	}
	record.Block = b
	return r.end(b, member)
}

var errBeyond = recordError{"the Content-Length reaches beyond the next record: the record is skipped"}

// skip takes length bytes, unless the next record begins in them.
func (r *Reader) skip(length int64) error {
	for length > 0 {
		b, err := r.s.Peek(int(min(length, 1<<16)))
		if len(b) == 0 {
			if err == io.EOF {
				return io.ErrUnexpectedEOF
			}
			return err
		}
		if i := nextRecord(b); i >= 0 {
			r.s.Skip(int64(i))
			return errBeyond
		}
		n := int64(len(b))
		if n == 1<<16 && n < length {
			n -= int64(len("\r\n\r\nWARC/1."))
		}
		length -= n
		r.s.Skip(n)
	}
	return nil
}

// nextRecord returns where a record begins behind a blank line in b, or -1.
func nextRecord(b []byte) int {
	const mark = "\nWARC/1."
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte(mark))
		if i < 0 {
			return -1
		}
		i += at
		if bytes.HasSuffix(b[:i], []byte("\n")) || bytes.HasSuffix(b[:i], []byte("\n\r")) {
			return i + 1
		}
		at = i + 1
	}
}

// end checks that the record ends here: b, its block, may have run into the
// next ones. The record began in the given compressed member.
func (r *Reader) end(b []byte, member int64) error {
	tail, err := r.s.Peek(4)
	switch {
	case len(tail) == 0 && err == io.EOF: // some writers forget the last line ends
		return nil
	case len(tail) == 0:
		return r.damageOf(member, err)
	case bytes.HasPrefix(tail, []byte("\r\n\r\n")):
		r.s.Skip(4)
	case bytes.HasPrefix(tail, []byte("\n\n")):
		r.s.Skip(2)
	case len(tail) < 4 && len(bytes.Trim(tail, "\r\n")) == 0:
		r.s.Skip(int64(len(tail)))
	case r.s.MemberStart():
		return nil
	default:
		if !r.back(b) {
			r.resync()
		}
		return recordError{"the record does not end where its Content-Length says: it is skipped"}
	}
	// Of a compressed record the checksum comes last.
	if b, err := r.s.Peek(1); len(b) == 0 && err != io.EOF {
		return r.damageOf(member, err)
	}
	return nil
}

// damageOf returns damage that belongs to a member and keeps other damage for
// the next record.
func (r *Reader) damageOf(member int64, err error) error {
	var damage *stream.Damage
	if errors.As(err, &damage) && damage.Byte != member {
		r.later = damage
		return nil
	}
	return err
}

// back goes back to the first record that begins inside the block b.
func (r *Reader) back(b []byte) bool {
	i := nextRecord(b)
	if i >= 0 {
		r.s.Unread(b[i:])
	}
	return i >= 0
}

// resync moves to the next line that begins a record. Damage on the way is
// kept for the next call, unless it is what was told last.
func (r *Reader) resync() {
	for {
		b, err := r.s.Peek(7)
		if string(b) == "WARC/1." {
			return
		}
		if len(b) > 0 {
			_, err = r.s.Line(maxHeaderLine)
		}
		var damage *stream.Damage
		switch {
		case err == nil || err == stream.ErrLong:
		case !errors.As(err, &damage):
			return
		case damage != r.told:
			r.later = damage
			return
		}
	}
}
