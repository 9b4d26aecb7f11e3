package write

import (
	"crypto/sha1"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/whosaid-nlp/whosaid/cmd/internal/wire"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// webAnnotation writes the W3C Web Annotation Data Model as JSON-LD: an
// annotation page an article and line, with an annotation for each quotation
// (a target for each of its parts) and each mention by name. Positions are
// code points, as that model asks.
type webAnnotation struct{}

func newWebAnnotation(Options) Writer { return webAnnotation{} }

func (webAnnotation) Begin(b []byte) []byte { return b }
func (webAnnotation) End(b []byte) []byte   { return b }

type annotationPage struct {
	Context    string       `json:"@context"`
	ID         string       `json:"id"`
	Type       string       `json:"type"`
	Label      string       `json:"label"`
	StartIndex int          `json:"startIndex"`
	Items      []annotation `json:"items"`
}

type annotation struct {
	ID         string           `json:"id"`
	Type       string           `json:"type"`
	Motivation string           `json:"motivation"`
	Body       []annotationBody `json:"body"`
	Target     []target         `json:"target"`
}

type annotationBody struct {
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
	Value   string `json:"value,omitempty"`
	Source  string `json:"source,omitempty"`
}

type target struct {
	Source   string     `json:"source"`
	Selector []selector `json:"selector"`
}

type selector struct {
	Type   string `json:"type"`
	Start  *int   `json:"start,omitempty"`
	End    *int   `json:"end,omitempty"`
	Exact  string `json:"exact,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

func (webAnnotation) Article(b []byte, a *Article) []byte {
	source := sourceOf(a)
	index := wire.NewIndex(a.Document.Text, wire.Codepoint)
	page := annotationPage{
		Context: "http://www.w3.org/ns/anno.jsonld", ID: identifier(source, "page"), Type: "AnnotationPage", Label: a.ID, Items: []annotation{},
	}
	for i, q := range a.Quotations {
		x := annotation{ID: identifier(source, "quotation-"+strconv.Itoa(i+1)), Type: "Annotation", Motivation: "describing"}
		x.Body = append(x.Body, annotationBody{Type: "TextualBody", Purpose: "tagging", Value: reportOf(&q)})
		if q.Name != "" {
			x.Body = append(x.Body, annotationBody{Type: "TextualBody", Purpose: "identifying", Value: q.Name})
		}
		for _, id := range q.Entities {
			if e := entityOf(a, id); e != nil && reference().MatchString(e.Ref) {
				x.Body = append(x.Body, annotationBody{Type: "SpecificResource", Purpose: "linking", Source: e.Ref})
			}
		}
		for _, p := range q.Parts {
			x.Target = append(x.Target, targetOf(a.Document.Text, source, index, p))
		}
		page.Items = append(page.Items, x)
	}
	for i, m := range namesOf(a) {
		x := annotation{ID: identifier(source, "name-"+strconv.Itoa(i+1)), Type: "Annotation", Motivation: "identifying"}
		x.Body = []annotationBody{
			{Type: "TextualBody", Purpose: "tagging", Value: m.entity.Kind.String()},
			{Type: "TextualBody", Purpose: "identifying", Value: m.entity.Name},
		}
		if reference().MatchString(m.entity.Ref) {
			x.Body = append(x.Body, annotationBody{Type: "SpecificResource", Purpose: "linking", Source: m.entity.Ref})
		}
		x.Target = []target{targetOf(a.Document.Text, source, index, m.Span)}
		page.Items = append(page.Items, x)
	}
	return append(appendJSON(b, page), '\n')
}

// context is the number of bytes before and behind a quote that help to find
// it in a page that has changed.
const context = 40

func targetOf(text, source string, index *wire.Index, s nlp.Span) target {
	start, end := index.Of(s.Start), index.Of(s.End)
	from, to := max(0, s.Start-context), min(len(text), s.End+context)
	for from < s.Start && !utf8.RuneStart(text[from]) {
		from++
	}
	for to > s.End && to < len(text) && !utf8.RuneStart(text[to]) {
		to--
	}
	return target{source, []selector{
		{Type: "TextPositionSelector", Start: &start, End: &end},
		{Type: "TextQuoteSelector", Exact: text[s.Start:s.End], Prefix: text[from:s.Start], Suffix: text[s.End:to]},
	}}
}

var absolute = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^https?://[!-~]+$`) })

// sourceOf is the IRI of an article: the address that its input tells, else
// its ID as a URN.
func sourceOf(a *Article) string {
	if a.Metadata != nil && absolute().MatchString(a.Metadata.URL) {
		return a.Metadata.URL
	}
	return "urn:whosaid:article:" + url.PathEscape(strings.ToValidUTF8(a.ID, "\ufffd"))
}

// namespaceURL is the UUID under which addresses are names.
const namespaceURL = "\x6b\xa7\xb8\x11\x9d\xad\x11\xd1\x80\xb4\x00\xc0\x4f\xd4\x30\xc8"

// identifier is a name-based UUID (RFC 9562, version 5), the same in every run.
func identifier(source, what string) string {
	h := sha1.Sum([]byte(namespaceURL + source + "#" + what))
	h[6] = h[6]&0x0f | 0x50
	h[8] = h[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
}
