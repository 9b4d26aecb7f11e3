package sequence

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"math/bits"
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
	u32(uint32(bits.Len(uint(len(m.slots)/8)) - 1))
	u32(uint32(m.count))
	u32(uint32(len(m.rows)))
	u32(math.Float32bits(m.scale))
	u32(uint32(m.seed))
	data = append(data, text...)
	for _, f := range [][]float32{m.start, m.end, m.trans} {
		for _, v := range f {
			u32(math.Float32bits(v))
		}
	}
	data = append(data, m.slots...)
	data = append(data, m.rows...)
	binary.LittleEndian.PutUint32(data[8:], crc32.Checksum(data[12:], castagnoli))
	_, err := w.Write(data)
	return err
}

// pack stores the weights of features, rows of len(m.labels) weights, in the
// compact form. Weights nearer to 0 than half a step are left out, and so are
// features of which nothing remains.
func (m *Model) pack(features []uint32, weights []float32, maxWeight float32) {
	n := len(m.labels)
	m.wideMask = n > 16
	largest := float32(1e-3)
	for _, w := range weights {
		largest = max(largest, w, -w)
	}
	m.scale = min(largest, maxWeight) / 127
	m.rows = make([]byte, 4)
	offsets := make([]uint32, len(features))
	m.count = 0
	for i := range features {
		var mask uint32
		var row [MaxLabels]byte
		k := 0
		for l, w := range weights[i*n : (i+1)*n] {
			q := math.RoundToEven(float64(w / m.scale))
			if q = max(-127, min(127, q)); q != 0 {
				mask |= 1 << l
				row[k] = byte(int8(q))
				k++
			}
		}
		if mask == 0 {
			continue
		}
		offsets[i] = uint32(len(m.rows))
		m.count++
		if m.wideMask {
			m.rows = binary.LittleEndian.AppendUint32(m.rows, mask)
		} else {
			m.rows = binary.LittleEndian.AppendUint16(m.rows, uint16(mask))
		}
		m.rows = append(m.rows, row[:k]...)
	}
	logSlots := max(1, bits.Len(uint(m.count+m.count/16)))
	m.shift = uint(32 - logSlots)
	m.slots = make([]byte, 8<<logSlots)
	last := uint32(1)<<logSlots - 1
	for i, f := range features {
		if offsets[i] == 0 {
			continue
		}
		s := f * hashFactor >> m.shift
		for binary.LittleEndian.Uint32(m.slots[8*s+4:]) != 0 {
			s = (s + 1) & last
		}
		binary.LittleEndian.PutUint32(m.slots[8*s:], f)
		binary.LittleEndian.PutUint32(m.slots[8*s+4:], offsets[i])
	}
}
