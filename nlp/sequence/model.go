// Package sequence is a linear sequence labeller over integer features: a
// linear-chain conditional random field (Lafferty, McCallum and Pereira 2001).
// It knows no text: a caller turns each position into a list of feature
// numbers (usually 32-bit hashes), [Train] learns a weight for each feature
// with each label and for each pair of neighbouring labels, and
// [Model.Decode] finds the best path by the Viterbi algorithm. Which label may
// follow which is part of the model, so a path is always well formed.
//
// A [Model] is immutable and safe for concurrent use; a [Workspace] is not,
// and each goroutine needs its own. Decoding allocates nothing once the
// workspace has grown to the longest sequence. Its time is linear in the
// number of features and positions.
package sequence

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"math/bits"
	"strings"
)

// MaxLabels is the largest number of labels of a model.
const MaxLabels = 32

// A Model is a trained labeller. It is immutable and safe for concurrent use.
type Model struct {
	labels  []string
	corpora string
	date    string
	seed    uint64

	start []float32 // score of each label at the first position, -Inf where not allowed
	end   []float32 // the same at the last one
	trans []float32 // [from*L+to]
	// preds[to] are the labels that may precede label to.
	preds [][]uint8
	// expTrans, expStart and expEnd are the exponentials.
	expStart, expEnd, expTrans []float32

	scale    float32 // value of a weight of 1
	wideMask bool    // the mask of a row has four bytes and not two
	slots    []byte  // 8 bytes each: feature, offset into rows; offset 0 is an empty slot
	shift    uint    // 32 - log2 of the number of slots
	count    int     // number of features
	rows     []byte  // mask of labels, then one int8 for each bit
}

// Labels returns the names of the labels by number. The caller must not change it.
func (m *Model) Labels() []string { return m.labels }

// Corpora returns what the model was trained on, as its maker described it.
func (m *Model) Corpora() string { return m.corpora }

// Date returns the date that its maker gave the model.
func (m *Model) Date() string { return m.date }

// Seed returns the seed of the training.
func (m *Model) Seed() uint64 { return m.seed }

// Len returns the number of features that have a weight.
func (m *Model) Len() int { return m.count }

// Allowed reports whether label to may follow label from.
func (m *Model) Allowed(from, to uint8) bool {
	return !math.IsInf(float64(m.trans[int(from)*len(m.labels)+int(to)]), -1)
}

const (
	magic      = "WSEQ0001"
	headerSize = 8 + 4*8 // magic, then eight numbers of 32 bits
	hashFactor = 0x9e3779b1
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Load reads a model that [Model.Save] wrote. The error says what is wrong.
func Load(r io.Reader) (*Model, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("sequence: reading model: %w", err)
	}
	return LoadBytes(data)
}

// LoadBytes opens a model that [Model.Save] wrote, in place: data must not be
// changed as long as the model is used. The error says what is wrong.
func LoadBytes(data []byte) (*Model, error) {
	m, err := open(data)
	if err != nil {
		return nil, fmt.Errorf("sequence: %w", err)
	}
	return m, nil
}

// The file: magic; checksum of all that follows; number of labels; bytes of
// the text block; log2 of the number of slots; number of features; bytes of
// rows; bits of the scale; low half of the seed. Then the text block (labels
// by line, an empty line, seed, date, corpora), start, end and transition
// scores as float32, slots, rows. All numbers are little-endian.
func open(data []byte) (*Model, error) {
	if len(data) < headerSize {
		return nil, fmt.Errorf("model of %d bytes is shorter than its header of %d bytes", len(data), headerSize)
	}
	if string(data[:8]) != magic {
		return nil, fmt.Errorf("not a model: it begins with %q and not with %q", data[:8], magic)
	}
	u32 := func(i int) uint32 { return binary.LittleEndian.Uint32(data[8+4*i:]) }
	if want, got := u32(0), crc32.Checksum(data[12:], castagnoli); want != got {
		return nil, fmt.Errorf("damaged model: checksum is %08x and should be %08x", got, want)
	}
	n, textLen, logSlots, features, rowLen := int(u32(1)), int(u32(2)), int(u32(3)), int(u32(4)), int(u32(5))
	if n < 1 || n > MaxLabels {
		return nil, fmt.Errorf("model has %d labels; 1 to %d are possible", n, MaxLabels)
	}
	if logSlots < 1 || logSlots > 28 {
		return nil, fmt.Errorf("model has 2^%d slots; 2^1 to 2^28 are possible", logSlots)
	}
	size := uint64(headerSize) + uint64(textLen) + uint64(4*(2*n+n*n)) + uint64(8)<<logSlots + uint64(rowLen)
	if uint64(len(data)) != size {
		return nil, fmt.Errorf("model has %d bytes; by its header it should have %d", len(data), size)
	}
	if features >= 1<<logSlots {
		return nil, fmt.Errorf("model has %d features in %d slots; one slot at least must be empty", features, 1<<logSlots)
	}
	m := &Model{
		count:    features,
		shift:    uint(32 - logSlots),
		scale:    math.Float32frombits(u32(6)),
		wideMask: n > 16,
	}
	if !(m.scale > 0) || m.scale > 1e6 {
		return nil, fmt.Errorf("model has the weight scale %v", m.scale)
	}
	rest := data[headerSize:]
	if err := m.parseText(string(rest[:textLen]), n); err != nil {
		return nil, err
	}
	rest = rest[textLen:]
	floats := func(k int) []float32 {
		f := make([]float32, k)
		for i := range f {
			f[i] = math.Float32frombits(binary.LittleEndian.Uint32(rest[4*i:]))
		}
		rest = rest[4*k:]
		return f
	}
	m.start, m.end, m.trans = floats(n), floats(n), floats(n*n)
	for _, f := range [][]float32{m.start, m.end, m.trans} {
		for _, v := range f {
			if v != v || v > 1e6 {
				return nil, fmt.Errorf("model has the transition score %v", v)
			}
		}
	}
	m.slots, m.rows = rest[:8<<logSlots], rest[8<<logSlots:]
	used := 0
	for i := 0; i < len(m.slots); i += 8 {
		off := binary.LittleEndian.Uint32(m.slots[i+4:])
		if off == 0 {
			continue
		}
		used++
		if k := uint64(off) + uint64(m.maskSize()); k > uint64(len(m.rows)) || k+uint64(bits.OnesCount32(m.mask(off))) > uint64(len(m.rows)) {
			return nil, fmt.Errorf("slot %d of the model refers to byte %d of %d", i/8, off, len(m.rows))
		}
		if m.mask(off)>>n != 0 {
			return nil, fmt.Errorf("slot %d of the model has weights for more than %d labels", i/8, n)
		}
	}
	if used != features {
		return nil, fmt.Errorf("model has %d features; by its header it should have %d", used, features)
	}
	m.prepare()
	return m, nil
}

func (m *Model) parseText(text string, n int) error {
	lines := strings.SplitN(text, "\n", n+4)
	if len(lines) != n+4 || lines[n] != "" {
		return errors.New("model has a damaged list of labels")
	}
	m.labels = lines[:n:n]
	if _, err := fmt.Sscan(lines[n+1], &m.seed); err != nil {
		return fmt.Errorf("model has the seed %q: %w", lines[n+1], err)
	}
	m.date, m.corpora = lines[n+2], lines[n+3]
	return nil
}

// prepare computes what follows from the transition scores.
func (m *Model) prepare() {
	n := len(m.labels)
	m.preds = make([][]uint8, n)
	for to := range n {
		for from := range n {
			if m.Allowed(uint8(from), uint8(to)) {
				m.preds[to] = append(m.preds[to], uint8(from))
			}
		}
	}
	m.expStart, m.expEnd, m.expTrans = exps(m.start), exps(m.end), exps(m.trans)
}

func exps(f []float32) []float32 {
	e := make([]float32, len(f))
	for i, v := range f {
		e[i] = float32(math.Exp(float64(min(v, 30))))
	}
	return e
}

func (m *Model) maskSize() int {
	if m.wideMask {
		return 4
	}
	return 2
}

func (m *Model) mask(off uint32) uint32 {
	if m.wideMask {
		return binary.LittleEndian.Uint32(m.rows[off:])
	}
	return uint32(binary.LittleEndian.Uint16(m.rows[off:]))
}

// Score adds the weights of the features to the scores of the labels; scores
// has one element for each label. Features without a weight add nothing.
func (m *Model) Score(features []uint32, scores []float32) {
	scores = scores[:len(m.labels)]
	slots := m.slots
	last := uint32(len(slots)/8 - 1)
	for _, f := range features {
		i := f * hashFactor >> m.shift
		for {
			slot := binary.LittleEndian.Uint64(slots[8*i:])
			off := uint32(slot >> 32)
			if off == 0 {
				break
			}
			if uint32(slot) == f {
				m.addRow(off, scores)
				break
			}
			i = (i + 1) & last
		}
	}
}

func (m *Model) addRow(off uint32, scores []float32) {
	mask := m.mask(off)
	row := m.rows[int(off)+m.maskSize():]
	scale := m.scale
	for k := 0; mask != 0; k++ {
		l := bits.TrailingZeros32(mask)
		mask &= mask - 1
		scores[l] += scale * float32(int8(row[k]))
	}
}
