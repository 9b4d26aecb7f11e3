package entities

import (
	"cmp"
	"slices"
	"strings"
)

// Bounds of what a group keeps. What is kept does not depend on the order in which
// it was added, since it is the least by an order of the strings themselves.
const (
	maxNames = 8
	maxForms = 16
	maxRoles = 32
	maxNear  = 24
)

// A tally counts strings, those of the fewest words up to some number.
type tally []tallied

type tallied struct {
	text  string
	rank  uint64 // by which they are kept and sorted
	count int32
}

// rankOf orders strings by their number of words and then by hash.
func rankOf(s string) uint64 {
	return uint64(strings.Count(s, " "))<<56 | spread(hashString(fnvBasis, s))>>8
}

// add counts s n times. A string that is left out once stays out, so that counts
// are exact.
func (t *tally) add(s string, n int32, limit int) {
	rank := rankOf(s)
	i, ok := slices.BinarySearchFunc(*t, rank, func(x tallied, r uint64) int { return cmp.Compare(x.rank, r) })
	switch {
	case ok:
		(*t)[i].count += n
	case i < limit:
		if len(*t) == limit {
			*t = (*t)[:limit-1]
		}
		*t = slices.Insert(*t, i, tallied{s, rank, n})
	}
}

// A sketch is a sample of a set of names: those with the least hashes. Two sets
// that share names share some of their samples (Broder, 1997).
type sketch []uint32

func (s *sketch) add(h uint32, limit int) {
	i, ok := slices.BinarySearch(*s, h)
	if ok || i >= limit {
		return
	}
	if len(*s) == limit {
		*s = (*s)[:limit-1]
	}
	*s = slices.Insert(*s, i, h)
}

func (s *sketch) merge(t sketch, limit int) {
	if len(*s) == 0 {
		*s = slices.Clone(t[:min(len(t), limit)])
		return
	}
	for _, h := range t {
		if len(*s) == limit && h > (*s)[limit-1] {
			return
		}
		s.add(h, limit)
	}
}

// without returns the first limit hashes of s that are not h.
func (s sketch) without(h uint32, limit int) sketch {
	i, ok := slices.BinarySearch(s, h)
	if !ok {
		return s[:min(len(s), limit)]
	}
	return slices.Concat(s[:i], s[i+1:min(len(s), limit+1)])
}

// shared returns how many hashes are in both and satisfy counts.
func (s sketch) shared(t sketch, counts func(uint32) bool) int {
	n := 0
	for i, j := 0, 0; i < len(s) && j < len(t); {
		switch {
		case s[i] < t[j]:
			i++
		case s[i] > t[j]:
			j++
		default:
			if counts(s[i]) {
				n++
			}
			i++
			j++
		}
	}
	return n
}

const fnvBasis = 0xcbf29ce484222325

func hashString(h uint64, s string) uint64 {
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 0x100000001b3
	}
	return (h ^ 0xff) * 0x100000001b3
}

func spread(h uint64) uint64 {
	h ^= h >> 32
	h *= 0x9e3779b97f4a7c15
	return h ^ h>>29
}
