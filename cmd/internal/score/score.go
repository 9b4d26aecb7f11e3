// Package score measures predictions against annotated articles: names by
// exact span and type, and who said what by tokens.
package score

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
)

// A Count holds right, wrongly found and missed items.
type Count struct{ Right, Found, Gold int }

// Precision, Recall and F1 are percentages; 0 where nothing was counted.
func (c Count) Precision() float64 { return percent(c.Right, c.Found) }
func (c Count) Recall() float64    { return percent(c.Right, c.Gold) }
func (c Count) F1() float64        { return percent(2*c.Right, c.Found+c.Gold) }

func percent(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return 100 * float64(a) / float64(b)
}

// Names is the score of names: per type and together.
type Names struct{ PER, ORG, LOC, All Count }

var (
	leadingThe = regexp.MustCompile(`^(?i:the)\s+`)
	possessive = regexp.MustCompile(`\s*['’][sS]$`)
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
	if m := leadingThe.FindStringIndex(text[n.Start:n.End]); m != nil && n.Start+m[1] < n.End {
		n.Start += m[1]
	}
	if m := possessive.FindStringIndex(text[n.Start:n.End]); m != nil && m[0] > 0 {
		n.End = n.Start + m[0]
	}
	n.Entity = nil
	return n
}

// Add counts the names predicted for an article.
func (s *Names) Add(gold *corpus.Article, predicted []corpus.Name) {
	set := func(names []corpus.Name) map[corpus.Name]bool {
		m := make(map[corpus.Name]bool)
		for _, n := range names {
			if n.Type == "PER" || n.Type == "ORG" || n.Type == "LOC" {
				m[strip(gold.Text, n)] = true
			}
		}
		return m
	}
	g, p := set(gold.Entities), set(predicted)
	of := func(t string) *Count { return map[string]*Count{"PER": &s.PER, "ORG": &s.ORG, "LOC": &s.LOC}[t] }
	for n := range g {
		of(n.Type).Gold++
		s.All.Gold++
		if p[n] {
			of(n.Type).Right++
			s.All.Right++
		}
	}
	for n := range p {
		of(n.Type).Found++
		s.All.Found++
	}
}

// Attribution is the score of quotations over word tokens: Content of being
// inside a quotation, Speaker of being credited to the right name as well.
type Attribution struct {
	Content, Speaker Count
	ByKind           map[string]*Count // recall of gold tokens by kind
}

var word = regexp.MustCompile(`[\p{L}\p{N}_\p{Mn}]+`)

// Add counts the quotations predicted for an article.
func (s *Attribution) Add(gold *corpus.Article, predicted []corpus.Quote) {
	if s.ByKind == nil {
		s.ByKind = make(map[string]*Count)
	}
	tokens := word.FindAllStringIndex(gold.Text, -1)
	cover := func(quotes []corpus.Quote) []*corpus.Quote {
		c := make([]*corpus.Quote, len(tokens))
		for k := range quotes {
			for _, sp := range quotes[k].Spans {
				from, _ := slices.BinarySearchFunc(tokens, sp[0], func(t []int, x int) int { return t[0] - x })
				for i := from; i < len(tokens) && tokens[i][1] <= sp[1]; i++ {
					c[i] = &quotes[k]
				}
			}
		}
		return c
	}
	g, p := cover(gold.Quotes), cover(predicted)
	type both struct{ g, p *corpus.Quote }
	same := make(map[both]bool)
	for i := range tokens {
		if p[i] != nil {
			s.Content.Found++
			s.Speaker.Found++
		}
		if g[i] == nil {
			continue
		}
		s.Content.Gold++
		s.Speaker.Gold++
		k := s.ByKind[g[i].Kind]
		if k == nil {
			k = new(Count)
			s.ByKind[g[i].Kind] = k
		}
		k.Gold++
		if p[i] == nil {
			continue
		}
		k.Right++
		s.Content.Right++
		key := both{g[i], p[i]}
		ok, seen := same[key]
		if !seen {
			ok = SameName(key.g.SpeakerName, key.p.SpeakerName)
			same[key] = ok
		}
		if ok {
			s.Speaker.Right++
		}
	}
}

var notInNames = map[string]bool{"the": true, "a": true, "an": true, "of": true, "and": true, "for": true, "mr": true,
	"mrs": true, "ms": true, "dr": true, "sir": true, "president": true, "minister": true, "prime": true, "foreign": true,
	"spokesman": true, "spokeswoman": true, "spokesperson": true}

var genitive = regexp.MustCompile(`['’]s\b`)

func nameWords(name string) []string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(name) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return word.FindAllString(genitive.ReplaceAllString(b.String(), ""), -1)
}

// SameName reports whether two names of a speaker mean the same: equal but for
// titles, one a part of the other, or one the initials of the other.
func SameName(a, b string) bool {
	aw, bw := nameWords(a), nameWords(b)
	if len(aw) == 0 || len(bw) == 0 {
		return len(aw) == len(bw)
	}
	core := func(words []string) []string {
		var c []string
		for _, w := range words {
			if !notInNames[w] {
				c = append(c, w)
			}
		}
		if len(c) == 0 {
			return words
		}
		return c
	}
	ac, bc := core(aw), core(bw)
	within := func(x, y []string) bool {
		for _, w := range x {
			if !slices.Contains(y, w) {
				return false
			}
		}
		return true
	}
	initials := func(words []string) string {
		var b strings.Builder
		for _, w := range words {
			b.WriteRune([]rune(w)[0])
		}
		return b.String()
	}
	return within(ac, bc) || within(bc, ac) ||
		len(aw) == 1 && initials(bc) == aw[0] || len(bw) == 1 && initials(ac) == bw[0]
}
