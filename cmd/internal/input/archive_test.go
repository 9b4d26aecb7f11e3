package input

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// archived is a record of a web archive.
func archived(kind, id, mediaType, block string, fields ...string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\nWARC-Target-URI: http://a.example/%[2]s\r\nContent-Type: %[3]s\r\n%[4]sContent-Length: %[5]d\r\n\r\n%[6]s\r\n\r\n",
		kind, id, mediaType, strings.Join(append(fields, ""), "\r\n"), len(block), block)
}

// answered is an HTTP response with a page.
func answered(status, contentType, body string, fields ...string) string {
	return "HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\n" + strings.Join(append(fields, ""), "\r\n") + "\r\n" + body
}

const http = "application/http; msgtype=response"

func TestArchives(t *testing.T) {
	first := archived("response", "1", http, answered("200 OK", "text/html; charset=iso-8859-1", "<html><p>\xd6nc\xfc came."))
	last := archived("response", "9", http, answered("200 OK", "text/html", "<html><title>Rome</title><p>Ann came."))
	for _, c := range []struct {
		name, record string
		want         []plain
		err          string
	}{
		{"no HTTP", archived("response", "2", http, "nonsense"), nil, `the HTTP response begins with "nonsense", not with HTTP/ and a status`},
		{"broken body", archived("response", "2", http, answered("200 OK", "text/html", "\x1f\x8bxxx", "Content-Encoding: gzip")), nil, "the body cannot be unpacked as gzip"},
		{"too long", archived("response", "2", http, answered("200 OK", "text/html", strings.Repeat("x", 3000))), nil, "more than the limit of 2000"},
		{"too long when unpacked", archived("response", "2", http, answered("200 OK", "text/html", gz(t, strings.Repeat("x", 3000)), "Content-Encoding: gzip")), nil, "the unpacked body has more bytes than the limit"},
		{"truncated", archived("response", "2", http, answered("200 OK", "text/html", gz(t, "<p>A")[:24], "Content-Encoding: gzip"), "WARC-Truncated: length"), []plain{{"urn:uuid:2", "A\n"}}, ""},
		{"not found", archived("response", "2", http, answered("404 Not Found", "text/html", "<p>A")), nil, ""},
		{"moved", archived("response", "2", http, answered("301 Moved", "text/html", "<p>A")), nil, ""},
		{"a picture", archived("response", "2", http, answered("200 OK", "image/png", strings.Repeat("x", 100))), nil, ""},
		{"a long picture that was identified", archived("response", "2", http, answered("200 OK", "image/png", strings.Repeat("x", 5000)), "WARC-Identified-Payload-Type: image/png"), nil, ""},
		{"a name server's answer", archived("response", "2", "text/dns", "a.example 1.2.3.4"), nil, ""},
		{"request", archived("request", "2", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n"), nil, ""},
		{"info", archived("warcinfo", "2", "application/warc-fields", "software: x\r\n"), nil, ""},
		{"XHTML in chunks", archived("response", "2", http, answered("200 OK", "application/xhtml+xml", "4\r\n<p>A\r\n2\r\nnn\r\n0\r\n\r\n", "Transfer-Encoding: chunked")), []plain{{"urn:uuid:2", "Ann\n"}}, ""},
		{"no type", archived("response", "2", http, "HTTP/1.1 200 OK\r\n\r\n<p>A"), []plain{{"urn:uuid:2", "A\n"}}, ""},
		{"resource", archived("resource", "2", "text/html; charset=utf-8", "<p>Ö"), []plain{{"urn:uuid:2", "Ö\n"}}, ""},
		{"text of a page", archived("conversion", "2", "text/plain", "A\nb"), []plain{{"urn:uuid:2", "A\nb"}}, ""},
		{"no ID", strings.Replace(archived("conversion", "2", "text/plain", "A"), "WARC-Record-ID", "X", 1), []plain{{"standard input: record 2 at ", "A"}}, ""},
		{"no record", "garbage\r\n", nil, "a record begins with WARC/"},
	} {
		for _, in := range []string{first + c.record + last, gz(t, first) + gz(t, c.record) + gz(t, last)} {
			for _, workers := range []int{1, 4} {
				got, errs := all(t, Options{MaxBytes: 2000, Workers: workers}, in, "-")
				require.Len(t, got, 2+len(c.want), "%s: %q", c.name, errs)
				assert.Equal(t, plain{"urn:uuid:1", "Öncü came.\n"}, got[0], c.name)
				for i, w := range c.want {
					assert.Contains(t, got[1+i].ID, w.ID, c.name)
					assert.Equal(t, w.Text, got[1+i].Text, c.name)
				}
				assert.Equal(t, plain{"urn:uuid:9", "Rome\n\nAnn came.\n"}, got[len(got)-1], c.name)
				if c.err == "" {
					assert.Empty(t, errs, c.name)
				} else if assert.Len(t, errs, 1, c.name) {
					assert.Regexp(t, "^standard input: record 2 at (compressed )?byte [1-9]", errs[0])
					assert.Contains(t, errs[0], c.err)
				}
			}
		}
	}
}

func TestArchiveMetadata(t *testing.T) {
	source, err := New([]string{"-"}, Options{Stdin: strings.NewReader(archived("response", "1", http, answered("200 OK", "text/html",
		`<html lang="en"><head><title>A</title><meta name="date" content="2026-03-04"><link rel="canonical" href="http://b.example/x"></head><p>Ann came.`)))})
	require.NoError(t, err)
	for a, err := range source.Articles() {
		require.NoError(t, err)
		assert.Equal(t, "http://a.example/1", a.URL)
		assert.Equal(t, "A", a.Title)
		assert.Equal(t, "2026-03-04", a.Date)
		assert.Equal(t, "standard input: record 1 at byte 0", a.Place.String())
	}
}

// tree writes empty files, or those with content behind "=", into a folder.
func tree(t *testing.T, files ...string) string {
	dir := t.TempDir()
	for _, f := range files {
		name, content, _ := strings.Cut(f, "=")
		name = filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(content), 0o644))
	}
	return dir
}

// ids reads files and returns the IDs of what they hold.
func ids(t *testing.T, o Options, stdin string, names ...string) (found []string, errs []string) {
	articles, errs := all(t, o, stdin, names...)
	for _, a := range articles {
		found = append(found, a.ID)
	}
	return found, errs
}

func TestFolders(t *testing.T) {
	dir := tree(t, "b.txt", "a/2.html", "a/1.md", "a/c/3.txt.gz", ".hidden.txt", ".git/x.txt", "picture.png", "Makefile", "a/list.jsonl={\"id\":\"line\",\"text\":\"\"}")
	found, errs := ids(t, Options{}, "", dir)
	assert.Empty(t, errs)
	assert.Equal(t, []string{"a/1", "a/2", "a/c/3", "line", "b"}, found)

	found, errs = ids(t, Options{Format: Text}, "", filepath.Join(dir, "a"), filepath.Join(dir, "Makefile"))
	assert.Empty(t, errs)
	assert.Equal(t, []string{"1", "2", "c/3", "list", "Makefile"}, found)

	_, errs = ids(t, Options{}, "", filepath.Join(tree(t, "x.png"), "."))
	require.Len(t, errs, 1)
	assert.Contains(t, errs[0], "no file in the folder has a name like *.txt, *.md,")

	require.NoError(t, os.Symlink(filepath.Join(dir, "none"), filepath.Join(dir, "broken.txt")))
	require.NoError(t, os.Symlink(filepath.Join(dir, "b.txt"), filepath.Join(dir, "link.txt")))
	require.NoError(t, os.Symlink(dir, filepath.Join(dir, "a", "loop")))
	found, errs = ids(t, Options{}, "", dir)
	assert.Equal(t, []string{"a/1", "a/2", "a/c/3", "line", "b", "link"}, found)
	require.Len(t, errs, 1)
	assert.Contains(t, errs[0], "broken.txt")
}

func TestPatterns(t *testing.T) {
	dir := tree(t, "b.txt", "a/2.txt", "a/1.md", "a/c/3.txt", "[x].txt")
	for pattern, want := range map[string][]string{
		"*.txt":           {"[x]", "b"},
		"**/*.txt":        {"[x]", "a/2", "a/c/3", "b"},
		"a/*":             {"1", "2"},
		"a/{1,2}.{md,no}": {"1"},
		"[x].txt":         {"[x]"}, // a file of this name is not a pattern
	} {
		found, errs := ids(t, Options{}, "", filepath.Join(dir, filepath.FromSlash(pattern)))
		assert.Empty(t, errs, pattern)
		assert.Equal(t, want, found, pattern)
	}
	for pattern, want := range map[string]string{
		"*.pdf": "no file matches the pattern",
		"[*":    "the pattern is malformed: close its brackets",
		"none":  "no such file",
	} {
		found, errs := ids(t, Options{}, "", filepath.Join(dir, pattern), filepath.Join(dir, "b.txt"))
		assert.Equal(t, []string{"b"}, found, pattern)
		require.Len(t, errs, 1, pattern)
		assert.Contains(t, errs[0], want)
	}
}

func TestFilesFrom(t *testing.T) {
	dir := tree(t, "b.txt", "a/2.txt", "a/1.md", "odd\nname.txt")
	in := func(name string) string { return filepath.Join(dir, name) }
	list := in("a") + "\r\n\n" + in("none.txt") + "\n" + strings.Repeat("x", 70_000) + "\n-\n" + in("b.txt")
	found, errs := ids(t, Options{FilesFrom: "-"}, list)
	assert.Equal(t, []string{"1", "2", "b"}, found)
	require.Len(t, errs, 3)
	assert.Contains(t, errs[0], "none.txt")
	assert.Contains(t, errs[1], "standard input:4: the name of a file is longer than 65536 bytes")
	assert.Contains(t, errs[2], "standard input:5: standard input cannot be in a list of files")

	found, errs = ids(t, Options{FilesFrom: "-"}, in("odd\nname.txt")+"\x00"+in("b.txt")+"\x00")
	assert.Empty(t, errs)
	assert.Equal(t, []string{"odd\nname", "b"}, found)

	require.NoError(t, os.WriteFile(in("list"), []byte(in("b.txt")), 0o644))
	found, errs = ids(t, Options{FilesFrom: in("list")}, "", in("a/1.md"))
	assert.Empty(t, errs)
	assert.Equal(t, []string{"1", "b"}, found)
	_, errs = ids(t, Options{FilesFrom: in("no list")}, "")
	require.Len(t, errs, 1)
	assert.Contains(t, errs[0], "no list")
}

func TestOptions(t *testing.T) {
	for want, o := range map[string]Options{
		`unknown input "xml": use auto, text, markdown, html, jsonl, csv, tsv or warc`: {Format: "xml"},
		`unknown encoding "x": use a name like`:                                        {Encoding: "x"},
		"the limit on bytes must be more than 0, not -1":                               {MaxBytes: -1},
		"standard input can be read once only":                                         {FilesFrom: "-"},
	} {
		_, err := New([]string{"-"}, o)
		assert.ErrorContains(t, err, want)
	}
	got, errs := all(t, Options{Encoding: "iso-8859-9"}, "Erdo\xf0an came.", "-")
	assert.Empty(t, errs)
	assert.Equal(t, []plain{{"stdin", "Erdoğan came."}}, got)
}

// BenchmarkArchive reads an archive of news pages, compressed record by record.
func BenchmarkArchive(b *testing.B) {
	source, err := os.ReadFile("../page/testdata/agency.html")
	require.NoError(b, err)
	request := archived("request", "0", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n")
	archive := gz(b, request) + gz(b, archived("response", "1", http, answered("200 OK", "text/html", gz(b, string(source)), "Content-Encoding: gzip"))) +
		gz(b, archived("response", "2", http, answered("200 OK", "image/png", strings.Repeat("x", 50_000))))
	archive = strings.Repeat(archive, 20)
	for _, format := range []string{"pages", "records"} {
		b.Run(format, func(b *testing.B) {
			b.SetBytes(20 * int64(len(source)))
			b.ReportAllocs()
			for b.Loop() {
				s, err := New([]string{"-"}, Options{Stdin: strings.NewReader(archive)})
				require.NoError(b, err)
				n := 0
				s.records(func(r record) bool {
					if format == "pages" {
						_, err := r.result()
						require.NoError(b, err)
					}
					n++
					return true
				})
				require.Equal(b, 20, n)
			}
		})
	}
}
