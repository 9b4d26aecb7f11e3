package main

import (
	"slices"
	"strings"
	"unicode"

	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/nlp/sequence"
)

// An exampleMaker makes what is learned of articles: they as they are and, with
// the weights that it has, in other letters and with other names.
type exampleMaker struct {
	gazetteer         *gazetteer.Gazetteer
	recased, replaced float32
	pool              *namePool
}

// examples returns the examples of a corpus, how many names it has, and how
// many of these do not begin and end at the borders of tokens.
func (m *exampleMaker) examples(c *chosenNames) (examples []sequence.Example, found, lost int) {
	add := func(a *corpus.Article, before int, weight float32) (int, int) {
		doc := nlp.Parse(a.Text)
		names, lost := tokenNames(doc, a)
		names.MiscUnknown = !c.misc
		names.Before = before
		for _, e := range entities.Examples(doc, m.gazetteer, names) {
			e.Weight = weight * float32(c.weight)
			examples = append(examples, e)
		}
		return len(names.Names), lost
	}
	for number, a := range c.articles {
		n, skipped := add(a, 0, 1)
		found += n
		lost += skipped
		if m.recased > 0 && c.recased {
			if b, end := recased(a, number); end > 0 {
				add(b, end, m.recased)
			}
		}
		if m.replaced > 0 && c.replaced {
			add(m.pool.replaced(a), 0, m.replaced)
		}
	}
	return examples, found, lost
}

// recased returns the article in other letters up to end: its first paragraph
// in capitals or, for some articles by their number, all of it in capitals or in
// lower case. An end of 0 says that this article is not.
func recased(a *corpus.Article, number int) (changed *corpus.Article, end int) {
	letters := upperASCII
	end = strings.IndexByte(a.Text, '\n')
	switch {
	case number%8 == 0:
		end = len(a.Text)
	case number%8 == 4:
		letters, end = lowerASCII, len(a.Text)
	case end < 0 || end > 150:
		return nil, 0
	}
	copied := *a
	copied.Text = strings.Map(letters, a.Text[:end]) + a.Text[end:]
	return &copied, end
}

func upperASCII(r rune) rune {
	if r >= 'a' && r <= 'z' {
		return r - 'a' + 'A'
	}
	return r
}

func lowerASCII(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r - 'A' + 'a'
	}
	return r
}

// useOf maps the licence of an article to a use.
func useOf(licence string) string {
	switch l := strings.ToLower(licence); {
	case l == "open" || l == "research" || l == "share-alike":
		return l
	case strings.Contains(l, "sa"):
		return "share-alike"
	case strings.Contains(l, "nc") || strings.Contains(l, "nd"):
		return "none"
	}
	return "open"
}

// kindOfType maps annotated types. A country that stands for its team is a
// location in most corpora.
var kindOfType = map[string]entities.Kind{
	"PER": entities.Person, "ORG": entities.Organization, "LOC": entities.Location, "TEAM": entities.Location,
}

// tokenNames returns the annotated names of a as token ranges, and how many
// do not begin and end at the borders of tokens.
func tokenNames(doc *nlp.Document, a *corpus.Article) (names entities.Annotation, lost int) {
	var list []corpus.Name
	for _, e := range a.Entities {
		list = appendPlaces(list, a.Text, e)
	}
	slices.SortStableFunc(list, func(x, y corpus.Name) int {
		if x.Start != y.Start {
			return x.Start - y.Start
		}
		return y.End - x.End
	})
	for _, e := range list {
		kind := kindOfType[e.Type]
		if kind == 0 && e.Type != "MISC" {
			continue
		}
		start, end := trimName(a.Text, e.Start, e.End)
		first, last := corpus.TokensAt(doc, start, end)
		if first >= last {
			lost++
			continue
		}
		if doc.Tokens[first].Start != start || doc.Tokens[last-1].End != end {
			lost++
		}
		if kind == 0 {
			names.Misc = append(names.Misc, [2]int{first, last})
			continue
		}
		if n := len(names.Names); n > 0 && names.Names[n-1].Last > first {
			continue // inside of the name before
		}
		names.Names = append(names.Names, entities.Mention{First: first, Last: last, Kind: kind})
	}
	return names, lost
}

// appendPlaces appends a name; one that holds several locations, as some
// annotators have it (Lhasa, Tibet; Sudan's Blue Nile; southern Africa), as the
// guideline wants it: each on its own, without the words in lower case around.
func appendPlaces(list []corpus.Name, text string, e corpus.Name) []corpus.Name {
	if e.Type != "LOC" {
		return append(list, e)
	}
	rest := text[e.Start:e.End]
	for start := e.Start; ; {
		end, next := len(rest), -1
		for _, between := range []string{", ", "'s ", "’s "} {
			if i := strings.Index(rest[:end], between); i > 0 && !isDistrict(rest[i+len(between):]) {
				end, next = i, i+len(between)
			}
		}
		part := rest[:end]
		if capital := strings.IndexFunc(part, unicode.IsUpper); capital > 0 && part[capital-1] == ' ' {
			part = part[capital:]
		}
		if part != "" {
			list = append(list, corpus.Name{Start: start + end - len(part), End: start + end, Type: e.Type})
		}
		if next < 0 {
			return list
		}
		start += next
		rest = rest[next:]
	}
}

// isDistrict reports whether s begins as the end of Washington, D.C. does, which
// is one name.
func isDistrict(s string) bool {
	return strings.HasPrefix(s, "D.C") || strings.HasPrefix(s, "DC") || strings.HasPrefix(s, "D. C")
}

// trimName takes a leading "the" and a trailing possessive off.
func trimName(text string, start, end int) (int, int) {
	for start < end && strings.IndexByte(" \t\r\n", text[start]) >= 0 {
		start++
	}
	for end > start && strings.IndexByte(" \t\r\n", text[end-1]) >= 0 {
		end--
	}
	s := text[start:end]
	if len(s) > 4 && strings.EqualFold(s[:4], "the ") {
		start += 4
		s = s[4:]
	}
	for _, tail := range []string{"'s", "’s", "'S", "’S"} {
		if strings.HasSuffix(s, tail) && len(s) > len(tail) {
			s = strings.TrimRight(s[:len(s)-len(tail)], " ")
			return start, start + len(s)
		}
	}
	return start, end
}
