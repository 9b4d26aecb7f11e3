// Package corpus reads the annotated articles that the models are trained and
// scored on: JSON Lines whose offsets are code points, turned into byte offsets.
package corpus

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"
)

// A Span is a half-open range [start, end) of byte offsets into Article.Text.
type Span [2]int

// A Name is an annotated name; Type is PER, ORG, LOC or MISC.
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

// ReadFile reads all articles of a JSON Lines file, .gz or not. An error names
// the file and the line.
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
	articles, err := Read(r)
	if err != nil {
		return nil, fmt.Errorf("%s:%w", name, err)
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
	spans := func(s []Span) {
		for i := range s {
			s[i] = Span{at(s[i][0]), at(s[i][1])}
		}
	}
	for i := range a.Entities {
		e := &a.Entities[i]
		e.Start, e.End = at(e.Start), at(e.End)
	}
	for i := range a.Quotes {
		spans(a.Quotes[i].Spans)
		spans(a.Quotes[i].Cue)
		spans(a.Quotes[i].Speaker)
	}
	for i := range a.Clusters {
		for j := range a.Clusters[i].Mentions {
			m := &a.Clusters[i].Mentions[j]
			m.HeadSpan = Span{at(m.Start), at(m.End)}
			var pair [2]int
			var object struct{ Start, End int }
			switch {
			case len(m.Head) == 0 || string(m.Head) == "null":
			case json.Unmarshal(m.Head, &pair) == nil:
				m.HeadSpan = Span{at(pair[0]), at(pair[1])}
			case json.Unmarshal(m.Head, &object) == nil:
				m.HeadSpan = Span{at(object.Start), at(object.End)}
			}
			m.Start, m.End = at(m.Start), at(m.End)
		}
	}
	return bad
}
