package quotes

import (
	"slices"

	"github.com/whosaid-nlp/whosaid/nlp"
)

func sentenceOrder(s nlp.Sentence, i int) int { return s.First - i }

// sentenceStart returns the first token of the sentence of token i, not before low.
func (f *finder) sentenceStart(i, low int) int {
	k, found := slices.BinarySearchFunc(f.d.Sentences, i, sentenceOrder)
	if !found {
		k--
	}
	s := max(low, f.d.Sentences[k].First)
	if f.inQuote[s] > 0 && f.quoteOf(s).First < s {
		s = max(low, f.quoteOf(s).First)
	}
	if k == f.d.Paragraphs[f.d.Sentences[k].Paragraph].First {
		s = f.skipDateline(s, i)
	}
	return f.skipLead(s, i)
}

// skipDateline moves start over the dateline that a paragraph may begin with:
// LAGOS, Nigeria (AFP) - ; OSLO — .
func (f *finder) skipDateline(start, end int) int {
	d := f.d
	for k := start; k < end && k < start+24; k++ {
		switch w := d.Words[d.Tokens[k].Word]; {
		case w.Norm == "--" || w.Norm == "-" && k > start && d.Tokens[k].SpaceBefore:
			if k > start && (f.nameAt[start] > 0 || d.Words[d.Tokens[start].Word].Shape == nlp.ShapeUpper) {
				return k + 1
			}
			return start
		case f.inQuote[k] > 0, w.Shape == nlp.ShapeLower && f.nameAt[k] == 0 && (k == start || d.Norm(k-1) != "("):
			return start
		}
	}
	return start
}

// sentenceLast returns the end of the sentence of token i, extended over
// quotation marks that cross it, at most last.
func (f *finder) sentenceLast(i, last int) int {
	k, found := slices.BinarySearchFunc(f.d.Sentences, i, sentenceOrder)
	if !found {
		k--
	}
	end := f.d.Sentences[k].Last
	for end < last && f.inQuote[end] > 0 && f.inQuote[end] == f.inQuote[end-1] {
		k++
		end = f.d.Sentences[k].Last
	}
	return min(end, last)
}
