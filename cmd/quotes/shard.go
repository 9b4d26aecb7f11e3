package main

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"
)

// A shard is a part of the articles: number i of n. The zero shard is all.
//
// An article's shard is decided by a hash of its ID, without case: so it stays
// the same whatever the order, the packing and the number of the input files,
// and articles whose files would have one name in a folder are in one shard.
type shard struct{ i, n int }

// Set reads "2/8". It makes a shard a flag.
func (s *shard) Set(text string) error {
	var x shard
	if n, err := fmt.Sscanf(text+"\n", "%d/%d\n", &x.i, &x.n); err != nil || n != 2 || x.i < 1 || x.i > x.n {
		return fmt.Errorf("a shard is its number and how many there are: 1/8 to 8/8")
	}
	*s = x
	return nil
}

func (s *shard) String() string {
	if s.n == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.i, s.n)
}

// Type is the name of the flag's values in the help.
func (s *shard) Type() string { return "i/n" }

// part names the shard in names of files; "" is all.
func (s *shard) part() string { return strings.ReplaceAll(s.String(), "/", "-of-") }

// has reports whether an article, or an input that failed, is in the shard.
func (s *shard) has(id string) bool {
	if s.n == 0 {
		return true
	}
	h := sha256.Sum256([]byte(strings.ToLower(id)))
	return binary.BigEndian.Uint64(h[:])%uint64(s.n) == uint64(s.i-1)
}
