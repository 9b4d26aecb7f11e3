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
	"strings"
)

// MaxLabels is the largest number of labels of a model.
const MaxLabels = 16

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
	transitions

	// The features stand in buckets by the high bits of their mixed hash. The
	// entries of bucket b are ends[b-1] to ends[b]; each has a check, the low
	// bits of the mixed hash, and a row of weights, all in order of the hash.
	scale  float32 // value of a weight of 1
	shift  uint    // 32 - log2 of the number of buckets
	count  int     // number of features
	width  int     // bytes of a row: the number of labels, rounded up to words of 8
	ends   []byte  // uint32 for each bucket, after a 0
	checks []byte  // uint16 for each feature
	rows   []byte  // width bytes for each feature, weights plus 128
	cells  []cell  // ends and checks in the form in which they are looked up
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
	magic      = "WSEQ0002"
	headerSize = 8 + 4*8 // magic, then eight numbers of 32 bits
	hashFactor = 0x9e3779b1
	// with at least so many buckets, bucket and check are the whole hash
	minLogBuckets = 16
	maxLogBuckets = 24
)

// mix spreads a feature over the buckets; no two features are mixed alike.
func mix(feature uint32) uint32 { return feature * hashFactor }

func widthOf(labels int) int { return (labels + 7) &^ 7 }

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
// the text block; log2 of the number of buckets; number of features; 0; bits
// of the scale; low half of the seed. Then the text block (labels by line, an
// empty line, seed, date, corpora), start, end and transition scores as
// float32, ends, checks, rows. All numbers are little-endian.
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
	n, textLen, logBuckets, features := int(u32(1)), int(u32(2)), int(u32(3)), int(u32(4))
	if n < 1 || n > MaxLabels {
		return nil, fmt.Errorf("model has %d labels; 1 to %d are possible", n, MaxLabels)
	}
	if logBuckets < minLogBuckets || logBuckets > maxLogBuckets {
		return nil, fmt.Errorf("model has 2^%d buckets; 2^%d to 2^%d are possible", logBuckets, minLogBuckets, maxLogBuckets)
	}
	if features > maxCount {
		return nil, fmt.Errorf("model has %d features; %d are possible", features, maxCount)
	}
	size := uint64(headerSize) + uint64(textLen) + uint64(4*(2*n+n*n)) + uint64(4) + uint64(4)<<logBuckets + uint64(features)*uint64(2+widthOf(n))
	if uint64(len(data)) != size {
		return nil, fmt.Errorf("model has %d bytes; by its header it should have %d", len(data), size)
	}
	m := &Model{
		count: features,
		shift: uint(32 - logBuckets),
		width: widthOf(n),
		scale: math.Float32frombits(u32(6)),
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
	m.ends, rest = rest[:4+4<<logBuckets], rest[4+4<<logBuckets:]
	m.checks, m.rows = rest[:2*features], rest[2*features:]
	last := uint32(0)
	for i := 0; i < len(m.ends); i += 4 {
		end := binary.LittleEndian.Uint32(m.ends[i:])
		if end < last || end > uint32(features) || i == 0 && end != 0 {
			return nil, fmt.Errorf("bucket %d of the model ends at feature %d of %d", i/4, end, features)
		}
		if end-last > maxEntries {
			return nil, fmt.Errorf("bucket %d of the model has %d features; %d are possible", i/4-1, end-last, maxEntries)
		}
		last = end
	}
	if last != uint32(features) {
		return nil, fmt.Errorf("model has %d features in its buckets; by its header it should have %d", last, features)
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

// prepare computes what follows from the tables.
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
	m.makeCells()
	m.transitions.set(m)
}
