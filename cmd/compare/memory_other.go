//go:build !unix

package main

import "os"

// memory is not known here.
func memory(*os.ProcessState) string { return "?" }
