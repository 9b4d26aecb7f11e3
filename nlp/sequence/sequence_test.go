package sequence

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var bilou = []string{"O", "B-X", "I-X", "L-X", "U-X", "B-Y", "I-Y", "L-Y", "U-Y"}

func TestBILOU(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"", "O", true}, {"", "B-X", true}, {"", "U-X", true}, {"", "I-X", false}, {"", "L-X", false},
		{"O", "O", true}, {"O", "I-X", false}, {"O", "U-Y", true}, {"O", "", true},
		{"B-X", "I-X", true}, {"B-X", "L-X", true}, {"B-X", "L-Y", false}, {"B-X", "O", false}, {"B-X", "", false},
		{"I-X", "I-X", true}, {"I-X", "L-X", true}, {"I-X", "B-X", false}, {"I-X", "", false},
		{"L-X", "O", true}, {"L-X", "B-X", true}, {"L-X", "I-X", false}, {"U-X", "U-Y", true}, {"L-X", "", true},
	} {
		assert.Equal(t, c.want, BILOU(c.from, c.to), "%q to %q", c.from, c.to)
	}
}

func TestBIO(t *testing.T) {
	assert.True(t, BIO("B-X", "I-X"))
	assert.True(t, BIO("I-X", "I-X"))
	assert.True(t, BIO("I-X", "B-X"))
	assert.True(t, BIO("B-X", ""))
	assert.False(t, BIO("", "I-X"))
	assert.False(t, BIO("O", "I-X"))
	assert.False(t, BIO("B-Y", "I-X"))
}

// toy makes sequences of words 0..39: 10..14 are spans of X, 20..24 of Y, where
// neighbours of one kind are one span.
func toy(seed uint64, n int) []Example {
	rng := rand.New(rand.NewPCG(seed, 1))
	var list []Example
	for range n {
		var e Example
		var words []uint32
		for range 3 + rng.IntN(20) {
			words = append(words, rng.Uint32N(40))
		}
		kind := func(i int) int {
			switch {
			case i < 0 || i >= len(words):
				return 0
			case words[i] >= 10 && words[i] < 15:
				return 1
			case words[i] >= 20 && words[i] < 25:
				return 2
			}
			return 0
		}
		for i := range words {
			for o := -1; o <= 1; o++ {
				if i+o >= 0 && i+o < len(words) {
					e.Features = append(e.Features, (words[i+o]+uint32(o+2)*1000)*2654435761)
				}
			}
			e.Ends = append(e.Ends, int32(len(e.Features)))
			l := uint8(0)
			if k := kind(i); k > 0 {
				before, after := kind(i-1) == k, kind(i+1) == k
				mark := uint8(4)
				switch {
				case before && after:
					mark = 2
				case before:
					mark = 3
				case after:
					mark = 1
				}
				l = uint8(k-1)*4 + mark
			}
			e.Labels = append(e.Labels, l)
		}
		list = append(list, e)
	}
	return list
}

func accuracy(m *Model, list []Example) float64 {
	var w Workspace
	var out []uint8
	right, all := 0, 0
	for _, e := range list {
		out = m.Decode(e.Features, e.Ends, &w, out)
		for i, l := range out {
			all++
			if l == e.Labels[i] {
				right++
			}
		}
	}
	return float64(right) / float64(all)
}

func trainToy(t testing.TB, opt TrainOptions) *Model {
	opt.Allowed = BILOU
	m, err := Train(toy(1, 300), bilou, opt)
	require.NoError(t, err)
	return m
}

func TestLearnsToyProblem(t *testing.T) {
	for _, opt := range []TrainOptions{{}, {L1: 0.001}, {L2: 0.01, Rate: 0.1}, {Dropout: 0.1}, {MinCount: 3}} {
		losses := []float64{}
		opt.Progress = func(_ int, loss float64) { losses = append(losses, loss) }
		m := trainToy(t, opt)
		assert.Greater(t, accuracy(m, toy(2, 100)), 0.99)
		assert.Less(t, losses[len(losses)-1], losses[0])
	}
}

func TestSaveAndLoad(t *testing.T) {
	m := trainToy(t, TrainOptions{Seed: 7, Date: "2026-11-24", Corpora: "toy (open)"})
	var a, b bytes.Buffer
	require.NoError(t, m.Save(&a))
	again, err := Load(bytes.NewReader(a.Bytes()))
	require.NoError(t, err)
	require.NoError(t, again.Save(&b))
	assert.True(t, bytes.Equal(a.Bytes(), b.Bytes()))
	assert.Equal(t, bilou, again.Labels())
	assert.Equal(t, "2026-11-24", again.Date())
	assert.Equal(t, "toy (open)", again.Corpora())
	assert.Equal(t, uint64(7), again.Seed())
	assert.Equal(t, m.Len(), again.Len())
	var w Workspace
	for _, e := range toy(3, 50) {
		want := append([]uint8(nil), m.Decode(e.Features, e.Ends, &w, nil)...)
		assert.Equal(t, want, again.Decode(e.Features, e.Ends, &w, nil))
	}
}

func TestSameBytesAgain(t *testing.T) {
	var a, b bytes.Buffer
	opt := TrainOptions{Seed: 3, Dropout: 0.1, L1: 0.0001}
	require.NoError(t, trainToy(t, opt).Save(&a))
	require.NoError(t, trainToy(t, opt).Save(&b))
	assert.True(t, bytes.Equal(a.Bytes(), b.Bytes()))
}

// TestCrowdedBucket trains on features that are mixed to numbers beside each
// other, which would all lie in one bucket.
func TestCrowdedBucket(t *testing.T) {
	inverse := uint32(1) // of hashFactor
	for range 5 {
		inverse *= 2 - hashFactor*inverse
	}
	e := Example{}
	for i := range uint32(600) {
		e.Features = append(e.Features, (i*40+7)*inverse)
		e.Ends = append(e.Ends, int32(len(e.Features)))
		e.Labels = append(e.Labels, uint8(i%2*4))
	}
	m, err := Train([]Example{e, e, e}, bilou, TrainOptions{Allowed: BILOU, Epochs: 20})
	require.NoError(t, err)
	require.Equal(t, 600, m.Len())
	var b bytes.Buffer
	require.NoError(t, m.Save(&b))
	again, err := Load(&b)
	require.NoError(t, err)
	var w Workspace
	assert.Equal(t, e.Labels, m.Decode(e.Features, e.Ends, &w, nil))
	assert.Equal(t, e.Labels, again.Decode(e.Features, e.Ends, &w, nil))
}

// TestManyFeatures has positions with more features than are looked up together.
func TestManyFeatures(t *testing.T) {
	m := trainToy(t, TrainOptions{Epochs: 2})
	var w Workspace
	for _, e := range toy(6, 20) {
		want := append([]uint8(nil), m.Decode(e.Features, e.Ends, &w, nil)...)
		var features []uint32
		var ends []int32
		begin := int32(0)
		for i, end := range e.Ends {
			for k := range uint32(500 * (i % 2)) {
				features = append(features, 7+2*k) // not known to the model
			}
			features = append(features, e.Features[begin:end]...)
			ends = append(ends, int32(len(features)))
			begin = end
		}
		assert.Equal(t, want, m.Decode(features, ends, &w, nil))
	}
}

func TestPathsAreWellFormed(t *testing.T) {
	m := trainToy(t, TrainOptions{Epochs: 1})
	rng := rand.New(rand.NewPCG(9, 9))
	var w Workspace
	for range 300 {
		var features []uint32
		var ends []int32
		for range rng.IntN(30) {
			for range rng.IntN(4) {
				features = append(features, (rng.Uint32N(40)+1000*(1+rng.Uint32N(3)))*2654435761)
			}
			ends = append(ends, int32(len(features)))
		}
		prev := ""
		for _, l := range m.Decode(features, ends, &w, nil) {
			assert.True(t, BILOU(prev, bilou[l]))
			prev = bilou[l]
		}
		assert.True(t, BILOU(prev, ""))
	}
}

// allPaths calls f with every path of n labels out of L and its unnormalised
// log score under m and the scores of w.
func allPaths(m *Model, w *Workspace, f func(path []uint8, score float64)) {
	n, L := w.n, len(m.labels)
	path := make([]uint8, n)
	for {
		s := float64(m.start[path[0]]) + float64(m.end[path[n-1]])
		for i, l := range path {
			s += float64(m.scale) * float64(w.scores[i][l])
			if i > 0 {
				s += float64(m.trans[int(path[i-1])*L+int(l)])
			}
		}
		f(path, s)
		i := 0
		for ; i < n; i++ {
			if path[i]++; int(path[i]) < L {
				break
			}
			path[i] = 0
		}
		if i == n {
			return
		}
	}
}

func TestAgainstAllPaths(t *testing.T) {
	m := trainToy(t, TrainOptions{Epochs: 2})
	var w Workspace
	for _, e := range toy(5, 20) {
		n := min(4, len(e.Ends))
		out := m.Decode(e.Features, e.Ends[:n], &w, nil)
		best, z, p0, pair := math.Inf(-1), 0.0, 0.0, 0.0
		var bestPath []uint8
		allPaths(m, &w, func(path []uint8, s float64) {
			z += math.Exp(s)
			if s > best {
				best, bestPath = s, append(bestPath[:0], path...)
			}
			if path[0] == out[0] {
				p0 += math.Exp(s)
			}
			if path[1] == out[1] && path[2] == out[2] {
				pair += math.Exp(s)
			}
		})
		assert.Equal(t, bestPath, out)
		assert.InDelta(t, p0/z, w.Marginal(0, out[0]), 1e-4)
		assert.InDelta(t, pair/z, w.PathProbability(1, out[1:3]), 1e-4)
	}
}

func TestEdges(t *testing.T) {
	m := trainToy(t, TrainOptions{Epochs: 1})
	var w Workspace
	assert.Empty(t, m.Decode(nil, nil, &w, nil))
	assert.Equal(t, []uint8{0}, m.Decode(nil, []int32{0}, &w, nil))
	empty, err := Train(nil, bilou, TrainOptions{Allowed: BILOU})
	require.NoError(t, err)
	assert.Equal(t, []uint8{0, 0}, empty.Decode([]uint32{1, 2}, []int32{1, 2}, &w, nil))
}

func TestTrainErrors(t *testing.T) {
	for _, c := range []struct {
		name    string
		example Example
		labels  []string
		want    string
	}{
		{"no labels", Example{}, nil, "0 labels"},
		{"too many labels", Example{}, make([]string, 17), "17 labels"},
		{"empty label", Example{}, []string{"O", ""}, "a label is empty"},
		{"line break", Example{}, []string{"O\n"}, "line break"},
		{"lengths", Example{Ends: []int32{0}}, bilou, "example 0 has 1 positions and 0 labels"},
		{"ends", Example{Ends: []int32{2}, Labels: []uint8{0}}, bilou, "position 0: features end at 2, of 0"},
		{"label", Example{Ends: []int32{0}, Labels: []uint8{9}}, bilou, "label 9, of 9"},
		{"order", Example{Ends: []int32{0, 0}, Labels: []uint8{0, 2}}, bilou, `"I-X" may not follow "O"`},
		{"last", Example{Ends: []int32{0}, Labels: []uint8{1}}, bilou, `example 0 ends with "B-X"`},
	} {
		_, err := Train([]Example{c.example}, c.labels, TrainOptions{Allowed: BILOU})
		assert.ErrorContains(t, err, c.want, c.name)
	}
}

func TestLoadErrors(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, trainToy(t, TrainOptions{Epochs: 1}).Save(&b))
	good := b.Bytes()
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "shorter than its header"},
		{"other file", bytes.Repeat([]byte("x"), 100), "not a model"},
		{"cut", good[:len(good)-5], "checksum"},
		{"longer", append(append([]byte(nil), good...), 0), "checksum"},
	} {
		_, err := LoadBytes(c.data)
		assert.ErrorContains(t, err, c.want, c.name)
	}
	for i := 0; i < len(good); i += 13 {
		bad := append([]byte(nil), good...)
		bad[i] ^= 0x40
		_, err := LoadBytes(bad)
		assert.Error(t, err, "byte %d", i)
	}
}

func TestDecodeDoesNotAllocate(t *testing.T) {
	m := trainToy(t, TrainOptions{Epochs: 1})
	list := toy(4, 20)
	var w Workspace
	var out []uint8
	run := func() {
		for _, e := range list {
			out = m.Decode(e.Features, e.Ends, &w, out)
			w.Marginal(0, out[0])
		}
	}
	run()
	assert.Zero(t, testing.AllocsPerRun(10, run))
}

func FuzzLoad(f *testing.F) {
	var b bytes.Buffer
	require.NoError(f, trainToy(f, TrainOptions{Epochs: 1}).Save(&b))
	f.Add(b.Bytes())
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) >= headerSize { // look behind the checksum
			data = append([]byte(nil), data...)
			binary.LittleEndian.PutUint32(data[8:], crc32.Checksum(data[12:], castagnoli))
		}
		m, err := LoadBytes(data)
		if err != nil {
			return
		}
		var w Workspace
		out := m.Decode([]uint32{1, 2, 3}, []int32{1, 2, 3}, &w, nil)
		for i, l := range out {
			w.Marginal(i, l)
		}
	})
}

func ExampleTrain() {
	examples := []Example{
		{Features: []uint32{1, 2, 3}, Ends: []int32{1, 2, 3}, Labels: []uint8{0, 1, 0}},
		{Features: []uint32{2, 3, 1}, Ends: []int32{1, 2, 3}, Labels: []uint8{1, 0, 0}},
	}
	m, _ := Train(examples, []string{"O", "U-X"}, TrainOptions{Allowed: BILOU})
	var w Workspace
	fmt.Println(m.Decode([]uint32{3, 2}, []int32{1, 2}, &w, nil))
	// Output: [0 1]
}

func BenchmarkDecode(b *testing.B) {
	m := trainToy(b, TrainOptions{Epochs: 1})
	list := toy(4, 200)
	var w Workspace
	var out []uint8
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		for _, e := range list {
			out = m.Decode(e.Features, e.Ends, &w, out)
			n += len(out)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "positions/s")
}
