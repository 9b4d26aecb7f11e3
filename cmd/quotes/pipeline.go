package main

import (
	"context"
	"crypto/sha256"
	"sync"

	"github.com/whosaid-nlp/whosaid/cmd/internal/input"
	"github.com/whosaid-nlp/whosaid/cmd/internal/store"
	"github.com/whosaid-nlp/whosaid/cmd/internal/wire"
	"github.com/whosaid-nlp/whosaid/cmd/internal/write"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// A pipeline takes articles from the inputs through the analysis to the store:
// one goroutine reads, workers analyse and write down, and the caller's puts
// into the store what is written, in the order of the input, whatever the
// number of workers.
type pipeline struct {
	*extraction
	*inputs
	analyzer *quotes.Analyzer
	writer   write.Writer
	store    store.Store

	closing sync.Mutex
	closed  bool // the store is
}

// A job is one article, or an input that failed, on its way.
type job struct {
	article input.Article
	ticket  store.Ticket
	skip    bool  // done in an earlier run
	bad     error // the input cannot be read
	fatal   error // nothing can be written any more
	done    chan result
}

// A result is what a worker made of an article.
type result struct {
	output store.Output
	words  int
}

// run is through when all inputs are, when the store fails or, with the
// context's error, when that is cancelled: then what is finished is stored.
func (p *pipeline) run(ctx context.Context) error {
	workers := p.extraction.input.workers
	reading, stop := context.WithCancel(ctx)
	defer stop()
	todo, order := make(chan *job), make(chan *job, 2*workers)
	go func() {
		defer close(order)
		defer close(todo)
		p.read(reading, todo, order)
	}()
	for range workers {
		go func() {
			for j := range todo {
				j.done <- p.analyze(j.article)
			}
		}()
	}
	if err := p.collect(ctx, order); err != nil && ctx.Err() == nil {
		return err
	}
	p.closing.Lock() // after an interruption the reader may still wait for input
	p.closed = true
	p.closing.Unlock()
	if err := p.store.Close(ctx.Err() == nil, p.failures.count); err != nil {
		return err
	}
	return ctx.Err()
}

// claim asks the store for the place of an article.
func (p *pipeline) claim(j *job) {
	p.closing.Lock()
	defer p.closing.Unlock()
	if p.closed {
		j.fatal = context.Canceled
		return
	}
	k := store.Key{ID: j.article.ID, Text: sha256.Sum256([]byte(j.article.Text)), Source: j.article.Place.File}
	j.ticket, j.skip, j.fatal = p.store.Done(k)
}

// read sends the articles, and what cannot be read.
func (p *pipeline) read(ctx context.Context, todo, order chan<- *job) {
	send := func(j *job) bool {
		select {
		case order <- j:
		case <-ctx.Done():
			return false
		}
		if j.bad != nil || j.skip || j.fatal != nil {
			return j.fatal == nil
		}
		select {
		case todo <- j:
			return true
		case <-ctx.Done():
			close(j.done) // nobody works on it
			return false
		}
	}
	for a, err := range p.source.Articles() {
		j := &job{article: a, bad: err, done: make(chan result, 1)}
		switch {
		case err != nil && !p.shard.has(err.Error()), err == nil && !p.shard.has(a.ID):
			continue
		case err == nil:
			p.claim(j)
		}
		if !send(j) || ctx.Err() != nil {
			return
		}
	}
}

// analyze makes of an article what is to be stored of it.
func (p *pipeline) analyze(a input.Article) result {
	var found *quotes.Analysis
	var kept bool
	if p.names {
		doc := nlp.Parse(a.Text)
		found, kept = p.filter.names(&quotes.Analysis{Document: doc, Entities: p.recognizer.Find(doc, p.gazetteer)})
	} else {
		found, kept = p.filter.quotations(p.analyzer.Analyze(a.Text))
	}
	r := result{words: len(found.Document.Tokens)}
	if !kept {
		return r
	}
	article := &write.Article{ID: a.ID, Metadata: metadata(a), Analysis: found}
	r.output.Body = p.writer.Article(nil, article)
	if w, ok := p.writer.(write.Sidecar); ok {
		r.output.Sidecar = w.Sidecar(article)
	}
	return r
}

// collect stores what is sent, until there is no more or the context is
// cancelled.
func (p *pipeline) collect(ctx context.Context, order <-chan *job) error {
	for {
		var j *job
		var more bool
		select {
		case j, more = <-order:
		default:
			// Nothing is waiting: let the reader of the output see it.
			if err := p.store.Flush(); err != nil {
				return err
			}
			select {
			case j, more = <-order:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if !more {
			return ctx.Err()
		}
		if err := p.take(j); err != nil {
			return err
		}
	}
}

// take stores one job.
func (p *pipeline) take(j *job) error {
	switch {
	case j.fatal != nil:
		return j.fatal
	case j.bad != nil:
		return p.failures.add(j.bad)
	case j.skip:
		p.progress.add(0)
		return p.texts.add(j.article)
	}
	r, ok := <-j.done
	if !ok {
		return context.Canceled
	}
	p.progress.add(r.words)
	if err := p.texts.add(j.article); err != nil {
		return err
	}
	return p.store.Put(j.ticket, r.output)
}

// metadata is what the input tells about an article; nil is nothing.
func metadata(a input.Article) *wire.Metadata {
	m := wire.Metadata{URL: a.URL, Title: a.Title, Author: a.Author, Date: a.Date, Site: a.Site}
	if m == (wire.Metadata{}) {
		return nil
	}
	return &m
}
