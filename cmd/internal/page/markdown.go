package page

import (
	"bytes"
	"fmt"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	markdown "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"

	"codeberg.org/readeck/go-readability/v2/render"
)

// converter is made once, when it is first needed. goldmark's extensions
// (tables, footnotes) cost every start of the program 0.8 ms, even if no
// Markdown is read: tables stay as they are written.
var converter = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(goldmark.WithRendererOptions(markdown.WithUnsafe()))
})

// Markdown takes the text out of Markdown (CommonMark). Title, date, author, site and url come from front matter between
// lines of ---, the title else from the first heading of the first level.
func Markdown(source string) (p Page, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the Markdown cannot be read (%v): give it as text (--input text)", r)
		}
	}()
	p.Metadata, source = frontMatter(source)
	if nestedDeeply(source) {
		p.Text = source
		return p, nil
	}
	var b bytes.Buffer
	if err := converter().Convert([]byte(source), &b); err != nil {
		return p, err
	}
	doc, err := html.Parse(&b)
	if err != nil { // nested too deeply
		p.Text = source
		return p, nil
	}
	p.Text = tidy(render.InnerText(doc))
	if p.Title != "" {
		p.Text = withTitle(p.Text, p.Title)
		return p, nil
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "h1" {
			p.Title = line(render.InnerText(n))
			break
		}
	}
	return p, nil
}

// nestedDeeply reports whether a line begins with so many marks of quotes or
// lists, or is indented so far, that it is no article's: parsing takes time that
// grows with the square of the depth.
func nestedDeeply(source string) bool {
	const deepest = 200
	for l := range strings.Lines(source) {
		if len(l) > deepest && len(l)-len(strings.TrimLeft(l, "> \t-+*")) > deepest && strings.Trim(l, "-* \t\r\n") != "" {
			return true
		}
	}
	return false
}

// frontMatter splits off what stands between lines of --- at the beginning. It
// reads "key: value" lines, which is what metadata of articles need of YAML.
func frontMatter(source string) (m Metadata, rest string) {
	normal := strings.ReplaceAll(source, "\r\n", "\n")
	head, found := strings.CutPrefix(normal, "---\n")
	if !found {
		return m, source
	}
	head, rest, found = strings.Cut(head, "\n---\n")
	if !found {
		return m, source
	}
	for l := range strings.Lines(head) {
		key, value, found := strings.Cut(l, ":")
		if !found || strings.TrimLeft(key, " \t") != key {
			continue
		}
		value = strings.TrimSpace(value)
		if n := len(value); n > 1 && (value[0] == '"' || value[0] == '\'') && value[n-1] == value[0] {
			value = value[1 : n-1]
		}
		m.Set(key, value)
	}
	return m, rest
}

// Set sets the field that a source calls by one of its usual names, if it is
// one and still empty. Names are in any case.
func (m *Metadata) Set(name, value string) {
	if field := m.field(name); field != nil && *field == "" {
		*field = line(value)
		if field == &m.Date {
			m.Date = normalDate(m.Date)
		}
	}
}

func (m *Metadata) field(name string) *string {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "title", "headline":
		return &m.Title
	case "date", "published", "published_at", "publication_date", "date_published", "datepublished", "pubdate":
		return &m.Date
	case "author", "authors", "byline":
		return &m.Author
	case "site", "site_name", "source", "publisher", "outlet":
		return &m.Site
	case "url", "link", "uri":
		return &m.URL
	case "language", "lang":
		return &m.Language
	}
	return nil
}
