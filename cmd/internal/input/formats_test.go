package input

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/cmd/internal/page"
)

func gz(t testing.TB, text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := io.WriteString(z, text)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.String()
}

func zst(t testing.TB, text string) string {
	var b bytes.Buffer
	z, err := zstd.NewWriter(&b)
	require.NoError(t, err)
	_, err = io.WriteString(z, text)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.String()
}

// A table may be broken in one row, and tables differ in their ways.
func TestTables(t *testing.T) {
	for _, c := range []struct {
		name, in string
		format   Format
		o        Options
		want     []plain
		errs     []string
	}{
		{"empty", "", CSV, Options{}, nil, nil},
		{"no column", "id,body\n1,A\n", CSV, Options{}, nil, []string{`:1: no column "text": the first row names the columns, here "id", "body"; choose with --text-field`}},
		{"no column of IDs", "key,text\n1,A\n", CSV, Options{IDField: "nr"}, nil, []string{`:1: no column "nr": the first row names the columns, here "key", "text"; choose with --id-field`}},
		{"text after a closing mark", "id,text\n1,\"A\" b\n2,B\n", CSV, Options{}, []plain{{"2", "B"}}, []string{`:2: a quoted field goes on after its closing mark: write a mark inside it twice ("")`}},
		{"never closed", "id,text\n1,\"A\n2,B\n3,C\n", CSV, Options{}, []plain{{"2", "B"}, {"3", "C"}}, []string{`:2: a quoted field is not closed`}},
		{"never closed, before a long row", "id,text\n1,\"A\n2," + strings.Repeat("B", 200) + "\n3,C\n", CSV, Options{MaxBytes: 100}, []plain{{"3", "C"}}, []string{`:2: a quoted field is not closed`}},
		{"closed too late", "id,text\n1,\"A\n2,\"B\"\n3,C\n", CSV, Options{}, []plain{{"2", "B"}, {"3", "C"}}, []string{`:2: a quoted field goes on after`}},
		{"too long", "id,text\n1," + strings.Repeat("A", 200) + "\n2,B\n", CSV, Options{MaxBytes: 100}, []plain{{"2", "B"}}, []string{`:2: it has more bytes than the limit of 100: it is skipped (--max-bytes sets the limit)`}},
		{"too few columns", "id,text\n1\n2,B\n", CSV, Options{}, []plain{{"2", "B"}}, []string{`:2: the row has 1 of 2 columns, none for "text"`}},
		{"lines in a field", "text\r\n\"A\r\nb\n\nc\"\r\n\r\nD\r\n", CSV, Options{}, []plain{{"standard input:2", "A\r\nb\n\nc"}, {"standard input:7", "D"}}, nil},
		{"lines are counted behind them", "id,text\n1,\"A\nb\"\n2,\"B\"x\n", CSV, Options{}, []plain{{"1", "A\nb"}}, []string{`:4: a quoted field goes on`}},
		{"marks", "id,text\n1,\"“A” \"\"b\"\"\"\n2,say \"B\"\n3,\"\"\n", CSV, Options{}, []plain{{"1", `“A” "b"`}, {"2", `say "B"`}, {"3", ""}}, nil},
		{"semicolons", "id;text, all\n1;A, b\n", CSV, Options{TextFields: []string{"text, all"}}, []plain{{"1", "A, b"}}, nil},
		{"tabs", "id\ttext\n1\tA, b\n", CSV, Options{}, []plain{{"1", "A, b"}}, nil},
		{"Excel says so", "sep=|\nid|text\n1|A, b\n2|\"c\" d\n", CSV, Options{}, []plain{{"1", "A, b"}}, []string{":4: "}},
		{"mark and spaces", "\ufeff id , text \n1,A\n", CSV, Options{}, []plain{{"1", "A"}}, nil},
		{"Windows-1252", "id,text\n1,\"\x93\xc7a va,\x94 she said\"\n", CSV, Options{}, []plain{{"1", "“Ça va,” she said"}}, nil},
		{"Excel's Unicode text", "\xff\xfei\x00d\x00\t\x00t\x00e\x00x\x00t\x00\n\x001\x00\t\x00A\x00\n\x00", TSV, Options{}, []plain{{"1", "A"}}, nil},
		{"TSV without quoting", "id\ttext\n1\t\"We won,\" she said.\n2\t\"B\n3\tC\"\n4\tD\n", TSV, Options{}, []plain{{"1", `"We won," she said.`}, {"2", "B\n3\tC"}, {"4", "D"}}, nil},
		{"TSV without quoting, never closed", "id\ttext\n1\t\"We\n2\tB\n", TSV, Options{}, []plain{{"1", `"We`}, {"2", "B"}}, nil},
		{"TSV with quoting", "id\ttext\n1\t\"A\tb \"\"c\"\"\"\n", TSV, Options{}, []plain{{"1", "A\tb \"c\""}}, nil},
		{"two columns of text", "title,body\nA,B\n,C\n", CSV, Options{TextFields: []string{"title", "body"}}, []plain{{"standard input:2", "A\n\nB"}, {"standard input:3", "C"}}, nil},
	} {
		c.o.Format = c.format
		got, errs := all(t, c.o, c.in, "-")
		assert.Equal(t, c.want, got, c.name)
		if assert.Len(t, errs, len(c.errs), "%s: %q", c.name, errs) {
			for i := range errs {
				assert.Contains(t, errs[i], "standard input"+c.errs[i], c.name)
			}
		}
	}
}

// What encoding/csv writes is read, and what it reads is read the same.
func FuzzTable(f *testing.F) {
	f.Add("A \"b\"\r\nc,d", "x;\ty", true)
	f.Add("", "\"", false)
	f.Fuzz(func(t *testing.T, text, more string, crlf bool) {
		if strings.Contains(text+more, "\r") {
			return // encoding/csv changes line ends
		}
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.UseCRLF = crlf && !strings.Contains(text+more, "\n")
		require.NoError(t, w.WriteAll([][]string{{"more", "text", "id"}, {more, text, "1"}, {"", "last", "2"}}))
		got, errs := all(t, Options{Format: CSV, TextFields: []string{"text", "more"}}, b.String(), "-")
		if len(errs) > 0 || len(got) != 2 || got[1] != (plain{"2", "last"}) {
			t.Fatalf("%q: %q %q", b.String(), got, errs)
		}
		want, _ := all(t, Options{Format: Text}, text, "-")
		rest, _ := all(t, Options{Format: Text}, more, "-")
		joined := want[0].Text
		if joined != "" && rest[0].Text != "" {
			joined += "\n\n"
		}
		if joined += rest[0].Text; got[0].Text != joined && !strings.HasPrefix(text, "\ufeff") && !strings.ContainsRune(text+more, 0) {
			t.Fatalf("%q: %q, not %q", b.String(), got[0].Text, joined)
		}
	})
}

func TestFields(t *testing.T) {
	for _, c := range []struct {
		in   string
		o    Options
		want plain
		err  string
	}{
		{`{"text":"A"}`, Options{TextFields: []string{"body"}}, plain{}, `the line has no "body"`},
		{`{"a":{"b":5}}`, Options{TextFields: []string{"a.b"}}, plain{}, `the "a.b" is a JSON number: give it as a string`},
		{`{"a":{"b":null}}`, Options{TextFields: []string{"a.b"}}, plain{}, `the line has no "a.b"`},
		{`{"a":"b"}`, Options{TextFields: []string{"a.b"}}, plain{}, `the line has no "a.b"`},
		{`{"a":{"b":"A"},"key":{"nr":7}}`, Options{TextFields: []string{"a.b"}, IDField: "key.nr"}, plain{"7", "A"}, ""},
		{`{"a":{"b.c":"A"}}`, Options{TextFields: []string{"a.b.c"}}, plain{"standard input:1", "A"}, ""},
		{`{"a.b":"A","a":{"b":"B"}}`, Options{TextFields: []string{"a.b"}}, plain{"standard input:1", "A"}, ""},
		{`{"text":["A","B"],"id":true}`, Options{}, plain{"true", "A\n\nB"}, ""},
		{`{"title":"A","text":"B","id":[1]}`, Options{TextFields: []string{"title", "none", "text"}}, plain{"standard input:1", "A\n\nB"}, ""},
		{`{"text":"","id":""}`, Options{}, plain{"standard input:1", ""}, ""},
		{"{\"text\":\"\x93\xc7a va\x94\"}", Options{}, plain{"standard input:1", "“Ça va”"}, ""},
	} {
		c.o.Format = Lines
		got, errs := all(t, c.o, c.in, "-")
		if c.err != "" {
			require.Len(t, errs, 1, c.in)
			assert.Contains(t, errs[0], c.err)
			continue
		}
		assert.Empty(t, errs, c.in)
		assert.Equal(t, []plain{c.want}, got, c.in)
	}
}

func TestMetadata(t *testing.T) {
	for in, format := range map[string]Format{
		`{"text":"x","title":"A","date":"2026-03-04","byline":"B","source":"C","url":"http://a.example","lang":"en","n":1}`: Lines,
		"text,Headline,Published,Author,Site,Link,Language\nx,A,\"March 4, 2026\",B,C,http://a.example,en\n":                CSV,
		"---\ntitle: A\ndate: 2026-03-04\nauthor: B\nsite: C\nurl: http://a.example\nlang: en\n---\nx":                      Markdown,
	} {
		source, err := New([]string{"-"}, Options{Format: format, Stdin: strings.NewReader(in)})
		require.NoError(t, err)
		for a, err := range source.Articles() {
			require.NoError(t, err)
			assert.Equal(t, page.Metadata{Title: "A", Date: "2026-03-04", Author: "B", Site: "C", URL: "http://a.example", Language: "en"}, a.Metadata, in)
		}
	}
}

// A line of any length costs itself, in every kind of file, plain or packed.
func TestLongLines(t *testing.T) {
	in := `{"id":"a","text":"A"}` + "\n" + `{"text":"` + strings.Repeat("x", 3_000_000) + `"}` + "\n" + `{"id":"b","text":"B"}`
	for _, x := range []string{in, gz(t, in), zst(t, in)} {
		got, errs := all(t, Options{MaxBytes: 1000}, x, "-")
		assert.Equal(t, []plain{{"a", "A"}, {"b", "B"}}, got)
		assert.Equal(t, []string{"standard input:2: it has more bytes than the limit of 1000: it is skipped (--max-bytes sets the limit)"}, errs)
	}
	_, errs := all(t, Options{MaxBytes: 10}, "Ann came to Rome.", "-")
	assert.Equal(t, []string{"standard input: it has more bytes than the limit of 10: it is skipped (--max-bytes sets the limit)"}, errs)
}

// A damaged member of a compressed file costs the lines that it holds.
func TestDamagedMembers(t *testing.T) {
	a, b, c := gz(t, "{\"id\":\"a\",\"text\":\"A\"}\n"), gz(t, "{\"id\":\"b\",\"text\":\"B\"}\n"), gz(t, "{\"id\":\"c\",\"text\":\"C\"}\n")
	got, errs := all(t, Options{}, a+b[:20]+c, "-")
	assert.Equal(t, []plain{{"a", "A"}, {"c", "C"}}, got)
	require.Len(t, errs, 1)
	assert.Contains(t, errs[0], fmt.Sprintf("standard input:2: the compressed data that begin at byte %d are damaged", len(a)))
	got, errs = all(t, Options{}, b[:20], "-")
	assert.Empty(t, got)
	require.Len(t, errs, 1)
	assert.Contains(t, errs[0], "standard input:1: the compressed data that begin at byte 0 are damaged")
	_, errs = all(t, Options{}, gz(t, "Ann came.")[:30], "-")
	assert.Len(t, errs, 1)
	utf16 := "\xff\xfe{\x00\"\x00"
	_, errs = all(t, Options{Format: Lines}, gz(t, utf16)+"xx"+gz(t, "more"), "-")
	assert.Len(t, errs, 1, "what is decoded as a whole ends with its damage")
}

// What a file is shows in its content, else in its name.
func TestSniffing(t *testing.T) {
	dir := t.TempDir()
	bz2, err := os.ReadFile("testdata/ann.txt.bz2")
	require.NoError(t, err)
	row, object, web := "id,text\n7,A\n", "{\"id\":7,\"text\":\"A\"}\n", "<!-- x -->\n<!DOCTYPE html><p>A"
	for _, c := range []struct {
		name, content string
		want          plain
	}{
		{"a.txt", "A", plain{"a", "A"}},
		{"a.b.txt", "A", plain{"a.b", "A"}},
		{".txt", "A", plain{".txt", "A"}},
		{"a", "A", plain{"a", "A"}},
		{"a.md", "*A*", plain{"a", "A\n"}},
		{"a.md", "<p align=center>A</p>", plain{"a", "A\n"}},
		{"a.csv", row, plain{"7", "A"}},
		{"a.TSV", strings.ReplaceAll(row, ",", "\t"), plain{"7", "A"}},
		{"a.txt", object, plain{"7", "A"}},
		{"a.csv", object, plain{"7", "A"}},
		{"a.txt", "{A}", plain{"a", "{A}"}},
		{"a.txt", web, plain{"a", "A\n"}},
		{"a.txt", "<p>A", plain{"a", "<p>A"}},
		{"a", "<p>A", plain{"a", "A\n"}},
		{"a", "<?xml version=\"1.0\"?>\n<html><p>A", plain{"a", "A\n"}},
		{"a", "\ufeff" + web, plain{"a", "A\n"}},
		{"a.txt", page16(web), plain{"a", "A\n"}},
		{"a.txt.gz", gz(t, "A"), plain{"a", "A"}},
		{"a.csv.gz", gz(t, row), plain{"7", "A"}},
		{"a.csv.zst", zst(t, row), plain{"7", "A"}},
		{"a.txt.bz2", string(bz2), plain{"a", "Ann came.\n"}},
		{"a", gz(t, object), plain{"7", "A"}},
		{"a.txt", zst(t, web), plain{"a", "A\n"}},
		{"a.gz", "A", plain{"a", "A"}},
		{"a.txt", gz(t, "A") + gz(t, "b"), plain{"a", "Ab"}},
	} {
		name := filepath.Join(dir, c.name)
		require.NoError(t, os.WriteFile(name, []byte(c.content), 0o644))
		got, errs := all(t, Options{}, "", name)
		assert.Empty(t, errs, c.name)
		assert.Equal(t, []plain{c.want}, got, "%s %.40q", c.name, c.content)
	}
}

// page16 is text in UTF-16 with its mark.
func page16(text string) string {
	out := "\xff\xfe"
	for _, c := range []byte(text) {
		out += string([]byte{c, 0})
	}
	return out
}
