package warc

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/cmd/internal/stream"
)

// archived is a record with a block, as the standard writes it.
func archived(kind, id, block string, fields ...string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <%s>\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, id, strings.Join(append(fields, ""), "\r\n"), len(block), block)
}

func packed(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.String()
}

// all reads an archive: "ID block" for each response, and the errors.
func all(in string, limit int64) (records, errs []string) {
	r := NewReader(stream.New(strings.NewReader(in)), limit, func(x *Record) bool { return x.Type() == "response" })
	for {
		x, err := r.Next()
		var broken *Broken
		switch {
		case err == io.EOF:
			return records, errs
		case errors.As(err, &broken):
			errs = append(errs, err.Error())
		case err != nil:
			return records, append(errs, "END "+err.Error())
		default:
			records = append(records, x.ID()+" "+string(x.Block))
		}
	}
}

// A broken record costs itself.
func TestBroken(t *testing.T) {
	a, b, c := archived("response", "a", "first"), archived("response", "b", "second"), archived("response", "c", "third")
	longer := strings.Replace(b, "Length: 6", "Length: 60", 1)
	for _, x := range []struct {
		name, in string
		records  []string
		err      string // "" for none
	}{
		{"empty", "", nil, ""},
		{"no archive", "once upon a time\r\n", nil, `record 1 at byte 0: a record begins with WARC/ and its version, not with "once upon a time\r\n"`},
		{"garbage between", a + "garbage\nmore\n" + c, []string{"a first", "c third"}, `record 2 at byte 82: a record begins with WARC/`},
		{"length is no number", a + strings.Replace(b, "Length: 6", "Length: six", 1) + c, []string{"a first", "c third"}, `record 2 at byte 82: the Content-Length is "six", not a number`},
		{"no length", a + strings.Replace(b, "Content-Length: 6\r\n", "", 1) + c, []string{"a first", "c third"}, `the Content-Length is ""`},
		{"negative length", a + strings.Replace(b, "Length: 6", "Length: -6", 1) + c, []string{"a first", "c third"}, `the Content-Length is "-6"`},
		{"too short a length", a + strings.Replace(b, "Length: 6", "Length: 3", 1) + c, []string{"a first", "c third"}, "the record does not end where its Content-Length says"},
		{"too long a length", a + longer + c + c, []string{"a first", "c third", "c third"}, "the record does not end where its Content-Length says"},
		{"far too long a length", a + strings.Replace(b, "Length: 6", "Length: 600", 1) + c, []string{"a first", "c third"}, "reaches beyond the next record"},
		{"beyond all limits", a + strings.Replace(b, "Length: 6", "Length: 600000000", 1) + c, []string{"a first", "c third"}, "reaches beyond the next record"},
		{"beyond all limits, not wanted", a + strings.Replace(archived("request", "b", "second"), "Length: 6", "Length: 600000000", 1) + c, []string{"a first", "c third"}, "reaches beyond the next record"},
		{"cut off in the header", a + b[:40], []string{"a first"}, "record 2 at byte 82: the file ends in the middle of the record"},
		{"cut off in the block", a + b[:len(b)-6], []string{"a first"}, "record 2 at byte 82: the file ends in the middle of the record"},
		{"cut off behind the block", a + b[:len(b)-4], []string{"a first", "b second"}, ""},
		{"over the limit", a + archived("response", "b", strings.Repeat("x", 200_000)) + c, []string{"a first", "c third"}, "the record has 200000 bytes, more than the limit of 1000: it is skipped (--max-bytes sets the limit)"},
		{"endless header line", a + "WARC/1.0\r\n" + strings.Repeat("x", 100_000) + "\r\n" + c, []string{"a first", "c third"}, "a line of the header is longer than 64 KB"},
		{"endless header", a + "WARC/1.0\r\n" + strings.Repeat("x: y\r\n", 200_000) + c, []string{"a first", "c third"}, "the header of the record is longer than 1 MB"},
		{"member spoilt", packed(a) + packed(b)[:20] + packed(c), []string{"a first", "c third"}, "record 2 at compressed byte"},
		{"checksum of a member", packed(a) + packed(b)[:len(packed(b))-8] + "xxxxxxxx" + packed(c), []string{"a first", "c third"}, "record 2 at compressed byte"},
		{"garbage behind a member", packed(a) + "garbage" + packed(c), []string{"a first", "c third"}, "after record 1: the compressed data that begin at byte"},
		{"no line ends behind a member", packed(strings.TrimRight(a, "\r\n")) + packed(c), []string{"a first", "c third"}, ""},
		{"line ends without CR", strings.ReplaceAll(a+c, "\r\n", "\n"), []string{"a first", "c third"}, ""},
		{"more line ends", a + "\r\n\r\n\r\n" + c, []string{"a first", "c third"}, ""},
		{"a record inside a record", archived("response", "a", "x\r\n\r\n"+b) + c, []string{"a x\r\n\r\n" + b, "c third"}, ""},
	} {
		records, errs := all(x.in, 1000)
		assert.Equal(t, x.records, records, x.name)
		if x.err == "" {
			assert.Empty(t, errs, x.name)
		} else if assert.Len(t, errs, 1, x.name) {
			assert.Contains(t, errs[0], x.err, x.name)
		}
	}
}

// Whatever byte of a compressed record is spoilt, the others are read.
func TestEveryByteSpoilt(t *testing.T) {
	a, b, c := packed(archived("response", "a", "first")), packed(archived("response", "b", "second")), packed(archived("response", "c", "third"))
	for i := range len(b) {
		spoilt := []byte(b)
		spoilt[i] ^= 0x55
		records, errs := all(a+string(spoilt)+c, 1000)
		require.GreaterOrEqual(t, len(records), 2, "byte %d: %q", i, errs)
		assert.Equal(t, "a first", records[0])
		assert.Equal(t, "c third", records[len(records)-1])
		assert.LessOrEqual(t, len(errs), 2, "byte %d: %q", i, errs)
	}
}

func TestHeader(t *testing.T) {
	in := archived("response", "urn:uuid:1", "x", "warc-target-URI: <http://a.example/>", "WARC-Truncated: length", "No field", "Folded: a", "  b", "Folded: c")
	r := NewReader(stream.New(strings.NewReader(in)), 10, func(*Record) bool { return true })
	x, err := r.Next()
	require.NoError(t, err)
	assert.Equal(t, "urn:uuid:1", x.ID())
	assert.Equal(t, "http://a.example/", x.Address())
	assert.True(t, x.Truncated())
	assert.Equal(t, "a b", x.Header["folded"])
	assert.Equal(t, "record 1 at byte 0", x.Place.String())
}

func TestResponse(t *testing.T) {
	_, err := (&Record{Block: []byte("\x16\x03\x01")}).Response()
	assert.ErrorContains(t, err, `the HTTP response begins with "\x16\x03\x01", not with HTTP/ and a status`)
	_, err = (&Record{}).Response()
	assert.Error(t, err)
	_, err = (&Record{Block: []byte("HTTP/1.1 OK\r\n\r\n")}).Response()
	assert.Error(t, err)
	for in, want := range map[string]string{
		"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=utf-8\r\n\r\nbody\r\n\r\n": "200 text/html body\r\n\r\n",
		"HTTP/1.0 404\nContent-Type: text/html\n\n":                                     "404 text/html ",
		"HTTP/2 200\r\nno field\r\n\r\nb":                                               "200  b",
		"HTTP/1.1 200 OK\r\nA: b":                                                       "200  ",
	} {
		x, err := (&Record{Block: []byte(in)}).Response()
		require.NoError(t, err, in)
		body, err := x.Body(false, 100)
		require.NoError(t, err, in)
		assert.Equal(t, want, fmt.Sprintf("%d %s %s", x.Status, x.MediaType(), body))
	}
}

func pack(t *testing.T, open func(io.Writer) io.WriteCloser, text string) string {
	var b bytes.Buffer
	w := open(&b)
	_, err := io.WriteString(w, text)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.String()
}

func TestBody(t *testing.T) {
	page := "<html>" + strings.Repeat("A long page. ", 50)
	gz := pack(t, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }, page)
	br := pack(t, func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) }, page)
	zl := pack(t, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }, page)
	zs := pack(t, func(w io.Writer) io.WriteCloser { z, _ := zstd.NewWriter(w); return z }, page)
	fl := pack(t, func(w io.Writer) io.WriteCloser { z, _ := flate.NewWriter(w, 6); return z }, page)
	chunks := func(s string) string {
		return fmt.Sprintf("%x;ext=1\r\n%s\r\n%X\r\n%s\r\n0\r\nTrailer: x\r\n\r\n", 10, s[:10], len(s)-10, s[10:])
	}
	const chunked = "Transfer-Encoding: Chunked"
	for _, c := range []struct {
		name, fields, body string
		truncated          bool
		want               string
		err                string
	}{
		{"not gzip", "Content-Encoding: gzip", "\x1f\x8bxxxxxxxxxxxx", false, "", "the body cannot be unpacked as gzip (gzip: invalid header): the record is skipped"},
		{"gzip cut off", "Content-Encoding: gzip", gz[:len(gz)-12], false, "", "the body cannot be unpacked as gzip (unexpected EOF)"},
		{"gzip cut off by the crawler", "Content-Encoding: gzip", gz[:len(gz)-8], true, page, ""},
		{"brotli broken", "Content-Encoding: br", "\x8b\xff\xff\xff", false, "", "cannot be unpacked as br"},
		{"too long", "Content-Encoding: gzip", pack(t, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }, strings.Repeat("x", 5000)), false, "", "the unpacked body has more bytes than the limit"},
		{"gzip", "Content-Encoding: gzip", gz, false, page, ""},
		{"x-gzip", "Content-Encoding: X-GZIP", gz, false, page, ""},
		{"brotli", "Content-Encoding: br", br, false, page, ""},
		{"deflate", "Content-Encoding: deflate", zl, false, page, ""},
		{"deflate without zlib", "Content-Encoding: deflate", fl, false, page, ""},
		{"zstd", "Content-Encoding: zstd", zs, false, page, ""},
		{"twice", "Content-Encoding: br, gzip", pack(t, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }, br), false, page, ""},
		{"unknown", "Content-Encoding: utf-8", page, false, page, ""},
		{"chunked", chunked, chunks(page), false, page, ""},
		{"chunked gzip", chunked + "\r\nContent-Encoding: gzip", chunks(gz), false, page, ""},
		{"chunked, cut off", chunked, chunks(page)[:100], true, page[:100-len("a;ext=1\r\n\r\n280\r\n")], ""},
		{"no chunks although it says so", chunked, page, false, page, ""},
		{"not packed although it says so", "Content-Encoding: gzip", page, false, page, ""},
		{"not brotli although it says so", "Content-Encoding: br", page, false, page, ""},
		{"not deflated although it says so", "Content-Encoding: deflate", page, false, page, ""},
		{"not zstd although it says so", "Content-Encoding: zstd", page, false, page, ""},
	} {
		x, err := (&Record{Block: []byte("HTTP/1.1 200 OK\r\n" + c.fields + "\r\n\r\n" + c.body)}).Response()
		require.NoError(t, err, c.name)
		body, err := x.Body(c.truncated, 2000)
		if c.err != "" {
			assert.ErrorContains(t, err, c.err, c.name)
			continue
		}
		require.NoError(t, err, c.name)
		assert.Equal(t, c.want, string(body), c.name)
	}
}

// Every record that is read stands in the input, and reading ends.
func FuzzReader(f *testing.F) {
	f.Add([]byte(archived("response", "a", "first") + archived("response", "b", "x\r\n\r\nWARC/1.0\r\n")))
	f.Add([]byte("WARC/1.0\nContent-Length: 5\n\nxxWARC/1.0\n\nWARC/1.1\nWARC-Type: response\nContent-Length: 0\n\n"))
	f.Add([]byte(packed(archived("response", "a", "first")) + "x" + packed(archived("response", "b", "second"))))
	f.Fuzz(func(t *testing.T, in []byte) {
		records, errs := all(string(in), 500)
		if len(records)+len(errs) > 2+len(in) && !bytes.HasPrefix(in, []byte("\x1f\x8b")) {
			t.Fatalf("%q: %d records, %d errors", in, len(records), len(errs))
		}
	})
}

// Any block gives a body or an error.
func FuzzResponse(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: deflate, br\r\n\r\n3\r\nabc\r\n0\r\n\r\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		x, err := (&Record{Block: in}).Response()
		if err != nil {
			return
		}
		if body, err := x.Body(true, 1000); err == nil && len(body) > max(1000, len(in)) {
			t.Fatalf("%q: the body has %d bytes", in, len(body))
		}
	})
}
