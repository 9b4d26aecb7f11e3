package sequence

// WordFeatures makes the static features of a labeller: those that depend on a
// distinct word (by number; -1 stands for what lies outside of the sequence)
// and its distance from the labelled position alone.
type WordFeatures interface {
	Static(dst []uint32, word int32, offset int) []uint32
}

// StaticScores keeps the sums of static features at the offsets -window to
// window, so that each is summed once a document. It serves one model and one
// goroutine at a time; its memory is used again for the next document.
type StaticScores struct {
	offsets, window int
	features        []uint32
	scored          []bool // [word*offsets+offset+window]
	sums            []Sum  // the same
	outside         []Sum
}

// Reset prepares s for a document of so many distinct words.
func (s *StaticScores) Reset(m *Model, f WordFeatures, words, window int) {
	s.window, s.offsets = window, 2*window+1
	s.scored = grow(s.scored, words*s.offsets)
	s.sums = grow(s.sums, words*s.offsets)
	clear(s.scored)
	for o := len(s.outside); o < s.offsets; o++ {
		var sum Sum
		s.features = f.Static(s.features[:0], -1, o-window)
		m.Score(s.features, &sum)
		s.outside = append(s.outside, sum)
	}
}

// Add adds the scores of a word at an offset to sum.
func (s *StaticScores) Add(m *Model, f WordFeatures, word int32, offset int, sum *Sum) {
	sum.Add(s.of(m, f, word, offset))
}

func (s *StaticScores) of(m *Model, f WordFeatures, word int32, offset int) *Sum {
	o := offset + s.window
	if word < 0 {
		return &s.outside[o]
	}
	k := int(word)*s.offsets + o
	if !s.scored[k] {
		s.scored[k] = true
		s.sums[k] = Sum{}
		s.features = f.Static(s.features[:0], word, offset)
		m.Score(s.features, &s.sums[k])
	}
	return &s.sums[k]
}
