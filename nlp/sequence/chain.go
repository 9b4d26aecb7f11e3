package sequence

import "math"

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
