package sequence

import "encoding/binary"

// A Sum is what some features add up to: a whole number for each label, in
// units of the model's smallest weight. Sums of the same model can be added, so
// that what many positions have in common is summed once. It holds numbers from
// -32768 to 32767, which takes more than 250 of the largest weights.
type Sum [MaxLabels / 4]uint64

// The numbers are the digits of base 2^16 of a whole number, digits below zero
// among them, so that one addition adds four of them; what is carried from one
// digit into the next is taken back when all are read (see numbers). Labels
// 0, 2, 4, 6 are in the first word, 1, 3, 5, 7 in the second one, and so on: the
// even and the odd bytes of a row.
const (
	evenBytes = 0x00ff00ff00ff00ff
	rowBias   = 0x0080008000800080 // of weights in a row
	signBits  = 0x8000800080008000
)

// Add adds t to s.
func (s *Sum) Add(t *Sum) {
	s[0] += t[0]
	s[1] += t[1]
	s[2] += t[2]
	s[3] += t[3]
}

// Raise adds n to the number of a label.
func (s *Sum) Raise(label uint8, n int16) {
	s[label>>3<<1|label&1] += uint64(n) << (label & 6 << 3)
}

// numbers writes the numbers of all labels to dst.
func (s *Sum) numbers(dst *[MaxLabels]int32) {
	for k := 0; k < MaxLabels; k += 8 {
		even, odd := s[k/4]+signBits, s[k/4+1]+signBits
		dst[k] = int32(even&0xffff) - 0x8000
		dst[k+1] = int32(odd&0xffff) - 0x8000
		dst[k+2] = int32(even>>16&0xffff) - 0x8000
		dst[k+3] = int32(odd>>16&0xffff) - 0x8000
		dst[k+4] = int32(even>>32&0xffff) - 0x8000
		dst[k+5] = int32(odd>>32&0xffff) - 0x8000
		dst[k+6] = int32(even>>48) - 0x8000
		dst[k+7] = int32(odd>>48) - 0x8000
	}
}

// batch is how many features are looked up together.
const batch = 256

// A Scorer looks up features. It holds the memory for that, and is used by one
// goroutine at a time; the zero Scorer is ready for use.
type Scorer struct {
	cells [batch]cell
	found [batch]uint32 // entries
	ends  [batch]int32  // of the entries of each sum
}

// Score adds to sums[i] the weights of the features features[ends[i-1]:ends[i]]
// (the first one features[:ends[0]]). Features without a weight add nothing.
func (x *Scorer) Score(m *Model, features []uint32, ends []int32, sums []Sum) {
	begin := int32(0)
	for len(ends) > 0 {
		if ends[0]-begin > batch { // in several steps
			step := [1]int32{batch}
			x.score(m, features[begin:begin+batch], step[:], 0, sums)
			begin += batch
			continue
		}
		n := 1
		for n < len(ends) && n < batch && ends[n]-begin <= batch {
			n++
		}
		x.score(m, features[begin:ends[n-1]], ends[:n], begin, sums)
		begin, ends, sums = ends[n-1], ends[n:], sums[n:]
	}
}

// score is Score for at most batch features; ends count from begin. The tables
// are larger than a processor's caches, so most of the time is spent waiting for
// memory. Each step is done for all features before the next one, without
// branches that depend on what memory holds, so that the waits overlap.
func (x *Scorer) score(m *Model, features []uint32, ends []int32, begin int32, sums []Sum) {
	for i, f := range features {
		x.cells[i&(batch-1)] = m.cells[mix(f)>>(m.shift&31)]
	}
	n, i := 0, 0
	for k, end := range ends {
		for ; i < int(end-begin); i++ {
			c := &x.cells[i&(batch-1)]
			check := uint16(mix(features[i]))
			at, size := c.find(check), c.size()
			if at == inCell && size > inCell {
				at = m.search(c.first(), size, check)
			}
			x.found[n&(batch-1)] = c.first() + at
			n += int((at - size) >> 31) // at < size: it is there
		}
		x.ends[k&(batch-1)] = int32(n)
	}
	first := 0
	for k := range ends {
		last := int(x.ends[k&(batch-1)])
		m.sum(x.found[first:last], &sums[k])
		first = last
	}
}

// sum adds the rows of entries to s.
func (m *Model) sum(entries []uint32, s *Sum) {
	bias := uint64(len(entries)) * rowBias
	rows := m.rows
	switch m.width {
	case 8:
		var a, b uint64
		for _, k := range entries {
			w := binary.LittleEndian.Uint64(rows[8*int(k):])
			a += w & evenBytes
			b += w >> 8 & evenBytes
		}
		s[0] += a - bias
		s[1] += b - bias
	case 16:
		var a, b, c, d uint64
		for _, k := range entries {
			row := rows[16*int(k):][:16]
			v, w := binary.LittleEndian.Uint64(row), binary.LittleEndian.Uint64(row[8:])
			a += v & evenBytes
			b += v >> 8 & evenBytes
			c += w & evenBytes
			d += w >> 8 & evenBytes
		}
		s[0] += a - bias
		s[1] += b - bias
		s[2] += c - bias
		s[3] += d - bias
	}
}
