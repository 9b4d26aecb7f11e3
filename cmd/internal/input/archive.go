package input

import (
	"errors"
	"io"
	"strings"

	"github.com/whosaid-nlp/whosaid/cmd/internal/charset"
	"github.com/whosaid-nlp/whosaid/cmd/internal/page"
	"github.com/whosaid-nlp/whosaid/cmd/internal/stream"
	"github.com/whosaid-nlp/whosaid/cmd/internal/warc"
)

// archive reads the articles of a web archive: HTML pages that were fetched with
// status 200, pages that were stored as resources, and text that was converted
// from pages (WET). All else is passed over.
func (r *reader) archive(in *stream.Stream) bool {
	w := warc.NewReader(in, r.MaxBytes, func(x *warc.Record) bool {
		t, _, _ := strings.Cut(x.Header["content-type"], ";")
		switch t = strings.ToLower(strings.TrimSpace(t)); x.Type() {
		case "response":
			return t == "application/http" && maybePage(x.Header["warc-identified-payload-type"])
		case "resource":
			return isPage(t)
		case "conversion":
			return t == "text/plain"
		}
		return false
	})
	for {
		x, err := w.Next()
		var broken *warc.Broken
		switch {
		case err == io.EOF:
			return true
		case errors.As(err, &broken):
			if !r.fail(Place{Record: broken.Place}, broken.Err) {
				return false
			}
			continue
		case err != nil:
			r.fail(Place{}, err)
			return true
		}
		a := record{Article: Article{ID: x.ID(), Place: Place{File: r.file, Record: x.Place}}}
		if a.ID == "" {
			a.ID = a.Place.String()
		}
		a.URL = x.Address()
		a.finish, err = r.content(x)
		switch {
		case err != nil && !r.yield(record{Article: a.Article, err: &Error{a.ID, a.Place, err}}):
			return false
		case a.finish != nil && !r.yield(a):
			return false
		}
	}
}

// content returns what takes the article out of a record; nil: it has none.
func (r *reader) content(x *warc.Record) (func(*Article) error, error) {
	switch x.Type() {
	case "resource":
		return r.page(x.Block, x.Header["content-type"]), nil
	case "conversion":
		return func(a *Article) error {
			a.Text = charset.Decode(x.Block, "utf-8")
			return nil
		}, nil
	}
	response, err := x.Response()
	if err != nil || response.Status != 200 || response.MediaType() != "" && !isPage(response.MediaType()) {
		return nil, err
	}
	return func(a *Article) error {
		body, err := response.Body(x.Truncated(), r.MaxBytes)
		if err != nil {
			return err
		}
		return r.page(body, response.ContentType())(a)
	}, nil
}

func (r *reader) page(b []byte, contentType string) func(*Article) error {
	return func(a *Article) error {
		return a.set(page.HTML(charset.DecodePage(b, r.Encoding, contentType), a.URL))
	}
}

func isPage(mediaType string) bool {
	return mediaType == "text/html" || mediaType == "application/xhtml+xml"
}

// maybePage reports that the crawler found the payload to be a page, or did not say.
func maybePage(identified string) bool { return identified == "" || isPage(identified) }
