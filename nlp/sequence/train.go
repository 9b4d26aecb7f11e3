package sequence

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// An Example is a sequence with its labels. Position i has the features
// Features[Ends[i-1]:Ends[i]]; Labels[i] is its label by number.
type Example struct {
	Features []uint32
	Ends     []int32
	Labels   []uint8
	// Choices, if not nil, has for each position the set of labels that may be
	// right, bit l for label l; 0 stands for Labels[i] alone. It is for text
	// whose annotation does not tell some labels apart.
	Choices []uint32
	Weight  float32 // how much it counts; 0 means 1
}

// TrainOptions say how to train. The zero value of a field means its default.
type TrainOptions struct {
	// Allowed says which label may follow which; "" stands before the first
	// and behind the last position. Default: every label may follow every one.
	Allowed func(from, to string) bool
	Epochs  int     // passes over the examples; default 10
	Rate    float64 // step size of AdaGrad; default 0.2
	// Damping is added to the sum of squared gradients that a step is divided
	// by the root of: the larger, the less rare features learn; default 1.
	Damping float64
	// L1 and L2 draw the weights towards 0 after each epoch: by the amount L1
	// (small weights become 0 and cost no memory), by the share L2.
	L1, L2   float64
	MinCount int     // features seen less often are dropped; default 1
	Dropout  float64 // share of features that is hidden at random in training
	// Average is the number of last epochs of which the weights are averaged;
	// default 1, the end of the last one.
	Average int
	// Ensemble is the number of models that are trained with seeds of their
	// own, in parallel, and whose weights are averaged; default 1.
	Ensemble int
	// Prune is how large a weight a feature must have at the end to be kept.
	Prune     float64
	MaxWeight float64 // weights are stored in steps of a 127th of it; default 8
	Seed      uint64
	Corpora   string // for the header of the model: what it was trained on, one line
	Date      string // for the header of the model
	// Progress is called after each epoch with the mean loss of a position.
	Progress func(epoch int, loss float64)
}

// BILOU allows the sequences of labels B-X (first), I-X (inside), L-X (last),
// U-X (only position of a span) and O (outside) that are well formed
// (Ratinov and Roth 2009). It is a value for [TrainOptions.Allowed].
func BILOU(from, to string) bool {
	open := func(label, marks string) string { // type of the span, where the mark is one of marks
		if len(label) > 2 && label[1] == '-' && strings.IndexByte(marks, label[0]) >= 0 {
			return label[2:]
		}
		return ""
	}
	return open(from, "BI") == open(to, "IL")
}

// BIO allows the sequences of labels B-X (first), I-X (further position of a
// span) and O that are well formed. It is a value for [TrainOptions.Allowed].
func BIO(from, to string) bool {
	if !strings.HasPrefix(to, "I-") {
		return true
	}
	return len(from) > 2 && from[1] == '-' && from[2:] == to[2:]
}

// Train learns a model by stochastic gradient ascent on the conditional
// likelihood of the examples, with AdaGrad steps (Duchi, Hazan and Singer 2011).
// The same examples and options give the same model, bit by bit, on machines
// of one architecture.
func Train(examples []Example, labels []string, opt TrainOptions) (*Model, error) {
	if opt.Allowed == nil {
		opt.Allowed = func(_, _ string) bool { return true }
	}
	opt.Epochs = orDefault(opt.Epochs, 10)
	opt.Rate = orDefault(opt.Rate, 0.2)
	opt.Damping = orDefault(opt.Damping, 1)
	opt.MaxWeight = orDefault(opt.MaxWeight, 8)
	if err := check(examples, labels, opt); err != nil {
		return nil, fmt.Errorf("sequence: %w", err)
	}
	t := newTrainer(examples, labels, opt)
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	members := make([]*trainer, max(1, opt.Ensemble))
	members[0] = t
	for k := range members[1:] {
		members[k+1] = t.twin()
	}
	var wait sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for k, m := range members {
		wait.Add(1)
		slots <- struct{}{}
		go func() {
			defer wait.Done()
			m.run(slices.Clone(order), opt.Seed+uint64(k), k == 0)
			<-slots
		}()
	}
	wait.Wait()
	t.join(members[1:])
	return t.model(), nil
}

// run makes all passes over the examples, in orders that the seed decides.
func (t *trainer) run(order []int, seed uint64, report bool) {
	rng := rand.New(rand.NewPCG(seed, 0x5eed))
	positions := 0
	for i := range t.examples {
		positions += len(t.examples[i].Ends)
	}
	for epoch := range t.opt.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss := 0.0
		for _, i := range order {
			loss += t.learn(i, rng)
		}
		t.shrink()
		if t.opt.Average > 1 && epoch >= t.opt.Epochs-t.opt.Average {
			t.remember()
		}
		if report && t.opt.Progress != nil {
			t.opt.Progress(epoch+1, loss/float64(max(1, positions)))
		}
	}
	t.average()
	t.squares = nil
}

func orDefault[T int | float64](v, def T) T {
	if v == 0 {
		return def
	}
	return v
}

func check(examples []Example, labels []string, opt TrainOptions) error {
	if len(labels) < 1 || len(labels) > MaxLabels {
		return fmt.Errorf("%d labels; 1 to %d are possible", len(labels), MaxLabels)
	}
	for _, l := range append([]string{opt.Date, opt.Corpora}, labels...) {
		if strings.Contains(l, "\n") {
			return fmt.Errorf("%q holds a line break", l)
		}
	}
	for _, l := range labels {
		if l == "" {
			return errors.New("a label is empty")
		}
	}
	for i := range examples {
		e := &examples[i]
		if len(e.Ends) != len(e.Labels) {
			return fmt.Errorf("example %d has %d positions and %d labels", i, len(e.Ends), len(e.Labels))
		}
		if e.Choices != nil && len(e.Choices) != len(e.Labels) {
			return fmt.Errorf("example %d has %d choices and %d labels", i, len(e.Choices), len(e.Labels))
		}
		last := int32(0)
		prev := ""
		for k, end := range e.Ends {
			if end < last || int(end) > len(e.Features) {
				return fmt.Errorf("example %d, position %d: features end at %d, of %d", i, k, end, len(e.Features))
			}
			last = end
			if int(e.Labels[k]) >= len(labels) {
				return fmt.Errorf("example %d, position %d: label %d, of %d", i, k, e.Labels[k], len(labels))
			}
			label := labels[e.Labels[k]]
			if !opt.Allowed(prev, label) {
				return fmt.Errorf("example %d, position %d: %q may not follow %q", i, k, label, prev)
			}
			prev = label
		}
		if len(e.Ends) > 0 && !opt.Allowed(prev, "") {
			return fmt.Errorf("example %d ends with %q", i, prev)
		}
	}
	return nil
}

// trainer holds the weights while they are learned. Features are numbered
// densely by first appearance.
type trainer struct {
	examples []Example
	labels   []string
	opt      TrainOptions
	features []uint32  // by number
	rows     [][]int32 // of each example, the numbers of its features, -1 for dropped ones
	weights  []float32 // [feature*L+label]
	squares  []float32 // sums of squared gradients

	start, end, trans    []float32
	startSq, endSq, trSq []float32
	c                    chain

	scores, emit, alpha, beta, norm     []float32
	masked, emit2, alpha2, beta2, norm2 []float32 // the same for an example with choices
	right, transGradient                []float32
	sums                                [4][]float32 // of weights, start, end and transitions
	summed                              int
	kept                                []int32
	keptEnds                            []int32
}

func newTrainer(examples []Example, labels []string, opt TrainOptions) *trainer {
	t := &trainer{examples: examples, labels: labels, opt: opt}
	t.number()
	t.prepare()
	return t
}

// prepare makes the weights, all of them 0 but for what is not allowed.
func (t *trainer) prepare() {
	labels, opt, L := t.labels, t.opt, len(t.labels)
	t.weights = make([]float32, len(t.features)*L)
	t.squares = make([]float32, len(t.features)*L)
	t.start, t.end, t.trans = make([]float32, L), make([]float32, L), make([]float32, L*L)
	t.startSq, t.endSq, t.trSq = make([]float32, L), make([]float32, L), make([]float32, L*L)
	forbidden := float32(math.Inf(-1))
	t.c = chain{L: L, preds: make([][]uint8, L)}
	for to := range L {
		if !opt.Allowed("", labels[to]) {
			t.start[to] = forbidden
		}
		if !opt.Allowed(labels[to], "") {
			t.end[to] = forbidden
		}
		for from := range L {
			if opt.Allowed(labels[from], labels[to]) {
				t.c.preds[to] = append(t.c.preds[to], uint8(from))
			} else {
				t.trans[from*L+to] = forbidden
			}
		}
	}
}

// number counts the features and numbers those that are frequent enough.
func (t *trainer) number() {
	ids := newIDs(1 << 16)
	var counts []int32
	for i := range t.examples {
		e := &t.examples[i]
		if len(e.Ends) == 0 {
			continue
		}
		for _, f := range e.Features[:e.Ends[len(e.Ends)-1]] {
			k := ids.of(f)
			if int(k) == len(counts) {
				counts = append(counts, 0)
			}
			counts[k]++
		}
	}
	number := make([]int32, len(counts))
	for k, c := range counts {
		number[k] = -1
		if int(c) >= t.opt.MinCount {
			number[k] = int32(len(t.features))
			t.features = append(t.features, ids.features[k])
		}
	}
	t.rows = make([][]int32, len(t.examples))
	for i := range t.examples {
		e := &t.examples[i]
		if len(e.Ends) == 0 {
			continue
		}
		row := make([]int32, e.Ends[len(e.Ends)-1])
		for k := range row {
			row[k] = number[ids.of(e.Features[k])]
		}
		t.rows[i] = row
	}
}

// learn makes one gradient step for example i and returns its loss.
func (t *trainer) learn(i int, rng *rand.Rand) float64 {
	e := &t.examples[i]
	n, L := len(e.Ends), len(t.labels)
	if n == 0 {
		return 0
	}
	t.keep(i, rng)
	t.scores = grow(t.scores, n*L)
	t.emit, t.alpha, t.beta, t.norm = grow(t.emit, n*L), grow(t.alpha, n*L), grow(t.beta, n*L), grow(t.norm, n)
	clear(t.scores)
	begin := int32(0)
	for k, end := range t.keptEnds {
		s := t.scores[k*L : (k+1)*L]
		for _, f := range t.kept[begin:end] {
			w := t.weights[int(f)*L : int(f)*L+L]
			for l := range s {
				s[l] += w[l]
			}
		}
		begin = end
	}
	t.c.start, t.c.end, t.c.trans = expInto(t.c.start, t.start), expInto(t.c.end, t.end), expInto(t.c.trans, t.trans)
	logZ := t.c.run(n, t.scores, t.emit, t.alpha, t.beta, t.norm)

	// right holds the probability of each label given what may be right
	t.right = grow(t.right, n*L)
	t.transGradient = grow(t.transGradient, L*L)
	clear(t.transGradient)
	gold := 0.0
	if e.Choices == nil {
		gold = t.pathScore(e.Labels)
		clear(t.right)
		for k, y := range e.Labels {
			t.right[k*L+int(y)] = 1
			if k > 0 {
				t.transGradient[int(e.Labels[k-1])*L+int(y)]++
			}
		}
	} else {
		gold = t.chosen(e)
	}
	t.addTransitions(n, -1, t.emit, t.alpha, t.beta, t.norm)

	weight := float32(1)
	if e.Weight != 0 {
		weight = e.Weight
	}
	rate, damping := float32(t.opt.Rate), float32(t.opt.Damping)
	for x, g := range t.transGradient {
		t.stepOne(&t.trans[x], &t.trSq[x], weight*g, rate)
	}
	for l := range L {
		last := (n-1)*L + l
		t.stepOne(&t.start[l], &t.startSq[l], weight*(t.right[l]-t.alpha[l]*t.beta[l]), rate)
		t.stepOne(&t.end[l], &t.endSq[l], weight*(t.right[last]-t.alpha[last]*t.beta[last]), rate)
	}
	begin = 0
	var gradient [MaxLabels]float32
	for k, end := range t.keptEnds {
		largest := float32(0)
		for l := range L {
			g := weight * (t.right[k*L+l] - t.alpha[k*L+l]*t.beta[k*L+l])
			gradient[l] = g
			largest = max(largest, g, -g)
		}
		if largest > 1e-3 {
			for _, f := range t.kept[begin:end] {
				w, q := t.weights[int(f)*L:int(f)*L+L], t.squares[int(f)*L:int(f)*L+L]
				for l := range w {
					g := gradient[l]
					if g > 1e-4 || g < -1e-4 {
						q[l] += g * g
						w[l] += rate * g / sqrt(q[l]+damping)
					}
				}
			}
		}
		begin = end
	}
	return max(0, logZ-gold) * float64(weight)
}

// pathScore returns the score of a path.
func (t *trainer) pathScore(path []uint8) float64 {
	L := len(t.labels)
	s := float64(t.start[path[0]] + t.end[path[len(path)-1]])
	for k, y := range path {
		s += float64(t.scores[k*L+int(y)])
		if k > 0 {
			s += float64(t.trans[int(path[k-1])*L+int(y)])
		}
	}
	return s
}

// chosen fills right and adds to the gradient of transitions for an example
// with choices, and returns the logarithm of the sum over the paths that may
// be right.
func (t *trainer) chosen(e *Example) float64 {
	n, L := len(e.Ends), len(t.labels)
	t.masked, t.emit2, t.alpha2 = grow(t.masked, n*L), grow(t.emit2, n*L), grow(t.alpha2, n*L)
	t.beta2, t.norm2 = grow(t.beta2, n*L), grow(t.norm2, n)
	copy(t.masked, t.scores)
	for k, y := range e.Labels {
		choice := e.Choices[k] | 1<<y
		for l := range L {
			if choice&(1<<l) == 0 {
				t.masked[k*L+l] = -1e4
			}
		}
	}
	logZ := t.c.run(n, t.masked, t.emit2, t.alpha2, t.beta2, t.norm2)
	for i := range t.right {
		t.right[i] = t.alpha2[i] * t.beta2[i]
	}
	t.addTransitions(n, 1, t.emit2, t.alpha2, t.beta2, t.norm2)
	return logZ
}

// addTransitions adds the expected number of each transition, times factor, to
// the gradient.
func (t *trainer) addTransitions(n int, factor float32, emit, alpha, beta, norm []float32) {
	L := t.c.L
	for k := 1; k < n; k++ {
		prev, e, b := alpha[(k-1)*L:k*L], emit[k*L:(k+1)*L], beta[k*L:(k+1)*L]
		for to := range L {
			v := factor * e[to] * b[to] / norm[k]
			if v == 0 {
				continue
			}
			for _, from := range t.c.preds[to] {
				x := int(from)*L + to
				t.transGradient[x] += prev[from] * t.c.trans[x] * v
			}
		}
	}
}

func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }

func (t *trainer) stepOne(w, q *float32, g, rate float32) {
	if math.IsInf(float64(*w), -1) || g < 1e-5 && g > -1e-5 {
		return
	}
	*q += g * g
	*w += rate * g / sqrt(*q+1)
}

func expInto(dst, src []float32) []float32 {
	dst = grow(dst, len(src))
	for i, v := range src {
		dst[i] = float32(math.Exp(float64(min(v, 30))))
	}
	return dst
}

// keep copies the features of example i that are frequent enough and are not
// dropped at random this time.
func (t *trainer) keep(i int, rng *rand.Rand) {
	e := &t.examples[i]
	t.kept, t.keptEnds = t.kept[:0], t.keptEnds[:0]
	threshold := uint32(t.opt.Dropout * (1 << 16))
	begin := int32(0)
	var random uint64
	left := 0
	for _, end := range e.Ends {
		for _, f := range t.rows[i][begin:end] {
			if f < 0 {
				continue
			}
			if threshold > 0 {
				if left == 0 {
					random, left = rng.Uint64(), 4
				}
				r := uint32(random & 0xffff)
				random >>= 16
				left--
				if r < threshold {
					continue
				}
			}
			t.kept = append(t.kept, f)
		}
		t.keptEnds = append(t.keptEnds, int32(len(t.kept)))
		begin = end
	}
}

// shrink draws all weights towards 0.
func (t *trainer) shrink() {
	l1, l2 := float32(t.opt.L1), float32(1-t.opt.L2)
	if l1 == 0 && l2 == 1 {
		return
	}
	for i, w := range t.weights {
		w *= l2
		switch {
		case w > l1:
			w -= l1
		case w < -l1:
			w += l1
		default:
			w = 0
		}
		t.weights[i] = w
	}
}

func (t *trainer) model() *Model {
	m := &Model{
		labels: append([]string(nil), t.labels...), corpora: t.opt.Corpora, date: t.opt.Date, seed: t.opt.Seed,
		start: t.start, end: t.end, trans: t.trans,
	}
	// with dropout a weight was learned beside fewer others than it will have
	if keep := float32(1 - t.opt.Dropout); keep < 1 {
		for i := range t.weights {
			t.weights[i] *= keep
		}
	}
	m.pack(t.features, t.weights, float32(t.opt.MaxWeight), float32(t.opt.Prune))
	m.prepare()
	return m
}

// ids numbers features by first appearance: open addressing, no deletion.
type ids struct {
	slots    []int32 // number+1, 0 for empty
	features []uint32
	shift    uint
}

func newIDs(size int) *ids {
	return &ids{slots: make([]int32, size), shift: uint(32 - (bits.Len(uint(size)) - 1))}
}

func (d *ids) of(f uint32) int32 {
	last := uint32(len(d.slots) - 1)
	i := f * hashFactor >> d.shift
	for d.slots[i] != 0 {
		if k := d.slots[i] - 1; d.features[k] == f {
			return k
		}
		i = (i + 1) & last
	}
	d.features = append(d.features, f)
	d.slots[i] = int32(len(d.features))
	k := int32(len(d.features) - 1)
	if 2*len(d.features) > len(d.slots) {
		bigger := newIDs(2 * len(d.slots))
		for _, f := range d.features {
			bigger.of(f)
		}
		*d = *bigger
	}
	return k
}
