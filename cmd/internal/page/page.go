// Package page takes the text of an article out of a web page or Markdown, with
// what the page says about it.
//
// Text is a paragraph a line; blank lines stand between the blocks of the page.
// The title is its first line, unless the text begins with it anyway.
package page

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"codeberg.org/readeck/go-readability/v2"
	"codeberg.org/readeck/go-readability/v2/render"
	"golang.org/x/net/html"
)

// A Page is what was taken out. All but Text may be empty.
type Page struct {
	Text string
	Metadata
}

// Metadata is what a source says about an article. Date is that of publication,
// as RFC 3339 or the day alone where it could be read, else as it was written.
type Metadata struct {
	Title    string `json:"title,omitempty"`
	Date     string `json:"date,omitempty"`
	Author   string `json:"author,omitempty"`
	Site     string `json:"site,omitempty"`
	URL      string `json:"url,omitempty"`
	Language string `json:"language,omitempty"`
}

// shortest is the length of an article in characters below which readability
// looks again, less strictly, and takes what stands around it too. News has
// briefs: its own 500 is too long for them.
const shortest = 250

// maxElements bounds the pages in which the article is looked for; larger ones
// give all of their text. News pages have a few thousand.
const maxElements = 100_000

// HTML takes the article out of a page, UTF-8, that came from an address, which
// may be empty. A page in which no article stands out gives all of its text.
func HTML(source, address string) (p Page, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the page cannot be read as HTML (%v): give it as text (--input text)", r)
		}
	}()
	doc, err := html.Parse(strings.NewReader(source))
	if err != nil { // nested too deeply
		return Page{Text: plain(source), Metadata: Metadata{URL: address}}, nil
	}
	declared := declaredIn(doc)
	at, _ := url.Parse(address)
	parser := readability.NewParser()
	parser.MaxElemsToParse = maxElements
	parser.CharThresholds = shortest
	a, err := parser.ParseAndMutate(doc, at)
	p.Metadata = Metadata{
		Title: line(a.Title()), Author: line(a.Byline()), Site: line(a.SiteName()), Language: a.Language(),
		URL: address, Date: declared.date,
	}
	if t, err := a.PublishedTime(); err == nil {
		p.Date = day(t)
	}
	if p.URL == "" {
		p.URL = declared.url
	}
	if u, err := url.Parse(p.URL); err == nil && p.Site == "" {
		p.Site = u.Hostname()
	}
	if strings.HasPrefix(p.Author, "http") { // of a profile
		p.Author = ""
	}
	if a.Node != nil {
		p.Text = tidy(render.InnerText(a.Node))
	}
	if p.Text == "" {
		p.Text = plain(source)
		return p, nil
	}
	p.Text = withTitle(p.Text, p.Title)
	return p, nil
}

// day writes a time as RFC 3339, or without the time where it is midnight UTC,
// as it is for pages that give the day alone.
func day(t time.Time) string {
	if t.Equal(t.Truncate(24*time.Hour)) && t.Location() == time.UTC {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}

// withTitle puts the title before a text that does not begin with it.
func withTitle(text, title string) string {
	if title == "" || strings.HasPrefix(line(text[:min(len(text), 2*len(title)+8)]), title) {
		return text
	}
	return title + "\n\n" + text
}

// line is text on a line.
func line(text string) string { return strings.Join(strings.Fields(text), " ") }

// tidy takes away spaces at the ends of lines, and blank lines but one.
func tidy(text string) string {
	var b strings.Builder
	blank := 0
	for l := range strings.Lines(text) {
		if l = strings.TrimSpace(l); l == "" {
			blank++
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
			if blank > 0 {
				b.WriteByte('\n')
			}
		}
		b.WriteString(l)
		blank = 0
	}
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
	return b.String()
}

// plain is all the text of a page, however broken it is.
func plain(source string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(source))
	hidden := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			return tidy(b.String())
		case html.TextToken:
			if hidden == "" {
				b.WriteString(strings.Map(toSpace, string(z.Text())))
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			switch tag := string(name); tag {
			case "script", "style", "noscript", "template", "svg", "head":
				if hidden == "" {
					hidden = tag
				}
			case "a", "abbr", "b", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u":
			default:
				b.WriteString("\n\n")
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == hidden {
				hidden = ""
			}
		}
	}
}

func toSpace(r rune) rune {
	if r == '\n' || r == '\r' || r == '\t' {
		return ' '
	}
	return r
}
