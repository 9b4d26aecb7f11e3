package nlp

import (
	"strings"
	"unicode"
)

// paragraphs returns the paragraphs of text: its lines or, where the text is
// wrapped at a fixed width, the blocks between blank lines.
func paragraphs(text string) []Span {
	var lines []Span
	for i := 0; i < len(text); {
		j := i
		for j < len(text) && text[j] != '\n' && text[j] != '\r' {
			j++
		}
		lines = append(lines, Span{i, j})
		if j+1 < len(text) && text[j] == '\r' && text[j+1] == '\n' {
			j++
		}
		i = j + 1
	}
	if isWrapped(text, lines) {
		lines = joinWrapped(text, lines)
	}
	return lines
}

// isWrapped reports whether line breaks stand where a fixed width put them:
// nearly every line that is followed by another is so long that the first word
// of the next one would not have fitted.
func isWrapped(text string, lines []Span) bool {
	blank := func(i int) bool { return strings.TrimSpace(text[lines[i].Start:lines[i].End]) == "" }
	width, inner, full := 0, 0, 0
	for i := 0; i+1 < len(lines); i++ {
		if !blank(i) && !blank(i+1) {
			inner++
			width = max(width, lines[i].Len())
		}
	}
	if inner < 4 || width > 100 || width < 40 {
		return false
	}
	for i := 0; i+1 < len(lines); i++ {
		if blank(i) || blank(i+1) {
			continue
		}
		next := strings.TrimLeft(text[lines[i+1].Start:lines[i+1].End], " \t")
		if k := strings.IndexAny(next, " \t"); k > 0 {
			next = next[:k]
		}
		if lines[i].Len()+1+len(next) > width {
			full++
		}
	}
	return full*10 >= inner*8
}

func joinWrapped(text string, lines []Span) []Span {
	var blocks []Span
	open := false
	for _, l := range lines {
		switch {
		case strings.TrimSpace(text[l.Start:l.End]) == "":
			open = false
		case open:
			blocks[len(blocks)-1].End = l.End
		default:
			blocks = append(blocks, l)
			open = true
		}
	}
	return blocks
}

// splitSentences adds the sentences of the tokens from first to the last one.
func splitSentences(d *Document, first, paragraph int) {
	n := len(d.Tokens)
	start := first
	for i := first; i < n; i++ {
		if i+1 < n {
			end := sentenceEnd(d, i, n)
			if end < 0 {
				continue
			}
			i = end - 1
		}
		d.Sentences = append(d.Sentences, Sentence{
			Span:  Span{d.Tokens[start].Start, d.Tokens[i].End},
			First: start, Last: i + 1, Paragraph: paragraph,
		})
		start = i + 1
	}
}

// sentenceEnd returns the token after the sentence that token i ends, with the
// closing marks and brackets that belong to it, or -1 when i ends none.
func sentenceEnd(d *Document, i, n int) int {
	w := &d.Words[d.Tokens[i].Word]
	norm := w.Norm
	question, abbreviation := false, false
	switch {
	case norm == "." || norm == "...":
	case norm == "?" || norm == "!":
		question = true
	case len(norm) > 1 && norm[len(norm)-1] == '.':
		abbreviation = true
	default:
		return -1
	}
	k := i + 1
	quoted := false
	for k < n && !d.Tokens[k].SpaceBefore && isCloser(d.Norm(k)) {
		quoted = quoted || d.Norm(k) != ")" && d.Norm(k) != "]"
		k++
	}
	if k >= n {
		return n
	}
	if !d.Tokens[k].SpaceBefore && !(norm == "." && startsUpper(d.Norm(k)) && i > 0 && len(d.Norm(i-1)) > 2) {
		if !question || d.Norm(k) == "?" || d.Norm(k) == "!" {
			return -1
		}
	}
	next := k
	for next < n && isOpener(d.Norm(next)) {
		next++
	}
	if next >= n {
		return k
	}
	following := d.Norm(next)
	lower := startsLower(following)
	switch {
	case abbreviation:
		if lower || !endsSentence(w, following) {
			return -1
		}
	case lower:
		return -1
	case question && quoted && reportFollows(d, k, n):
		return -1
	case norm == "..." && !startsUpper(following):
		return -1
	}
	return k
}

// endsSentence reports whether an abbreviation before the word next can be the
// end of a sentence: never a title or an initial, else only before a word that
// begins sentences and not names.
func endsSentence(w *Word, next string) bool {
	if w.Shape == ShapeInitial {
		return false
	}
	if _, ok := neverLast[w.Norm]; ok {
		return false
	}
	_, ok := sentenceStarters[next]
	return ok
}

// reportFollows reports whether a reporting verb stands shortly after k, so
// that the question mark of a quotation is not the end: “Why?” Smith asked.
func reportFollows(d *Document, k, n int) bool {
	for j := k; j < n && j < k+6; j++ {
		switch d.Lower(j) {
		case "said", "says", "asked", "asks", "added", "wrote", "told", "replied", "shouted", "tweeted":
			return true
		case ".", ",", ";", ":", "“", "\"":
			return false
		}
	}
	return false
}

func isCloser(norm string) bool {
	switch norm {
	case `"`, "''", "'", ")", "]", "}":
		return true
	}
	return false
}

func isOpener(norm string) bool {
	switch norm {
	case `"`, "``", "`", "'", "(", "[", "{", "--", "-", "*":
		return true
	}
	return false
}

func startsLower(s string) bool {
	for _, r := range s {
		return unicode.IsLower(r)
	}
	return false
}

func startsUpper(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r)
	}
	return false
}

// neverLast are abbreviations that stand before a name or a number.
var neverLast = wordSet(`Mr. Mrs. Ms. Dr. Prof. Rev. Fr. St. Ste. Mt. Ft. Hon. Sen. Sens. Rep. Reps. Gov. Govs. Gen.
Lt. Col. Maj. Capt. Cmdr. Cdr. Adm. Brig. Sgt. Cpl. Pvt. Pte. Det. Insp. Supt. Const. Pres. Sec. Atty. Amb. Msgr.
Messrs. Mme. Mlle. No. Nos. Vol. vs. cf. Rt. Jan. Feb. Mar. Apr. Aug. Sept. Sep. Oct. Nov. Dec. e.g. i.e.`)

// sentenceStarters are words that, capitalised, seldom continue a name.
var sentenceStarters = wordSet(`The A An He She It They We I You This That These Those In On At By For From With But And
Or So Yet If When While As After Before Since Until During Under Over His Her Its Their Our My Your There Here Then
Now What Who Why How Where Which Not No Some Many Most Several All Both Each Two Three Four Five Six Seven Eight Nine
Ten Last Next Also However Meanwhile Although Though Because Earlier Later Still Instead According Among Despite To
Asked Speaking Officials Police Mr. Mrs. Ms. Dr. Sen. Rep. Gov. President Prime Minister One Nearly About More Other
Another Today Yesterday Monday Tuesday Wednesday Thursday Friday Saturday Sunday`)
