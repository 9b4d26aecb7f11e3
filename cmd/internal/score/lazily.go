package score

import (
	"regexp"
	"sync"
)

// lazily compiles a pattern when it is first needed: a program that only
// contains this package does not wait for it.
func lazily(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
