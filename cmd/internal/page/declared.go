package page

import (
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// declared is what a page says of itself outside of what readability reads.
type declared struct{ date, url string }

// dateNames are the names of meta elements with the date of publication, from
// the surest one on.
var dateNames = []string{
	"article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "sailthru.date",
	"dc.date.issued", "dcterms.created", "dcterms.date", "dc.date", "publish-date", "publishdate", "pubdate",
	"article.published", "publication_date", "citation_publication_date", "date",
}

// declaredIn looks through the elements of a page.
func declaredIn(doc *html.Node) declared {
	var d declared
	best := len(dateNames)
	var inBody string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "meta":
			content := strings.TrimSpace(attribute(n, "content"))
			if content == "" {
				continue
			}
			for _, name := range []string{attribute(n, "property"), attribute(n, "name"), attribute(n, "itemprop")} {
				name = strings.ToLower(name)
				for k, known := range dateNames[:best] {
					if name == known {
						best, d.date = k, content
					}
				}
				if name == "og:url" && d.url == "" {
					d.url = content
				}
			}
		case "link":
			if strings.EqualFold(attribute(n, "rel"), "canonical") {
				d.url = strings.TrimSpace(attribute(n, "href"))
			}
		case "time":
			if t := strings.TrimSpace(attribute(n, "datetime")); t != "" && inBody == "" {
				inBody = t
			}
		}
	}
	if d.date == "" {
		d.date = inBody
	}
	d.date = normalDate(d.date)
	u, err := url.Parse(d.url)
	if err != nil || !u.IsAbs() {
		d.url = ""
	}
	return d
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// layouts are those of dates in which day and month cannot be mixed up.
var layouts = []string{
	time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700",
	"2006-01-02 15:04:05 Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04",
	time.RFC1123Z, time.RFC1123, time.DateOnly, "2006/01/02", "20060102", "January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006",
}

// normalDate writes a date as RFC 3339, or the day alone. What it cannot read
// stays as it is.
func normalDate(text string) string {
	text = line(text)
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil {
			if !strings.Contains(layout, "15") {
				return t.Format(time.DateOnly)
			}
			if !strings.ContainsAny(layout, "Z") && !strings.Contains(layout, "MST") {
				return t.Format("2006-01-02T15:04:05")
			}
			return t.Format(time.RFC3339)
		}
	}
	return text
}
