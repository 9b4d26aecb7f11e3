package sequence

import "math"

// A Workspace holds the memory that decoding needs, to be used again and again
// by one goroutine at a time. The zero Workspace is ready for use.
type Workspace struct {
	n, labels int
	scores    []float32 // [position*labels+label]
	back      []uint8
	path      []uint8
	alpha     []float32 // forward, scaled to the sum 1 at each position
	beta      []float32 // backward, with the scale of the next position
	norm      []float32 // what alpha was divided by
	emit      []float32 // exponentials of scores minus their largest
	have      bool      // alpha and beta belong to scores
	model     *Model
}

// Reset prepares the workspace for a sequence of n positions, all scores 0, and
// returns the scores to be filled, len(labels) of them for each position, for
// [Model.DecodeScores]. Most callers use [Model.Decode] instead.
func (w *Workspace) Reset(m *Model, n int) []float32 {
	w.model, w.n, w.labels, w.have = m, n, len(m.labels), false
	w.scores = grow(w.scores, n*w.labels)
	clear(w.scores)
	return w.scores
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n+n/4)[:n]
	}
	return s[:n]
}

// Decode returns the best allowed path of labels for a sequence: position i has
// the features features[ends[i-1]:ends[i]] (the first one features[:ends[0]]).
// The path is appended to out[:0]; out may be nil. w must not be nil.
func (m *Model) Decode(features []uint32, ends []int32, w *Workspace, out []uint8) []uint8 {
	scores := w.Reset(m, len(ends))
	begin := int32(0)
	for i, end := range ends {
		m.Score(features[begin:end], scores[i*w.labels:(i+1)*w.labels])
		begin = end
	}
	return m.DecodeScores(w, out)
}

// DecodeScores is Decode for scores that the caller filled in after
// [Workspace.Reset], by [Model.Score] or otherwise.
func (m *Model) DecodeScores(w *Workspace, out []uint8) []uint8 {
	n, L := w.n, w.labels
	out = out[:0]
	if n == 0 {
		return out
	}
	const none = -math.MaxFloat32
	w.back = grow(w.back, n*L)
	var buf [2][MaxLabels]float32
	prev, cur := &buf[0], &buf[1]
	for l := range L {
		prev[l] = max(m.start[l]+w.scores[l], none)
	}
	for i := 1; i < n; i++ {
		scores := w.scores[i*L : (i+1)*L]
		back := w.back[i*L : (i+1)*L]
		for to := range scores {
			best, from := float32(none), uint8(0)
			for _, p := range m.preds[to] {
				if s := prev[p] + m.trans[int(p)*L+to]; s > best {
					best, from = s, p
				}
			}
			cur[to] = max(best+scores[to], none)
			back[to] = from
		}
		prev, cur = cur, prev
	}
	best, label := float32(math.Inf(-1)), uint8(0)
	for l := range L {
		if s := prev[l] + m.end[l]; s > best {
			best, label = s, uint8(l)
		}
	}
	out = grow(out, n)
	for i := n - 1; ; i-- {
		out[i] = label
		if i == 0 {
			break
		}
		label = w.back[i*L+int(label)]
	}
	return out
}

// Marginal returns the probability of the label at position i of the sequence
// that w decoded last. The first call for a sequence takes about as long as
// decoding did; further ones are immediate.
func (w *Workspace) Marginal(i int, label uint8) float32 {
	w.forwardBackward()
	return w.alpha[i*w.labels+int(label)] * w.beta[i*w.labels+int(label)]
}

// PathProbability returns the probability that the positions from first on
// have exactly these labels, in the sequence that w decoded last.
func (w *Workspace) PathProbability(first int, labels []uint8) float32 {
	if len(labels) == 0 {
		return 1
	}
	w.forwardBackward()
	L, m := w.labels, w.model
	p := w.alpha[first*L+int(labels[0])]
	for k := 1; k < len(labels); k++ {
		i := first + k
		p *= m.expTrans[int(labels[k-1])*L+int(labels[k])] * w.emit[i*L+int(labels[k])] / w.norm[i]
	}
	p *= w.beta[(first+len(labels)-1)*L+int(labels[len(labels)-1])]
	return min(p, 1)
}

func (w *Workspace) forwardBackward() {
	if w.have {
		return
	}
	w.have = true
	n, L, m := w.n, w.labels, w.model
	w.alpha, w.beta, w.emit, w.norm = grow(w.alpha, n*L), grow(w.beta, n*L), grow(w.emit, n*L), grow(w.norm, n)
	c := chain{L: L, preds: m.preds, start: m.expStart, end: m.expEnd, trans: m.expTrans}
	c.run(n, w.scores, w.emit, w.alpha, w.beta, w.norm)
}

// chain is the part of a model that the forward-backward algorithm needs, as
// exponentials.
type chain struct {
	L                 int
	preds             [][]uint8
	start, end, trans []float32
}

// run fills emit, alpha, beta and norm for the scores of n positions, so that
// alpha*beta is the marginal probability, and returns the logarithm of the
// sum over all paths.
func (c *chain) run(n int, scores, emit, alpha, beta, norm []float32) float64 {
	L := c.L
	logZ := 0.0
	for i := range n {
		s, e, a := scores[i*L:(i+1)*L], emit[i*L:(i+1)*L], alpha[i*L:(i+1)*L]
		top := s[0]
		for _, v := range s[1:] {
			top = max(top, v)
		}
		sum := float32(0)
		for l, v := range s {
			e[l] = exp(v - top)
			in := float32(0)
			if i == 0 {
				in = c.start[l]
			} else {
				p := alpha[(i-1)*L : i*L]
				for _, from := range c.preds[l] {
					in += p[from] * c.trans[int(from)*L+l]
				}
			}
			a[l] = in * e[l]
			sum += a[l]
		}
		if !(sum > 1e-30) { // no allowed path has a weight that a float32 can hold
			sum = 1
			for l := range a {
				a[l] = 1 / float32(L)
			}
		}
		norm[i] = sum
		for l := range a {
			a[l] /= sum
		}
		logZ += float64(top) + math.Log(float64(sum))
	}
	sum := float32(0)
	for l := range L {
		sum += alpha[(n-1)*L+l] * c.end[l]
	}
	if !(sum > 1e-30) {
		sum = 1
	}
	logZ += math.Log(float64(sum))
	for l := range L {
		beta[(n-1)*L+l] = c.end[l] / sum
	}
	for i := n - 2; i >= 0; i-- {
		b := beta[i*L : (i+1)*L]
		clear(b)
		next, e := beta[(i+1)*L:(i+2)*L], emit[(i+1)*L:(i+2)*L]
		for to := range L {
			v := next[to] * e[to] / norm[i+1]
			if v == 0 {
				continue
			}
			for _, from := range c.preds[to] {
				b[from] += c.trans[int(from)*L+to] * v
			}
		}
	}
	return logZ
}

// exp returns e to the power of x ≤ 0, to about seven digits.
func exp(x float32) float32 {
	if x < -80 {
		return 0
	}
	return float32(math.Exp(float64(x)))
}
