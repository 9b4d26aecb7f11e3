package sequence

import "math"

// A Workspace holds the memory that decoding needs, to be used again and again
// by one goroutine at a time. The zero Workspace is ready for use.
type Workspace struct {
	model   *Model
	n       int
	sums    []Sum
	scores  [][MaxLabels]int32 // the numbers of sums
	lead    []int64            // see findLeads
	back    [][MaxLabels]uint8
	forward forward
	scorer  *Scorer
	own     []Sum
}

// Load makes the sums, one for each position, the sequence that w works on. They
// must not change until the next call of Load.
func (w *Workspace) Load(m *Model, sums []Sum) {
	w.model, w.n, w.sums = m, len(sums), sums
	w.scores = grow(w.scores, w.n)
	for i := range sums {
		sums[i].numbers(&w.scores[i])
	}
	w.findLeads()
	w.forward.reset()
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n+n/4)[:n]
	}
	return s[:n]
}

// Decode returns the best allowed path of labels for a sequence: position i has
// the features features[ends[i-1]:ends[i]] (the first one features[:ends[0]]),
// no more than 250 of them. The path is appended to out[:0]; out may be nil. w
// must not be nil.
func (m *Model) Decode(features []uint32, ends []int32, w *Workspace, out []uint8) []uint8 {
	if w.scorer == nil {
		w.scorer = new(Scorer)
	}
	w.own = grow(w.own, len(ends))
	clear(w.own)
	w.scorer.Score(m, features, ends, w.own)
	w.Load(m, w.own)
	return w.Path(out)
}

// The scores of the Viterbi algorithm are whole numbers: a weight of 1 is
// 1<<fraction, so that transitions keep their digits.
const fraction = 10

// Path returns the best allowed path of labels for the sequence that was
// loaded. It is appended to out[:0]; out may be nil.
func (w *Workspace) Path(out []uint8) []uint8 {
	n := w.n
	out = out[:0]
	if n == 0 {
		return out
	}
	w.back = grow(w.back, n)
	out = grow(out, n)
	for i := 0; i < n; {
		if w.lead[i] < 0 {
			out[i] = rest
			i++
			continue
		}
		end := i + 1
		for end < n && w.lead[end] >= 0 {
			end++
		}
		w.viterbi(i, end, out)
		i = end
	}
	return out
}

// rest is the label that most positions have.
const rest = 0

// findLeads computes for each position by how much a path that has another
// label than rest there can at most be better than the best one that has rest
// there. It is negative, by far, at most positions, and spares the algorithms
// to look at them.
//
// What is compared are a run of other labels around the position, and rest in
// its stead. A run of k positions has k+1 transitions, each of which is better
// than that of rest to itself by no more than the model's advantage.
func (w *Workspace) findLeads() {
	m := w.model
	w.lead = grow(w.lead, w.n)
	if !m.restful {
		clear(w.lead)
		return
	}
	L := len(m.labels)
	best := int64(0) // of the runs that end before the position, or none
	for i := range w.scores {
		s := &w.scores[i]
		top := int32(math.MinInt32)
		for l := rest + 1; l < L; l++ {
			top = max(top, s[l&(MaxLabels-1)])
		}
		own := int64(top-s[rest])<<fraction + m.advantage
		if L == 1 {
			own = -1 << 40
		}
		w.lead[i] = own + best + m.advantage
		best = max(0, best+own)
	}
	best = 0 // of the runs that begin behind the position
	for i := w.n - 1; i >= 0; i-- {
		own := w.lead[i] - m.advantage
		if i > 0 {
			own -= max(0, w.lead[i-1]-m.advantage) // the best run before i
		}
		w.lead[i] += best
		best = max(0, best+own)
	}
}

// viterbi sets the labels of the positions [first, last), around which there is
// rest or nothing.
func (w *Workspace) viterbi(first, last int, out []uint8) {
	m := w.model
	L := len(m.labels)
	// In the low bits of a score stands the label that it comes from, so that
	// the largest score tells it; of equal ones it is the first label.
	const bits = 4
	const none = -1 << 58
	var prev [MaxLabels]int64
	base := &m.fixedStart
	if first > 0 {
		base = &m.fixedRest
	}
	for l := range L {
		prev[l] = max(base[l]+int64(w.scores[first][l])<<fraction, none)
	}
	for i := first + 1; i < last; i++ {
		for l := range prev {
			prev[l] = prev[l]<<bits + int64(MaxLabels-1-l)
		}
		scores, back := &w.scores[i], &w.back[i]
		var cur [MaxLabels]int64
		for to, preds := range m.preds {
			to &= MaxLabels - 1
			trans := &m.fixedTrans[to]
			best := int64(none<<bits + MaxLabels - 1)
			for _, p := range preds {
				p &= MaxLabels - 1
				best = max(best, prev[p]+trans[p])
			}
			cur[to] = max(best>>bits+int64(scores[to])<<fraction, none)
			back[to] = uint8(MaxLabels - 1 - best&(MaxLabels-1))
		}
		prev = cur
	}
	base = &m.fixedEnd
	if last < w.n {
		base = &m.fixedToRest
	}
	best, label := int64(math.MinInt64), uint8(0)
	for l := range L {
		if s := prev[l] + base[l]; s > best {
			best, label = s, uint8(l)
		}
	}
	for i := last - 1; ; i-- {
		out[i] = label
		if i == first {
			return
		}
		label = w.back[i][label]
	}
}
