package nlp

// Parse reads text and returns its sentences, tokens, tags and quotation marks.
// Any text is valid; an empty one gives a document without tokens. Parse is
// safe for concurrent use.
func Parse(text string) *Document {
	d := &Document{Text: text}
	in := interner{d: d, index: make(map[string]int32, 64+len(text)/24)}
	d.Tokens = make([]Token, 0, 8+len(text)/5)
	d.Words = make([]Word, 0, min(64+len(text)/20, 1<<10))
	for _, p := range paragraphs(text) {
		first := len(d.Tokens)
		tokenize(&in, p)
		if len(d.Tokens) == first {
			continue
		}
		span := Span{d.Tokens[first].Start, d.Tokens[len(d.Tokens)-1].End}
		d.Paragraphs = append(d.Paragraphs, Paragraph{Span: span, First: len(d.Sentences)})
		splitSentences(d, first, len(d.Paragraphs)-1)
		d.Paragraphs[len(d.Paragraphs)-1].Last = len(d.Sentences)
	}
	pairQuotationMarks(d)
	tagTokens(d)
	return d
}

// interner gives every distinct token text of a document its Word.
type interner struct {
	d     *Document
	index map[string]int32
}

func (in *interner) add(start, end int, space bool) {
	text := in.d.Text[start:end]
	w, ok := in.index[text]
	if !ok {
		w = int32(len(in.d.Words))
		in.index[text] = w
		in.d.Words = append(in.d.Words, newWord(text))
	}
	in.d.Words[w].Count++
	in.d.Tokens = append(in.d.Tokens, Token{Span: Span{start, end}, Word: w, SpaceBefore: space})
}
