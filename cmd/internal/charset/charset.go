// Package charset turns bytes of any character set into UTF-8. UTF-8 with
// invalid bytes is left as it stands.
package charset

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/whosaid-nlp/whosaid/cmd/internal/stream"
)

// Check says whether a name is one of a character set, as web pages name them
// (utf-16, windows-1252, iso-8859-15). The empty name is fine: detect it.
func Check(name string) error {
	if _, canonical := charset.Lookup(name); name != "" && canonical == "" {
		return fmt.Errorf("unknown encoding %q: use a name like utf-8, utf-16, windows-1252 or iso-8859-15", name)
	}
	return nil
}

// Decode returns text as UTF-8 without its byte order mark, which decides where
// there is one; then the name does. Without a name the set is detected: UTF-16
// by its zero bytes, else UTF-8, or Windows-1252 (which ISO-8859-1 is a part of)
// if no character beyond ASCII is right as UTF-8. Binary data stay as they are.
func Decode(b []byte, name string) string {
	if rest, found := bytes.CutPrefix(b, utf8Mark); found {
		return string(rest)
	}
	if e := mark(b); e != nil {
		return decode(b, e)
	}
	if e, _ := charset.Lookup(name); e != nil {
		return decode(b, e)
	}
	if e := utf16(b); e != nil {
		return decode(b, e)
	}
	return western(b)
}

// DecodePage is Decode for HTML, which may declare its set in its head. The
// type is the Content-Type that it was served with, "" if not known.
func DecodePage(b []byte, name, contentType string) string {
	if name != "" || bytes.HasPrefix(b, utf8Mark) || mark(b) != nil || utf16(b) != nil {
		return Decode(b, name)
	}
	e, canonical, _ := charset.DetermineEncoding(b, contentType)
	// Pages that say so are often wrong about these two, and x/net says
	// windows-1252 for those that say nothing.
	if canonical == "utf-8" || canonical == "windows-1252" {
		return western(b)
	}
	return decode(b, e)
}

// Reader returns r as UTF-8 where it is named or is UTF-16, and r itself where
// the bytes are a superset of ASCII, which Decode then deals with piece by piece.
func Reader(r *stream.Stream, name string) *stream.Stream {
	b, _ := r.Head(1<<10, "")
	if bytes.HasPrefix(b, utf8Mark) {
		r.Skip(int64(len(utf8Mark)))
		return r
	}
	e := mark(b)
	if e == nil {
		e, _ = charset.Lookup(name)
	}
	if e == nil {
		e = utf16(b)
	}
	if e == nil {
		return r
	}
	return stream.Plain(transform.NewReader(once{r}, unicode.BOMOverride(e.NewDecoder())))
}

// once hides from the readers above that damage can be passed: a decoder cannot.
type once struct{ from *stream.Stream }

func (o once) Read(p []byte) (int, error) {
	n, err := o.from.Read(p)
	var damage *stream.Damage
	if errors.As(err, &damage) {
		err = errors.New(damage.Error())
	}
	return n, err
}

func decode(b []byte, e encoding.Encoding) string {
	out, _, err := transform.Bytes(unicode.BOMOverride(e.NewDecoder()), b)
	if err != nil { // decoders replace what they cannot read
		return string(b)
	}
	return string(out)
}

var utf8Mark = []byte("\ufeff")

// mark returns the UTF-16 whose byte order mark b begins with.
func mark(b []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	return nil
}

// utf16 tells UTF-16 without a mark by its zeros: in Western text most bytes of
// one parity are zero, and none of the other.
func utf16(b []byte) encoding.Encoding {
	b = b[:min(len(b), 1<<10)&^1]
	var zeros [2]int
	for i, c := range b {
		if c == 0 {
			zeros[i&1]++
		}
	}
	switch half := len(b) / 2; {
	case half < 2:
		return nil
	case zeros[0] == 0 && zeros[1] > half*3/4:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zeros[1] == 0 && zeros[0] > half*3/4:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// western decides between UTF-8 and Windows-1252.
func western(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	for rest := b; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		if r != utf8.RuneError && n > 1 || r == 0 {
			return string(b)
		}
		rest = rest[n:]
	}
	return decode(b, charmap.Windows1252)
}
