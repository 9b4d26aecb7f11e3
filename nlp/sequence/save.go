package sequence

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"math/bits"
	"slices"
	"strings"
)

// Save writes the model in the form that [Load] reads.
func (m *Model) Save(w io.Writer) error {
	text := strings.Join(m.labels, "\n") + fmt.Sprintf("\n\n%d\n%s\n%s", m.seed, m.date, m.corpora)
	data := []byte(magic)
	u32 := func(v uint32) { data = binary.LittleEndian.AppendUint32(data, v) }
	u32(0) // checksum
	u32(uint32(len(m.labels)))
	u32(uint32(len(text)))
	u32(uint32(32 - m.shift))
	u32(uint32(m.count))
	u32(0)
	u32(math.Float32bits(m.scale))
	u32(uint32(m.seed))
	data = append(data, text...)
	for _, f := range [][]float32{m.start, m.end, m.trans} {
		for _, v := range f {
			u32(math.Float32bits(v))
		}
	}
	data = append(data, m.ends...)
	data = append(data, m.checks...)
	data = append(data, m.rows...)
	binary.LittleEndian.PutUint32(data[8:], crc32.Checksum(data[12:], castagnoli))
	_, err := w.Write(data)
	return err
}

// pack stores the weights of features, rows of len(m.labels) weights, in the
// compact form. Features of which no weight is as large as least are left out.
func (m *Model) pack(features []uint32, weights []float32, maxWeight, least float32) {
	n := len(m.labels)
	largest := float32(1e-3)
	for _, w := range weights {
		largest = max(largest, w, -w)
	}
	m.scale = min(largest, maxWeight) / 127
	least = max(least, m.scale/2)
	var kept []int // numbers of features, by their mixed hashes
	for i := range features {
		for _, w := range weights[i*n : (i+1)*n] {
			if w > least || w < -least {
				kept = append(kept, i)
				break
			}
		}
	}
	slices.SortFunc(kept, func(a, b int) int { return cmp.Compare(mix(features[a]), mix(features[b])) })
	m.count, m.width = len(kept), widthOf(n)
	logBuckets := max(minLogBuckets, bits.Len(uint(m.count/4)))
	for logBuckets < maxLogBuckets && isCrowded(features, kept, uint(32-logBuckets)) {
		logBuckets++
	}
	m.shift = uint(32 - logBuckets)
	m.ends = make([]byte, 4+4<<logBuckets)
	m.checks = make([]byte, 0, 2*m.count)
	m.rows = make([]byte, m.width*m.count)
	next := uint32(0)
	for k, i := range kept {
		h := mix(features[i])
		for ; next < h>>m.shift; next++ {
			binary.LittleEndian.PutUint32(m.ends[4+4*next:], uint32(k))
		}
		m.checks = binary.LittleEndian.AppendUint16(m.checks, uint16(h))
		row := m.rows[k*m.width : (k+1)*m.width]
		for l := range row {
			row[l] = 128
		}
		for l, w := range weights[i*n : (i+1)*n] {
			q := math.RoundToEven(float64(w / m.scale))
			row[l] = byte(128 + int(max(-127, min(127, q))))
		}
	}
	for ; next < 1<<logBuckets; next++ {
		binary.LittleEndian.PutUint32(m.ends[4+4*next:], uint32(m.count))
	}
}

// isCrowded reports whether a bucket would have more features than it can; kept
// is in order of the mixed hashes.
func isCrowded(features []uint32, kept []int, shift uint) bool {
	for k := maxEntries; k < len(kept); k++ {
		if mix(features[kept[k-maxEntries]])>>shift == mix(features[kept[k]])>>shift {
			return true
		}
	}
	return false
}
