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

	"github.com/whosaid-nlp/whosaid/cmd/internal/input"
)

// progress is a bar on a terminal's standard error; nil shows nothing. Where
// the size of all files is known, it tells what remains; else what is done.
type progress struct {
	source          *input.Source
	container       *mpb.Progress
	bar             *mpb.Bar
	articles, words atomic.Int64
	start           time.Time
}

// newProgress returns a bar for these articles, or nil where nobody would see it
// or it is to be hidden.
func newProgress(source *input.Source, hidden bool) *progress {
	if hidden || !term.IsTerminal(int(os.Stderr.Fd())) || os.Getenv("TERM") == "dumb" {
		return nil
	}
	p := &progress{source: source, start: time.Now(), container: mpb.New(mpb.WithOutput(os.Stderr))}
	done := mpb.PrependDecorators(decor.Any(func(decor.Statistics) string {
		rate := float64(p.words.Load()) / max(time.Since(p.start).Seconds(), 0.001)
		return fmt.Sprintf("%d articles, %.0f words/s ", p.articles.Load(), rate)
	}))
	if total := source.Size(); total == 0 {
		p.bar = p.container.New(0, mpb.NopStyle(), done, mpb.AppendDecorators(decor.Elapsed(decor.ET_STYLE_HHMMSS)))
	} else {
		remaining := mpb.AppendDecorators(decor.Percentage(), decor.Name(", "), decor.AverageETA(decor.ET_STYLE_HHMMSS), decor.Name(" left"))
		p.bar = p.container.New(total+1, mpb.BarStyle(), done, remaining) // never full: the last article is still on its way
	}
	return p
}

// add counts an article.
func (p *progress) add(words int) {
	if p == nil {
		return
	}
	p.articles.Add(1)
	p.words.Add(int64(words))
	p.bar.SetCurrent(p.source.Read())
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
	if p != nil && !p.bar.Aborted() {
		p.bar.Abort(true)
		p.container.Wait()
	}
}
