// Package nlp turns English text into a Document: sentences, tokens,
// part-of-speech tags and paired quotation marks, each with its exact position.
//
// The text is never changed. Every annotation is a half-open byte range of it,
// so that text[s.Start:s.End] is what the author wrote, with CR LF, curly
// quotation marks and invalid UTF-8 as they stand. Normal forms (lower case,
// straight marks) are kept beside the span, in Word. Any text is valid input;
// time and memory grow linearly with it.
package nlp

// A Span is a half-open range [Start, End) of byte offsets into a text.
// The zero Span means "none".
type Span struct{ Start, End int }

// Len returns the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Empty reports whether s covers no byte.
func (s Span) Empty() bool { return s.End <= s.Start }

// Contains reports whether t lies wholly inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share at least one byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// A Token is a word, a number, a punctuation mark or a clitic ('s, n't).
type Token struct {
	Span
	Word int32 // index into Document.Words
	Tag  Tag   // part of speech
	// SpaceBefore reports that white space (or the start of the text) precedes.
	SpaceBefore bool
}

// A Word is a distinct token text of one document. Tokens that are written
// alike share it, so that what depends on the spelling alone is computed once.
type Word struct {
	Text  string // as written; shares memory with the document's text
	Norm  string // curly marks and dashes made straight, case kept
	Lower string // Norm in lower case
	Shape Shape  // capitals, digits, punctuation
	Count int32  // number of tokens of this document that are this word
}

// A Sentence is a run of tokens. Sentences never cross a paragraph break.
type Sentence struct {
	Span
	First, Last int // tokens [First, Last)
	Paragraph   int // index into Document.Paragraphs
}

// A Paragraph is a run of sentences between line breaks (a text that is
// wrapped at a fixed width is read by its blank lines instead).
type Paragraph struct {
	Span
	First, Last int // sentences [First, Last)
}

// A Quoted is a stretch of text between a pair of quotation marks.
type Quoted struct {
	Span             // from the opening mark to after the closing one
	First, Last int  // tokens [First, Last), the marks among them
	Depth       int  // 0 outermost; 1 inside one other Quoted, and so on
	Closed      bool // a closing mark was found; else it ends with its paragraph
	// Continues reports that the quotation is not closed in its paragraph and
	// the next paragraph opens anew: both are the same speech.
	Continues bool
}

// A Document is a text with its linguistic annotation. It is immutable after
// Parse and safe for concurrent use.
type Document struct {
	Text       string
	Words      []Word
	Tokens     []Token
	Sentences  []Sentence
	Paragraphs []Paragraph
	Quoted     []Quoted // sorted by Start; nested ones after the one around them
}

// TokenText returns token i as written.
func (d *Document) TokenText(i int) string { return d.Words[d.Tokens[i].Word].Text }

// Lower returns the lower-case normal form of token i.
func (d *Document) Lower(i int) string { return d.Words[d.Tokens[i].Word].Lower }

// Norm returns token i with straight quotation marks and hyphens, case kept.
func (d *Document) Norm(i int) string { return d.Words[d.Tokens[i].Word].Norm }

// TextOf returns the text that s covers.
func (d *Document) TextOf(s Span) string { return d.Text[s.Start:s.End] }
