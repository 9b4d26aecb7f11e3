package input

import (
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/whosaid-nlp/whosaid/cmd/internal/charset"
	"github.com/whosaid-nlp/whosaid/cmd/internal/page"
	"github.com/whosaid-nlp/whosaid/cmd/internal/stream"
)

// A record is an article as it stands in a file. Where taking it out is work,
// finish does it; it may run beside others.
type record struct {
	Article
	err    error
	finish func(*Article) error
}

func (r *record) result() (Article, error) {
	if r.err == nil && r.finish != nil {
		if err := r.finish(&r.Article); err != nil {
			r.err = &Error{r.ID, r.Place, err}
		}
	}
	return r.Article, r.err
}

// Articles returns all articles in the order of the files; one that cannot be
// read is an error that says where, and has an Article with the Place alone.
func (s *Source) Articles() iter.Seq2[Article, error] {
	if s.Workers <= 1 {
		return func(yield func(Article, error) bool) {
			s.records(func(r record) bool { return yield(r.result()) })
		}
	}
	return s.concurrent
}

func (s *Source) concurrent(yield func(Article, error) bool) {
	order := make(chan chan *record, s.Workers)
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		defer close(order)
		s.records(func(r record) bool {
			done := make(chan *record, 1)
			select {
			case order <- done:
			case <-stop:
				return false
			}
			if r.finish == nil {
				done <- &r
				return true
			}
			go func() {
				r.result()
				r.finish = nil
				done <- &r
			}()
			return true
		})
	}()
	for done := range order {
		r := <-done
		if !yield(r.Article, r.err) {
			return
		}
	}
}

// A reader yields the records of one file; yield returns false to stop.
type reader struct {
	*Source
	file  string
	id    string // of an article that is a whole file
	yield func(record) bool
}

// fail yields an error at a place of the file and reports whether to go on.
func (r *reader) fail(p Place, err error) bool {
	p.File = r.file
	err = reason(err)
	return r.yield(record{Article: Article{Place: p}, err: &Error{Place: p, Err: err}})
}

// records yields what stands in all files.
func (s *Source) records(yield func(record) bool) {
	s.files(func(f file, err error) bool {
		r := reader{s, f.name, f.id, yield}
		if err != nil {
			return yield(record{Article: Article{Place: Place{File: f.name}}, err: err})
		}
		if f.name == "-" {
			r.file = "standard input"
			return r.read(counter{s.Stdin, &s.read}, "")
		}
		opened, err := os.Open(f.name)
		if err != nil {
			return yield(record{Article: Article{Place: Place{File: f.name}}, err: fileError(f.name, err)})
		}
		defer opened.Close()
		return r.read(counter{opened, &s.read}, f.name)
	})
}

// read reads one file, whose name may be "".
func (r *reader) read(from io.Reader, name string) bool {
	in := stream.New(from)
	head, err := in.Head(4<<10, "<")
	for len(head) == 0 && err != nil && err != io.EOF {
		if !r.fail(Place{}, err) {
			return false
		}
		if !passes(err) {
			return true
		}
		head, err = in.Head(4<<10, "<")
		if err == io.EOF {
			return true
		}
	}
	format := r.Format
	if format == Auto {
		format, err = sniff(head, r.Encoding, name)
		if err != nil {
			return r.fail(Place{}, err)
		}
	}
	switch format {
	case Lines:
		return r.lines(charset.Reader(in, r.Encoding))
	case CSV, TSV:
		return r.table(charset.Reader(in, r.Encoding), format)
	case WARC:
		return r.archive(in)
	}
	return r.whole(in, format)
}

// whole reads a file that is one article.
func (r *reader) whole(in *stream.Stream, format Format) bool {
	b, err := in.All(r.MaxBytes)
	if err != nil {
		return r.fail(Place{}, r.explain(err))
	}
	x := record{Article: Article{ID: r.id, Place: Place{File: r.file}}}
	switch format {
	case HTML:
		x.finish = func(a *Article) error { return a.set(page.HTML(charset.DecodePage(b, r.Encoding, ""), "")) }
	case Markdown:
		x.finish = func(a *Article) error { return a.set(page.Markdown(charset.Decode(b, r.Encoding))) }
	default:
		x.Text = charset.Decode(b, r.Encoding)
	}
	return r.yield(x)
}

// set takes over what stood in a page.
func (a *Article) set(p page.Page, err error) error {
	a.Text, a.Metadata = p.Text, p.Metadata
	return err
}

// explain adds to an error of reading what the user can do.
func (r *reader) explain(err error) error {
	if err == stream.ErrLong {
		return fmt.Errorf("it has more bytes than the limit of %d: it is skipped (--max-bytes sets the limit)", r.MaxBytes)
	}
	return err
}
