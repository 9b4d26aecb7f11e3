package warc

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"mime"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// A Response is what a server answered: status, header, and the rest of the block.
type Response struct {
	Status int
	Header Header
	rest   []byte
}

// Response reads the head of the HTTP response in the block. It is as lenient
// as crawls need it: lines that are no fields are left out.
func (r *Record) Response() (*Response, error) {
	head, body := cutHead(r.Block)
	lines := strings.Split(strings.ReplaceAll(string(head), "\r\n", "\n"), "\n")
	version, rest, _ := strings.Cut(lines[0], " ")
	code, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	status, err := strconv.Atoi(code)
	if !strings.HasPrefix(version, "HTTP/") || err != nil {
		return nil, fmt.Errorf("the HTTP response begins with %.40q, not with HTTP/ and a status: the record is skipped", lines[0])
	}
	x := &Response{Status: status, Header: Header{}, rest: body}
	last := ""
	for _, l := range lines[1:] {
		if l != "" {
			last = x.Header.add(l, last)
		}
	}
	return x, nil
}

// cutHead splits at the first empty line.
func cutHead(b []byte) (head, body []byte) {
	for i := 0; i < len(b); {
		n := bytes.IndexByte(b[i:], '\n')
		if n < 0 {
			break
		}
		i += n + 1
		switch {
		case bytes.HasPrefix(b[i:], []byte("\r\n")):
			return b[:i], b[i+2:]
		case bytes.HasPrefix(b[i:], []byte("\n")):
			return b[:i], b[i+1:]
		}
	}
	return b, nil
}

// MediaType is the type of the body without parameters, such as text/html; ""
// if the server did not say.
func (x *Response) MediaType() string {
	t, _, _ := strings.Cut(x.Header["content-type"], ";")
	return strings.ToLower(strings.TrimSpace(t))
}

// ContentType is the type with its parameters in a form that mime can parse.
func (x *Response) ContentType() string {
	if _, _, err := mime.ParseMediaType(x.Header["content-type"]); err == nil {
		return x.Header["content-type"]
	}
	return ""
}

// ErrLong is the error for a body of more bytes than the limit.
var ErrLong = errors.New("the unpacked body has more bytes than the limit: the record is skipped (--max-bytes sets the limit)")

// Body returns the body as the page's author made it: without chunks, and
// unpacked. Archives often hold bodies that were unpacked already although the
// header says otherwise; those stay as they are. Of a body that the archive has
// truncated the beginning is returned, as far as it can be unpacked.
func (x *Response) Body(truncated bool, limit int64) ([]byte, error) {
	b := x.rest
	if strings.Contains(strings.ToLower(x.Header["transfer-encoding"]), "chunked") {
		b = unchunk(b)
	}
	codings := strings.Split(strings.ToLower(x.Header["content-encoding"]), ",")
	for i := len(codings) - 1; i >= 0; i-- {
		var err error
		coding := strings.TrimSpace(codings[i])
		if b, err = unpack(b, coding, truncated, limit); err != nil {
			if err == ErrLong {
				return nil, err
			}
			return nil, fmt.Errorf("the body cannot be unpacked as %s (%w): the record is skipped", coding, err)
		}
	}
	return b, nil
}

// unchunk joins the chunks of a body, as far as they go. A body that does not
// begin with a chunk is returned as it is.
func unchunk(b []byte) []byte {
	var out []byte
	for rest := b; ; {
		l, after, found := bytes.Cut(rest, []byte("\n"))
		size, _, _ := bytes.Cut(l, []byte(";"))
		n, err := strconv.ParseUint(string(bytes.TrimSpace(size)), 16, 31)
		switch {
		case err != nil || !found && n > 0:
			if out == nil {
				return b
			}
			return out
		case n == 0:
			return out
		case int(n) >= len(after):
			return append(out, after...)
		}
		out = append(out, after[:n]...)
		rest = bytes.TrimPrefix(bytes.TrimPrefix(after[n:], []byte("\r")), []byte("\n"))
	}
}

func unpack(b []byte, coding string, truncated bool, limit int64) ([]byte, error) {
	var r io.Reader
	var err error
	in := bytes.NewReader(b)
	switch coding {
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(b, []byte("\x1f\x8b")) {
			return b, nil
		}
		r, err = gzip.NewReader(in)
	case "deflate": // zlib by the standard, bare by some servers
		if r, err = zlib.NewReader(in); err != nil {
			if looksLikeText(b) {
				return b, nil
			}
			r, err = flate.NewReader(bytes.NewReader(b)), nil
		}
	case "br":
		if looksLikeText(b) {
			return b, nil
		}
		r = brotli.NewReader(in)
	case "zstd":
		if !bytes.HasPrefix(b, []byte("\x28\xb5\x2f\xfd")) {
			return b, nil
		}
		z, e := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(1<<27))
		if e == nil {
			defer z.Close()
		}
		r, err = z, e
	default: // identity, none, utf-8, …
		return b, nil
	}
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	_, err = io.Copy(&out, io.LimitReader(r, limit+1))
	switch {
	case int64(out.Len()) > limit:
		return nil, ErrLong
	case err != nil && (!truncated || out.Len() == 0):
		return nil, err
	}
	return out.Bytes(), nil
}

// looksLikeText tells a page that is not packed: it begins with < behind spaces
// and has no control characters.
func looksLikeText(b []byte) bool {
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\ufeff")), " \t\r\n")
	if len(b) > 0 && b[0] != '<' {
		return false
	}
	return !bytes.ContainsFunc(b[:min(len(b), 64)], func(c rune) bool { return c < ' ' && c != '\t' && c != '\r' && c != '\n' })
}
