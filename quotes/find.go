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
func Find(doc *nlp.Document, ents *entities.Result) []Quotation { return find(doc, ents, false) }

// find returns the quotations of doc and, if they are asked for, the attitudes.
func find(doc *nlp.Document, ents *entities.Result, attitudes bool) []Quotation {
	f := applyRules(doc, ents)
	c := taggings.Get().(*tagging)
	c.run(f)
	f.revise(c)
	c.f = nil
	taggings.Put(c)
	f.addTurns()
	f.dropBoilerplate()
	f.separate()
	if f.isStory() {
		f.tellStory()
	}
	said := f.result()
	if !attitudes {
		return said
	}
	all := append(said, f.attitudes(said)...)
	slices.SortStableFunc(all, func(a, b Quotation) int { return a.Parts[0].Start - b.Parts[0].Start })
	return all
}

// applyRules returns a finder that has found what the rules find.
func applyRules(doc *nlp.Document, ents *entities.Result) *finder {
	f := newFinder(doc, ents)
	for first := 0; first < len(doc.Sentences); {
		last := f.unitEnd(first)
		f.readUnit(doc.Sentences[first].First, doc.Sentences[last-1].Last)
		first = last
	}
	f.readHeadline()
	f.readBlocks()
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
	turn    *dialogue  // set if it is a turn: its speaker is a label
	who     *character // set if it is an utterance of a story
	// sureTag is set where words in marks, a comma and a tag make up a whole
	// sentence or headline: the tagger has no say in whether they are a quotation.
	sureTag  bool
	learned  bool    // found by the tagger alone
	inside   float32 // mean probability of being content, by the tagger; 0: not known
	attitude Attitude
	denied   bool
	whole    bool // a whole paragraph without marks: neither has it in its extent
}

// finder is the state of one call of Find.
type finder struct {
	d       *nlp.Document
	ents    *entities.Result
	inQuote []int32 // per token: 1 + index of the outermost Quoted around it
	nameAt  []int32 // per token: 1 + index of the name mention around it
	used    []bool  // per token: part of a content
	begins  []bool  // per token: first of its sentence
	found   []finding
	groups  []group // lists of people, in text order
	stops   []int   // tokens at which a report surely ends
	starts  []int   // tokens at which one surely begins
	// surnames maps the last words of people's names to the first of them; nil
	// until it is needed.
	surnames map[string]int
	// relatives maps nouns for relatives to who is named as one, -1 for several;
	// nil until it is needed.
	relatives map[string]int
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
	f.begins = make([]bool, len(d.Tokens)+1)
	for _, s := range d.Sentences {
		f.begins[s.First] = true
	}
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
	outer := first // cues before it are inside of what a tag at the end reports
	for i := first; i < last; i++ {
		if f.begins[i] {
			outer = max(outer, f.outerTag(i, f.sentenceLast(i, last)))
		}
		if f.inQuote[i] > 0 {
			i = min(f.quoteOf(i).Last, last) - 1
			continue
		}
		if f.used[i] || i < outer {
			continue
		}
		if f.d.Lower(i) == "according" && i+2 < last && f.d.Lower(i+1) == "to" {
			if end := f.readAccording(i, done, first, last); end > i {
				done = end
				i = end - 1
			}
			continue
		}
		if f.d.Lower(i) == "per" && i == f.sentenceStart(i, first) && i+1 < last {
			if end := f.readAccording(i, done, first, last); end > i {
				done = end
				i = end - 1
			}
			continue
		}
		if nounCues[f.d.Lower(i)] && f.nameAt[i] == 0 && !isVerbal(f.d, i) {
			if q, ok := f.readNoun(i, done, first, last); ok {
				f.add(q)
				done = max(done, q.parts[0].last)
				continue
			}
		}
		class := cueVerbs[f.d.Lower(i)]
		if class == noCue && f.openCue(i, first, last) {
			class = takesMark
		}
		if class == noCue || f.nameAt[i] > 0 || !isVerbal(f.d, i) && !f.surelyCue(i) && !f.interposed(i, first, last) && !f.besideMarks(i, first, last) {
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
	var verb int
	q.cue, verb = f.wholeCue(c, done)
	if f.isPassive(c) {
		return f.readPassive(c, last)
	}
	if q, end, ok := f.readDescribed(c, last); ok {
		return q, end, true
	}
	var source phrase
	tagStart := 0
	if !f.isGerund(c) || c == first || d.Norm(c-1) != "," {
		source, tagStart = f.sourceBefore(verb, done)
	}
	if f.isGerund(c) && !source.empty() && occasions[d.Lower(source.last-1)] { // at a conference announcing that
		source = *subject
		if source.empty() {
			source = f.mainSubject(f.sentenceStart(c, first), c)
		}
	}
	after := q.cue.last
	participle := false
	if c+1 < last && f.inQuote[c+1] == 0 {
		switch nounComplement[d.Lower(c)] {
		case "for":
			if d.Lower(c+1) == "for" {
				class, after, q.cue.last = takesNoun, c+2, c+2
			}
		case "of":
			if f.accuses(c+1, last) {
				class = takesNoun
			}
		}
	}
	if source.empty() {
		switch {
		case f.isGerund(c) && c > first && (d.Norm(c-1) == "," || d.Norm(c-1) == "--" || subject.last > subject.first && d.Lower(c-1) != "of"):
			source, tagStart, participle = *subject, c, true
			if source.empty() {
				source = f.mainSubject(first, c)
			}
		case f.isGerund(c) && c >= 2 && d.Lower(c-1) == "as":
			k := c - 2 // was quoted as saying; cited the Air Force as stating
			for k > first && isVerbal(d, k) {
				k--
			}
			source, tagStart, participle = f.quotedSource(k, first), c, true
		case f.isGerund(c) && c > first && d.Lower(c-1) == "by":
			source, tagStart, participle = f.mainSubject(f.sentenceStart(c, first), c), c, true
		case f.coordinated(c, first):
			source, tagStart, participle = *subject, c, true
			if source.empty() || source.first < f.sentenceStart(c, first) {
				source = f.mainSubject(f.sentenceStart(c, first), c)
			}
		default:
			if c > first && (d.Norm(c-1) == "," || f.inQuote[c-1] > 0 || d.Norm(c-1) == "--" || c == first) && class != takesMark || c > first && f.inQuote[c-1] > 0 {
				source = f.phraseAfter(c+1, last)
				if f.inQuote[c-1] == 0 && !source.empty() && source.last < last && f.nameAt[source.last] == 0 && isFinite(d, source.last) { // China, its only ally, said it was
					source = f.phraseAfter(f.skipLead(f.sentenceStart(c, first), c), c)
				} else if !source.empty() {
					tagStart, after = c, source.last
				}
			}
		}
	}
	if f.tag(c) == "VBN" && c+1 < last && (d.Lower(c) == "read" || d.Lower(c) == "written" || d.Lower(c) == "posted") && (f.tag(c+1) == "RP" || f.tag(c+1) == "IN") && (c == first || !f.isAuxiliary(c-1)) {
		return q, 0, false // a letter read out in court
	}
	if c+1 < last && d.Lower(c+1) == "by" && !f.isAuxiliary(max(c-1, 0)) && strings.HasSuffix(d.Lower(c), "ed") {
		return q, 0, false // the changes announced by the state
	}
	if d.Lower(c) == "written" && (c == first || !f.isAuxiliary(c-1)) && c+1 < last && f.inQuote[c+1] == 0 && strings.HasPrefix(f.tag(c+1), "NN") {
		return q, 0, false // written approval
	}
	if (source.empty() || f.isNobody(source)) && class == takesAny && !f.negated(verb) {
		// told the paper, “…”: somebody says what stands in marks
		i := f.skipAdjuncts(c, q.cue.last, last)
		if i >= last || f.inQuote[i] == 0 {
			return q, 0, false
		}
		if x, ok := f.contentAfter(c, q.cue.last, last, class); ok && x.kind == Direct && x.parts[0].last-x.parts[0].first > 6 {
			q.parts, q.kind, q.open = x.parts, Direct, x.open
			return q, x.end, true
		}
	}
	if source.empty() || f.isNobody(source) || f.negated(verb) || f.asksAnonymity(c) || c+2 < last && d.Lower(c+1) == "to" && d.Lower(c+2) == "be" && class == takesAny {
		return q, 0, false
	}
	if w := d.Lower(c); w == "found" || w == "finds" {
		if h := d.Lower(f.head(source)); !documents[h] && !authors[h] && !studies[h] {
			return q, 0, false
		}
	}
	if class == takesMark && f.asSaying(after, last) {
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
			q.sureTag = q.kind == Mixed && end >= last
			return q, end, true
		}
	}
	if c > 1 && source.last < c && f.d.Lower(source.last) == "," && source.last+1 < c && f.d.Lower(source.last+1) == "who" {
		for k := after + 2; k+1 < last; k++ { // Smith, who said it was lost, left
			if f.inQuote[k] == 0 && d.Norm(k) == "," && f.nameAt[k+1] == 0 && isFinite(d, k+1) {
				last = k
				f.stops = append(f.stops, k)
				break
			}
		}
	}
	content, okay := f.gapAfter(&source, after, first, last, class)
	if okay {
		q.speaker = source
	} else {
		content, okay = f.contentAfter(c, after, last, class)
	}
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

// occasions are where something is said, not who says it.
var occasions = wordSet(`conference speech rally event ceremony interview hearing debate meeting briefing appearance call`)

// asSaying reports whether “as saying” follows in the sentence, the cue of what
// was quoted: quoted the mayor, Jan Dvorak, as saying.
func (f *finder) asSaying(i, last int) bool {
	for ; i+1 < last && f.inQuote[i] == 0; i++ {
		if f.d.Lower(i) == "as" && (f.d.Lower(i+1) == "saying" || f.d.Lower(i+1) == "stating" || f.d.Lower(i+1) == "telling") {
			return true
		}
		if isEnd(f.d.Norm(i)) {
			return false
		}
	}
	return false
}

// quotedSource returns whom somebody “quoted … as saying”, from the token k
// before “as”; the noun phrase before the name in an apposition: the governor,
// Ulan Sadykov, as saying.
func (f *finder) quotedSource(k, first int) phrase {
	for v := k; v > first && v > k-30 && f.d.Norm(k) == ","; v-- { // quoted Tim Manning, formerly of FEMA, as saying
		switch f.d.Lower(v) {
		case "quoted", "quotes", "quoting", "cited", "cites", "citing":
			if p := f.phraseAfter(v+1, k+1); p.first == v+1 && f.d.Norm(p.last) == "," {
				return p
			}
		}
	}
	if f.d.Norm(k) == "," && k > first {
		name := f.phraseBefore(k, first)
		if !name.empty() && name.first-1 > first && f.d.Norm(name.first-1) == "," {
			if p := f.phraseBefore(name.first-1, first); !p.empty() {
				return p
			}
		}
		return name
	}
	return f.phraseBefore(k+1, first)
}

// sourceBefore returns the noun phrase that is the subject of the verb c and
// the first token of the tag that both make up.
func (f *finder) sourceBefore(c, low int) (phrase, int) {
	d := f.d
	k := f.beforeAside(c, low)
	for k > low && f.inQuote[k-1] == 0 && (f.isAuxiliary(k-1) && !f.isPronoun(k-1) || f.tag(k-1) == "RB" || f.d.Lower(k-1) == "further" || f.nameAt[k-1] == 0 && (timeWords[d.Lower(k-1)] || f.endsTime(k, low))) {
		if d.Lower(k-1) == "be" || d.Lower(k-1) == "was" || d.Lower(k-1) == "were" {
			return phrase{}, 0 // passive
		}
		k--
		if timeWords[d.Lower(k)] && k-2 >= low && f.tag(k-1) == "IN" && f.inQuote[k-1] == 0 { // X on Tuesday denied
			k--
		}
	}
	if k > low && d.Lower(k-1) == "who" && k-2 >= low {
		j := k - 1
		if d.Norm(j-1) == "," {
			j--
		}
		if p := f.phraseBefore(j, low); !p.empty() {
			if a := f.antecedent(k - 1); !a.empty() && a.first >= low && !f.hasPerson(p) {
				p = a
			}
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
			if j-2 > low && f.tag(j-1) == "CD" && d.Norm(j-2) == "," { // Schiff, 56, who
				j -= 2
			}
			p := f.phraseBefore(j, low)
			if p.empty() {
				break
			}
			if inner := d.Lower(j + 1); f.apposition(j+1, k-1) || f.nameAt[p.last-1] > 0 && (p.first == low || p.first > 0 && (isComma(d.Norm(p.first-1)) || f.inQuote[p.first-1] > 0 || f.tag(p.first-1) == "CC" || f.tag(p.first-1) == "IN" && d.Lower(p.first-1) != "in")) ||
				inner == "who" || inner == "which" || inner == "a" || inner == "the" || inner == "an" || inner == "speaking" || inner == "citing" {
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

// beforeAside returns where the aside begins that ends with a comma before token
// i and follows a noun or an auxiliary (has, in a statement, said); else i.
func (f *finder) beforeAside(i, low int) int {
	d := f.d
	if i-4 < low || d.Norm(i-1) != "," || f.inQuote[i-2] > 0 {
		return i
	}
	for k := i - 2; k > low && k > i-10 && f.inQuote[k] == 0; k-- {
		if d.Norm(k) == "," {
			if f.isAside(k+1, i-1) && (f.isAuxiliary(k-1) || f.isNounLike(k-1) || f.isPronoun(k-1)) {
				return k
			}
			return i
		}
		if f.nameAt[k] == 0 && isFinite(d, k) {
			return i
		}
	}
	return i
}

// isAside reports whether [first, last) tells how or where something is said:
// in a statement, by way of example, on Monday.
func (f *finder) isAside(first, last int) bool {
	switch f.d.Lower(first) {
	case "in", "by", "on", "at", "for", "during", "via", "through":
	default:
		return false
	}
	p := f.phraseAfter(first+1, last)
	return p.first == first+1 && p.last == last || last-first == 2 && timeWords[f.d.Lower(first+1)]
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
	if f.tag(first) == "IN" && first+1 < c { // In a message posted to Twitter, Warren praised Biden
		if k := f.nextComma(first, c); k+1 < c && f.inQuote[k] == 0 {
			if p := f.subjectIn(k+1, c); !p.empty() {
				return p
			}
		}
	}
	return f.subjectIn(first, c)
}

// subjectIn returns the first noun phrase before a finite verb in [first, c).
func (f *finder) subjectIn(first, c int) phrase {
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
