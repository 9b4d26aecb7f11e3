package sequence

// forward holds the forward-backward algorithm (Rabiner 1989) over the
// positions [first, last) of a sequence, beyond which there are settled ones or
// none. Elements belong to the positions from first on. Either way it goes only
// as far as was asked for.
type forward struct {
	first, last int
	done        int                  // alpha is known of [first, done)
	from        int                  // beta is known of [from, last)
	emit        [][MaxLabels]float32 // exponentials of scores minus their largest
	alpha       [][MaxLabels]float32 // forward, scaled to the sum 1 at each position
	norm        []float32            // what alpha was divided by
	beta        [][MaxLabels]float32 // backward, scaled likewise
}

func (f *forward) reset() { f.first, f.last = 0, 0 }

// settled reports whether position i surely has the label rest.
func (w *Workspace) settled(i int) bool { return w.lead[i] < w.model.settled }

// Marginal returns the probability of the label at position i of the sequence
// that w loaded last. It is immediate for positions near to that of the call
// before; otherwise it may take about as long as finding the path did.
func (w *Workspace) Marginal(i int, label uint8) float32 { return w.Marginals(i)[label] }

// Marginals returns what [Workspace.Marginal] does for every label.
func (w *Workspace) Marginals(i int) (p [MaxLabels]float32) {
	if w.settled(i) && !(w.forward.first <= i && i < w.forward.last) {
		p[rest] = 1
		return p
	}
	f := w.around(i, i+1)
	f.goForward(w, i+1)
	f.goBack(w, i)
	a, b := &f.alpha[i-f.first], &f.beta[i-f.first]
	sum := dot(a, b)
	for l := range p {
		p[l] = a[l] * b[l] / sum
	}
	return p
}

// PathProbability returns the probability that the positions from first on
// have exactly these labels, in the sequence that w loaded last.
func (w *Workspace) PathProbability(first int, labels []uint8) float32 {
	if len(labels) == 0 {
		return 1
	}
	last := first + len(labels) - 1
	f := w.around(first, last+1)
	f.goForward(w, last+1)
	f.goBack(w, last)
	i := first - f.first
	p := f.alpha[i][labels[0]]
	for k := 1; k < len(labels); k++ {
		i++
		p *= w.model.expTrans[labels[k]][labels[k-1]] * f.emit[i][labels[k]] / f.norm[i]
	}
	b := &f.beta[i]
	return min(p*b[labels[len(labels)-1]]/dot(&f.alpha[i], b), 1)
}

// dot returns the sum of the products, or 1 where that is no number to divide by.
func dot(a, b *[MaxLabels]float32) float32 {
	sum := float32(0)
	for l := range a {
		sum += a[l] * b[l]
	}
	if !(sum > 1e-30) {
		return 1
	}
	return sum
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
	f.first, f.last, f.done, f.from = first, last, first, last
	n := last - first
	f.emit, f.alpha, f.beta, f.norm = grow(f.emit, n), grow(f.alpha, n), grow(f.beta, n), grow(f.norm, n)
	m := w.model
	L := len(m.labels)
	for i := range f.emit {
		scores, e := &w.scores[first+i], &f.emit[i]
		top := scores[0]
		for l := 1; l < L; l++ {
			top = max(top, scores[l&(MaxLabels-1)])
		}
		*e = [MaxLabels]float32{}
		for l := range L {
			e[l&(MaxLabels-1)] = m.transitions.exp(top - scores[l&(MaxLabels-1)])
		}
	}
	return f
}

// scale divides a by its sum, which it returns.
func scale(a *[MaxLabels]float32, L int) float32 {
	sum := float32(0)
	for _, v := range a {
		sum += v
	}
	if !(sum > 1e-30) { // no allowed path has a weight that a float32 can hold
		sum = 1
		for l := range L {
			a[l&(MaxLabels-1)] = 1 / float32(L)
		}
	}
	for l := range a {
		a[l] /= sum
	}
	return sum
}

// goForward computes alpha of the positions before end.
func (f *forward) goForward(w *Workspace, end int) {
	m := w.model
	for ; f.done < end; f.done++ {
		i := f.done - f.first
		a, e := [MaxLabels]float32{}, &f.emit[i]
		switch {
		case i > 0:
			before := &f.alpha[i-1]
			for l, preds := range m.preds {
				l &= MaxLabels - 1
				in, trans := float32(0), &m.expTrans[l]
				for _, p := range preds {
					in += before[p&(MaxLabels-1)] * trans[p&(MaxLabels-1)]
				}
				a[l] = in * e[l]
			}
		case f.first > 0:
			for l := range a {
				a[l] = m.expRest[l] * e[l]
			}
		default:
			for l := range a {
				a[l] = m.expStart[l] * e[l]
			}
		}
		f.norm[i] = scale(&a, len(m.labels))
		f.alpha[i] = a
	}
}

// goBack computes beta of the positions from first on.
func (f *forward) goBack(w *Workspace, first int) {
	m := w.model
	for ; f.from > first; f.from-- {
		i := f.from - 1 - f.first
		var b [MaxLabels]float32
		switch {
		case f.from < f.last:
			next, e := &f.beta[i+1], &f.emit[i+1]
			for to, preds := range m.preds {
				to &= MaxLabels - 1
				v, trans := next[to]*e[to], &m.expTrans[to]
				for _, from := range preds {
					b[from&(MaxLabels-1)] += trans[from&(MaxLabels-1)] * v
				}
			}
		case f.last < w.n:
			b = m.expToRest
		default:
			b = m.expEnd
		}
		scale(&b, len(m.labels))
		f.beta[i] = b
	}
}
