package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"
)

// progress is a bar on a terminal's standard error; nil shows nothing. Where
// the length of the text is known from the files, it tells what remains; else
// what is done.
type progress struct {
	container       *mpb.Progress
	bar             *mpb.Bar
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
	done := mpb.PrependDecorators(decor.Any(func(decor.Statistics) string {
		rate := float64(p.words.Load()) / max(time.Since(p.start).Seconds(), 0.001)
		return fmt.Sprintf("%d articles, %.0f words/s ", p.articles.Load(), rate)
	}))
	if total := textLength(files); total == 0 {
		p.bar = p.container.New(0, mpb.NopStyle(), done, mpb.AppendDecorators(decor.Elapsed(decor.ET_STYLE_HHMMSS)))
	} else {
		remaining := mpb.AppendDecorators(decor.Percentage(), decor.Name(", "), decor.AverageETA(decor.ET_STYLE_HHMMSS), decor.Name(" left"))
		p.bar = p.container.New(total, mpb.BarStyle(), done, remaining)
	}
	return p
}

// textLength estimates how many bytes of text the files have: 0 is not known.
// What is not text in JSON Lines is little beside it.
func textLength(files []string) (total int64) {
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil || !info.Mode().IsRegular() || !slices.Contains([]string{".txt", ".md", ".jsonl", ".ndjson"}, filepath.Ext(name)) {
			return 0
		}
		total += info.Size()
	}
	return total
}

// add counts an article.
func (p *progress) add(bytes, words int) {
	if p == nil {
		return
	}
	p.articles.Add(1)
	p.words.Add(int64(words))
	p.bar.IncrBy(bytes)
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
