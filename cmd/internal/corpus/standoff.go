package corpus

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"slices"
	"strings"
)

// A standoff is the annotation of one text that lies elsewhere.
type standoff struct {
	ID    string         `json:"id"`
	CRC32 uint32         `json:"crc32"` // of the text, IEEE
	Names []standoffName `json:"names"`
	// Repairs says that Names repair the annotation that comes with the text:
	// they stand instead of its names that overlap a span of Drop or one of them.
	Repairs bool   `json:"repairs"`
	Drop    []Span `json:"drop"`
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
// than its own. Articles without annotation are left out.
//
// A line with "repairs": true and "drop": [[0, 13]] repairs names that come with
// the text: those that overlap a dropped span or a name of the line are replaced.
// Where there are such lines, all articles are returned, in their own order. An error begins with
// the line number; it is one if a text is missing or is not the one that was
// annotated.
func ReadStandoff(r io.Reader, articles []*Article) ([]*Article, error) {
	byID := make(map[string]*Article, len(articles))
	for _, a := range articles {
		byID[a.ID] = a
	}
	in := bufio.NewReaderSize(r, 1<<20)
	var annotated []*Article
	repaired := make(map[string]*Article)
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
			a, err := s.apply(text)
			if err != nil {
				return nil, fmt.Errorf("%d: %s: %w", line, s.ID, err)
			}
			annotated = append(annotated, a)
			if s.Repairs {
				repaired[s.ID] = a
			}
		}
		if err == io.EOF && len(repaired) > 0 {
			all := slices.Clone(articles)
			for i, a := range all {
				if better := repaired[a.ID]; better != nil {
					all[i] = better
				}
			}
			return all, nil
		}
		if err == io.EOF {
			return annotated, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%d: %w", line, err)
		}
	}
}

// apply returns the article with the names of s.
func (s *standoff) apply(text *Article) (*Article, error) {
	a := &Article{ID: s.ID, Text: text.Text, Licence: text.Licence, Genre: text.Genre}
	for _, n := range s.Names {
		a.Entities = append(a.Entities, Name(n))
	}
	for _, span := range s.Drop {
		a.Entities = append(a.Entities, Name{Start: span[0], End: span[1]})
	}
	if err := a.toBytes(); err != nil {
		return nil, err
	}
	replaced := a.Entities
	a.Entities = slices.Clip(a.Entities[:len(s.Names)])
	if s.Repairs {
		for _, n := range text.Entities {
			if !slices.ContainsFunc(replaced, func(r Name) bool { return r.Start < n.End && n.Start < r.End }) {
				a.Entities = append(a.Entities, n)
			}
		}
	}
	return a, nil
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
