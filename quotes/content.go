package quotes

import (
	"strings"

	"github.com/whosaid-nlp/whosaid/nlp"
)

// A content is what a cue reports.
type content struct {
	parts []phrase
	kind  Kind
	end   int
	open  bool
}

// contentBefore returns what a tag that begins at tag and ends at after
// reports, if it stands before it: “We won,” | Smith said.
func (f *finder) contentBefore(tag, after, done, first, last int, class complement) (content, bool) {
	d := f.d
	if tag <= done || tag <= first {
		return content{}, false
	}
	prev := tag - 1
	outside := d.Norm(prev) == "," && prev > first && f.inQuote[prev-1] > 0 // “A”, he said
	if outside && f.quoteOf(prev-1).Last-f.quoteOf(prev-1).First > 5 {
		prev--
	}
	if f.inQuote[prev] > 0 {
		q := f.quoteOf(prev)
		inner := q.Last - 2
		if !q.Closed {
			inner = q.Last - 1
		}
		ends := inner > q.First && strings.Contains(",.?!--...", d.Norm(inner)) && d.Words[d.Tokens[inner].Word].Shape == nlp.ShapePunct
		if !ends && !outside && !(q.Last-q.First > 8 && f.tagEnds(after, last)) {
			return content{}, false
		}
		start := max(done, first)
		lead := f.skipLead(start, q.First)
		if lead >= q.First {
			return content{parts: []phrase{{q.First, q.Last}}, kind: Direct}, true
		}
		if f.used[lead] {
			return content{parts: []phrase{{q.First, q.Last}}, kind: Direct}, true
		}
		// The plan is “a disgrace,” he said.
		s := f.sentenceStart(prev, lead)
		if s >= q.First || d.Norm(q.First-1) == ":" {
			return content{parts: []phrase{{q.First, q.Last}}, kind: Direct}, true
		}
		end := q.Last
		return content{parts: []phrase{{s, end}}, kind: f.kindOf(s, end)}, true
	}
	if d.Norm(prev) != "," || class == takesMark {
		return content{}, false
	}
	if !f.tagEnds(after, last) {
		return content{}, false
	}
	s := f.sentenceStart(prev, f.skipLead(max(done, first), prev))
	if s >= prev || !f.hasFinite(s, prev) {
		return content{}, false
	}
	return content{parts: []phrase{{s, prev}}, kind: f.kindOf(s, prev)}, true
}

// around returns the parts of a reported clause that a tag between commas
// interrupts: If this is right, | scientists say, | more will come.
func (f *finder) around(tag, after, done, first, last int, class complement) []phrase {
	d := f.d
	if after < last && d.Norm(after) != "," {
		after = f.afterAdjuncts(after, last)
	}
	if class == takesMark || tag-1 <= max(done, first) || after+1 >= last || d.Norm(tag-1) != "," || d.Norm(after) != "," ||
		f.inQuote[tag-2] > 0 || f.inQuote[after+1] > 0 || d.Tokens[after+1].Tag == nlp.TagVBG {
		return nil
	}
	switch d.Lower(after + 1) {
	case "but", "and", "who", "which", "while", "as", "according", "with", "after", "when", "where", "though", "although", "because":
		return nil
	}
	start := f.sentenceStart(tag-2, f.skipLead(max(done, first), tag-1))
	end := f.contentEnd(after+1, f.sentenceLast(after+1, last))
	if start >= tag-1 || end <= after+1 || !f.hasFinite(after+1, end) && !(f.tag(after+1) == "VB" && !f.hasFinite(start, tag-1)) && !(f.isAuxiliary(tag-2) && f.hasVerb(phrase{after + 1, end})) {
		return nil
	}
	return []phrase{{start, tag - 1}, {after + 1, end}}
}

// afterAdjuncts returns the comma behind whom and when something was told (told
// me on Friday,), or after.
func (f *finder) afterAdjuncts(after, last int) int {
	d := f.d
	for i := after; i < last && i < after+6 && f.inQuote[i] == 0; i++ {
		switch w := d.Lower(i); {
		case w == ",":
			return i
		case timeWords[w], timeNouns[w], f.isPronounObject(i), w == "on", w == "in", w == "last", w == "this", w == "reporters":
		default:
			return after
		}
	}
	return after
}

// tagEnds reports whether nothing that could be the content follows a tag: the
// sentence ends, perhaps after when, where and to whom it was said.
func (f *finder) tagEnds(after, last int) bool {
	d := f.d
	for i := after; i < last; i++ {
		if f.inQuote[i] > 0 {
			return false
		}
		switch w := d.Lower(i); {
		case w == "." || w == "!" || w == "?":
			return true
		case w == "," || w == ";":
			return true
		case w == "that" || w == ":":
			return false
		case f.nameAt[i] == 0 && isFinite(d, i):
			return false
		}
	}
	return true
}

// skipLead moves start over commas and conjunctions.
func (f *finder) skipLead(start, end int) int {
	for start < end {
		switch f.d.Lower(start) {
		case ",", ";", "--", ".", ")", ":", "but", "and", "while", "meanwhile", "however", "-":
			start++
			continue
		}
		break
	}
	return start
}

// namesThing is true of marks around a name or term that nobody said: its “Red
// List”, nicknamed “the Wall”, the so-called ‘silver card’.
func (f *finder) namesThing(q *nlp.Quoted) bool {
	d := f.d
	if q.Last-q.First > 9 || q.First == 0 {
		return false
	}
	switch d.Lower(q.First - 1) {
	case "nicknamed", "dubbed", "so-called", "titled", "entitled", "self-styled", "codenamed", "christened", "captioned":
		return true
	}
	words := 0
	for i := q.First + 1; i < q.Last; i++ {
		switch w := &d.Words[d.Tokens[i].Word]; {
		case w.Shape == nlp.ShapePunct:
			if w.Norm == "?" || w.Norm == "!" {
				return false
			}
		case w.Shape == nlp.ShapeLower:
			if w.Lower != "the" && w.Lower != "of" && w.Lower != "and" && w.Lower != "a" && w.Lower != "in" {
				return false
			}
		default:
			words++
		}
	}
	return words > 1
}

func (f *finder) hasFinite(first, last int) bool {
	for i := first; i < last; i++ {
		if f.nameAt[i] == 0 && isFinite(f.d, i) {
			return true
		}
	}
	return false
}

// kindOf tells the kind of the content [first, last) by its marks.
func (f *finder) kindOf(first, last int) Kind {
	marks, plain := 0, 0
	for i := first; i < last; i++ {
		if f.inQuote[i] > 0 {
			if q := f.quoteOf(i); f.namesThing(q) && (q.First > first || q.Last < last) {
				plain++
				i = min(q.Last, last) - 1
				continue
			}
			marks++
		} else if f.d.Words[f.d.Tokens[i].Word].Shape != nlp.ShapePunct {
			plain++
		}
	}
	switch {
	case marks == 0:
		return Indirect
	case plain == 0:
		return Direct
	}
	return Mixed
}

// interrupted returns what goes on after a tag: “A,” he said, | “B.”
func (f *finder) interrupted(after, last int, before phrase) (phrase, int) {
	d := f.d
	i := after
	for i < last && i < after+14 && f.inQuote[i] == 0 && d.Norm(i) != "," && d.Norm(i) != "." && d.Norm(i) != ":" && cueVerbs[d.Lower(i)] == noCue {
		i++
	}
	if i+1 >= last || f.inQuote[before.first] == 0 {
		return phrase{}, 0
	}
	if d.Norm(i) == "," && f.inQuote[i+1] > 0 {
		q := f.quoteOf(i + 1)
		if q.Last-q.First > 3 {
			return phrase{i + 1, q.Last}, q.Last
		}
	}
	return phrase{}, 0
}

// contentAfter returns what the verb c reports after it (and after the source,
// where that follows the verb).
func (f *finder) contentAfter(c, after, last int, class complement) (content, bool) {
	d := f.d
	if class == takesNoun {
		end := f.contentEnd(after, f.sentenceLast(after, last))
		return content{parts: []phrase{{after, end}}, kind: f.kindOf(after, end), end: end}, end > after+1
	}
	i := f.skipAdjuncts(c, after, last)
	if i >= last {
		return content{}, false
	}
	that := i > after && d.Lower(i-1) == "that"
	sentenceLast := f.sentenceLast(i, last)
	if f.inQuote[i] > 0 {
		q := f.quoteOf(i)
		if q.First < i || i == c+1 && naming[d.Lower(c)] && q.Last-q.First < 9 {
			return content{}, false // a process called “cold sleep”
		}
		end := q.Last
		introduced := d.Norm(i-1) == "," || d.Norm(i-1) == ":"
		if introduced || end >= last || isEnd(d.Norm(end)) || q.Last-q.First > 6 && strings.Contains(".?!", d.Norm(max(q.First, end-2))) {
			if !introduced && !that && q.Last-q.First <= 4 && class == takesMark {
				return content{}, false
			}
			return content{parts: []phrase{{i, end}}, kind: Direct, end: end, open: q.Continues}, true
		}
	}
	if d.Norm(i) == "," {
		if !that || i+1 >= last { // said that, based on the outcome, …
			return content{}, false
		}
		i++
	}
	end := f.contentEnd(i, sentenceLast)
	if end <= i {
		return content{}, false
	}
	kind := f.kindOf(i, end)
	if kind == Direct && f.inQuote[i] > 0 {
		return content{parts: []phrase{{i, end}}, kind: kind, end: end}, true
	}
	finite := f.hasFinite(i, end)
	switch {
	case f.inQuote[i] > 0 && strings.HasPrefix(d.Lower(c), "read") && f.namesThing(f.quoteOf(i)): // read “War and Peace”
		return content{}, false
	case kind == Mixed && class != takesMark:
	case kind == Mixed:
		if !f.wordyMarks(i, end) || strings.HasPrefix(d.Lower(c), "offer") && f.fewMarked(i, end) {
			return content{}, false
		}
	case class == takesMark:
		return content{}, false
	case that && (finite || end-i > 3):
	case class == takesTo && (d.Lower(i) == "to" || f.infinitive(i, end) > 0):
		if k := f.infinitive(i, end); k > i && k < i+4 {
			i = k
			f.starts = append(f.starts, k)
		} else if k > 0 {
			i = k
		}
	case class == takesThat && !that && !(finite && f.clauseStarts(i, end)):
		return content{}, false
	case !finite && d.Lower(c) == "told" && f.infinitive(i, end) == i: // told drivers to slow down
	case !finite && !(class == takesAny && f.looksFinite(i, end)):
		return content{}, false
	case class == takesTo && !f.clauseStarts(i, end):
		return content{}, false
	}
	return content{parts: []phrase{{i, end}}, kind: kind, end: end}, true
}

// gapAfter returns the clause whose subject stands before its source: a plan,
// which Lee said | would work; the sale Lee said | would cost a million. Of a
// source that begins with that subject it leaves the name.
func (f *finder) gapAfter(source *phrase, after, first, last int, class complement) (content, bool) {
	d := f.d
	if class != takesAny && class != takesThat || after+1 >= last || source.last > after || f.inQuote[after] > 0 || f.nameAt[after] > 0 || !isFinite(d, after) {
		return content{}, false
	}
	restricts := true
	m := f.nameAt[source.last-1]
	switch begin := source.first; {
	case begin > first && (d.Lower(begin-1) == "which" || d.Lower(begin-1) == "who" || d.Lower(begin-1) == "that" || d.Lower(begin-1) == "what"):
		restricts = begin-2 >= first && d.Norm(begin-2) != ","
	case begin > first && f.isPronoun(begin) && strings.HasPrefix(f.tag(begin-1), "NN"):
	case m > 0 && f.ents.Mentions[m-1].First-1 > begin && f.tag(begin) == "DT" && strings.HasPrefix(f.tag(f.ents.Mentions[m-1].First-1), "NN"):
		source.first = f.ents.Mentions[m-1].First
	default:
		return content{}, false
	}
	end := f.contentEnd(after, f.sentenceLast(after, last))
	if restricts {
		end = f.predicateOf(after, end)
	}
	return content{parts: []phrase{{after, end}}, kind: f.kindOf(after, end), end: end}, end > after+1
}

// looksFinite reports whether a verb that was taken for a participle follows the
// noun phrase at i: said wooden panels led to fires.
func (f *finder) looksFinite(i, last int) bool {
	p := f.phraseAfter(i, last)
	k := p.last
	for k < last && f.tag(k) == "RB" {
		k++
	}
	return p.first == i && k < last && f.nameAt[k] == 0 && (f.tag(k) == "VBN" || f.tag(k) == "VB")
}

// wordyMarks reports whether marked words in [first, last) are more than a name.
func (f *finder) wordyMarks(first, last int) bool {
	for i := first; i < last; i++ {
		if f.inQuote[i] > 0 {
			q := f.quoteOf(i)
			for k := q.First + 1; k < q.Last-1; k++ {
				if d := f.d.Words[f.d.Tokens[k].Word].Shape; d == nlp.ShapeLower {
					return true
				}
			}
			i = q.Last - 1
		}
	}
	return false
}

// fewMarked reports whether every stretch of marks in [first, last) holds less
// than four words: offered “furry” plums.
func (f *finder) fewMarked(first, last int) bool {
	for i := first; i < last; i++ {
		if f.inQuote[i] > 0 {
			q := f.quoteOf(i)
			if q.Last-q.First > 5 {
				return false
			}
			i = q.Last - 1
		}
	}
	return true
}

// clauseStarts reports whether a subject and a finite verb begin at i.
func (f *finder) clauseStarts(i, last int) bool {
	if i >= last {
		return false
	}
	switch f.d.Lower(i) {
	case "whether", "if", "how", "why", "there":
		return true
	case "this", "that", "these", "those":
		if i+1 < last && isFinite(f.d, i+1) {
			return true
		}
	}
	for i+1 < last && (f.tag(i) == "RB" || f.tag(i) == "RBR" || roughly[f.d.Lower(i)]) { // around 200 people attended
		i++
	}
	p := f.phraseAfter(i, last)
	if p.empty() {
		return false
	}
	for k := p.last; k < last && k < p.last+12; k++ {
		if f.nameAt[k] == 0 && isFinite(f.d, k) {
			return true
		}
		if f.d.Norm(k) == "," { // her director, Jan Dvorak, has
			c := f.nextComma(k+1, min(last, k+14))
			return c+1 < min(last, k+14) && f.nameAt[c+1] == 0 && isFinite(f.d, c+1)
		}
	}
	return false
}

// roughly are words before a number.
var roughly = wordSet(`about around over under nearly almost more than at least fewer less up to roughly`)

// infinitive returns the “to” before a verb that begins the reported request,
// after its addressee, or 0.
func (f *finder) infinitive(i, last int) int {
	high := i + 14
	for k := i; k+1 < last && k < high; k++ {
		if f.d.Lower(k) == "to" && (f.tag(k+1) == "VB" || f.tag(k+1) == "RB" || k == i && f.tag(k+1) == "NN" && f.nameAt[k+1] == 0) {
			if k > i && (f.d.Lower(k-1) == "not") {
				return k - 1
			}
			return k
		}
		if f.d.Norm(k) == "," && k+1 < last && f.d.Lower(k+1) == "who" { // asked her, who owns it, to sell
			if c := f.nextComma(k+1, min(last, k+16)); c+1 < last && f.d.Lower(c+1) == "to" {
				k, high = c, c+3
				continue
			}
		}
		if f.d.Norm(k) == "," || f.nameAt[k] == 0 && isFinite(f.d, k) {
			return 0
		}
	}
	return 0
}

// skipAdjuncts returns where the content of the verb c can begin: after the
// addressee, the time and place of the speech, and “that”.
func (f *finder) skipAdjuncts(c, after, last int) int {
	d := f.d
	high := min(last, after+30)
	for k := after; k < high && f.inQuote[k] == 0; k++ {
		w := d.Lower(k)
		if w == "that" && (k == after || !strings.HasPrefix(f.tag(k-1), "NN") || f.tag(k) == "IN") {
			return k + 1
		}
		if w == ":" && k+1 < last {
			return k + 1
		}
		if w == "," && k+1 < last && f.inQuote[k+1] > 0 {
			return k + 1
		}
		if w == "." || w == ";" || w == "," && k > after+8 || f.nameAt[k] == 0 && isFinite(d, k) {
			break
		}
	}
	i := after
	if i+2 < high && d.Norm(i) == "," { // alleged, by way of example, it had
		if k := f.nextComma(i+1, min(high, i+10)); k+1 < high && d.Lower(k+1) == "that" && subordinators[d.Lower(i+1)] { // claimed, before she left, that
			return k + 2
		}
		if k := f.nextComma(i+1, min(high, i+10)); k < min(high, i+10) && f.isAside(i+1, k) {
			i = k + 1
		}
	}
	if w := d.Lower(c); w == "told" || w == "tells" || w == "telling" || w == "reminded" || w == "assured" || w == "informed" || w == "warned" || w == "reassured" {
		if p := f.phraseAfter(i, high); !p.empty() && p.last < high && f.inQuote[p.first] == 0 && !(w == "warned" && isFinite(d, p.last)) {
			i = p.last
			if f.isPronounObject(p.first) {
				i = p.first + 1
			}
		} else if i < high && f.isPronounObject(i) {
			i++
		}
	}
	for i < high && f.inQuote[i] == 0 {
		w := d.Lower(i)
		switch {
		case timeWords[w] && f.nameAt[i] == 0:
			if i+1 < high && f.tag(i+1) == "POS" { // adding Thursday's decision was late
				return i
			}
			i++
			if i < high && timeNouns[d.Lower(i)] { // Friday morning
				i++
			}
		case (w == "on" || w == "in" || w == "to" || w == "at" || w == "during" || w == "after" || w == "last" || w == "this" || w == "via" || w == "through") && i+1 < high:
			k := i + 1
			if w == "last" || w == "this" {
				if !timeNouns[d.Lower(i+1)] {
					return i
				}
				i += 2
				continue
			}
			if w == "to" && (f.tag(i+1) == "VB" || i == after && f.tag(i+1) == "NN" && f.nameAt[i+1] == 0 && cueVerbs[d.Lower(c)] == takesTo) {
				return i
			}
			p := f.phraseAfter(k, high)
			if p.empty() || p.last <= k {
				if timeWords[d.Lower(k)] {
					i = k + 1
					continue
				}
				return i
			}
			i = p.last
		default:
			return i
		}
	}
	return i
}

// naming verbs give a name to what stands before them if nothing comes between
// them and the marks.
var naming = wordSet(`called calls call dubbed dubs termed terms labeled labelled named`)

var timeNouns = wordSet(`week month year morning afternoon evening night weekend spring summer autumn fall winter`)

func (f *finder) isPronounObject(i int) bool {
	switch f.d.Lower(i) {
	case "him", "her", "them", "us", "me", "it", "you":
		return true
	}
	return false
}

func isEnd(w string) bool { return w == "." || w == "?" || w == "!" || w == ";" }
