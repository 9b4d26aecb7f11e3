package sequence

// forward holds the forward-backward algorithm (Rabiner 1989) over the
// positions [first, last) of a sequence, beyond which there are settled ones or
// none. Elements belong to the positions from first on.
type forward struct {
	first, last int
	emit        [][MaxLabels]float32 // exponentials of scores minus their largest
	alpha       [][MaxLabels]float32 // forward, scaled to the sum 1 at each position
	beta        [][MaxLabels]float32 // backward, with the scale of the next position
	norm        []float32            // what alpha was divided by
}

func (f *forward) reset() { f.first, f.last = 0, 0 }

// settled reports whether position i surely has the label rest.
func (w *Workspace) settled(i int) bool { return w.lead[i] < w.model.settled }

// Marginal returns the probability of the label at position i of the sequence
// that w loaded last. It is immediate for positions near to that of the call
// before; otherwise it may take about as long as decoding did.
func (w *Workspace) Marginal(i int, label uint8) float32 {
	if w.settled(i) && !(w.forward.first <= i && i < w.forward.last) {
		if label == rest {
			return 1
		}
		return 0
	}
	f := w.around(i, i+1)
	return f.alpha[i-f.first][label] * f.beta[i-f.first][label]
}

// PathProbability returns the probability that the positions from first on
// have exactly these labels, in the sequence that w loaded last.
func (w *Workspace) PathProbability(first int, labels []uint8) float32 {
	if len(labels) == 0 {
		return 1
	}
	f := w.around(first, first+len(labels))
	i := first - f.first
	p := f.alpha[i][labels[0]]
	for k := 1; k < len(labels); k++ {
		i++
		p *= w.model.expTrans[labels[k]][labels[k-1]] * f.emit[i][labels[k]] / f.norm[i]
	}
	return min(p*f.beta[i][labels[len(labels)-1]], 1)
}

// around returns the probabilities for the positions [first, last) at least.
func (w *Workspace) around(first, last int) *forward {
	f := &w.forward
	if f.first <= first && last <= f.last {
		return f
	}
	for first > 0 && !w.settled(first-1) {
		first--
	}
	for last < w.n && !w.settled(last) {
		last++
	}
	f.first, f.last = first, last
	n := last - first
	f.emit, f.alpha, f.beta, f.norm = grow(f.emit, n), grow(f.alpha, n), grow(f.beta, n), grow(f.norm, n)
	f.run(w)
	return f
}

func (f *forward) run(w *Workspace) {
	m := w.model
	L := len(m.labels)
	begin, end := &m.expStart, &m.expEnd
	if f.first > 0 {
		begin = &m.expRest
	}
	if f.last < w.n {
		end = &m.expToRest
	}
	n := f.last - f.first
	for i := range n {
		scores, e, a := &w.scores[f.first+i], &f.emit[i], &f.alpha[i]
		top := scores[0]
		for l := 1; l < L; l++ {
			top = max(top, scores[l&(MaxLabels-1)])
		}
		sum := float32(0)
		for l, preds := range m.preds {
			l &= MaxLabels - 1
			in := begin[l]
			if i > 0 {
				in = 0
				before, trans := &f.alpha[i-1], &m.expTrans[l]
				for _, p := range preds {
					in += before[p&(MaxLabels-1)] * trans[p&(MaxLabels-1)]
				}
			}
			e[l] = m.transitions.exp(top - scores[l])
			a[l] = in * e[l]
			sum += a[l]
		}
		if !(sum > 1e-30) { // no allowed path has a weight that a float32 can hold
			sum = 1
			for l := range L {
				a[l] = 1 / float32(L)
			}
		}
		f.norm[i] = sum
		for l := range L {
			a[l] /= sum
		}
	}
	sum := float32(0)
	for l := range L {
		sum += f.alpha[n-1][l] * end[l]
	}
	if !(sum > 1e-30) {
		sum = 1
	}
	for l := range L {
		f.beta[n-1][l] = end[l] / sum
	}
	for i := n - 2; i >= 0; i-- {
		b := [MaxLabels]float32{}
		next, e := &f.beta[i+1], &f.emit[i+1]
		for to, preds := range m.preds {
			to &= MaxLabels - 1
			v := next[to] * e[to] / f.norm[i+1]
			if v == 0 {
				continue
			}
			trans := &m.expTrans[to]
			for _, from := range preds {
				b[from&(MaxLabels-1)] += trans[from&(MaxLabels-1)] * v
			}
		}
		f.beta[i] = b
	}
}
