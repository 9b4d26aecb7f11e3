package quotes

import (
	"slices"
)

// keepRule is the probability of being content below which the tagger takes
// away what the rules found outside of quotation marks.
const keepRule = 0.1

// cutOff is the mean probability up to which the tagger may cut off an end of
// what the rules found.
const cutOff = 0.2

// surelySaid is the mean probability from which words in marks without a cue
// are taken for speech.
const surelySaid = 0.9

// A source of the rules is doubted below, and one of the tagger believed from,
// these mean probabilities.
const (
	doubtful = 0.2
	certain  = 0.5
)

// revise brings what the rules found in line with the labels of the tagger:
// quotations in marks are the rules' business; the extent of all others, and
// whether they are any, is decided by the tagger.
func (f *finder) revise(c *tagging) {
	segments := contentSegments(c.labels)
	slices.Sort(f.stops)
	slices.Sort(f.starts)
	taken := make([]bool, len(segments))
	var out []finding
	for _, q := range f.found {
		if q.whole {
			takeAll(segments, taken, q.parts[0])
			out = append(out, q)
			continue
		}
		var parts []phrase
		for _, p := range q.parts {
			k := largestOverlap(segments, taken, p)
			switch {
			case q.kind == Direct && q.float:
				parts = append(parts, p)
				takeAll(segments, taken, p)
			case q.kind == Direct:
				if k >= 0 && segments[k].first <= p.first && segments[k].last >= p.last && f.kindOf(segments[k].first, segments[k].last) == Mixed && c.mean(phrase{segments[k].first, p.first}) > 0.5 {
					p = segments[k]
				}
				parts = append(parts, p)
				takeAll(segments, taken, p)
			case k >= 0:
				taken[k] = true
				parts = append(parts, f.settleExtent(c, p, segments, k))
			case (c.mean(p) > keepRule || q.sureTag) && !covered(segments, p):
				parts = append(parts, p)
			}
		}
		if len(parts) == 0 {
			continue
		}
		q.parts = parts
		f.settleKind(&q)
		if q.kind == Indirect && len(parts) == 1 && !q.sureTag && f.tag(parts[0].first) == "IN" && !f.hasVerb(parts[0]) {
			continue // emphasised that during the talks, he said …
		}
		switch {
		case !q.cue.empty():
			f.settleSource(&q, c)
		case q.speaker.empty(): // else it has a label or a signature
			f.attachTag(&q, c)
		}
		out = append(out, q)
	}
	f.found = out
	for k, s := range segments {
		if !taken[k] {
			f.addSegment(s, c)
		}
	}
	for k := range f.found {
		f.found[k].inside = c.least(f.found[k].parts)
	}
	f.sortFound()
	f.joinResumed()
}

func (f *finder) hasVerb(p phrase) bool {
	for i := p.first; i < p.last; i++ {
		if f.nameAt[i] == 0 && f.d.Tokens[i].Tag.IsVerb() {
			return true
		}
	}
	return false
}

// attachTag gives a quotation in marks that the rules found no tag for the cue
// and source that the tagger labelled right after it in its sentence, or
// before it in a sentence that ends with a colon.
func (f *finder) attachTag(q *finding, c *tagging) {
	d := f.d
	first, last := q.parts[0].first, q.parts[len(q.parts)-1].last
	_, high := f.sentenceBounds(phrase{last - 1, last})
	if last == high && last < len(d.Tokens) { // “Why?” Vitter demanded.
		if _, h := f.sentenceBounds(phrase{last, last + 1}); h-last < 16 {
			high = h
		}
	}
	if cue := c.nearest(labelCue, last, min(high, last+25), 1); !cue.empty() && c.free(phrase{last, cue.first}) {
		if source := c.besides(cue, last, high); !source.empty() {
			q.cue, q.speaker, q.float = cue, source, false
			return
		}
	}
	if first == 0 || d.Norm(first-1) != ":" && d.Norm(first-1) != "," {
		return
	}
	low, _ := f.sentenceBounds(phrase{first - 1, first})
	if cue := c.nearest(labelCue, first-1, low, -1); !cue.empty() && c.free(phrase{cue.last, first}) {
		if source := c.besides(cue, low, first); !source.empty() {
			q.cue, q.speaker, q.float = cue, source, false
		}
	}
}

// besides returns the source that is labelled nearest to the cue in [low, high).
func (c *tagging) besides(cue phrase, low, high int) phrase {
	before, after := c.nearest(labelSource, cue.first-1, low, -1), c.nearest(labelSource, cue.last, high, 1)
	if before.empty() || !after.empty() && after.first-cue.last < cue.first-before.last {
		return after
	}
	return before
}

// free reports whether no content lies in p.
func (c *tagging) free(p phrase) bool {
	for i := p.first; i < p.last; i++ {
		if l := c.labels[i]; l >= labelFirst && l <= labelOnly {
			return false
		}
	}
	return true
}

// settleSource takes the source that the tagger has labelled beside the cue
// where it is sure that the rules were wrong.
func (f *finder) settleSource(q *finding, c *tagging) {
	if q.cue.empty() || q.speaker.empty() || f.isPronoun(q.speaker.first) || c.meanSource(q.speaker) > doubtful {
		return
	}
	low, high := f.sentenceBounds(q.cue)
	best := c.besides(q.cue, low, high)
	if !best.empty() && c.meanSource(best) > certain {
		q.speaker = best
	}
}

// settleExtent moves the ends of a part that the rules found to those of the
// tagger's segment, unless that cuts off what may well be content.
// A segment never goes on where the report surely ends, a part of the rules
// never over the next cue that is labelled.
func (f *finder) settleExtent(c *tagging, rule phrase, segments []phrase, k int) phrase {
	segment := segments[k]
	if j, found := slices.BinarySearch(f.stops, rule.last); found && f.stops[j] < segment.last {
		segment.last = rule.last
	}
	if _, found := slices.BinarySearch(f.starts, rule.first); found && segment.first < rule.first {
		segment.first = rule.first
	}
	if k+1 < len(segments) && segments[k+1].first < rule.last && !c.nearest(labelCue, segment.last, segments[k+1].first, 1).empty() {
		rule.last = segment.last
	}
	if rule.first < segment.first && c.mean(phrase{rule.first, segment.first}) > cutOff {
		segment.first = rule.first
	}
	if rule.last > segment.last && c.mean(phrase{segment.last, rule.last}) > cutOff {
		segment.last = rule.last
	}
	return segment
}

// settleKind tells the kind of q by its parts.
func (f *finder) settleKind(q *finding) {
	q.kind = f.kindOf(q.parts[0].first, q.parts[0].last)
	for _, p := range q.parts[1:] {
		if k := f.kindOf(p.first, p.last); k != q.kind {
			q.kind = Mixed
		}
	}
}

// contentSegments returns the contents that labels hold.
func contentSegments(labels []uint8) []phrase {
	var out []phrase
	for i := 0; i < len(labels); i++ {
		if labels[i] != labelFirst && labels[i] != labelOnly {
			continue
		}
		j := i + 1
		for labels[j-1] != labelLast && labels[j-1] != labelOnly && j < len(labels) {
			j++
		}
		out = append(out, phrase{i, j})
		i = j - 1
	}
	return out
}

// largestOverlap returns the segment that shares most with p and is not taken, or -1.
func largestOverlap(segments []phrase, taken []bool, p phrase) int {
	best, most := -1, 0
	for k := firstSegment(segments, p); k < len(segments) && segments[k].first < p.last; k++ {
		if n := min(p.last, segments[k].last) - max(p.first, segments[k].first); n > most && !taken[k] {
			best, most = k, n
		}
	}
	return best
}

func takeAll(segments []phrase, taken []bool, p phrase) {
	for k := firstSegment(segments, p); k < len(segments) && segments[k].first < p.last; k++ {
		taken[k] = true
	}
}

func covered(segments []phrase, p phrase) bool {
	k := firstSegment(segments, p)
	return k < len(segments) && segments[k].first < p.last
}

// firstSegment returns the first segment that ends after p begins.
func firstSegment(segments []phrase, p phrase) int {
	k, _ := slices.BinarySearchFunc(segments, p.first+1, func(s phrase, i int) int { return s.last - i })
	return k
}

// mean returns the mean probability of being content.
func (c *tagging) mean(p phrase) float32 {
	c.weigh(p)
	return meanOf(c.inside, p)
}

// meanSource returns the mean probability of being a source.
func (c *tagging) meanSource(p phrase) float32 {
	c.weigh(p)
	return meanOf(c.sources, p)
}

// least returns the least mean probability of parts.
func (c *tagging) least(parts []phrase) float32 {
	least := float32(1)
	for _, p := range parts {
		least = min(least, c.mean(p))
	}
	return least
}

func meanOf(probability []float32, p phrase) float32 {
	if p.empty() {
		return 1
	}
	sum := float32(0)
	for i := p.first; i < p.last; i++ {
		sum += probability[i]
	}
	return sum / float32(p.last-p.first)
}

// addSegment adds a content that the tagger alone has found, with the cue and
// the source that it labelled beside it.
func (f *finder) addSegment(s phrase, c *tagging) {
	for s.last > s.first && f.inQuote[s.last-1] == 0 && (isEnd(f.d.Norm(s.last-1)) || isComma(f.d.Norm(s.last-1))) {
		s.last--
	}
	if s.empty() || f.tag(s.first) == "IN" && !f.hasVerb(s) && f.kindOf(s.first, s.last) == Indirect {
		return
	}
	low, high := f.sentenceBounds(s)
	q := finding{parts: []phrase{s}, learned: true}
	f.settleKind(&q)
	before, after := c.nearest(labelCue, s.first-1, low, -1), c.nearest(labelCue, s.last, high, 1)
	switch {
	case !before.empty() && (after.empty() || s.first-before.last <= after.first-s.last+2):
		q.cue = before
	case !after.empty():
		q.cue = after
	default:
		if f.isQuoted(s) && c.mean(s) > surelySaid && !naming[f.d.Lower(max(0, s.first-1))] {
			f.settleKind(&q)
			q.float = true
			f.found = append(f.found, q)
		}
		return
	}
	if f.saysNothing(q.cue) || q.kind == Indirect && topicVerbs[f.d.Lower(q.cue.last-1)] && !f.hasFinite(s.first, s.last) {
		return // defended his plan: a topic, nothing is said
	}
	q.speaker = f.sourceOf(q.cue, s, low, high, c)
	if q.speaker.empty() || q.speaker.last-q.speaker.first == 1 && f.tag(q.speaker.first) == "IN" {
		return
	}
	f.found = append(f.found, q)
}

// isQuoted reports whether s is what stands between a pair of marks, at least
// a few words.
func (f *finder) isQuoted(s phrase) bool {
	if f.inQuote[s.first] == 0 || s.last-s.first < 5 {
		return false
	}
	q := f.quoteOf(s.first)
	return q.First == s.first && q.Last-s.last <= 1 && !f.used[s.first]
}

// saysNothing is true of cues that report no speech: did not say, declined to
// say, asked not to be named; and of “Asked whether …, she said”, where the
// answer is the quotation.
func (f *finder) saysNothing(cue phrase) bool {
	d := f.d
	for i := cue.first; i < cue.last; i++ {
		if f.asksAnonymity(i) {
			return true
		}
	}
	if low, _ := f.sentenceBounds(cue); low == cue.first && d.Lower(low) == "asked" {
		return true
	}
	for k := cue.last - 1; k >= 0 && k >= cue.first-3; k-- {
		switch d.Lower(k) {
		case "not", "n't", "never", "refused", "declined":
			return d.Lower(cue.last-1) != "deny"
		}
		if k < cue.first && !f.isAuxiliary(k) && d.Lower(k) != "to" && f.tag(k) != "RB" {
			return false
		}
	}
	return false
}

// sentenceBounds returns the token range of the sentences of s.
func (f *finder) sentenceBounds(s phrase) (low, high int) {
	k, found := slices.BinarySearchFunc(f.d.Sentences, s.first, sentenceOrder)
	if !found {
		k--
	}
	low = f.d.Sentences[k].First
	for f.d.Sentences[k].Last < s.last {
		k++
	}
	return low, f.d.Sentences[k].Last
}

// nearest returns the run of a label that is met first from token i on, in the
// direction of step, before the token end; or an empty phrase.
func (c *tagging) nearest(label uint8, i, end, step int) phrase {
	for ; i >= 0 && i < len(c.labels) && (step > 0 && i < end || step < 0 && i >= end); i += step {
		if c.labels[i] != label {
			continue
		}
		p := phrase{i, i + 1}
		for step < 0 && p.first-1 >= end && c.labels[p.first-1] == label {
			p.first--
		}
		for step > 0 && p.last < end && c.labels[p.last] == label {
			p.last++
		}
		return p
	}
	return phrase{}
}

// sourceOf returns the source of the cue: the labelled one next to it, else
// the one that the rules for noun phrases find.
func (f *finder) sourceOf(cue, content phrase, low, high int, c *tagging) phrase {
	if p := c.besides(cue, low, high); !p.empty() {
		if t := f.trim(p.first, p.last); !t.empty() {
			return t
		}
		return p
	}
	verb := cue.first
	for verb+1 < cue.last && !f.d.Tokens[verb].Tag.IsVerb() {
		verb++
	}
	if f.d.Lower(cue.first) == "according" {
		return f.phraseAfter(cue.last, high)
	}
	if p, _ := f.sourceBefore(verb, low); !p.empty() {
		return p
	}
	if p := f.phraseAfter(cue.last, high); !p.empty() && content.last <= cue.first {
		return p
	}
	return f.mainSubject(low, cue.first)
}
