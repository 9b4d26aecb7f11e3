package corpus

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// NamesExtension is the extension of files that [ReadNames] reads.
const NamesExtension = ".names"

// ReadNames reads texts whose names stand in square brackets behind their type:
//
//	# A comment.
//	[PER Sergey Lavrov] met [ORG FIFA] officials in [LOC Zurich].
//	A paragraph is a line; blank lines part documents.
//
// Types are PER, ORG, LOC, MISC and TEAM, a country that stands for its team.
// Brackets do not nest; a "[" that is not followed by a type and a space is
// text. An article's text is its lines joined by "\n", its ID the number of its
// first line. An error begins with the line number.
func ReadNames(r io.Reader) ([]*Article, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("1: %w", err)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var articles []*Article
	var open *Article
	var text strings.Builder
	end := func() {
		if open != nil {
			open.Text = text.String()
			articles = append(articles, open)
			open = nil
			text.Reset()
		}
	}
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		line = strings.TrimRight(line, "\r\n")
		switch {
		case strings.HasPrefix(line, "# "):
			continue
		case strings.TrimSpace(line) == "":
			end()
			continue
		case !utf8.ValidString(line):
			return nil, fmt.Errorf("%d: the line is not valid UTF-8: save the file in that encoding", number)
		}
		if open == nil {
			open = &Article{ID: fmt.Sprint(number)}
		} else {
			text.WriteByte('\n')
		}
		if err := open.addNames(line, &text); err != nil {
			return nil, fmt.Errorf("%d: %w", number, err)
		}
	}
	end()
	return articles, nil
}

// addNames appends a line without its brackets to text, and its names to a.
func (a *Article) addNames(line string, text *strings.Builder) error {
	for {
		i, kind := nextName(line)
		if i < 0 {
			text.WriteString(line)
			return nil
		}
		text.WriteString(line[:i])
		line = line[i+len("[ ")+len(kind):]
		k := strings.IndexByte(line, ']')
		if k < 0 {
			return fmt.Errorf("[%s %.40s… has no closing bracket: write ] behind the name", kind, line)
		}
		name := line[:k]
		if name == "" || strings.TrimSpace(name) != name {
			return fmt.Errorf("[%s %s]: write the name with one space before it and none behind", kind, name)
		}
		if j, _ := nextName(name); j >= 0 {
			return fmt.Errorf("[%s %s]: names do not nest: close the first one before the second", kind, name)
		}
		start := text.Len()
		text.WriteString(name)
		a.Entities = append(a.Entities, Name{Start: start, End: text.Len(), Type: kind})
		line = line[k+1:]
	}
}

// nextName returns where the next bracket with a type stands, and its type; -1 if none does.
func nextName(line string) (int, string) {
	for i := 0; ; i++ {
		k := strings.IndexByte(line[i:], '[')
		if k < 0 {
			return -1, ""
		}
		i += k
		for _, kind := range []string{"PER", "ORG", "LOC", "MISC", "TEAM"} {
			if rest, ok := strings.CutPrefix(line[i+1:], kind); ok && strings.HasPrefix(rest, " ") {
				return i, kind
			}
		}
	}
}
