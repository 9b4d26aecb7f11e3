package score

import "github.com/whosaid-nlp/whosaid/cmd/internal/corpus"

// Coreference is the score of who is who: B³ over the annotated name mentions,
// and which pronouns refer to the right entity.
type Coreference struct {
	right   struct{ found, gold float64 } // sums of the precision and recall of each name
	names   int
	Found   Share // names that were found at all
	Pronoun Share // pronouns of named entities whose cluster has a name of that entity
}

// Empty reports whether there was no annotated name.
func (s *Coreference) Empty() bool { return s.names == 0 }

// Precision is that of B³, a percentage.
func (s *Coreference) Precision() float64 { return percent(s.right.found, float64(s.names)) }

// Recall is that of B³, a percentage.
func (s *Coreference) Recall() float64 { return percent(s.right.gold, float64(s.names)) }

// F1 is that of B³, a percentage.
func (s *Coreference) F1() float64 {
	p, r := s.Precision(), s.Recall()
	return percent(2*p*r/100, p+r)
}

// Add counts the clusters predicted for an article, the spans of the mentions
// of each entity. An annotated mention is found where a predicted one shares 30
// % or more of the union with its head; one that is not found is alone.
func (s *Coreference) Add(gold *corpus.Article, predicted [][]corpus.Span) {
	at := corpus.NewCodePoints(gold.Text)
	find := func(m *corpus.Mention) (cluster int) { // from 1; 0: none
		start, end := at.Of(m.HeadSpan[0]), at.Of(m.HeadSpan[1])
		best := 0.0
		for k, c := range predicted {
			for _, sp := range c {
				from, to := at.Of(sp[0]), at.Of(sp[1])
				if shared := min(to, end) - max(from, start); shared > 0 {
					if u := float64(shared) / float64(max(to, end)-min(from, start)); u > best {
						best, cluster = u, k+1
					}
				}
			}
		}
		if best < 0.3 {
			return 0
		}
		return cluster
	}
	type pair struct{ gold, predicted int }
	both := make(map[pair]int)
	size := make(map[int]int) // names in each predicted cluster
	alone := 0
	for k := range gold.Clusters {
		for j := range gold.Clusters[k].Mentions {
			m := &gold.Clusters[k].Mentions[j]
			if m.Type != "name" {
				continue
			}
			c := find(m)
			s.Found.add(c > 0)
			if c == 0 {
				alone--
				c = alone
			}
			both[pair{k, c}]++
			size[c]++
		}
	}
	goldSize := make(map[int]int)
	for p, n := range both {
		goldSize[p.gold] += n
	}
	for p, n := range both {
		s.right.found += float64(n*n) / float64(size[p.predicted])
		s.right.gold += float64(n*n) / float64(goldSize[p.gold])
		s.names += n
	}
	for k, c := range gold.Clusters {
		if goldSize[k] == 0 {
			continue
		}
		for j := range c.Mentions {
			if m := &c.Mentions[j]; m.Type == "pronoun" {
				p := find(m)
				s.Pronoun.add(p > 0 && both[pair{k, p}] > 0)
			}
		}
	}
}
