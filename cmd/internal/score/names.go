package score

import (
	"slices"
	"strings"
	"unicode"

	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
)

// Names is the score of names by exact span and type: per type, of all types
// together, and of spans whatever their type.
type Names struct{ PER, ORG, LOC, All, Boundary Count }

var (
	leadingThe = lazily(`^(?i:the)[\s\p{Z}]+`)
	possessive = lazily(`[\s\p{Z}]*['’][sS]$`)
)

// strip leaves out a leading "the", a trailing possessive and outer space.
func strip(text string, n corpus.Name) corpus.Name {
	s := text[n.Start:n.End]
	cut := len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	n.Start += cut
	n.End -= len(s) - len(strings.TrimRightFunc(s, unicode.IsSpace))
	if n.End < n.Start {
		n.End = n.Start
	}
	if m := leadingThe().FindStringIndex(text[n.Start:n.End]); m != nil && n.Start+m[1] < n.End {
		n.Start += m[1]
	}
	if m := possessive().FindStringIndex(text[n.Start:n.End]); m != nil && m[0] > 0 {
		n.End = n.Start + m[0]
	}
	n.Entity = nil
	return n
}

// Add counts the names predicted for an article. Where the annotation has a
// TEAM, predictions that overlap it count as neither right nor wrong.
func (s *Names) Add(gold *corpus.Article, predicted []corpus.Name) {
	var teams []corpus.Name
	for _, n := range gold.Entities {
		if n.Type == "TEAM" {
			teams = append(teams, n)
		}
	}
	inTeam := func(n corpus.Name) bool {
		return slices.ContainsFunc(teams, func(t corpus.Name) bool { return n.Start < t.End && t.Start < n.End })
	}
	set := func(names []corpus.Name) map[corpus.Name]bool {
		m := make(map[corpus.Name]bool)
		for _, n := range names {
			if s.of(n.Type) != nil && !inTeam(n) {
				m[strip(gold.Text, n)] = true
			}
		}
		return m
	}
	g, p := set(gold.Entities), set(predicted)
	count := func(of func(corpus.Name) *Count, g, p map[corpus.Name]bool) {
		for n := range g {
			of(n).Gold++
			if p[n] {
				of(n).Right++
			}
		}
		for n := range p {
			of(n).Found++
		}
	}
	count(func(n corpus.Name) *Count { return s.of(n.Type) }, g, p)
	count(func(corpus.Name) *Count { return &s.All }, g, p)
	count(func(corpus.Name) *Count { return &s.Boundary }, untyped(g), untyped(p))
}

// of returns the count of a type; nil for types that are not scored.
func (s *Names) of(t string) *Count {
	switch t {
	case "PER":
		return &s.PER
	case "ORG":
		return &s.ORG
	case "LOC":
		return &s.LOC
	}
	return nil
}

func untyped(names map[corpus.Name]bool) map[corpus.Name]bool {
	m := make(map[corpus.Name]bool, len(names))
	for n := range names {
		n.Type = ""
		m[n] = true
	}
	return m
}

// Merge adds the counts of another score.
func (s *Names) Merge(o *Names) {
	for _, c := range []struct{ to, from *Count }{
		{&s.PER, &o.PER}, {&s.ORG, &o.ORG}, {&s.LOC, &o.LOC}, {&s.All, &o.All}, {&s.Boundary, &o.Boundary},
	} {
		c.to.Right += c.from.Right
		c.to.Found += c.from.Found
		c.to.Gold += c.from.Gold
	}
}
