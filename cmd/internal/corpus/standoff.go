package corpus

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"strings"
)

// A standoff is the annotation of one text that lies elsewhere.
type standoff struct {
	ID    string         `json:"id"`
	CRC32 uint32         `json:"crc32"` // of the text, IEEE
	Names []standoffName `json:"names"`
}

// A standoffName is [start, end, type], in code points.
type standoffName Name

func (n *standoffName) UnmarshalJSON(b []byte) error {
	var fields []json.RawMessage
	if err := json.Unmarshal(b, &fields); err != nil {
		return err
	}
	if len(fields) != 3 {
		return fmt.Errorf("a name has %d fields, not start, end and type", len(fields))
	}
	for i, field := range []any{&n.Start, &n.End, &n.Type} {
		if err := json.Unmarshal(fields[i], field); err != nil {
			return err
		}
	}
	return nil
}

// ReadStandoff reads names that were annotated apart from their texts, which
// are those of the articles of the same ID: JSON Lines of
//
//	{"id": "a1", "crc32": 3083891038, "names": [[0, 13, "PER"], [18, 22, "ORG"]]}
//
// It returns these articles in the order of the annotation, with no other names
// than its own. Articles without annotation are left out. An error begins with
// the line number; it is one if a text is missing or is not the one that was
// annotated.
func ReadStandoff(r io.Reader, articles []*Article) ([]*Article, error) {
	byID := make(map[string]*Article, len(articles))
	for _, a := range articles {
		byID[a.ID] = a
	}
	in := bufio.NewReaderSize(r, 1<<20)
	var annotated []*Article
	for line := 1; ; line++ {
		b, err := in.ReadBytes('\n')
		if len(strings.TrimSpace(string(b))) > 0 {
			var s standoff
			if err := json.Unmarshal(b, &s); err != nil {
				return nil, fmt.Errorf("%d: %w", line, err)
			}
			text := byID[s.ID]
			if text == nil {
				return nil, fmt.Errorf("%d: there is no text of the article %s", line, s.ID)
			}
			if crc32.ChecksumIEEE([]byte(text.Text)) != s.CRC32 {
				return nil, fmt.Errorf("%d: the text of the article %s is not the one that was annotated", line, s.ID)
			}
			a := &Article{ID: s.ID, Text: text.Text, Licence: text.Licence, Genre: text.Genre}
			for _, n := range s.Names {
				a.Entities = append(a.Entities, Name(n))
			}
			if err := a.toBytes(); err != nil {
				return nil, fmt.Errorf("%d: %s: %w", line, a.ID, err)
			}
			annotated = append(annotated, a)
		}
		if err == io.EOF {
			return annotated, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%d: %w", line, err)
		}
	}
}

// ReadStandoffFile is [ReadStandoff] of two files.
func ReadStandoffFile(name, texts string) ([]*Article, error) {
	articles, err := ReadFile(texts)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	articles, err = ReadStandoff(f, articles)
	if err != nil {
		return nil, fmt.Errorf("%s:%w", name, err)
	}
	return articles, nil
}
