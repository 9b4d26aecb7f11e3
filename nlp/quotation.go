package nlp

import "strings"

// markRole is what a token can be as a quotation mark.
type markRole uint8

const (
	noMark markRole = iota
	opening
	closing
	eitherMark // straight marks whose spacing does not tell
)

// markStyle groups marks that can close each other.
type markStyle uint8

const (
	doubleMark markStyle = iota + 1
	singleMark
	angleMark
	singleAngleMark
)

// openMark is an opening mark that waits for its closing one.
type openMark struct {
	token int
	style markStyle
	low   bool // „ or ‚, which “ and ‘ close
	slot  int  // index into Document.Quoted
}

// maxDepth bounds how deep quotations nest; a mark that would open a deeper one
// is left alone. Without a bound, text of opening marks alone would give
// quotations whose lengths add up to the square of its own.
const maxDepth = 8

// pairQuotationMarks finds the stretches between quotation marks, paragraph by
// paragraph. A double mark that is not closed runs to the end of its paragraph
// and continues in the next one if that opens anew or closes what it did not
// open; a single mark that is not closed was an apostrophe.
func pairQuotationMarks(d *Document) {
	var stack []openMark
	unclosed := -1 // slot of the double quotation that the last paragraph left open
	unclosedParagraph := -1
	for p := range d.Paragraphs {
		first, last := d.Sentences[d.Paragraphs[p].First].First, d.Sentences[d.Paragraphs[p].Last-1].Last
		stack = stack[:0]
		begin := len(d.Quoted)
		marks := false
		for i := first; i < last; i++ {
			role, style, low := markAt(d, i, first, last)
			if role == noMark {
				continue
			}
			marks = marks || style != singleMark
			top := findOpen(stack, style)
			if role == eitherMark {
				role = opening
				if top >= 0 {
					role = closing
				}
			}
			if role == opening && top >= 0 && low == stack[top].low && stack[top].low {
				role = closing // „ … “
			}
			switch role {
			case opening:
				if style == singleMark && !singleCloses(d, i, last) {
					continue
				}
				if top == len(stack)-1 && top >= 0 && style == doubleMark && missingClose(d, i) {
					// “A. “B”: the first was never closed
					endAt(d, stack[top], i, false)
					stack = stack[:top]
				}
				if len(stack) == maxDepth {
					continue
				}
				if i == first && unclosed >= 0 && unclosedParagraph == p-1 && style != singleMark {
					d.Quoted[unclosed].Continues = true
				}
				stack = append(stack, openMark{i, style, isLowMark(d, i), len(d.Quoted)})
				d.Quoted = append(d.Quoted, Quoted{
					Span: Span{d.Tokens[i].Start, 0}, First: i, Depth: len(stack) - 1,
				})
			case closing:
				if top >= 0 {
					for k := len(stack) - 1; k > top; k-- { // marks inside that were never closed
						endAt(d, stack[k], i, false)
					}
					endAt(d, stack[top], i+1, true)
					stack = stack[:top]
				} else if len(stack) == 0 && len(d.Quoted) == begin && style == doubleMark && i-first > 4 && reportFollows(d, i+1, last) && endsSpeech(d.Norm(i-1)) {
					// the opening mark is missing: We have won,” Smith said.
					d.Quoted = append(d.Quoted, Quoted{
						Span: Span{d.Tokens[first].Start, d.Tokens[i].End}, First: first, Last: i + 1, Closed: true,
					})
				} else if len(stack) == 0 && unclosed >= 0 && style != singleMark && p-unclosedParagraph <= 4 {
					d.Quoted = closeEarlier(d, unclosed, unclosedParagraph, p, begin, i)
					unclosed = -1
				}
			}
		}
		if marks {
			unclosed = -1
		}
		for k := len(stack) - 1; k >= 0; k-- {
			endAt(d, stack[k], last, false)
			if stack[k].style != singleMark && k == 0 {
				unclosed, unclosedParagraph = stack[k].slot, p
			}
		}
		if dropped := dropUnclosedSingles(d, begin, unclosed); unclosed >= begin {
			unclosed -= dropped
		}
	}
}

// endsSpeech is true of the punctuation before the closing mark of a quotation.
func endsSpeech(norm string) bool { return norm == "," || norm == "?" || norm == "!" || norm == "." }

// closeEarlier marks the paragraphs between an unclosed quotation and the
// closing mark at token i as its continuation, and returns the new list.
func closeEarlier(d *Document, unclosed, from, to, begin, i int) []Quoted {
	d.Quoted[unclosed].Continues = true
	tail := append([]Quoted(nil), d.Quoted[begin:]...)
	list := d.Quoted[:begin]
	for p := from + 1; p <= to; p++ {
		first, last := d.Sentences[d.Paragraphs[p].First].First, d.Sentences[d.Paragraphs[p].Last-1].Last
		if p == to {
			last = i + 1
		}
		list = append(list, Quoted{
			Span:  Span{d.Tokens[first].Start, d.Tokens[last-1].End},
			First: first, Last: last, Closed: p == to, Continues: p != to,
		})
	}
	for _, q := range tail {
		q.Depth++
		list = append(list, q)
	}
	return list
}

func endAt(d *Document, m openMark, last int, closed bool) {
	q := &d.Quoted[m.slot]
	q.Last = last
	q.End = d.Tokens[last-1].End
	q.Closed = closed
}

// dropUnclosedSingles removes the single marks from slot begin on that nothing
// closed, and returns how many of them stood before the slot before.
func dropUnclosedSingles(d *Document, begin, before int) (dropped int) {
	keep := d.Quoted[:begin]
	for k, q := range d.Quoted[begin:] {
		if q.Closed || !strings.Contains("'‘’‚`", d.TokenText(q.First)) {
			keep = append(keep, q)
		} else if begin+k < before {
			dropped++
		}
	}
	if len(keep) < len(d.Quoted) {
		setDepths(keep[begin:])
	}
	d.Quoted = keep
	return dropped
}

// setDepths counts for each of list how many others are around it.
func setDepths(list []Quoted) {
	var around []int // ends of those that are open, outermost first
	for k := range list {
		for len(around) > 0 && around[len(around)-1] <= list[k].First {
			around = around[:len(around)-1]
		}
		list[k].Depth = len(around)
		around = append(around, list[k].Last)
	}
}

func findOpen(stack []openMark, style markStyle) int {
	for k := len(stack) - 1; k >= 0; k-- {
		if stack[k].style == style {
			return k
		}
	}
	return -1
}

// missingClose reports whether a new double mark at i begins a sentence, so
// that the one before it cannot be around it.
func missingClose(d *Document, i int) bool {
	if i == 0 {
		return false
	}
	switch d.Norm(i - 1) {
	case ".", "?", "!", ":", ",":
		return true
	}
	return false
}

func isLowMark(d *Document, i int) bool {
	t := d.TokenText(i)
	return t == "„" || t == "‚"
}

// markAt tells whether token i is a quotation mark and on which side it can stand.
func markAt(d *Document, i, first, last int) (role markRole, style markStyle, low bool) {
	text := d.TokenText(i)
	if len(text) > 3 {
		return noMark, 0, false
	}
	before := d.Tokens[i].SpaceBefore || i == first || isOpener(d.Norm(i-1)) && !isQuoteText(d.TokenText(i-1))
	after := i+1 >= last || d.Tokens[i+1].SpaceBefore
	switch text {
	case "“", "‟":
		if !before && after {
			return closing, doubleMark, true // used as a closing mark: „ … “
		}
		return opening, doubleMark, true
	case "”":
		if before && (!after || i == first && i+2 < last) {
			return opening, doubleMark, false // ”…”
		}
		return closing, doubleMark, false
	case "„", "``":
		return opening, doubleMark, false
	case "''":
		return straightRole(before, after), doubleMark, false
	case `"`:
		if !before && i > first && d.Words[d.Tokens[i-1].Word].Shape == ShapeNumber && (after || d.Norm(i+1) == "," || d.Norm(i+1) == "." || d.Norm(i+1) == ")") && !strings.Contains(`,.?!`, d.Norm(i-1)) && !openDouble(d, first, i) {
			return noMark, 0, false // inches
		}
		return straightRole(before, after), doubleMark, false
	case "«", "»":
		r := straightRole(before, after)
		if r == eitherMark {
			r = opening
			if text == "»" {
				r = closing
			}
		}
		return r, angleMark, false
	case "‹", "›":
		r := straightRole(before, after)
		if r == eitherMark {
			r = opening
			if text == "›" {
				r = closing
			}
		}
		return r, singleAngleMark, false
	case "‘", "‚", "`":
		return opening, singleMark, false
	case "’":
		if before && !after {
			return noMark, 0, false // ’em
		}
		return singleClosing(d, i, last, after), singleMark, false
	case "'":
		if before && !after {
			return opening, singleMark, false
		}
		return singleClosing(d, i, last, after), singleMark, false
	}
	return noMark, 0, false
}

func isQuoteText(t string) bool { return strings.Contains("“”„\"«»‘’'``''", t) }

func straightRole(before, after bool) markRole {
	switch {
	case before && !after:
		return opening
	case after && !before:
		return closing
	}
	return eitherMark
}

// openDouble reports whether an odd number of straight double marks precede i.
func openDouble(d *Document, first, i int) bool {
	open := false
	for k := max(first, i-400); k < i; k++ {
		if d.TokenText(k) == `"` {
			open = !open
		}
	}
	return open
}

// singleClosing tells whether a single mark after a word closes a quotation or
// is the apostrophe of a plural possessive (the players' union).
func singleClosing(d *Document, i, last int, after bool) markRole {
	if i == 0 {
		return noMark
	}
	if !after {
		if i+1 < last {
			switch d.Norm(i + 1) {
			case ",", ".", "?", "!", ";", ":", ")", `"`, "--", "-":
				return closing
			}
		}
		return noMark
	}
	prev := d.Norm(i - 1)
	if d.Words[d.Tokens[i-1].Word].Shape == ShapePunct {
		return closing
	}
	if prev[len(prev)-1] == 's' && i+1 < last && startsLower(d.Norm(i+1)) && strongSingleClose(d, i+1, last) {
		return noMark
	}
	return closing
}

// strongSingleClose reports whether a single mark after punctuation follows
// before another one opens.
func strongSingleClose(d *Document, i, last int) bool {
	for k := i; k < last && k < i+120; k++ {
		switch d.TokenText(k) {
		case "‘":
			return false
		case "'", "’":
			if d.Words[d.Tokens[k-1].Word].Shape == ShapePunct && !d.Tokens[k].SpaceBefore {
				return true
			}
			if d.Tokens[k].SpaceBefore {
				return false
			}
		}
	}
	return false
}

// singleCloses reports whether a closing mark can follow the single mark at i.
func singleCloses(d *Document, i, last int) bool {
	for k := i + 1; k < last && k < i+400; k++ {
		if t := d.TokenText(k); (t == "'" || t == "’") && !d.Tokens[k].SpaceBefore {
			return true
		}
	}
	return false
}
