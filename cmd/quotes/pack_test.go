package main

import (
	"compress/gzip"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/rogpeppe/go-internal/testscript"
)

// pack FILE.gz|FILE.zst FILE... compresses files, each as a member of its own.
func pack(ts *testscript.TestScript, _ bool, args []string) {
	out, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	for _, name := range args[1:] {
		var w io.WriteCloser = gzip.NewWriter(out)
		if strings.HasSuffix(args[0], ".zst") {
			w, err = zstd.NewWriter(out)
			ts.Check(err)
		}
		_, err = io.WriteString(w, ts.ReadFile(name))
		ts.Check(err)
		ts.Check(w.Close())
	}
	ts.Check(out.Close())
}
