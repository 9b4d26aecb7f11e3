package score

import (
	"cmp"
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
)

// Quotations is the score of quotations as wholes, for corpora that mark who
// speaks and do not say which entity it is. Quotations are compared by their
// word tokens, so that marks and commas at the borders do not matter.
// Attributions that are not speech count as neither right nor wrong.
type Quotations struct {
	Tokens  Count            // tokens inside a quotation
	Whole   Count            // quotations whose union is shared to 80 %
	Exact   Count            // quotations with the same tokens
	Half    Count            // quotations whose union is shared to 50 %
	Credit  Count            // quotations of Half that have the right speaker
	Speaker Share            // right speakers of the quotations of Half whose speaker is annotated as a span
	Name    Share            // right names of the quotations of Half whose speaker is annotated by name
	Pronoun Share            // those of Name whose speaker is written as a pronoun
	ByKind  map[string]*Kind // by direct, indirect and mixed
}

// Kind is the score of one kind of quotations. The kind of a prediction is
// that of its surface: the quotation marks around it.
type Kind struct {
	Recall, Precision Share // of tokens
	Whole             Share // quotations whose union is shared to 80 %
}

// F1 is the harmonic mean of the precision and the recall of tokens, a percentage.
func (k *Kind) F1() float64 {
	p, r := k.Precision.Percent(), k.Recall.Percent()
	return percent(2*p*r/100, p+r)
}

// a quotation with its word tokens, ascending.
type tokenised struct {
	*corpus.Quote
	tokens []int
	kind   string
}

// Add counts the quotations predicted for an article.
func (s *Quotations) Add(gold *corpus.Article, predicted []corpus.Quote) {
	if s.ByKind == nil {
		s.ByKind = map[string]*Kind{"direct": {}, "indirect": {}, "mixed": {}}
	}
	x := newTokens(gold.Text)
	var g, ignored []tokenised
	for k := range gold.Quotes {
		q := x.of(&gold.Quotes[k])
		if q.Kind != "" {
			q.kind = q.Kind
		}
		switch {
		case !q.IsSpeech() || q.Ignore:
			ignored = append(ignored, q)
		case len(q.tokens) > 0:
			g = append(g, q)
		}
	}
	inGold := x.union(g, "")
	inIgnored := x.union(ignored, "")
	for i := range inIgnored {
		inIgnored[i] = inIgnored[i] && !inGold[i]
	}
	p := x.predictions(predicted, inIgnored)
	s.addTokens(x, g, p, inGold, inIgnored)
	s.Exact.addMatched(g, p, match(g, p, 1))
	whole := match(g, p, 0.8)
	s.Whole.addMatched(g, p, whole)
	for i, q := range g {
		if k := s.ByKind[q.kind]; k != nil {
			k.Whole.add(whole[i] >= 0)
		}
	}
	half := match(g, p, 0.5)
	s.Half.addMatched(g, p, half)
	s.addSpeakers(gold.Text, g, p, half)
}

func (s *Quotations) addTokens(x *tokens, g, p []tokenised, inGold, inIgnored []bool) {
	found := x.union(p, "")
	for i := range found {
		found[i] = found[i] && !inIgnored[i]
		switch {
		case found[i] && inGold[i]:
			s.Tokens.Right++
			s.Tokens.Found++
			s.Tokens.Gold++
		case found[i]:
			s.Tokens.Found++
		case inGold[i]:
			s.Tokens.Gold++
		}
	}
	for name, k := range s.ByKind {
		of := x.union(g, name)
		by := x.union(p, name)
		for i := range of {
			if of[i] {
				k.Recall.add(found[i])
			}
			if by[i] && !inIgnored[i] {
				k.Precision.add(inGold[i])
			}
		}
	}
}

func (s *Quotations) addSpeakers(text string, g, p []tokenised, matched []int) {
	s.Credit.Gold += len(g)
	s.Credit.Found += len(p)
	for i, q := range g {
		if matched[i] < 0 {
			continue
		}
		found := p[matched[i]]
		ok := rightSpeaker(text, found.Quote, q.Quote)
		if ok {
			s.Credit.Right++
		}
		if len(q.Speaker) > 0 {
			s.Speaker.add(ok)
		}
		if q.SpeakerName == "" {
			continue
		}
		ok = rightName(speakerName(text, found.Quote), q.Quote)
		s.Name.add(ok)
		if len(q.Speaker) > 0 && !slices.ContainsFunc(q.Speaker, func(sp corpus.Span) bool {
			return !pronouns[strings.ToLower(strings.TrimSpace(text[sp[0]:sp[1]]))]
		}) {
			s.Pronoun.add(ok)
		}
	}
}

func (c *Count) addMatched(g, p []tokenised, matched []int) {
	c.Gold += len(g)
	c.Found += len(p)
	for _, j := range matched {
		if j >= 0 {
			c.Right++
		}
	}
}

// match pairs quotations that share at least the given part of the union of
// their tokens, the best pairs first; a quotation of g without one has -1.
func match(g, p []tokenised, least float64) []int {
	type pair struct {
		union float64
		i, j  int
	}
	var pairs []pair
	for i := range g {
		for j := range p {
			if n := shared(g[i].tokens, p[j].tokens); n > 0 {
				if u := float64(n) / float64(len(g[i].tokens)+len(p[j].tokens)-n); u >= least {
					pairs = append(pairs, pair{u, i, j})
				}
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.union, a.union), cmp.Compare(a.i, b.i), cmp.Compare(a.j, b.j))
	})
	matched := make([]int, len(g))
	for i := range matched {
		matched[i] = -1
	}
	used := make([]bool, len(p))
	for _, x := range pairs {
		if matched[x.i] < 0 && !used[x.j] {
			matched[x.i], used[x.j] = x.j, true
		}
	}
	return matched
}

// shared counts the numbers that are in both ascending lists.
func shared(a, b []int) (n int) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}

// tokens are the word tokens of a text, in bytes.
type tokens struct {
	text string
	at   corpus.CodePoints
	list [][]int
}

var wordWithMarks = lazily(`[\p{L}\p{N}_]+(?:[’'.\-][\p{L}\p{N}_]+)*`)

func newTokens(text string) *tokens {
	return &tokens{text, corpus.NewCodePoints(text), wordWithMarks().FindAllStringIndex(text, -1)}
}

// of returns q with the tokens of which at least half lies in it.
func (x *tokens) of(q *corpus.Quote) tokenised {
	out := tokenised{Quote: q, kind: surfaceKind(x.text, q.Spans)}
	for _, sp := range q.Spans {
		first, _ := slices.BinarySearchFunc(x.list, sp[0], func(t []int, start int) int { return cmp.Compare(t[1], start+1) })
		for i := first; i < len(x.list) && x.list[i][0] < sp[1]; i++ {
			start, end := x.at.Of(x.list[i][0]), x.at.Of(x.list[i][1])
			if 2*(min(x.at.Of(sp[1]), end)-max(x.at.Of(sp[0]), start)) >= end-start {
				out.tokens = append(out.tokens, i)
			}
		}
	}
	slices.Sort(out.tokens)
	out.tokens = slices.Compact(out.tokens)
	return out
}

// predictions returns the quotations with their tokens, without those that have
// none, repeat another, or lie mostly on what is ignored.
func (x *tokens) predictions(quotes []corpus.Quote, ignored []bool) []tokenised {
	var out []tokenised
	for k := range quotes {
		q := x.of(&quotes[k])
		n := 0
		for _, i := range q.tokens {
			if ignored[i] {
				n++
			}
		}
		if len(q.tokens) == 0 || 2*n > len(q.tokens) || slices.ContainsFunc(out, func(o tokenised) bool { return slices.Equal(o.tokens, q.tokens) }) {
			continue
		}
		out = append(out, q)
	}
	return out
}

// union tells for each token whether it is in a quotation of the kind; "" is any kind.
func (x *tokens) union(quotes []tokenised, kind string) []bool {
	in := make([]bool, len(x.list))
	for _, q := range quotes {
		if kind == "" || q.kind == kind {
			for _, i := range q.tokens {
				in[i] = true
			}
		}
	}
	return in
}
