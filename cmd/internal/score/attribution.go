package score

import (
	"slices"

	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
)

// Attribution is the score of quotations over word tokens: Content of being
// inside a quotation, Speaker of being credited to the right name as well.
type Attribution struct {
	Content, Speaker Count
	Parts            Count             // parts of quotations with a union that is shared to 80 %
	ByKind           map[string]*Count // recall of gold tokens by kind
}

var word = lazily(`[\p{L}\p{N}_]+`)

// Add counts the quotations predicted for an article.
func (s *Attribution) Add(gold *corpus.Article, predicted []corpus.Quote) {
	if s.ByKind == nil {
		s.ByKind = make(map[string]*Count)
	}
	tokens := word().FindAllStringIndex(gold.Text, -1)
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
			ok = SameName(key.g.SpeakerName, speakerName(gold.Text, key.p))
			same[key] = ok
		}
		if ok {
			s.Speaker.Right++
		}
	}
	s.addParts(gold, predicted)
}

func (s *Attribution) addParts(gold *corpus.Article, predicted []corpus.Quote) {
	at := corpus.NewCodePoints(gold.Text)
	g, p := parts(at, gold.Quotes), parts(at, predicted)
	s.Parts.Gold += len(g)
	s.Parts.Found += len(p)
	used := make(map[corpus.Span]bool)
	for _, a := range g {
		for _, b := range p {
			if shared := min(a[1], b[1]) - max(a[0], b[0]); !used[b] && shared > 0 && float64(shared)/float64(max(a[1], b[1])-min(a[0], b[0])) >= 0.8 {
				used[b] = true
				s.Parts.Right++
				break
			}
		}
	}
}

// parts returns the spans of quotes in code points.
func parts(at corpus.CodePoints, quotes []corpus.Quote) []corpus.Span {
	var out []corpus.Span
	for _, q := range quotes {
		for _, sp := range q.Spans {
			out = append(out, corpus.Span{at.Of(sp[0]), at.Of(sp[1])})
		}
	}
	return out
}

// speakerName is the name of a speaker or, without one, the speaker as written.
func speakerName(text string, q *corpus.Quote) string {
	if q.SpeakerName == "" && len(q.Speaker) > 0 {
		return text[q.Speaker[0][0]:q.Speaker[0][1]]
	}
	return q.SpeakerName
}
