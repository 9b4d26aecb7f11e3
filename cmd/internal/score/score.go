// Package score measures predictions against annotated articles: names by
// exact span and type, who said what by tokens and by quotation, and which
// mentions are one entity. Its figures are those of the reference scorers of
// the project's data, ner_score.py, attribution_score.py, quote_score.py and
// coref_score.py.
//
// The zero value of each score is ready for use; add the articles one after the
// other, from one goroutine.
package score

// A Count holds right, found and annotated items.
type Count struct{ Right, Found, Gold int }

// Precision is the percentage of what was found that is right; 0 where nothing was found.
func (c Count) Precision() float64 { return percent(float64(c.Right), float64(c.Found)) }

// Recall is the percentage of what is annotated that was found; 0 where nothing is.
func (c Count) Recall() float64 { return percent(float64(c.Right), float64(c.Gold)) }

// F1 is the harmonic mean of precision and recall, a percentage.
func (c Count) F1() float64 { return percent(float64(2*c.Right), float64(c.Found+c.Gold)) }

func percent(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return 100 * a / b
}

// A Share is how many of some items are right.
type Share struct{ Right, All int }

// Percent is the share as a percentage; 0 of nothing is 0.
func (s Share) Percent() float64 { return percent(float64(s.Right), float64(s.All)) }

func (s *Share) add(right bool) {
	s.All++
	if right {
		s.Right++
	}
}
