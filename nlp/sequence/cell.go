package sequence

import (
	"encoding/binary"
	"math/bits"
)

// A cell is a bucket of a model, so small that it lies in one line of a cache:
// the place and the number of its entries, and the checks of the first ones.
type cell struct {
	low  uint64 // number (5 bits), place (27 bits), two checks
	high uint64 // four checks
}

const (
	inCell     = 6  // checks in a cell
	maxEntries = 31 // in a bucket
	maxCount   = 1<<27 - 1
)

func (c *cell) size() uint32  { return uint32(c.low) & maxEntries }
func (c *cell) first() uint32 { return uint32(c.low) >> 5 }

// find returns the place of check among those in the cell, or inCell.
func (c *cell) find(check uint16) uint32 {
	const ones = 0x0001000100010001
	v := uint64(check) * ones
	x, y := (c.low^v)|0xffffffff, c.high^v
	// the lowest 16 bits that are zero become the lowest bit that is set
	i := uint32(bits.TrailingZeros64((x-ones)&^x&signBits))>>4 - 2 // 2 for none
	j := uint32(bits.TrailingZeros64((y-ones)&^y&signBits)) >> 4   // 4 for none
	return i + j*(i>>1)
}

// makeCells lays out the buckets, which were checked, as cells. Places in a cell
// that its bucket does not fill hold checks of the buckets behind it, which find
// may return: they are not below size.
func (m *Model) makeCells() {
	m.cells = make([]cell, len(m.ends)/4-1)
	ends, first := m.ends[4:], uint32(0)
	for b := range m.cells {
		last := binary.LittleEndian.Uint32(ends[4*b:])
		c := &m.cells[b]
		c.low = uint64(first<<5 | (last - first))
		if checks := m.checks[2*first:]; len(checks) >= 2*inCell {
			c.low |= uint64(binary.LittleEndian.Uint32(checks)) << 32
			c.high = binary.LittleEndian.Uint64(checks[4:])
		} else {
			var padded [2 * inCell]byte
			copy(padded[:], checks)
			c.low |= uint64(binary.LittleEndian.Uint32(padded[:])) << 32
			c.high = binary.LittleEndian.Uint64(padded[4:])
		}
		first = last
	}
}

// search returns the place of check in a bucket behind the entries of its cell,
// or size.
func (m *Model) search(first, size uint32, check uint16) uint32 {
	for k := uint32(inCell); k < size; k++ {
		if binary.LittleEndian.Uint16(m.checks[2*(first+k):]) == check {
			return k
		}
	}
	return size
}
