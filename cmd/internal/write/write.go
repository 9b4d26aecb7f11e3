// Package write turns articles with what was found in them into the formats
// that people and programs read.
package write

import (
	"fmt"
	"strings"

	"github.com/whosaid-nlp/whosaid/cmd/internal/wire"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// An Article is one text with what is to be written of it.
type Article struct {
	ID       string
	Metadata *wire.Metadata // nil: the input tells nothing
	// Entities and quotations may be a selection of what was found: an entity is
	// found by its ID and not by its place.
	*quotes.Analysis
}

// A Writer writes articles in one format. A file is what Begin, Article for
// each of its articles, with the format's comma between those that write
// something, and End append to it. All are safe for concurrent use, so that
// articles can be written by many goroutines and joined in order.
//
// Any text gives valid output: what a format cannot hold (bytes that are not
// UTF-8, control characters) becomes U+FFFD or a space, one character for one,
// so that offsets hold.
type Writer interface {
	Begin(b []byte) []byte
	Article(b []byte, a *Article) []byte
	End(b []byte) []byte
}

// A Sidecar is a Writer of a format with more files: a second one beside that
// of each article, and some that describe all of them.
type Sidecar interface {
	Writer
	Sidecar(a *Article) []byte // content of the file with SidecarExtension
	Shared() map[string]string // by file name
}

// SidecarExtension is that of the second file of an article: its text.
const SidecarExtension = ".txt"

// Options are what a user may choose of a format.
type Options struct {
	Unit  wire.Unit // of jsonl and json; other formats have their own
	Style Style     // of text
	Names bool      // entities alone are asked for: csv, tsv, text and markdown list these
	// Explain says that text, jsonl and json also tell why something is a quotation
	// and what chose its speaker.
	Explain bool
	// Attitudes says that they were asked for: csv and tsv have a column for them.
	Attitudes bool
}

// A Format is a way to write articles down.
type Format struct {
	Name      string
	About     string // in a few words
	Extension string // of a file, with the dot
	Comma     string // between two articles of a file
	Bare      bool   // a file with one article has neither Begin nor End
	Folder    bool   // the format is a folder of files, not a stream
	New       func(Options) Writer
}

// Formats lists the formats, those most asked for first.
func Formats() []Format {
	return []Format{
		{Name: "text", About: "for reading, coloured on a terminal", Extension: ".txt", New: newText},
		{Name: "jsonl", About: "a JSON object an article and line (quotes schema describes it)", Extension: ".jsonl", New: newJSONL},
		{Name: "json", About: "the same objects, indented, in an array", Extension: ".json", Comma: ",\n", Bare: true, New: newJSON},
		{Name: "csv", About: "a row a quotation, for spreadsheets", Extension: ".csv", New: newCSV},
		{Name: "tsv", About: "the same with tabs", Extension: ".tsv", New: newTSV},
		{Name: "html", About: "a page with the articles, their quotations marked, and filters", Extension: ".html", New: newHTML},
		{Name: "markdown", About: "for notes and issues", Extension: ".md", New: newMarkdown},
		{Name: "brat", About: "brat stand-off: .ann and .txt, into the folder --output", Extension: ".ann", Folder: true, New: newBrat},
		{Name: "conll", About: "a token a line: token, part of speech, quotation and name by BIO", Extension: ".conll", New: newCoNLL},
		{Name: "webannotation", About: "W3C Web Annotation, a JSON-LD page an article and line", Extension: ".jsonld", New: newWebAnnotation},
		{Name: "schemaorg", About: "schema.org Quotation, a JSON-LD object an article and line", Extension: ".jsonld", New: newSchemaOrg},
		{Name: "labelstudio", About: "Label Studio tasks with predictions", Extension: ".json", Comma: ",\n", New: newLabelStudio},
		{Name: "prodigy", About: "Prodigy tasks with tokens, spans and relations", Extension: ".jsonl", New: newProdigy},
		{Name: "displacy", About: "what spaCy's displaCy draws, an object an article and line", Extension: ".jsonl", New: newDisplacy},
	}
}

// Lookup returns the format of a name.
func Lookup(name string) (Format, error) {
	var names []string
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	last := len(names) - 1
	return Format{}, fmt.Errorf("unknown format %q: use %s or %s", name, strings.Join(names[:last], ", "), names[last])
}

// Whole returns a file with one article, of which article is what w wrote.
func (f Format) Whole(w Writer, article []byte) []byte {
	if f.Bare {
		return append(article, '\n')
	}
	return w.End(append(w.Begin(nil), article...))
}
