package nlp

import (
	_ "embed"
	"encoding/binary"
)

//go:generate go run ../cmd/train clusters -out data/clusters.bin

// clusterTable is what cmd/train clusters writes: the magic, the number of
// buckets (a power of two) as uint32, the end of each bucket in entries as
// uint32, and the entries of 8 bytes: check bits of the word's hash (uint16),
// numbers of its clusters among 64 and 256 (a byte each), and among 1024 and
// 3000 (a uint16 each). All numbers are little-endian.
//
//go:embed data/clusters.bin
var clusterTable []byte

// ClusterMagic begins the table of word clusters.
const ClusterMagic = "WCLU0001"

// ClusterHash returns the hash under which the table of clusters has a word in
// lower case. Its high bits choose the bucket, the 16 low ones are the check.
func ClusterHash(lower string) uint32 {
	h := uint64(0xcbf29ce484222325)
	for i := 0; i < len(lower); i++ {
		h = (h ^ uint64(lower[i])) * 0x100000001b3
	}
	h ^= h >> 32
	h *= 0x9e3779b97f4a7c15
	return uint32(h >> 32)
}

// Clusters returns the numbers of the clusters that a word in lower case
// belongs to, among 64, 256, 1024 and 3000 clusters: words of one cluster occur
// in like contexts (k-means of GloVe vectors; Pennington, Socher and Manning
// 2014). ok is false for words that are not known. Clusters does not allocate;
// it is safe for concurrent use.
func Clusters(lower string) (c [4]uint16, ok bool) {
	t := clusterTable
	if len(t) < 16 || lower == "" {
		return c, false
	}
	h := ClusterHash(lower)
	buckets := binary.LittleEndian.Uint32(t[8:])
	b := uint32(uint64(h) * uint64(buckets) >> 32)
	begin := uint32(0)
	if b > 0 {
		begin = binary.LittleEndian.Uint32(t[12+4*(b-1):])
	}
	end := binary.LittleEndian.Uint32(t[12+4*b:])
	entries := t[12+4*buckets:]
	for i := begin; i < end; i++ {
		e := binary.LittleEndian.Uint64(entries[8*i:])
		if uint16(e) == uint16(h) {
			return [4]uint16{uint16(e >> 16 & 0xff), uint16(e >> 24 & 0xff), uint16(e >> 32), uint16(e >> 48)}, true
		}
	}
	return c, false
}
