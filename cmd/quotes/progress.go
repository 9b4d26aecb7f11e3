package main

import (
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"
)

// progress is a bar on a terminal's standard error; nil shows nothing. It
// counts bytes of the input where the sizes of all files are known, which is
// how it can tell what remains; else it tells what is done.
type progress struct {
	container       *mpb.Progress
	bar             *mpb.Bar
	sizes           []int64 // by file; nil: not known
	before          int64   // bytes of the files that are through
	file            int
	within          int64 // bytes of articles of the file
	articles, words atomic.Int64
	start           time.Time
}

// newProgress returns a bar for these files, or nil where nobody would see it
// or it would stand in the way of the output.
func newProgress(files []string, toTerminal bool) *progress {
	if !term.IsTerminal(int(os.Stderr.Fd())) || toTerminal || os.Getenv("TERM") == "dumb" {
		return nil
	}
	p := &progress{start: time.Now(), container: mpb.New(mpb.WithOutput(os.Stderr))}
	total := int64(0)
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil || !info.Mode().IsRegular() {
			p.sizes, total = nil, 0
			break
		}
		p.sizes = append(p.sizes, info.Size())
		total += info.Size()
	}
	done := mpb.PrependDecorators(decor.Any(func(decor.Statistics) string {
		rate := float64(p.words.Load()) / max(time.Since(p.start).Seconds(), 0.001)
		return fmt.Sprintf("%d articles, %.0f words/s ", p.articles.Load(), rate)
	}))
	if p.sizes == nil {
		p.bar = p.container.New(0, mpb.NopStyle(), done, mpb.AppendDecorators(decor.Elapsed(decor.ET_STYLE_HHMMSS)))
	} else {
		remaining := mpb.AppendDecorators(decor.Percentage(), decor.Name(", "), decor.AverageETA(decor.ET_STYLE_HHMMSS), decor.Name(" left"))
		p.bar = p.container.New(total, mpb.BarStyle(), done, remaining)
	}
	return p
}

// add counts an article of a file (a number from 0).
func (p *progress) add(file, bytes, words int) {
	if p == nil {
		return
	}
	p.articles.Add(1)
	p.words.Add(int64(words))
	if p.sizes == nil {
		return
	}
	for ; p.file < file; p.file++ {
		p.before += p.sizes[p.file]
		p.within = 0
	}
	p.within += int64(bytes)
	p.bar.SetCurrent(p.before + min(p.within, p.sizes[file]))
}

// above is where lines are written that shall stand above the bar.
func (p *progress) above(stderr io.Writer) io.Writer {
	if p == nil {
		return stderr
	}
	return p.container
}

// finish takes the bar away.
func (p *progress) finish() {
	if p != nil {
		p.bar.Abort(true)
		p.container.Wait()
	}
}
