package sequence

// WordFeatures makes the static features of a labeller: those that depend on a
// distinct word (by number; -1 stands for what lies outside of the sequence)
// and its distance from the labelled position alone.
type WordFeatures interface {
	Static(dst []uint32, word int32, offset int) []uint32
}

// StaticScores keeps the scores of static features at the offsets -window to
// window, so that each is summed once a document. It serves one model and one
// goroutine at a time; its memory is used again for the next document.
type StaticScores struct {
	labels, offsets, window int
	features                []uint32
	scored                  []bool    // [word*offsets+offset+window]
	scores                  []float32 // the same, times labels
	outside                 [][]float32
}

// Reset prepares s for a document of so many distinct words.
func (s *StaticScores) Reset(m *Model, f WordFeatures, words, window int) {
	s.labels, s.window, s.offsets = len(m.labels), window, 2*window+1
	if n := words * s.offsets; cap(s.scored) < n {
		s.scored = make([]bool, n+n/4)
		s.scores = make([]float32, (n+n/4)*s.labels)
	}
	s.scored = s.scored[:words*s.offsets]
	clear(s.scored)
	for o := len(s.outside); o < s.offsets; o++ {
		scores := make([]float32, s.labels)
		s.features = f.Static(s.features[:0], -1, o-window)
		m.Score(s.features, scores)
		s.outside = append(s.outside, scores)
	}
}

// Add adds the scores of a word at an offset to sum.
func (s *StaticScores) Add(m *Model, f WordFeatures, word int32, offset int, sum []float32) {
	for l, v := range s.of(m, f, word, offset) {
		sum[l] += v
	}
}

func (s *StaticScores) of(m *Model, f WordFeatures, word int32, offset int) []float32 {
	o := offset + s.window
	if word < 0 {
		return s.outside[o]
	}
	k := int(word)*s.offsets + o
	scores := s.scores[k*s.labels : (k+1)*s.labels]
	if !s.scored[k] {
		s.scored[k] = true
		clear(scores)
		s.features = f.Static(s.features[:0], word, offset)
		m.Score(s.features, scores)
	}
	return scores
}
