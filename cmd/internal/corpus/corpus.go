// Package corpus reads the annotated articles that the models are trained and
// scored on: JSON Lines whose offsets are code points, turned into byte offsets,
// and texts with their names in brackets.
package corpus

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// A Span is a half-open range [start, end) of byte offsets into Article.Text.
type Span [2]int

// A Name is an annotated name; Type is PER, ORG, LOC, MISC or, in texts with
// names in brackets, TEAM.
type Name struct {
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Type   string `json:"type"`
	Entity *int   `json:"entity"` // index into Article.Names, where known
}

// A Quote is an annotated quotation.
type Quote struct {
	Spans          []Span   `json:"spans"`
	Kind           string   `json:"kind"`
	Cue            []Span   `json:"cue"`
	Speaker        []Span   `json:"speaker"`
	SpeakerName    string   `json:"speaker_name"`
	SpeakerAliases []string `json:"speaker_aliases"`
	Speech         *bool    `json:"speech"`
	Ignore         bool     `json:"ignore"`
}

// IsSpeech is false for beliefs, intentions and findings, which nobody said.
func (q *Quote) IsSpeech() bool { return q.Speech == nil || *q.Speech }

// A NamedEntity lists the forms under which an article names one entity.
type NamedEntity struct {
	Kind  string   `json:"kind"`
	Name  string   `json:"name"`
	Forms []string `json:"forms"`
}

// A Mention is a member of a coreference cluster; Type is name, pronoun or nominal.
type Mention struct {
	Start int             `json:"start"`
	End   int             `json:"end"`
	Type  string          `json:"type"`
	Head  json.RawMessage `json:"head"`
	// HeadSpan is Head in bytes; the mention itself where no head is given.
	HeadSpan Span `json:"-"`
}

// A Cluster is the set of mentions of one entity.
type Cluster struct {
	Kind     string    `json:"kind"`
	Name     string    `json:"name"`
	Mentions []Mention `json:"mentions"`
}

// An Article is one annotated text. Fields that its corpus lacks are empty.
type Article struct {
	ID       string        `json:"id"`
	Text     string        `json:"text"`
	Licence  string        `json:"licence"`
	Genre    string        `json:"genre"`
	Entities []Name        `json:"entities"`
	Quotes   []Quote       `json:"quotes"`
	Names    []NamedEntity `json:"names"`
	Clusters []Cluster     `json:"clusters"`
}

// ReadFile reads all articles of a file: texts with names in brackets where its
// name ends in .names, JSON Lines else, .gz or not. An error names the file and
// the line.
func ReadFile(name string) ([]*Article, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		r = z
	}
	plain := strings.TrimSuffix(name, ".gz")
	if !strings.HasSuffix(plain, NamesExtension) {
		articles, err := Read(r)
		if err != nil {
			return nil, fmt.Errorf("%s:%w", name, err)
		}
		return articles, nil
	}
	articles, err := ReadNames(r)
	if err != nil {
		return nil, fmt.Errorf("%s:%w", name, err)
	}
	for _, a := range articles {
		a.ID = strings.TrimSuffix(filepath.Base(plain), NamesExtension) + ":" + a.ID
	}
	return articles, nil
}

// Read reads articles, one JSON object a line. An error begins with the line number.
func Read(r io.Reader) ([]*Article, error) {
	in := bufio.NewReaderSize(r, 1<<20)
	var articles []*Article
	for line := 1; ; line++ {
		b, err := in.ReadBytes('\n')
		if len(strings.TrimSpace(string(b))) > 0 {
			a := new(Article)
			if err := json.Unmarshal(b, a); err != nil {
				return nil, fmt.Errorf("%d: %w", line, err)
			}
			if err := a.toBytes(); err != nil {
				return nil, fmt.Errorf("%d: %s: %w", line, a.ID, err)
			}
			articles = append(articles, a)
		}
		if err == io.EOF {
			return articles, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%d: %w", line, err)
		}
	}
}

// toBytes turns the code point offsets of a into byte offsets.
func (a *Article) toBytes() error {
	offsets := make([]int, 0, len(a.Text)+1)
	for i := range a.Text {
		offsets = append(offsets, i)
	}
	offsets = append(offsets, len(a.Text))
	if n := utf8.RuneCountInString(a.Text); n+1 != len(offsets) {
		return fmt.Errorf("text is not valid UTF-8")
	}
	var bad error
	at := func(i int) int {
		if i < 0 || i >= len(offsets) {
			bad = fmt.Errorf("offset %d is outside the text of %d code points", i, len(offsets)-1)
			return 0
		}
		return offsets[i]
	}
	span := func(start, end int) Span {
		if start > end {
			bad = fmt.Errorf("the span from %d to %d ends before it starts", start, end)
			return Span{}
		}
		return Span{at(start), at(end)}
	}
	spans := func(s []Span) {
		for i := range s {
			s[i] = span(s[i][0], s[i][1])
		}
	}
	for i := range a.Entities {
		e := &a.Entities[i]
		x := span(e.Start, e.End)
		e.Start, e.End = x[0], x[1]
	}
	for i := range a.Quotes {
		spans(a.Quotes[i].Spans)
		spans(a.Quotes[i].Cue)
		spans(a.Quotes[i].Speaker)
	}
	for i := range a.Clusters {
		for j := range a.Clusters[i].Mentions {
			m := &a.Clusters[i].Mentions[j]
			whole := span(m.Start, m.End)
			m.HeadSpan = whole
			var pair [2]int
			var object struct{ Start, End int }
			switch {
			case len(m.Head) == 0 || string(m.Head) == "null":
			case json.Unmarshal(m.Head, &pair) == nil:
				m.HeadSpan = span(pair[0], pair[1])
			case json.Unmarshal(m.Head, &object) == nil:
				m.HeadSpan = span(object.Start, object.End)
			}
			m.Start, m.End = whole[0], whole[1]
		}
	}
	return bad
}
