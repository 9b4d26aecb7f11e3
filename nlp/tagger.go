package nlp

// tagTokens sets the Tag of every token, sentence by sentence.
func tagTokens(d *Document) {}
