package quotes

import (
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// Find returns the quotations of doc, by the start of their first part, with
// their speakers among the entities of ents. It is safe for concurrent use.
//
// Quotation marks, reporting verbs and word order decide: each unit (one or
// more sentences that no quotation mark crosses) is read cue by cue; what
// stands in marks and has no cue of its own is speech of the one who spoke
// last. See Pareti (2015) for the notions of content, cue and source.
func Find(doc *nlp.Document, ents *entities.Result) []Quotation {
	f := applyRules(doc, ents)
	c := taggings.Get().(*tagging)
	c.run(f, defaultTagger())
	f.revise(c)
	c.f = nil
	taggings.Put(c)
	f.addTurns()
	return f.result()
}

// applyRules returns a finder that has found what the rules find.
func applyRules(doc *nlp.Document, ents *entities.Result) *finder {
	f := newFinder(doc, ents)
	for first := 0; first < len(doc.Sentences); {
		last := f.unitEnd(first)
		f.readUnit(doc.Sentences[first].First, doc.Sentences[last-1].Last)
		first = last
	}
	f.addFloating()
	f.joinResumed()
	f.findGroups()
	return f
}

// A finding is a quotation in tokens, before its speaker is known by name.
type finding struct {
	parts   []phrase
	cue     phrase
	speaker phrase
	kind    Kind
	open    bool // its last part runs on into the next paragraph
	float   bool
	turn    *dialogue // set if it is a turn: its speaker is a label
	weight  float64
}

// finder is the state of one call of Find.
type finder struct {
	d       *nlp.Document
	ents    *entities.Result
	inQuote []int32 // per token: 1 + index of the outermost Quoted around it
	nameAt  []int32 // per token: 1 + index of the name mention around it
	used    []bool  // per token: part of a content
	found   []finding
	groups  []group // lists of people, in text order
}

// sortFound puts the findings in text order.
func (f *finder) sortFound() {
	slices.SortStableFunc(f.found, func(a, b finding) int { return a.parts[0].first - b.parts[0].first })
}

func newFinder(d *nlp.Document, ents *entities.Result) *finder {
	f := &finder{d: d, ents: ents}
	f.inQuote = make([]int32, len(d.Tokens)+1)
	f.nameAt = make([]int32, len(d.Tokens)+1)
	f.used = make([]bool, len(d.Tokens)+1)
	for k, q := range d.Quoted {
		if q.Depth > 0 {
			continue
		}
		for i := q.First; i < q.Last; i++ {
			f.inQuote[i] = int32(k + 1)
		}
	}
	for k, m := range ents.Mentions {
		if m.Form == entities.Name {
			for i := m.First; i < m.Last && i < len(d.Tokens); i++ {
				f.nameAt[i] = int32(k + 1)
			}
		}
	}
	return f
}

func (f *finder) tag(i int) string          { return f.d.Tokens[i].Tag.String() }
func (f *finder) quoteOf(i int) *nlp.Quoted { return &f.d.Quoted[f.inQuote[i]-1] }

// unitEnd returns the sentence after the unit that begins with sentence first:
// sentences that a pair of quotation marks holds together.
func (f *finder) unitEnd(first int) int {
	last := first + 1
	for last < len(f.d.Sentences) {
		i := f.d.Sentences[last].First
		if f.inQuote[i] == 0 || f.inQuote[i] != f.inQuote[i-1] {
			break
		}
		last++
	}
	return last
}

// readUnit finds the quotations of the tokens [first, last) cue by cue.
func (f *finder) readUnit(first, last int) {
	done := first // content before it is taken
	var subject phrase
	for i := first; i < last; i++ {
		if f.inQuote[i] > 0 {
			i = min(f.quoteOf(i).Last, last) - 1
			continue
		}
		if f.used[i] {
			continue
		}
		if f.d.Lower(i) == "according" && i+2 < last && f.d.Lower(i+1) == "to" {
			if end := f.readAccording(i, done, first, last); end > i {
				done = end
				i = end - 1
			}
			continue
		}
		class := cueVerbs[f.d.Lower(i)]
		if class == noCue || f.nameAt[i] > 0 || !isVerbal(f.d, i) && !f.surelyCue(i) {
			continue
		}
		q, end, ok := f.readCue(i, class, done, first, last, &subject)
		if !ok {
			continue
		}
		f.add(q)
		done = max(done, end)
	}
}

// surelyCue accepts “said” whatever its tag.
func (f *finder) surelyCue(i int) bool {
	switch f.d.Lower(i) {
	case "said", "says", "told", "added":
		return true
	}
	return false
}

func (f *finder) add(q finding) {
	for _, p := range q.parts {
		for i := p.first; i < p.last; i++ {
			f.used[i] = true
		}
	}
	f.found = append(f.found, q)
}

// readCue reads the quotation that the verb c reports.
func (f *finder) readCue(c int, class complement, done, first, last int, subject *phrase) (q finding, end int, ok bool) {
	d := f.d
	q.cue = phrase{c, c + 1}
	q.weight = 0.8
	var source phrase
	tagStart := 0
	if f.tag(c) != "VBG" || c == first || d.Norm(c-1) != "," {
		source, tagStart = f.sourceBefore(c, done)
	}
	after := c + 1
	participle := false
	if source.empty() {
		switch {
		case f.tag(c) == "VBG" && c > first && (d.Norm(c-1) == "," || d.Norm(c-1) == "--" || subject.last > subject.first && d.Lower(c-1) != "of"):
			source, tagStart, participle = *subject, c, true
			if source.empty() {
				source = f.mainSubject(first, c)
			}
		case f.tag(c) == "VBG" && c >= 2 && d.Lower(c-1) == "as":
			k := c - 2 // was quoted as saying; cited the Air Force as stating
			for k > first && isVerbal(d, k) {
				k--
			}
			source, tagStart, participle = f.phraseBefore(k+1, first), c, true
		case f.tag(c) == "VBG" && c > first && d.Lower(c-1) == "by":
			source, tagStart, participle = f.mainSubject(f.sentenceStart(c, first), c), c, true
		case f.coordinated(c, first):
			source, tagStart, participle = *subject, c, true
			if source.empty() || source.first < f.sentenceStart(c, first) {
				source = f.mainSubject(f.sentenceStart(c, first), c)
			}
		default:
			if c > first && (d.Norm(c-1) == "," || f.inQuote[c-1] > 0 || d.Norm(c-1) == "--" || c == first) && class != takesMark || c > first && f.inQuote[c-1] > 0 {
				source = f.phraseAfter(c+1, last)
				if !source.empty() {
					tagStart, after = c, source.last
				}
			}
		}
	}
	if source.empty() || f.negated(c) || c+2 < last && d.Lower(c+1) == "to" && d.Lower(c+2) == "be" && class == takesAny {
		return q, 0, false
	}
	q.speaker = source
	// What stands before the tag?
	if !participle {
		if parts := f.around(tagStart, after, done, first, last, class); len(parts) > 0 {
			q.parts = parts
			q.kind = f.kindOf(parts[0].first, parts[0].last)
			if k := f.kindOf(parts[len(parts)-1].first, parts[len(parts)-1].last); k != q.kind {
				q.kind = Mixed
			}
			*subject = source
			return q, parts[len(parts)-1].last, true
		}
		if content, okay := f.contentBefore(tagStart, after, done, first, last, class); okay {
			q.parts = content.parts
			q.kind = content.kind
			end = after
			*subject = source
			if more, e := f.interrupted(after, last, q.parts[0]); e > 0 {
				q.parts = append(q.parts, more)
				end = e
				if f.inQuote[more.first] == 0 && q.kind == Direct {
					q.kind = Indirect
				}
			}
			q.weight = 0.9
			return q, end, true
		}
	}
	content, okay := f.contentAfter(c, after, last, class)
	if !okay {
		if class != takesMark && !participle && d.Lower(c) != "asked" {
			*subject = source
		}
		return q, 0, false
	}
	*subject = source
	q.parts, q.kind = content.parts, content.kind
	q.open = content.open
	return q, content.end, true
}

// sourceBefore returns the noun phrase that is the subject of the verb c and
// the first token of the tag that both make up.
func (f *finder) sourceBefore(c, low int) (phrase, int) {
	d := f.d
	k := c
	for k > low && f.inQuote[k-1] == 0 && (f.isAuxiliary(k-1) && !f.isPronoun(k-1) || f.tag(k-1) == "RB" || f.nameAt[k-1] == 0 && (timeWords[d.Lower(k-1)] || f.endsTime(k, low))) {
		if d.Lower(k-1) == "be" || d.Lower(k-1) == "was" || d.Lower(k-1) == "were" {
			return phrase{}, 0 // passive
		}
		k--
	}
	if k > low && d.Lower(k-1) == "who" && k-2 >= low {
		j := k - 1
		if d.Norm(j-1) == "," {
			j--
		}
		if p := f.phraseBefore(j, low); !p.empty() {
			return p, p.first
		}
	}
	if k > low && d.Norm(k-1) == "," {
		// Lavrov, who visits Qatar, said
		for j := k - 2; j >= low && j > k-40; j-- {
			if f.inQuote[j] > 0 {
				break
			}
			if d.Norm(j) != "," {
				continue
			}
			p := f.phraseBefore(j, low)
			if p.empty() {
				break
			}
			if inner := d.Lower(j + 1); f.apposition(j+1, k-1) || f.nameAt[p.last-1] > 0 && (p.first == low || p.first > 0 && (isComma(d.Norm(p.first-1)) || f.inQuote[p.first-1] > 0 || f.tag(p.first-1) == "CC" || f.tag(p.first-1) == "IN" && d.Lower(p.first-1) != "in")) ||
				inner == "who" || inner == "which" || inner == "a" || inner == "the" || inner == "an" {
				if p.last-p.first == 1 && f.nameAt[p.first] > 0 && f.ents.Mentions[f.nameAt[p.first]-1].Kind == entities.Location && inner != "which" {
					continue // in Washington, the capital, officials said
				}
				return p, p.first
			}
			break
		}
		return phrase{}, 0
	}
	p := f.phraseBefore(k, low)
	if p.empty() {
		return p, 0
	}
	return p, p.first
}

// endsTime reports whether “this week” or the like ends before token k.
func (f *finder) endsTime(k, low int) bool {
	d := f.d
	if k-2 < low {
		return false
	}
	this := func(w string) bool { return w == "this" || w == "last" || w == "next" }
	return this(d.Lower(k-1)) && timeNouns[d.Lower(k)] || timeNouns[d.Lower(k-1)] && this(d.Lower(k-2))
}

// apposition reports whether a noun phrase fills the tokens [first, last)
// between two commas: Dunn's mother, | Charlotte Charles |, said
func (f *finder) apposition(first, last int) bool {
	p := f.phraseAfter(first, last)
	return !p.empty() && p.first == first && p.last == last && !timeWords[f.d.Lower(first)]
}

// mainSubject returns the subject of the clause around: the first noun phrase
// before the first finite verb of [first, c).
func (f *finder) mainSubject(first, c int) phrase {
	for i := first + 1; i < c; i++ {
		if f.inQuote[i] == 0 && f.nameAt[i] == 0 && isFinite(f.d, i) {
			if p, _ := f.sourceBefore(i, first); !p.empty() {
				return p
			}
		}
	}
	return phrase{}
}

// coordinated reports whether the verb c shares its subject with one before
// it: declined the request and said; came, and has now told.
func (f *finder) coordinated(c, first int) bool {
	if t := f.tag(c); t != "VBD" && t != "VBZ" && t != "VBN" {
		return false
	}
	k := c - 1
	for k > first && (f.isAuxiliary(k) || f.tag(k) == "RB") {
		k--
	}
	return k > first && (f.d.Lower(k) == "and" || f.d.Lower(k) == "but")
}

// negated is true of “did not say”, “declined to say”, “to say”, “may say”.
func (f *finder) negated(c int) bool {
	d := f.d
	for k := c - 1; k >= 0 && k >= c-4; k-- {
		switch d.Lower(k) {
		case "not", "n't", "never", "to", "if", "cannot", "refused", "declined":
			return true
		}
		if !f.isAuxiliary(k) && f.tag(k) != "RB" {
			return false
		}
	}
	return false
}

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
	if start >= tag-1 || end <= after+1 || !f.hasFinite(after+1, end) {
		return nil
	}
	return []phrase{{start, tag - 1}, {after + 1, end}}
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
	return f.skipLead(s, i)
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
	i := f.skipAdjuncts(c, after, last)
	if i >= last {
		return content{}, false
	}
	that := i > after && d.Lower(i-1) == "that"
	sentenceLast := f.sentenceLast(i, last)
	if f.inQuote[i] > 0 {
		q := f.quoteOf(i)
		if q.First < i {
			return content{}, false
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
	case kind == Mixed && class != takesMark:
	case kind == Mixed:
		if !f.wordyMarks(i, end) {
			return content{}, false
		}
	case class == takesMark:
		return content{}, false
	case that && finite:
	case class == takesTo && (d.Lower(i) == "to" || f.infinitive(i, end) > 0):
		if k := f.infinitive(i, end); k > 0 {
			i = k
		}
	case class == takesThat && !that && !(finite && f.clauseStarts(i, end)):
		return content{}, false
	case !finite:
		return content{}, false
	case class == takesTo && !f.clauseStarts(i, end):
		return content{}, false
	}
	return content{parts: []phrase{{i, end}}, kind: kind, end: end}, true
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

// clauseStarts reports whether a subject and a finite verb begin at i.
func (f *finder) clauseStarts(i, last int) bool {
	switch f.d.Lower(i) {
	case "whether", "if", "how", "why", "there":
		return true
	case "this", "that", "these", "those":
		if i+1 < last && isFinite(f.d, i+1) {
			return true
		}
	}
	p := f.phraseAfter(i, last)
	if p.empty() {
		return false
	}
	for k := p.last; k < last && k < p.last+12; k++ {
		if f.nameAt[k] == 0 && isFinite(f.d, k) {
			return true
		}
		if f.d.Norm(k) == "," {
			return false
		}
	}
	return false
}

// infinitive returns the “to” before a verb that begins the reported request,
// after its addressee, or 0.
func (f *finder) infinitive(i, last int) int {
	for k := i; k+1 < last && k < i+14; k++ {
		if f.d.Lower(k) == "to" && (f.tag(k+1) == "VB" || f.tag(k+1) == "RB") {
			if k > i && (f.d.Lower(k-1) == "not") {
				return k - 1
			}
			return k
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
			i++
		case (w == "on" || w == "in" || w == "to" || w == "at" || w == "during" || w == "after" || w == "last" || w == "this" || w == "via" || w == "through") && i+1 < high:
			k := i + 1
			if w == "last" || w == "this" {
				if !timeNouns[d.Lower(i+1)] {
					return i
				}
				i += 2
				continue
			}
			if w == "to" && f.tag(i+1) == "VB" {
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

var timeNouns = wordSet(`week month year morning afternoon evening night weekend spring summer autumn fall winter`)

func (f *finder) isPronounObject(i int) bool {
	switch f.d.Lower(i) {
	case "him", "her", "them", "us", "me", "it", "you":
		return true
	}
	return false
}

func isEnd(w string) bool { return w == "." || w == "?" || w == "!" || w == ";" }

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

// contentEnd returns where the report that begins at i ends: at the end of the
// sentence or where its speaker or somebody else does something new.
func (f *finder) contentEnd(i, last int) int {
	d := f.d
	end := last
	for k := i + 1; k < last; k++ {
		if f.inQuote[k] > 0 {
			k = f.quoteOf(k).Last - 1
			continue
		}
		w := d.Norm(k)
		if (w == "and" || w == "but") && k+2 < last && d.Norm(k-1) != "," {
			v := k + 1
			for v+1 < last && (f.tag(v) == "RB" || f.isAuxiliary(v)) {
				v++
			}
			if c := cueVerbs[d.Lower(v)]; c != noCue && c != takesMark && (f.tag(v) == "VBD" || f.tag(v) == "VBZ") && f.nameAt[v] == 0 {
				end = k
				break
			}
			continue
		}
		if w != "," && w != ";" && w != "--" {
			continue
		}
		if k+1 >= last || f.inQuote[k+1] > 0 {
			continue
		}
		next := d.Lower(k + 1)
		v := k + 2
		for v < last && (f.tag(v) == "RB" || next == "" || d.Lower(v) == "also") && !isFinite(d, v) {
			v++
		}
		switch {
		case cueVerbs[next] != noCue && f.tag(k+1) == "VBG":
			end = k
		case next == "according":
			end = k
		case (next == "but" || next == "and") && v < last && (f.tag(v) == "VBD" || f.tag(v) == "VBZ") && f.nameAt[v] == 0 && (next == "but" || cueVerbs[d.Lower(v)] != noCue):
			end = k
		case next == "but" && f.silence(k+2, min(last, k+5)):
			end = k
		case (next == "something" || next == "which" || next == "a") && f.cueInside(k+2, min(last, k+8)):
			end = k
		case (next == "while" || next == "as" || next == "and" || next == "but" || next == "though" || next == "although") && f.newReport(k+2, min(last, k+14)):
			end = k
		}
		if end == k {
			break
		}
	}
	for end > i && f.inQuote[end-1] == 0 && (isEnd(d.Norm(end-1)) || d.Norm(end-1) == "," || d.Norm(end-1) == ":") {
		end--
	}
	return end
}

// silence reports whether somebody says nothing: but she refused to comment.
func (f *finder) silence(first, last int) bool {
	for k := first; k < last; k++ {
		switch f.d.Lower(k) {
		case "refused", "declined", "stopped":
			return true
		}
	}
	return false
}

func (f *finder) cueInside(first, last int) bool {
	for k := first; k < last; k++ {
		if w := f.d.Lower(k); w == "said" || w == "says" {
			return true
		}
	}
	return false
}

// newReport reports whether a subject and a reporting verb stand at first.
func (f *finder) newReport(first, last int) bool {
	p := f.phraseAfter(first, last)
	if p.empty() || p.last >= last {
		return false
	}
	k := p.last
	for k < last && (f.tag(k) == "RB" || f.isAuxiliary(k)) {
		k++
	}
	return k < last && cueVerbs[f.d.Lower(k)] != noCue && cueVerbs[f.d.Lower(k)] != takesMark
}

func (f *finder) nextComma(i, last int) int {
	for i < last && f.d.Norm(i) != "," {
		i++
	}
	return i
}

// readAccording reads “According to X, A.” and “A, according to X.”
func (f *finder) readAccording(i, done, first, last int) int {
	d := f.d
	p := f.phraseAfter(i+2, last)
	if p.empty() {
		return 0
	}
	q := finding{cue: phrase{i, i + 2}, speaker: p, weight: 0.85}
	sentenceLast := f.sentenceLast(i, last)
	if i == f.sentenceStart(i, first) {
		k := p.last
		for k < sentenceLast && d.Norm(k) != "," {
			k++
		}
		if k+1 < sentenceLast && (d.Lower(k+1) == "which" || d.Lower(k+1) == "who" || d.Lower(k+1) == "the" && f.apposition(k+1, f.nextComma(k+1, sentenceLast))) {
			if c := f.nextComma(k+1, sentenceLast); c+1 < sentenceLast { // according to AFP, which cites him, …
				k = c
			}
		}
		if k+1 >= sentenceLast {
			return 0
		}
		end := f.contentEnd(k+1, sentenceLast)
		if end <= k+1 || !f.hasFinite(k+1, end) && f.kindOf(k+1, end) == Indirect {
			return 0
		}
		q.parts = []phrase{{k + 1, end}}
		q.kind = f.kindOf(k+1, end)
		f.add(q)
		return end
	}
	end := i
	if d.Norm(end-1) == "," {
		end--
	}
	s := f.sentenceStart(i, f.skipLead(max(done, first), end))
	if s >= end || f.used[s] || !f.hasFinite(s, end) && f.kindOf(s, end) == Indirect {
		return 0
	}
	q.parts = []phrase{{s, end}}
	q.kind = f.kindOf(s, end)
	f.add(q)
	return p.last
}
