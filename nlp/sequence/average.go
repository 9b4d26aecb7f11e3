package sequence

// remember adds the weights to the sums that average divides.
func (t *trainer) remember() {
	if t.sums[0] == nil {
		t.sums = [4][]float32{make([]float32, len(t.weights)), make([]float32, len(t.start)), make([]float32, len(t.end)), make([]float32, len(t.trans))}
	}
	t.summed++
	for k, w := range [4][]float32{t.weights, t.start, t.end, t.trans} {
		for i, v := range w {
			t.sums[k][i] += v
		}
	}
}

func (t *trainer) average() {
	if t.summed == 0 {
		return
	}
	for k, w := range [4][]float32{t.weights, t.start, t.end, t.trans} {
		for i, v := range t.sums[k] {
			w[i] = v / float32(t.summed)
		}
	}
}

// twin returns a trainer of the same examples that has not learned anything yet.
func (t *trainer) twin() *trainer {
	twin := &trainer{examples: t.examples, labels: t.labels, opt: t.opt, features: t.features, rows: t.rows}
	twin.prepare()
	return twin
}

// join makes the weights of t the mean of its own and those of others.
func (t *trainer) join(others []*trainer) {
	n := float32(1 + len(others))
	mean := func(mine []float32, theirs func(*trainer) []float32) {
		for _, o := range others {
			for i, v := range theirs(o) {
				mine[i] += v
			}
		}
		for i := range mine {
			mine[i] /= n
		}
	}
	mean(t.weights, func(o *trainer) []float32 { return o.weights })
	mean(t.start, func(o *trainer) []float32 { return o.start })
	mean(t.end, func(o *trainer) []float32 { return o.end })
	mean(t.trans, func(o *trainer) []float32 { return o.trans })
}
