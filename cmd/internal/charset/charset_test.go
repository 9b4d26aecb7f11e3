package charset

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/whosaid-nlp/whosaid/cmd/internal/stream"
)

func encode(t testing.TB, text string, e encoding.Encoding) string {
	s, err := e.NewEncoder().String(text)
	require.NoError(t, err)
	return s
}

const text = "“We won,” said Öncü Keçeli – it’s “over”.\n"

var (
	le = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	be = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
)

func TestDecode(t *testing.T) {
	latin := "Öncü said: \"Ça va\".\n"
	for _, c := range []struct{ title, in, name, want string }{
		{"empty", "", "", ""},
		{"invalid bytes in UTF-8 stay", "“We won\xff,” she said", "", "“We won\xff,” she said"},
		{"binary stays", "\xff \x00", "", "\xff \x00"},
		{"cut off in a character", "“We won,\xe2\x80", "", "“We won,\xe2\x80"},
		{"UTF-16 cut off in a character", "\xff\xfeA\x00B", "", "A\ufffd"},
		{"unpaired surrogate", "\xff\xfe\x00\xd8A\x00", "", "\ufffdA"},
		{"UTF-8", text, "", text},
		{"UTF-8 with a mark", "\ufeff" + text, "", text},
		{"a mark is right, whatever the name", "\ufeff" + text, "windows-1252", text},
		{"UTF-16 with a mark", encode(t, "\ufeff"+text, le), "", text},
		{"UTF-16, the other way", encode(t, "\ufeff"+text, be), "", text},
		{"UTF-16 without a mark", encode(t, text, le), "", text},
		{"UTF-16 without a mark, the other way", encode(t, text, be), "", text},
		{"UTF-16 by name", encode(t, "Ö", le), "utf-16", "Ö"},
		{"Windows-1252", encode(t, text, charmap.Windows1252), "", text},
		{"ISO-8859-1", encode(t, latin, charmap.ISO8859_1), "", latin},
		{"ISO-8859-15", encode(t, "10 € for Öncü", charmap.ISO8859_15), "iso-8859-15", "10 € for Öncü"},
		{"ISO-8859-9", encode(t, "Erdoğan", charmap.ISO8859_9), "ISO-8859-9", "Erdoğan"},
		{"a name is right, even if wrong", "Ö", "windows-1252", "Ã–"},
	} {
		assert.Equal(t, c.want, Decode([]byte(c.in), c.name), c.title)
	}
}

func TestDecodePage(t *testing.T) {
	meta := func(name string) string { return "<html><head><meta charset=\"" + name + "\"></head><body>" }
	for _, c := range []struct{ title, in, name, contentType, want string }{
		{"nothing said", meta("none") + text, "", "", meta("none") + text},
		{"ASCII at first, UTF-8 behind", strings.Repeat(" ", 2000) + text, "", "", strings.Repeat(" ", 2000) + text},
		{"meta", meta("iso-8859-2") + encode(t, "Łódź", charmap.ISO8859_2), "", "", meta("iso-8859-2") + "Łódź"},
		{"HTTP is right, not meta", meta("utf-8") + encode(t, "Łódź", charmap.ISO8859_2), "", "text/html; charset=iso-8859-2", meta("utf-8") + "Łódź"},
		{"the user is right, not HTTP", encode(t, "Łódź", charmap.ISO8859_2), "iso-8859-2", "text/html; charset=utf-8", "Łódź"},
		{"says UTF-8, is Windows-1252", meta("utf-8") + encode(t, text, charmap.Windows1252), "", "", meta("utf-8") + text},
		{"says ISO-8859-1, is UTF-8", meta("iso-8859-1") + text, "", "", meta("iso-8859-1") + text},
		{"mark", "\ufeff" + text, "", "text/html; charset=iso-8859-2", text},
		{"UTF-16", encode(t, "\ufeff"+text, le), "", "text/html; charset=utf-8", text},
	} {
		assert.Equal(t, c.want, DecodePage([]byte(c.in), c.name, c.contentType), c.title)
	}
}

func TestReader(t *testing.T) {
	long := strings.Repeat(text, 5000)
	for _, c := range []struct{ title, in, name, want string }{
		{"empty", "", "utf-16", ""},
		{"UTF-8", "\ufeff" + long, "", long},
		{"Windows-1252 is left to Decode", encode(t, text, charmap.Windows1252), "", encode(t, text, charmap.Windows1252)},
		{"Windows-1252 by name", encode(t, long, charmap.Windows1252), "windows-1252", long},
		{"UTF-16", encode(t, "\ufeff"+long, be), "", long},
		{"UTF-16 without a mark", encode(t, long, le), "", long},
	} {
		for _, r := range []io.Reader{strings.NewReader(c.in), iotest.HalfReader(strings.NewReader(c.in))} {
			b, err := io.ReadAll(Reader(stream.New(r), c.name))
			require.NoError(t, err, c.title)
			assert.True(t, c.want == string(b), c.title)
		}
	}
}

func TestCheck(t *testing.T) {
	for _, name := range []string{"", "UTF-8", "latin1", "windows-1252", "shift_jis", "utf-16le"} {
		assert.NoError(t, Check(name), name)
	}
	assert.EqualError(t, Check("ebcdic"), `unknown encoding "ebcdic": use a name like utf-8, utf-16, windows-1252 or iso-8859-15`)
}

// UTF-8 stays as it is; what is decoded is UTF-8.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(text), false)
	f.Add([]byte("\xff\xfea\x00"), true)
	f.Add([]byte("caf\xe9"), true)
	f.Fuzz(func(t *testing.T, in []byte, isPage bool) {
		out := Decode(in, "")
		if isPage {
			out = DecodePage(in, "", "")
		}
		mark := bytes.IndexByte(in, 0) >= 0 || bytes.HasPrefix(in, []byte("\ufeff"))
		if utf8.Valid(in) && !mark && !isPage && out != string(in) {
			t.Fatalf("%q became %q", in, out)
		}
		if out != string(in) && !bytes.HasPrefix(in, []byte("\ufeff")) && !utf8.ValidString(out) {
			t.Fatalf("%q became %q, which is not UTF-8", in, out)
		}
	})
}
