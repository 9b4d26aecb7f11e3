package sequence

import "math"

// transitions holds the transition scores of a model in the forms that decoding
// needs.
type transitions struct {
	// In units of the model's smallest weight, times 1<<fraction. Where a
	// transition is not allowed it is far below all others.
	fixedStart, fixedEnd   [MaxLabels]int64
	fixedRest, fixedToRest [MaxLabels]int64            // from rest and to rest
	fixedTrans             [MaxLabels][MaxLabels]int64 // [to][from], times MaxLabels

	restful   bool  // rest may stand everywhere
	advantage int64 // of the best transition over that of rest to itself, at least 0

	// The exponentials.
	expStart, expEnd   [MaxLabels]float32
	expRest, expToRest [MaxLabels]float32
	expTrans           [MaxLabels][MaxLabels]float32 // [to][from]
	// The exponential of minus a whole number of weights is that of its low
	// bits times that of its high bits.
	expLow, expHigh [256]float32

	settled int64 // lead below which a position surely has the label rest
}

// certainty is by how many nats all other paths are worse where a position
// counts as settled: their probability is below what a float32 can tell.
const certainty = 17

func (t *transitions) set(m *Model) {
	n := len(m.labels)
	scale := float64(m.scale)
	fixed := func(score float32) int64 {
		const far = 1 << 40
		return int64(max(-far, min(far, math.Round(float64(score)/scale*(1<<fraction)))))
	}
	exp := func(score float32) float32 { return float32(math.Exp(float64(min(score, 30)))) }
	best := float32(math.Inf(-1))
	for l := range n {
		t.fixedStart[l], t.fixedEnd[l] = fixed(m.start[l]), fixed(m.end[l])
		t.expStart[l], t.expEnd[l] = exp(m.start[l]), exp(m.end[l])
		for from := range n {
			s := m.trans[from*n+l]
			best = max(best, s)
			t.fixedTrans[l][from] = fixed(s) * MaxLabels
			t.expTrans[l][from] = exp(s)
		}
		t.fixedRest[l], t.fixedToRest[l] = fixed(m.trans[rest*n+l]), fixed(m.trans[l*n+rest])
		t.expRest[l], t.expToRest[l] = exp(m.trans[rest*n+l]), exp(m.trans[l*n+rest])
	}
	isFinite := func(score float32) bool { return score > -1e6 }
	t.restful = isFinite(m.start[rest]) && isFinite(m.end[rest]) && isFinite(m.trans[rest])
	if t.restful {
		t.advantage = max(0, fixed(best)-fixed(m.trans[rest]))
		for l := range n {
			t.advantage = max(t.advantage, t.fixedStart[l]-t.fixedStart[rest], t.fixedEnd[l]-t.fixedEnd[rest])
		}
	}
	for k := range t.expLow {
		t.expLow[k] = float32(math.Exp(-float64(k) * scale))
		t.expHigh[k] = float32(math.Exp(-float64(k<<8) * scale))
	}
	t.settled = -int64(min(1<<40, certainty/scale*(1<<fraction)))
}

// exp returns the exponential of minus a number of weights from 0 to 65535.
func (t *transitions) exp(n int32) float32 { return t.expLow[n&255] * t.expHigh[n>>8&255] }
