package write

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/whosaid-nlp/whosaid/nlp"
)

// conll writes the four columns of CoNLL-2003, by spaces: token, part of
// speech, quotation, name; the last two by BIO (the first token of a span has
// B). A quotation is its parts with their kind, its CUE and its SPEAKER. An
// article begins with a -DOCSTART- line; an empty line ends a sentence.
type conll struct{}

func newCoNLL(Options) Writer { return conll{} }

func (conll) Begin(b []byte) []byte { return b }
func (conll) End(b []byte) []byte   { return b }

func (conll) Article(b []byte, a *Article) []byte {
	doc := a.Document
	quotations, names := make(layer, len(doc.Tokens)), make(layer, len(doc.Tokens))
	n := int32(0)
	mark := func(l layer, label string, s nlp.Span) {
		n++
		for first, last := tokensOf(doc, s); first < last; first++ {
			l[first] = cell{n, label}
		}
	}
	for _, q := range a.Quotations { // content goes over cues and speakers inside of it
		mark(quotations, labelCue, q.Cue)
		mark(quotations, labelSpeaker, q.Speaker)
	}
	for _, q := range a.Quotations {
		for _, p := range q.Parts {
			mark(quotations, labelOfContent(&q), p)
		}
	}
	for _, m := range namesOf(a) {
		mark(names, labelOfName(m.Kind), m.Span)
	}

	out := bytes.NewBuffer(b)
	out.WriteString("-DOCSTART- -X- O O\n\n")
	for _, s := range doc.Sentences {
		for i := s.First; i < s.Last; i++ {
			out.WriteString(column(doc.TokenText(i)))
			out.WriteByte(' ')
			out.WriteString(column(doc.Tokens[i].Tag.String()))
			out.WriteByte(' ')
			quotations.write(out, i, s.First)
			out.WriteByte(' ')
			names.write(out, i, s.First)
			out.WriteByte('\n')
		}
		out.WriteByte('\n')
	}
	return out.Bytes()
}

// A layer tells for each token which span it is in.
type layer []cell

type cell struct {
	span  int32 // from 1; 0: none
	label string
}

// write writes the label of token i by BIO. A sentence begins a span anew.
func (l layer) write(out *bytes.Buffer, i, first int) {
	switch {
	case l[i].span == 0:
		out.WriteByte('O')
		return
	case i == first || l[i-1].span != l[i].span:
		out.WriteString("B-")
	default:
		out.WriteString("I-")
	}
	out.WriteString(l[i].label)
}

// column is text without white space and control characters, at least one
// character.
func column(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return '_'
		}
		return printable(r)
	}, text)
	if text == "" {
		return "_"
	}
	return text
}
