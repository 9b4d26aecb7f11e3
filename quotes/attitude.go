package quotes

import (
	"slices"
	"strings"
)

// An Attitude is what somebody thinks, plans, wishes or has found out, of which
// an article tells without that it was said. The zero Attitude is none: speech.
type Attitude uint8

// The attitudes.
const (
	NoAttitude Attitude = iota // said, written, announced
	Belief                     // thoughts, beliefs, doubts: she thinks that it is late
	Plan                       // intentions and decisions: they plan to leave
	Hope                       // hopes, wishes, expectations and fears: he hopes to win
	Finding                    // what a study, a poll, a court or an inquiry found out
)

// String returns "belief", "plan", "hope" or "finding"; "" for NoAttitude.
func (a Attitude) String() string {
	return [...]string{"", "belief", "plan", "hope", "finding", "", "", ""}[a&7]
}

// What can be the content of an attitude's cue, as a set.
type contents uint8

const (
	clause   contents = 1 << iota // believes (that) it is late
	action                        // plans to leave
	other                         // wants it to end: an infinitive with a subject of its own
	asRole                        // sees it as lost
	question                      // wonders whether, knows how
	thing                         // fears a war: a noun phrase
	about                         // is worried about the vote
)

// An attitudeCue is a word that tells of an attitude, and what it takes.
type attitudeCue struct {
	attitude Attitude
	takes    contents
}

var attitudeVerbs, attitudeAdjectives, attitudeNouns = buildAttitudeCues()

func buildAttitudeCues() (verbs, adjectives, nouns map[string]attitudeCue) {
	verbs, adjectives, nouns = map[string]attitudeCue{}, map[string]attitudeCue{}, map[string]attitudeCue{}
	add := func(to map[string]attitudeCue, a Attitude, takes contents, words string) {
		for _, w := range strings.Fields(words) {
			forms := []string{w}
			if strings.Contains(w, ":") {
				forms = strings.Split(w, ":")
			}
			for _, x := range forms {
				to[x] = attitudeCue{a, takes}
			}
		}
	}
	verbs1 := func(a Attitude, takes contents, words string) { add(verbs, a, takes, words) }
	verbs1(Belief, clause|other, `believe:believes:believed:believing think:thinks:thought:thinking suspect:suspects:suspected:suspecting assume:assumes:assumed:assuming`)
	verbs1(Belief, clause|question, `feel:feels:felt doubt:doubts:doubted:doubting know:knows:knew:knowing understand:understands:understood realize:realizes:realized:realizing
realise:realises:realised:realising recognize:recognizes:recognized recognise:recognises:recognised remember:remembers:remembered wonder:wonders:wondered:wondering imagine:imagines:imagined`)
	verbs1(Belief, asRole, `see:sees:saw view:views:viewed regard:regards:regarded perceive:perceives:perceived`)
	verbs1(Belief, asRole|other, `consider:considers:considered deem:deems:deemed`)
	verbs1(Plan, action, `plan:plans:planned:planning intend:intends:intended:intending aim:aims:aimed:aiming`)
	verbs1(Plan, action|clause|question, `decide:decides:decided:deciding`)
	verbs1(Hope, clause|action, `hope:hopes:hoped:hoping`)
	verbs1(Hope, clause|thing, `fear:fears:feared:fearing worry:worries:worried:worrying dread:dreads:dreaded`)
	verbs1(Hope, clause|action|other|thing, `expect:expects:expected:expecting anticipate:anticipates:anticipated:anticipating`)
	verbs1(Hope, action|other|thing, `want:wants:wanted:wanting prefer:prefers:preferred`)
	verbs1(Hope, clause|action, `wish:wishes:wished:wishing`)
	verbs1(Hope, action, `long:longs:longed yearn:yearns:yearned aspire:aspires:aspired`)
	verbs1(Finding, clause|question, `find:finds:found:finding discover:discovers:discovered:discovering determine:determines:determined learn:learns:learned:learnt
ascertain:ascertains:ascertained show:shows:showed:shown:showing demonstrate:demonstrates:demonstrated prove:proves:proved`)
	add(adjectives, Belief, clause|question, `convinced sure certain confident aware unaware unsure uncertain doubtful sceptical skeptical persuaded`)
	add(adjectives, Hope, clause|about, `worried concerned afraid fearful anxious`)
	add(adjectives, Hope, clause, `hopeful optimistic pessimistic`)
	add(adjectives, Hope, action, `eager keen anxious desperate`)
	add(adjectives, Plan, action, `determined willing unwilling reluctant`)
	add(nouns, Belief, clause, `belief beliefs conviction view opinion suspicion suspicions doubt doubts impression`)
	add(nouns, Hope, clause|action, `hope hopes expectation expectations desire wish`)
	add(nouns, Hope, clause|about, `fear fears worry worries concern concerns anxiety alarm`)
	add(nouns, Plan, action, `plan plans intention intentions decision ambition determination`)
	return verbs, adjectives, nouns
}

// findAttitudes returns the attitudes that the narrator tells of, in text
// order. What is part of a quotation is left to it: its speaker says it.
func (f *finder) findAttitudes() []finding {
	said := make([]bool, len(f.d.Tokens)+1)
	say := func(p phrase) {
		for i := p.first; i < p.last; i++ {
			said[i] = true
		}
	}
	for k := range f.found {
		for _, p := range f.found[k].parts { // which others may share: nothing is appended
			say(p)
		}
		say(f.found[k].cue)
	}
	var out []finding
	for _, s := range f.d.Sentences {
		done := s.First
		var subject phrase
		for i := s.First; i < s.Last; i++ {
			if said[i] || f.inQuote[i] > 0 || f.nameAt[i] > 0 {
				continue
			}
			q, ok := f.readAttitude(i, done, s.First, s.Last, &subject)
			if !ok || !f.uncovered(&q, said) {
				continue
			}
			for _, p := range q.parts {
				done = max(done, p.last)
				say(p)
			}
			out = append(out, q)
		}
	}
	slices.SortStableFunc(out, func(a, b finding) int { return a.parts[0].first - b.parts[0].first })
	return out
}

// uncovered ends the parts of q where something begins that is said, and
// reports whether enough of them is left.
func (f *finder) uncovered(q *finding, said []bool) bool {
	for k := range q.parts {
		p := &q.parts[k]
		for i := p.first; i < p.last; i++ {
			if said[i] {
				p.last = i
			}
		}
		for p.last > p.first && f.inQuote[p.last-1] == 0 && isComma(f.d.Norm(p.last-1)) {
			p.last--
		}
		if p.last-p.first < 2 {
			return false
		}
	}
	f.settleKind(q)
	return true
}

// readAttitude reads the attitude of which token c is the cue.
func (f *finder) readAttitude(c, done, first, last int, subject *phrase) (q finding, ok bool) {
	d := f.d
	w := d.Lower(c)
	if n, isNoun := attitudeNouns[w]; isNoun && strings.HasPrefix(f.tag(c), "NN") {
		if q, ok = f.readAttitudeNoun(c, n, done, first, last); ok {
			return q, true
		}
	}
	cue, isVerb := attitudeVerbs[w]
	start := c // first token of the verb group
	if adjective, isAdjective := attitudeAdjectives[w]; isAdjective && (f.afterCopula(c, first) || c > first && d.Norm(c-1) == ",") {
		cue, isVerb = adjective, true
	} else if !isVerb || !f.isAttitudeVerb(c, first, last) {
		return q, false
	} else if f.isPastParticiple(c, first) {
		return q, false // is expected to: of whom is not told
	}
	q = finding{cue: phrase{c, c + 1}, attitude: cue.attitude}
	start, denied, open := f.verbGroup(c, first)
	if !open {
		return q, false
	}
	q.denied = denied
	free := start == c && (f.isGerund(c) || attitudeAdjectives[w].attitude > 0) && c > first && d.Norm(c-1) == ","
	source, tagStart := phrase{}, 0
	switch {
	case free: // , hoping to
		if source = *subject; source.empty() {
			source = f.mainSubject(max(first, c-longestReport), c)
		}
	case start == c && f.isGerund(c):
		return q, false
	case f.coordinated(start, first) && !subject.empty():
		source = *subject
	default:
		source, tagStart = f.sourceBefore(start, done)
		if source.empty() && f.coordinated(start, first) {
			source = f.mainSubject(max(start-longestReport, f.sentenceStart(start, first)), start)
		}
	}
	if source.empty() || f.isNobody(source) || !f.canThink(source, cue.attitude) {
		return q, false
	}
	before := source.first
	if before > first && before == tagStart && d.Lower(before-1) == "if" {
		return q, false // if he wants to
	}
	q.speaker = source
	*subject = source
	p := f.attitudeContent(c, cue, source, last)
	if p.empty() {
		if tagStart > 0 && cue.takes&clause > 0 && (cue.attitude != Finding || f.looksInto(source)) {
			q.parts = f.attitudeBefore(tagStart, c+1, done, first, last)
		}
		return q, len(q.parts) > 0
	}
	p.last = f.clauseLimit(source, start, p, first)
	if !f.hasFinite(p.first, min(p.last, p.first+2)) && d.Lower(c+1) != "that" {
		p.last = f.beforeClause(p)
	}
	q.parts = []phrase{p}
	return q, !p.empty()
}

// attitudeBefore returns the clause before or around a tag at its end or in the
// middle: The bridge will hold, officials believe.
func (f *finder) attitudeBefore(tag, after, done, first, last int) []phrase {
	first = max(first, tag-longestReport)
	parts := f.around(tag, after, done, first, last, takesThat)
	if len(parts) == 0 {
		if x, ok := f.contentBefore(tag, after, done, first, last, takesThat); ok {
			parts = x.parts
		}
	}
	if len(parts) == 0 || f.inQuote[parts[0].first] > 0 || subordinators[f.d.Lower(parts[0].first)] || f.d.Lower(parts[0].first) == "if" {
		return nil // When he came, I thought
	}
	return parts
}

// isAttitudeVerb reports whether the word c, which may be a noun, is a verb here.
func (f *finder) isAttitudeVerb(c, first, last int) bool {
	if isVerbal(f.d, c) {
		return true
	}
	if c == first || c+1 >= last || f.tag(c-1) == "PRP$" || f.tag(c-1) == "POS" || f.tag(c-1) == "DT" || strings.HasPrefix(f.tag(c-1), "JJ") {
		return false
	}
	next := f.d.Lower(c + 1)
	return !strings.HasSuffix(f.d.Lower(c), "ing") && (f.isNounLike(c-1) || f.isPronoun(c-1)) && (next == "to" || next == "that")
}

// isPastParticiple is true of “expected” after a form of be, or after a noun
// without a verb of its own.
func (f *finder) isPastParticiple(c, first int) bool {
	if f.tag(c) != "VBN" && f.tag(c) != "VBD" || c == first {
		return false
	}
	k := c - 1
	for k > first && f.tag(k) == "RB" {
		k--
	}
	switch f.d.Lower(k) {
	case "is", "are", "was", "were", "be", "been", "being", "am", "'re", "'m", "get", "got", "as":
		return k >= first
	}
	return c+1 < len(f.d.Tokens) && f.d.Lower(c+1) == "by"
}

// afterCopula reports whether a form of be, feel, become or remain stands
// before the adjective c.
func (f *finder) afterCopula(c, first int) bool {
	k := c - 1
	for k > first && (f.tag(k) == "RB" || f.tag(k) == "RBR" || f.d.Lower(k) == "not" || f.d.Lower(k) == "n't") {
		k--
	}
	return k >= first && copulas[f.d.Lower(k)]
}

var copulas = wordSet(`is are was were be been am 's 're 'm feel feels felt become became becomes remain remains remained grew seem seems seemed`)

// verbGroup returns where the verb group of c begins, and whether it is
// negated; it is not open to anything that is only possible or asked for: may
// hope, to believe. That somebody “seems to think” is told of them.
func (f *finder) verbGroup(c, first int) (start int, denied, open bool) {
	d := f.d
	start = c
	for k := c - 1; k >= first && f.inQuote[k] == 0; k-- {
		w := d.Lower(k)
		switch w {
		case "not", "n't", "never":
			denied = true
			start = k
			continue
		case "may", "might", "can", "could", "should", "must", "let", "cannot":
			return start, denied, false
		case "to":
			if k > first && raising[d.Lower(k-1)] {
				k--
				start = k
				continue
			}
			return start, denied, false
		}
		if f.isAuxiliary(k) && !f.isPronoun(k) || copulas[w] && f.nameAt[k] == 0 || w == "no" && k+1 < len(d.Tokens) && d.Lower(k+1) == "longer" || w == "longer" && d.Lower(max(k-1, 0)) == "no" {
			if w == "no" {
				denied = true
			}
			start = k
			continue
		}
		if f.tag(k) == "RB" && f.nameAt[k] == 0 && !timeWords[w] {
			if k-1 >= first && (f.isAuxiliary(k-1) || copulas[d.Lower(k-1)]) {
				start = k
			}
			continue
		}
		break
	}
	return start, denied, true
}

// raising verbs stand before “to” and the verb that tells.
var raising = wordSet(`continue continues continued seem seems seemed appear appears appeared begin begins began begun start started starts come came comes
tend tends used grew`)

// canThink reports whether the noun phrase p can have an attitude: for a
// finding somebody or something that looks into things.
func (f *finder) canThink(p phrase, a Attitude) bool {
	head := f.head(p)
	w := f.d.Lower(head)
	if f.nameAt[head] == 0 && (timeWords[w] || timeNouns[w]) {
		return false
	}
	switch w {
	case "there", "this", "that", "which", "these", "those", "what", "you", "nothing", "something":
		return p.last-p.first > 1 && (w == "those" || w == "these")
	case "it":
		return a == Plan || a == Hope
	}
	return true
}

// inspectors look into things and find out that something is so; what they just
// find (a body in the river) is no finding.
var inspectors = wordSet(`investigators auditors inspectors detectives police court jury judge panel committee commission tribunal agency scientists
researchers pollsters`)

// measures show things.
var measures = wordSet(`data evidence numbers figures statistics survey surveys poll polls polling results result tests test tally census
records inquiry probe review audit ruling inspection examination autopsy experiments experiment trial trials simulations estimates
average averages video videos footage photo photos photographs images image chart slide map transcript emails study studies analysis research`)

// looksInto reports whether the noun phrase p is somebody or something that has findings.
func (f *finder) looksInto(p phrase) bool {
	h := f.d.Lower(f.head(p))
	return inspectors[h] || measures[h] || studies[h] || authors[h] || documents[h]
}

// attitudeContent returns what the cue c of the source takes after it.
func (f *finder) attitudeContent(c int, cue attitudeCue, source phrase, last int) phrase {
	d := f.d
	i := c + 1
	for i < last && f.inQuote[i] == 0 && (f.tag(i) == "RB" && d.Lower(i) != "not" && f.nameAt[i] == 0 || timeWords[d.Lower(i)]) && i < c+3 {
		i++
	}
	if i+1 >= last || f.inQuote[i] > 0 {
		return phrase{}
	}
	last = min(last, c+longestReport)
	whole := func(i int) phrase {
		end := f.contentEnd(i, last)
		return phrase{i, end}
	}
	looksInto := cue.attitude != Finding || f.looksInto(source)
	switch w := d.Lower(i); {
	case w == "that" && cue.takes&clause > 0:
		if p := whole(i + 1); f.hasFinite(p.first, p.last) && (looksInto || !strings.HasPrefix(d.Lower(c), "sh") && !strings.HasPrefix(d.Lower(c), "pro")) {
			return p
		}
		return phrase{}
	case w == "to" && f.infinitive(i, last) == i, w == "not" && d.Lower(i+1) == "to":
		if cue.takes&action > 0 {
			return whole(i)
		}
		return phrase{}
	case w == "against" && d.Lower(c) == "decided" || w == "for" && cue.attitude == Hope && cue.takes&action > 0 || w == "about" && cue.takes&about > 0:
		if p := f.phraseAfter(i+1, last); !p.empty() && p.first == i+1 || f.tag(i+1) == "VBG" || questions[d.Lower(i+1)] {
			return whole(i + 1)
		}
		return phrase{}
	case questions[w] && cue.takes&question > 0 && looksInto:
		if p := whole(i); f.hasFinite(p.first, p.last) || d.Lower(i+1) == "to" && p.last-i > 2 {
			return p
		}
		return phrase{}
	}
	p := whole(i)
	if p.last-p.first < 2 {
		return phrase{}
	}
	if cue.takes&clause > 0 && looksInto && f.clauseStarts(i, min(p.last, i+24)) && !isFinite(d, i) && f.tag(i) != "IN" {
		return p
	}
	if cue.takes&other > 0 && f.startsNoun(i) {
		if k := f.infinitive(i, p.last); k > i {
			return p
		}
	}
	if cue.takes&asRole > 0 && f.startsNoun(i) {
		if n := f.objectEnd(i, p.last); n+1 < p.last && d.Lower(n) == "as" {
			return p
		}
	}
	if cue.takes&thing > 0 && f.startsNoun(i) {
		if n := f.phraseAfter(i, p.last); n.first == i && !f.isPronoun(i) {
			return p
		}
	}
	if cue.attitude == Finding && measures[d.Lower(f.head(source))] && f.startsNoun(i) {
		return p
	}
	return phrase{}
}

var questions = wordSet(`whether if how why what when where who which`)

// startsNoun reports whether a noun phrase or an object pronoun begins at i.
func (f *finder) startsNoun(i int) bool {
	p := f.phraseAfter(i, len(f.d.Tokens))
	return f.isPronounObject(i) || p.first == i && !p.empty()
}

// objectEnd returns the end of the object at i.
func (f *finder) objectEnd(i, last int) int {
	if f.isPronounObject(i) {
		return i + 1
	}
	return f.phraseAfter(i, last).last
}

// clauseLimit returns where the content p ends at the latest, by the clause
// that its source is the subject of: Smith, who hopes to win, | said; those who
// think so | are few; while officials fear a war, | they.
func (f *finder) clauseLimit(source phrase, verb int, p phrase, first int) int {
	d := f.d
	relative := verb > first && d.Lower(verb-1) == "who" || verb > first && d.Lower(verb-1) == "which"
	if relative && verb-2 >= first && d.Norm(verb-2) != "," {
		return f.predicateOf(p.first, p.last)
	}
	subordinate := source.first > first && source.last <= verb && subordinators[d.Lower(source.first-1)] &&
		(source.first-1 == first || isComma(d.Norm(source.first-2)))
	if !relative && !subordinate {
		return p.last
	}
	for k := p.first + 1; k+1 < p.last; k++ {
		if f.inQuote[k] > 0 || d.Norm(k) != "," {
			continue
		}
		if relative && f.nameAt[k+1] == 0 && (isFinite(d, k+1) || f.tag(k+1) == "RB" && k+2 < p.last && isFinite(d, k+2)) {
			return k
		}
		if subordinate && f.clauseStarts(k+1, min(p.last, k+16)) {
			return k
		}
	}
	return p.last
}

// beforeClause returns where the content p, which is no clause, ends before one
// that is the narrator's: to close the port, | but the town is against it.
func (f *finder) beforeClause(p phrase) int {
	for k := p.first + 1; k+2 < p.last; k++ {
		if f.inQuote[k] > 0 || f.d.Norm(k) != "," {
			continue
		}
		if w := f.d.Lower(k + 1); (w == "but" || w == "and" || w == "although" || w == "though" || w == "so") && f.clauseStarts(k+2, min(p.last, k+16)) {
			return k
		}
	}
	return p.last
}

var subordinators = wordSet(`while as although though because since when after before unless until even whereas`)

// readAttitudeNoun reads “his hope that …”, “the ministry's plan to …”, “fears
// among investors that …”, “has no plans to …”.
func (f *finder) readAttitudeNoun(c int, cue attitudeCue, done, first, last int) (q finding, ok bool) {
	d := f.d
	q = finding{cue: phrase{c, c + 1}, attitude: cue.attitude}
	last = min(last, c+longestReport)
	next := c + 1
	if next+2 >= last || f.inQuote[next] > 0 {
		return q, false
	}
	switch w := d.Lower(next); {
	case w == "among" || w == "by" || w == "from" || w == "of" && cue.attitude != Plan:
		q.speaker = f.phraseAfter(next+1, last)
		if q.speaker.empty() || q.speaker.first != next+1 {
			return q, false
		}
		next = q.speaker.last
	default:
		if c == first {
			return q, false
		}
		if q.speaker = f.possessor(c, done); q.speaker.empty() { // has plans to, has no doubt that
			k := c - 1
			if k > first && (d.Lower(k) == "no" || d.Lower(k) == "a" || d.Lower(k) == "little" || d.Lower(k) == "any") {
				q.denied = d.Lower(k) != "a"
				k--
			}
			for k > first && strings.HasPrefix(f.tag(k), "JJ") {
				k--
			}
			switch d.Lower(k) {
			case "has", "have", "had", "expressed", "expresses", "voiced", "voice", "express", "share", "shared", "raised":
				if k > first {
					q.speaker, _ = f.sourceBefore(k, done)
				}
			}
		}
	}
	if q.speaker.empty() || f.isNobody(q.speaker) || !f.canThink(q.speaker, cue.attitude) || next+2 >= last || f.inQuote[next] > 0 {
		return q, false
	}
	var p phrase
	switch w := d.Lower(next); {
	case w == "that" && cue.takes&clause > 0:
		p = phrase{next + 1, f.contentEnd(next+1, last)}
		if !f.hasFinite(p.first, p.last) {
			return q, false
		}
	case (w == "about" || w == "over") && cue.takes&about > 0:
		if n := f.phraseAfter(next+1, last); (n.empty() || n.first != next+1) && f.tag(next+1) != "VBG" && !questions[d.Lower(next+1)] {
			return q, false
		}
		p = phrase{next + 1, f.contentEnd(next+1, last)}
	case w == "to" && cue.takes&action > 0 && f.infinitive(next, last) == next:
		p = phrase{next, f.contentEnd(next, last)}
	default:
		return q, false
	}
	if !f.hasFinite(max(c-longestReport, f.sentenceStart(c, first)), min(c, q.speaker.first)) {
		p.last = f.nounClauseEnd(p, d.Lower(next) != "that")
	}
	q.parts = []phrase{p}
	return q, p.last-p.first > 1
}

// nounClauseEnd returns where the content p of a noun ends that is the subject
// of its sentence: her plan to leave | was dropped.
func (f *finder) nounClauseEnd(p phrase, infinitive bool) int {
	if !infinitive {
		return f.predicateOf(p.first, p.last)
	}
	for k := p.first + 2; k < p.last; k++ {
		if f.inQuote[k] == 0 && f.nameAt[k] == 0 && isFinite(f.d, k) {
			return f.trimComma(k)
		}
	}
	return p.last
}

// attitudes returns the attitudes as quotations, with their speakers, where the
// quotations of the document are said.
func (f *finder) attitudes(said []Quotation) []Quotation {
	list := f.findAttitudes()
	referring := f.referring()
	out := make([]Quotation, 0, len(list))
	n := 0
	for k := range list {
		q := &list[k]
		start := f.span(q.parts[0]).Start
		for n < len(said) && said[n].Parts[0].Start < start {
			n++
		}
		out = append(out, f.quotation(q, referring, said[:n]))
	}
	return out
}
