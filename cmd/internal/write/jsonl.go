package write

import (
	"bytes"
	"encoding/json"

	"github.com/whosaid-nlp/whosaid/cmd/internal/wire"
)

// jsonl writes the project's own JSON shape, an object a line.
type jsonl struct{ shape }

func newJSONL(o Options) Writer { return jsonl{shape{o.Unit, o.Explain}} }

func (jsonl) Begin(b []byte) []byte { return b }
func (jsonl) End(b []byte) []byte   { return b }

func (w jsonl) Article(b []byte, a *Article) []byte {
	return append(appendJSON(b, w.of(a)), '\n')
}

// indented writes the same objects in an array, for people.
type indented struct{ shape }

func newJSON(o Options) Writer { return indented{shape{o.Unit, o.Explain}} }

func (indented) Begin(b []byte) []byte { return append(b, "[\n"...) }
func (indented) End(b []byte) []byte   { return append(b, "\n]\n"...) }

func (w indented) Article(b []byte, a *Article) []byte {
	buffer := bytes.NewBuffer(b)
	if err := json.Indent(buffer, appendJSON(nil, w.of(a)), "", "  "); err != nil {
		panic(err) // it is JSON
	}
	return buffer.Bytes()
}

// shape is how articles become the project's own JSON shape.
type shape struct {
	unit    wire.Unit
	explain bool
}

func (s shape) of(a *Article) *wire.Article {
	x := wire.New(a.ID, a.Analysis, s.unit)
	x.Metadata = a.Metadata
	if s.explain {
		x.Explain(a.Analysis)
	}
	return x
}

// appendJSON appends x on one line. Each byte of a string that is not UTF-8
// becomes U+FFFD.
func appendJSON(b []byte, x any) []byte {
	buffer := bytes.NewBuffer(b)
	enc := json.NewEncoder(buffer)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(x); err != nil {
		panic(err) // the shapes hold nothing that JSON lacks
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n"))
}
