package corpus

import (
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReadNames(t *testing.T) {
	articles, err := ReadNames(strings.NewReader("\ufeff# Comment\n[PER Öncü Keçeli] met [ORG FIFA].\r\n# Another\nIn [LOC Zurich] [sic] [PERSON x] 1[2]\n \n\n[TEAM England] [MISC Cup]"))
	require.NoError(t, err)
	require.Len(t, articles, 2)
	assert.Equal(t, "2", articles[0].ID)
	assert.Equal(t, "Öncü Keçeli met FIFA.\nIn Zurich [sic] [PERSON x] 1[2]", articles[0].Text)
	assert.Equal(t, "7", articles[1].ID)
	var got []string
	for _, a := range articles {
		for _, n := range a.Entities {
			got = append(got, n.Type+" "+a.Text[n.Start:n.End])
		}
	}
	assert.Equal(t, []string{"PER Öncü Keçeli", "ORG FIFA", "LOC Zurich", "TEAM England", "MISC Cup"}, got)

	articles, err = ReadNames(strings.NewReader("# nothing\n\n"))
	assert.NoError(t, err)
	assert.Empty(t, articles)
}

func TestReadNamesErrors(t *testing.T) {
	for text, want := range map[string]string{
		"Fine.\n[PER Ann":             "2: [PER Ann… has no closing bracket",
		"[PER ]":                      "1: [PER ]: write the name",
		"[PER Ann ] came":             "write the name",
		"\n\n[ORG Bank of [LOC Rome]": "3: [ORG Bank of [LOC Rome]: names do not nest",
		"\xff":                        "1: the line is not valid UTF-8",
	} {
		_, err := ReadNames(strings.NewReader(text))
		assert.ErrorContains(t, err, want, "%q", text)
	}
}

func TestReadStandoff(t *testing.T) {
	texts := []*Article{{ID: "a", Text: "Öl met Ann."}, {ID: "b", Text: "x", Entities: []Name{{Start: 0, End: 1, Type: "ORG"}}}}
	for annotation, want := range map[string]string{
		"{":                           "1: unexpected end",
		`{"id":"c"}`:                  "1: there is no text of the article c",
		"\n" + `{"id":"a","crc32":1}`: "2: the text of the article a is not the one that was annotated",
		`{"id":"b","crc32":2363233923,"names":[[0,1]]}`:         "1: a name has 2 fields",
		`{"id":"b","crc32":2363233923,"names":[[0,2,"PER"]]}`:   "1: b: offset 2 is outside the text",
		`{"id":"b","crc32":2363233923,"names":[["0",2,"PER"]]}`: "1: json: cannot unmarshal",
	} {
		_, err := ReadStandoff(strings.NewReader(annotation), texts)
		assert.ErrorContains(t, err, want, annotation)
	}
	line := fmt.Sprintf(`{"id":"a","crc32":%d,"names":[[0,2,"ORG"],[7,10,"PER"]]}`, crc32.ChecksumIEEE([]byte(texts[0].Text)))
	articles, err := ReadStandoff(strings.NewReader(line), texts)
	require.NoError(t, err)
	require.Len(t, articles, 1)
	assert.Equal(t, []Name{{Start: 0, End: 3, Type: "ORG"}, {Start: 8, End: 11, Type: "PER"}}, articles[0].Entities)

	texts[0].Entities = []Name{{Start: 0, End: 3, Type: "LOC"}, {Start: 8, End: 11, Type: "ORG"}}
	for repairs, want := range map[string][]Name{
		`"names":[[7,10,"PER"]]`:                {{Start: 8, End: 11, Type: "PER"}, {Start: 0, End: 3, Type: "LOC"}},
		`"drop":[[0,1]]`:                        {{Start: 8, End: 11, Type: "ORG"}},
		`"drop":[[0,10]],"names":[[0,1,"ORG"]]`: {{Start: 0, End: 2, Type: "ORG"}},
	} {
		line := fmt.Sprintf(`{"id":"a","crc32":%d,"repairs":true,%s}`, crc32.ChecksumIEEE([]byte(texts[0].Text)), repairs)
		articles, err := ReadStandoff(strings.NewReader(line), texts)
		require.NoError(t, err, repairs)
		assert.Same(t, texts[1], articles[1], "without repairs")
		assert.Equal(t, want, articles[0].Entities, repairs)
	}
}

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		return path
	}
	articles, err := ReadFile(file("sports.names", "# x\n[ORG Larne] won."))
	require.NoError(t, err)
	assert.Equal(t, "sports:2", articles[0].ID)

	articles, err = ReadFile(file("a.jsonl", `{"id":"a","text":"“Öl”","quotes":[{"spans":[[0,4]],"speaker":[[1,3]]}]}`+"\n\n"))
	require.NoError(t, err)
	assert.Equal(t, []Span{{0, 9}}, articles[0].Quotes[0].Spans)
	assert.Equal(t, []Span{{3, 6}}, articles[0].Quotes[0].Speaker)

	for name, want := range map[string]string{
		file("b.names", "ok\n[PER x"): "b.names:2: ",
		file("c.jsonl", "\n{"):        "c.jsonl:2: ",
		file("d.jsonl", `{"id":"d","text":"x","entities":[{"start":0,"end":2,"type":"PER"}]}`): "d.jsonl:1: d: offset 2 is outside the text of 1 code points",
		file("f.jsonl", `{"id":"f","text":"abc","quotes":[{"spans":[[2,1]]}]}`):                "f.jsonl:1: f: the span from 2 to 1 ends before it starts",
		file("e.jsonl.gz", "no"):         "e.jsonl.gz: ",
		filepath.Join(dir, "none.names"): "none.names",
	} {
		_, err := ReadFile(name)
		assert.ErrorContains(t, err, want)
	}
}

func FuzzReadNames(f *testing.F) {
	f.Add([]byte("# c\n[PER A B] [LOC C]\r\n\r\n[ORG x"))
	f.Add([]byte("\ufeff[[PER x]] [PER [LOC y]]\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		articles, err := ReadNames(strings.NewReader(string(data)))
		if err != nil {
			if articles != nil || err.Error() == "" {
				t.Fatalf("%q: %v with %d articles", data, err, len(articles))
			}
			return
		}
		for _, a := range articles {
			if a.Text == "" || len(a.Text) > len(data) {
				t.Fatalf("%q: text %q", data, a.Text)
			}
			at := 0
			for _, n := range a.Entities {
				if n.Start < at || n.End <= n.Start || n.End > len(a.Text) || n.Type == "" {
					t.Fatalf("%q: name %+v in %q", data, n, a.Text)
				}
				at = n.End
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add(`{"id":"a","text":"“Öl”","quotes":[{"spans":[[0,4]],"speaker":[[1,3]]}],"entities":[{"start":0,"end":1,"type":"PER"}]}`)
	f.Add(`{"text":"a","clusters":[{"mentions":[{"start":0,"end":1,"head":{"start":0,"end":1}}]}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		articles, err := Read(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, a := range articles {
			inside := func(s Span) {
				if s[0] < 0 || s[1] > len(a.Text) || s[0] > s[1] {
					t.Fatalf("%q: span %v of %d bytes", text, s, len(a.Text))
				}
			}
			for _, n := range a.Entities {
				inside(Span{n.Start, n.End})
			}
			for _, q := range a.Quotes {
				for _, s := range append(append(q.Spans, q.Cue...), q.Speaker...) {
					inside(s)
				}
			}
			for _, c := range a.Clusters {
				for _, m := range c.Mentions {
					inside(Span{m.Start, m.End})
					inside(m.HeadSpan)
				}
			}
		}
	})
}
