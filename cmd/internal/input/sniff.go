package input

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/whosaid-nlp/whosaid/cmd/internal/charset"
)

// extensions are those of the formats, in lower case.
var extensions = map[string]Format{
	".txt": Text, ".text": Text,
	".md": Markdown, ".markdown": Markdown,
	".html": HTML, ".htm": HTML, ".xhtml": HTML,
	".jsonl": Lines, ".ndjson": Lines,
	".csv": CSV, ".tsv": TSV, ".tab": TSV,
	".warc": WARC, ".wet": WARC,
}

// packed are the extensions of compressed files.
var packed = map[string]bool{".gz": true, ".zst": true, ".bz2": true}

// splitName splits a file's name from its extension, a second one included
// where the first one says that the file is compressed.
func splitName(name string) (stem, extension string) {
	extension = filepath.Ext(name)
	stem = strings.TrimSuffix(name, extension)
	if packed[strings.ToLower(extension)] {
		extension = filepath.Ext(stem)
		stem = strings.TrimSuffix(stem, extension)
	}
	return stem, strings.ToLower(extension)
}

// foreign are beginnings of files that hold no text as they are.
var foreign = []struct{ magic, what string }{
	{"%PDF-", "a PDF: save its text, for instance with pdftotext"},
	{"PK\x03\x04", "a ZIP archive (or a document of an office program): unpack it or save it as text"},
	{"\xfd7zXZ\x00", "compressed with xz: unpack it with xz -d"},
	{"\xd0\xcf\x11\xe0", "a document of an office program: save it as text"},
	{"{\\rtf", "rich text (RTF): save it as text"},
}

// sniff decides the format of a file by its beginning, and where that does not
// tell by its name.
func sniff(head []byte, encoding, name string) (Format, error) {
	for _, f := range foreign {
		if bytes.HasPrefix(head, []byte(f.magic)) {
			return "", fmt.Errorf("the file is %s (--input text reads it nevertheless)", f.what)
		}
	}
	if bytes.HasPrefix(head, []byte("WARC/")) {
		return WARC, nil
	}
	_, extension := splitName(name)
	byName, named := extensions[extension]
	text := strings.TrimLeft(charset.Decode(head, encoding), " \t\r\n")
	switch {
	case strings.HasPrefix(text, "{") && (!named || strings.HasPrefix(strings.TrimLeft(text[1:], " \t"), `"`)):
		return Lines, nil
	case beginsPage(text, named && byName != HTML):
		return HTML, nil
	case named && byName != Text && byName != Markdown:
		return byName, nil
	case isBinary(text):
		return "", errors.New("the file is no text: there are control characters among its first bytes; leave it out, or name its character set with --encoding (--input text reads it nevertheless)")
	case named:
		return byName, nil
	}
	return Text, nil
}

// isBinary reports whether the beginning of a file has control characters that
// text has not, more than a few.
func isBinary(head string) bool {
	controls := 0
	for i := range len(head) {
		if c := head[i]; c < ' ' && !strings.ContainsRune("\t\n\v\f\r\b\x1b", rune(c)) || c == 0x7f {
			controls++
		}
	}
	return controls >= 4 && controls > len(head)/50
}

// beginsPage reports whether text is that of a web page: it begins with a
// document's element or, where the name says nothing else, with any usual one.
func beginsPage(text string, named bool) bool {
	for range 16 { // comments and the like
		switch {
		case strings.HasPrefix(text, "<!--"):
			_, text, _ = strings.Cut(text, "-->")
		case strings.HasPrefix(text, "<?xml"):
			_, text, _ = strings.Cut(text, "?>")
		default:
			return beginsElement(text, "!doctype html", "html", "head", "body") ||
				!named && beginsElement(text, "article", "div", "p", "h1", "main", "section", "title", "meta", "script", "style", "table", "span", "br", "a", "b")
		}
		text = strings.TrimLeft(text, " \t\r\n")
	}
	return false
}

func beginsElement(text string, names ...string) bool {
	for _, n := range names {
		if len(text) > len(n)+1 && text[0] == '<' && strings.EqualFold(text[1:len(n)+1], n) && strings.IndexByte(" \t\r\n>/", text[len(n)+1]) >= 0 {
			return true
		}
	}
	return false
}
