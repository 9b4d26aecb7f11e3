package stream

import (
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

// Damage is a part of a compressed input that cannot be unpacked. Reading goes
// on with the next member behind it.
type Damage struct {
	Byte int64 // of the file, where the damaged member begins
	Err  error
}

func (d *Damage) Error() string {
	return fmt.Sprintf("the compressed data that begin at byte %d are damaged (%v): reading goes on behind them; fetch or pack the file again to get all of it", d.Byte, d.Err)
}

func (d *Damage) Unwrap() error { return d.Err }

// A compression unpacks one kind of member.
type compression struct {
	magic string
	// open starts a member, with the reader of an earlier one if there was one.
	// Unless single, it goes on with members that follow without a gap.
	open   func(r *raw, old io.Reader) (io.Reader, error)
	single bool // its reader ends with its member
	// begins reports whether a member may begin with b, which has the magic.
	begins func(b []byte) bool
}

var compressions = []*compression{
	{
		magic:  "\x1f\x8b\x08",
		single: true,
		open: func(r *raw, old io.Reader) (io.Reader, error) {
			z, again := old.(*gzip.Reader)
			if !again {
				z = new(gzip.Reader)
			}
			err := z.Reset(r)
			z.Multistream(false)
			return z, err
		},
		begins: func(b []byte) bool {
			if b[3]&0xe0 != 0 {
				return false
			}
			z, err := gzip.NewReader(bytes.NewReader(b))
			if err != nil {
				return false
			}
			z.Multistream(false)
			_, err = io.CopyN(io.Discard, z, 1<<12)
			return err == nil || err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF)
		},
	},
	{
		magic: "\x28\xb5\x2f\xfd",
		open: func(r *raw, _ io.Reader) (io.Reader, error) {
			z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(1<<27))
			if err != nil {
				return nil, err
			}
			return z, nil
		},
		begins: func(b []byte) bool {
			var h zstd.Header
			return h.Decode(b) == nil && !h.Skippable
		},
	},
	{
		magic:  "BZh",
		open:   func(r *raw, _ io.Reader) (io.Reader, error) { return bzip2.NewReader(r), nil },
		begins: func(b []byte) bool { return b[3] >= '1' && b[3] <= '9' && bytes.HasPrefix(b[4:], []byte("1AY&SY")) },
	},
}

// compressionOf tells by the first bytes how an input is packed; nil: not.
func compressionOf(b []byte) *compression {
	for _, c := range compressions {
		if len(b) >= 10 && bytes.HasPrefix(b, []byte(c.magic)) && (c.magic != "BZh" || c.begins(b)) {
			return c
		}
	}
	return nil
}

// members unpacks an input of one or more members. One Read never crosses from
// one member into the next where the compression tells them apart.
type members struct {
	*compression
	raw   *raw
	start int64     // of the present member
	r     io.Reader // nil: between members
	old   io.Reader // of the last member
}

func (m *members) Read(p []byte) (int, error) {
	for {
		if m.r == nil {
			if err := m.next(); err != nil {
				return 0, err
			}
		}
		n, err := m.r.Read(p)
		switch {
		case err == nil:
			return n, nil
		case err == io.EOF:
			m.close()
			if n > 0 {
				return n, nil
			}
		case m.raw.err != nil && m.raw.err != io.EOF:
			return n, m.raw.err
		case n > 0:
			return n, nil // the error comes again
		default:
			return 0, m.damaged(err)
		}
	}
}

// next opens the next member.
func (m *members) next() error {
	m.start = m.raw.offset()
	b := m.raw.peek(64)
	if len(bytes.Trim(b, "\x00")) == 0 { // tapes pad with zeros
		m.raw.skipZeros()
		if len(m.raw.peek(1)) == 0 {
			return m.raw.err
		}
		m.start = m.raw.offset()
	}
	r, err := m.open(m.raw, m.old)
	if err != nil {
		return m.damaged(err)
	}
	m.r = r
	return nil
}

func (m *members) close() {
	if z, ok := m.r.(*zstd.Decoder); ok {
		z.Close()
	}
	m.r, m.old = nil, m.r
}

// damaged moves to the next place where a member may begin.
func (m *members) damaged(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("the file ends in the middle of them")
	}
	d := &Damage{m.start, err}
	m.close()
	if m.single { // the decoder may have run into the next member
		m.raw.rewind(m.start + 1)
	}
	for {
		b := m.raw.peek(window)
		i := bytes.Index(b, []byte(m.magic))
		switch {
		case i < 0 && len(b) < window:
			m.raw.at += len(b)
			return d
		case i < 0:
			m.raw.at += len(b) - len(m.magic)
		case i > 0:
			m.raw.at += i
		case len(b) >= 10 && m.begins(b):
			return d
		default:
			m.raw.at++
		}
	}
}

// raw is a packed input with a window to look ahead and one to go back.
type raw struct {
	r    io.Reader
	buf  []byte
	at   int
	base int64 // offset of buf[0]
	err  error
}

const window = 1 << 16

func newRaw(r io.Reader) *raw { return &raw{r: r, buf: make([]byte, 0, 4*window)} }

func (r *raw) offset() int64 { return r.base + int64(r.at) }

// fill reads more; it keeps a window of what was read.
func (r *raw) fill() bool {
	if r.err != nil {
		return false
	}
	if len(r.buf) == cap(r.buf) {
		drop := max(0, r.at-window)
		r.buf = r.buf[:copy(r.buf, r.buf[drop:])]
		r.at -= drop
		r.base += int64(drop)
	}
	for range 100 {
		n, err := r.r.Read(r.buf[len(r.buf):cap(r.buf)])
		r.buf = r.buf[:len(r.buf)+n]
		r.err = err
		if n > 0 {
			return true
		}
		if err != nil {
			return false
		}
	}
	r.err = io.ErrNoProgress
	return false
}

func (r *raw) peek(n int) []byte {
	for len(r.buf)-r.at < n && r.fill() {
	}
	return r.buf[r.at:min(r.at+n, len(r.buf))]
}

func (r *raw) rewind(offset int64) { r.at = int(max(offset, r.base) - r.base) }

func (r *raw) skipZeros() {
	for {
		b := r.peek(1)
		if len(b) == 0 || b[0] != 0 {
			return
		}
		r.at++
	}
}

func (r *raw) Read(p []byte) (int, error) {
	if r.at == len(r.buf) && !r.fill() {
		return 0, r.err
	}
	n := copy(p, r.buf[r.at:])
	r.at += n
	return n, nil
}

// ReadByte lets decoders read no more than they need.
func (r *raw) ReadByte() (byte, error) {
	if r.at == len(r.buf) && !r.fill() {
		return 0, r.err
	}
	r.at++
	return r.buf[r.at-1], nil
}
