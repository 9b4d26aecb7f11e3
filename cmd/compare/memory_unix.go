//go:build unix

package main

import (
	"fmt"
	"os"
	"runtime"
	"syscall"
)

// memory returns the largest resident set of a process.
func memory(s *os.ProcessState) string {
	usage, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return "?"
	}
	unit := int64(1024)
	if runtime.GOOS == "darwin" {
		unit = 1
	}
	return fmt.Sprintf("%d MB", int64(usage.Maxrss)*unit>>20)
}
