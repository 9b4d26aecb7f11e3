package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// byteSize is a number of bytes as people write it.
type byteSize int64

var byteUnits = []struct {
	name  string
	bytes int64
}{{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"B", 1}, {"", 1}}

func (s *byteSize) Set(text string) error {
	for _, u := range byteUnits {
		number := strings.TrimSpace(text[:max(0, len(text)-len(u.name))])
		if !strings.EqualFold(text[len(text)-min(len(text), len(u.name)):], u.name) {
			continue
		}
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil || n < 1 || n > 1<<62/u.bytes {
			break
		}
		*s = byteSize(n * u.bytes)
		return nil
	}
	return errors.New("use a number of bytes, or one with KB, MB, GB, KiB, MiB or GiB")
}

func (s *byteSize) String() string {
	for _, u := range []int{5, 4, 3} {
		if b := byteUnits[u].bytes; int64(*s) >= b && int64(*s)%b == 0 {
			return fmt.Sprintf("%d%s", int64(*s)/b, byteUnits[u].name)
		}
	}
	return strconv.FormatInt(int64(*s), 10)
}

func (s *byteSize) Type() string { return "size" }
