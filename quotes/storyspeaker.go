package quotes

import (
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// speaker returns who says utterance i, by what is known up to there.
func (s *story) speaker(i int) (character, int) {
	f, u := s.f, &s.said[i]
	if p := u.q.speaker; !p.empty() {
		switch w := f.d.Lower(p.first); {
		case p.last-p.first > 1:
		case w == "i" || w == "we":
			return character{name: narrator}, 3
		case w == "he" || w == "she":
			return s.pronoun(i, p.first), 2
		}
		return s.named(p), 3
	}
	if s.findTag(i) {
		return s.speaker(i)
	}
	if i > 0 && s.goesOn(i) {
		return s.said[i-1].who, s.said[i-1].sure
	}
	if s.paragraphs {
		if c, sure := s.inParagraph(i); sure > 0 {
			return c, sure
		}
	}
	if i > 0 && !u.joined {
		if f.paragraphOf(u.first) == f.paragraphOf(s.said[i-1].first) || s.said[i-1].last < f.d.Sentences[s.sentenceBefore(u.first)].First {
			if c, sure := s.beat(i); sure > 0 {
				return c, sure
			}
		}
	} else if i == 0 {
		if c, sure := s.beat(i); sure > 0 {
			return c, sure
		}
	}
	return s.otherThan(i), 1
}

// inParagraph returns who says the other quotations of the paragraph of
// utterance i, or of whom the narrator tells something right after it.
func (s *story) inParagraph(i int) (character, int) {
	f, here := s.f, s.f.paragraphOf(s.said[i].first)
	if i > 0 && f.paragraphOf(s.said[i-1].last-1) == here {
		return s.said[i-1].who, s.said[i-1].sure
	}
	for k := i + 1; k < len(s.said) && f.paragraphOf(s.said[k].first) == here; k++ {
		if !s.said[k].q.speaker.empty() || s.findTag(k) {
			return s.speaker(k)
		}
	}
	at := s.said[i].last
	if at >= len(f.d.Tokens) || f.inQuote[at] > 0 || f.paragraphOf(at) != here {
		return character{}, 0
	}
	_, high := f.sentenceBounds(phrase{at, at + 1})
	if p := f.mainSubject(at, high); p.first == at {
		return s.actor(i, p)
	}
	return character{}, 0
}

// findTag gives utterance i the tag that stands behind it, whatever its verb
// is: “Aw,” fleered Happy Jack; “He's gaudy,” Irish murmured to Cal.
func (s *story) findTag(i int) bool {
	f, q, at := s.f, s.said[i].q, s.said[i].last
	if !q.cue.empty() || at+1 >= len(f.d.Tokens) || f.inQuote[at] > 0 || f.inQuote[at-1] == 0 {
		return false
	}
	mark := f.lastWord(f.quoteOf(at - 1))
	if mark != "," && mark != "?" && mark != "!" && mark != "--" {
		return false
	}
	_, high := f.sentenceBounds(phrase{at, at + 1})
	high = min(high, at+16)
	if f.canTag(at) {
		after := at + 1
		switch f.d.Lower(after) { // went on, put in
		case "on", "in", "out":
			after++
		}
		if p := s.tagNoun(after, high); !p.empty() {
			q.cue, q.speaker = phrase{at, at + 1}, p
			return true
		}
	}
	p := s.tagNoun(at, high)
	if p.empty() {
		return false
	}
	verb := p.last
	for verb < high && f.tag(verb) == "RB" {
		verb++
	}
	inside := mark == "," || f.d.Words[f.d.Tokens[at].Word].Shape == nlp.ShapeLower // “Why?” she whispered
	if verb < high && (f.canTag(verb) && inside || cueVerbs[f.d.Lower(verb)] != noCue) {
		q.cue, q.speaker = phrase{verb, verb + 1}, p
		return true
	}
	return false
}

// tagNoun returns the noun phrase at token i if it can be somebody; words with
// capitals will do, as names in novels are often words.
func (s *story) tagNoun(i, high int) phrase {
	f := s.f
	if p := f.phraseAfter(i, high); p.first == i && f.isSpeaker(p) {
		return p
	}
	k := i
	for k < high && k < i+3 && f.isTitle(k) && f.inQuote[k] == 0 && !f.canTag(k) {
		k++
	}
	return phrase{i, k}
}

// canTag reports whether token i looks like a verb in the past.
func (f *finder) canTag(i int) bool {
	return f.nameAt[i] == 0 && !f.isAuxiliary(i) && (f.tag(i) == "VBD" || strings.HasSuffix(f.d.Lower(i), "ed") && f.d.Words[f.d.Tokens[i].Word].Shape == nlp.ShapeLower)
}

// goesOn reports whether utterance i goes on with the one before it: only that
// one's tag stands between them.
func (s *story) goesOn(i int) bool {
	f, before, first := s.f, &s.said[i-1], s.said[i].first
	cue := before.q.cue
	if cue.empty() || cue.first < before.last || cue.last > first || f.paragraphOf(before.last-1) != f.paragraphOf(first) {
		return false
	}
	for k := cue.last; k+1 < first; k++ {
		if isEnd(f.d.Norm(k)) && f.d.Norm(k) != ";" || f.inQuote[k] > 0 {
			return false
		}
	}
	return true
}

// sentenceBefore returns the sentence that ends before token i, or the one
// that it is in.
func (s *story) sentenceBefore(i int) int {
	k, found := slices.BinarySearchFunc(s.f.d.Sentences, max(0, i-1), sentenceOrder)
	if !found {
		k--
	}
	return k
}

// named returns the character that the noun phrase p means.
func (s *story) named(p phrase) character {
	r := s.f.resolve(p, s.referring, nil)
	if r.name == "" {
		r.name, r.why = s.f.textOf(p), ByDescription
	}
	c := character{ids: r.ids, name: r.name, why: r.why}
	if len(r.ids) == 1 {
		c.gender = s.f.ents.Entities[r.ids[0]-1].Gender
	}
	if c.gender == 0 {
		c.gender = genderOf(s.f.d.Lower(s.f.head(p)))
	}
	return c
}

// pronoun returns whom “he” or “she” at token p means as the speaker of utterance i.
func (s *story) pronoun(i, p int) character {
	g := entities.Male
	if s.f.d.Lower(p) == "she" {
		g = entities.Female
	}
	addressee := s.vocative(i)
	fits := func(c *character) bool {
		return c.name != "" && c.name != narrator && (c.gender == 0 || c.gender == g) && !c.is(addressee)
	}
	var before *character
	if i > 0 && s.said[i].joined {
		before = &s.said[i-1].who
		if i > 1 {
			if c := &s.said[i-2].who; fits(c) && c.name != before.name {
				return s.as(c, g)
			}
		}
	}
	if k := s.referring[p]; k > 0 {
		if id := s.f.ents.Mentions[k-1].Entity; id > 0 {
			if c := s.entity(id); fits(&c) && (before == nil || c.name != before.name) {
				return s.as(&c, g)
			}
		}
	}
	for k := i - 1; k >= 0 && k > i-8; k-- {
		if c := &s.said[k].who; fits(c) && (before == nil || c.name != before.name) {
			return s.as(c, g)
		}
	}
	named, at := s.lastPerson(s.said[i].first, g, before, false)
	if c, k := s.lastPerson(s.said[i].first, g, before, true); k > at+nearby {
		return c
	}
	return named
}

// nearby is how many tokens farther away a named person may be than one who
// is “the man” only, to be meant all the same.
const nearby = 200

// is reports whether c is the entity id.
func (c *character) is(id int) bool { return id > 0 && len(c.ids) == 1 && c.ids[0] == id }

// as returns c with what a pronoun tells of its gender.
func (s *story) as(c *character, g entities.Gender) character {
	x := *c
	x.gender = g
	return x
}

func (s *story) entity(id int) character {
	e := &s.f.ents.Entities[id-1]
	return character{ids: []int{id}, name: e.Name, gender: e.Gender}
}

// lastPerson returns the person of that gender, if not 0, whom the narrator
// spoke of last before token i, by name or by a noun (nouns), and where.
func (s *story) lastPerson(i int, g entities.Gender, not *character, nouns bool) (character, int) {
	f := s.f
	for k := i - 1; k >= 0 && k > i-lookBack; k-- {
		var c character
		switch m := f.nameAt[k]; {
		case f.inQuote[k] > 0:
			continue
		case m > 0 && f.ents.Mentions[m-1].Kind == entities.Person && f.ents.Mentions[m-1].Entity > 0:
			c = s.entity(f.ents.Mentions[m-1].Entity)
		case m == 0 && nouns && genderOf(f.d.Lower(k)) == g:
			p := f.phraseBefore(k+1, max(0, k-8))
			if p.empty() || f.tag(p.first) != "DT" {
				continue
			}
			c = s.named(p)
		default:
			continue
		}
		if (g == 0 || c.gender == 0 || c.gender == g) && (not == nil || c.name != not.name) {
			return c, k
		}
	}
	return character{gender: g}, -lookBack
}

// beat returns the person of whom the narrator tells something right before
// utterance i: The girl flushed. “I know.”
func (s *story) beat(i int) (character, int) {
	f, u := s.f, &s.said[i]
	if u.first == 0 || f.inQuote[u.first-1] > 0 {
		return character{}, 0
	}
	low := f.d.Sentences[s.sentenceBefore(u.first)].First
	if i > 0 {
		low = max(low, s.said[i-1].last)
	}
	p := f.mainSubject(low, u.first)
	if p.empty() {
		return character{}, 0
	}
	return s.actor(i, p)
}

// actor returns the person that p, of whom the narrator tells something beside
// utterance i, means.
func (s *story) actor(i int, p phrase) (character, int) {
	if p.last-p.first == 1 {
		switch s.f.d.Lower(p.first) {
		case "i", "we":
			return character{name: narrator}, 2
		case "he", "she":
			return s.pronoun(i, p.first), 2
		case "it", "they", "who", "there", "you":
			return character{}, 0
		}
	}
	c := s.named(p)
	if len(c.ids) == 1 && s.f.ents.Entities[c.ids[0]-1].Kind == entities.Person || len(c.ids) == 0 && c.gender > 0 {
		return c, 2
	}
	return character{}, 0
}

// otherThan returns who answers what was said before utterance i: the one who
// spoke before that, or who is spoken to, or somebody else who has spoken.
func (s *story) otherThan(i int) character {
	if i == 0 {
		return character{}
	}
	before := &s.said[i-1].who
	addressee := s.vocative(i)
	for k := i - 2; k >= 0 && k > i-8; k-- {
		if c := &s.said[k].who; c.name != "" && c.name != before.name && !c.is(addressee) {
			return *c
		}
	}
	if id := s.vocative(i - 1); id > 0 {
		if c := s.entity(id); c.name != before.name {
			return c
		}
	}
	c, _ := s.lastPerson(s.said[i].first, 0, before, false)
	return c
}

// vocative returns the person who is spoken to by name in utterance i, or 0.
func (s *story) vocative(i int) int {
	f := s.f
	for _, p := range s.said[i].q.parts {
		for k := p.first + 1; k < p.last; k++ {
			m := f.nameAt[k]
			if m == 0 {
				continue
			}
			x := &f.ents.Mentions[m-1]
			first := x.First
			for first > p.first+1 && f.isTitle(first-1) && f.nameAt[first-1] == 0 {
				first--
			}
			opens := f.isMark(first-1) || f.d.Norm(first-1) == "," || f.d.Norm(first-1) == "--"
			w := f.d.Norm(min(x.Last, p.last-1))
			if x.Kind == entities.Person && x.Entity > 0 && opens && (f.isMark(min(x.Last, p.last-1)) || strings.Contains(",.?!;--", w)) {
				return x.Entity
			}
			k = max(k, x.Last-1)
		}
	}
	return 0
}

// lookAhead names the speakers at the beginning of an exchange by those at its
// end: “A.” “B.” “C,” said Ann. Ann says A.
func (s *story) lookAhead() {
	for i := len(s.said) - 3; i >= 0; i-- {
		u, next, after := &s.said[i], &s.said[i+1], &s.said[i+2]
		if u.sure < 2 && next.joined && after.joined && after.sure > 1 && after.who.name != "" && next.who.name != after.who.name {
			u.who, u.sure = after.who, 2
		}
	}
}

// nameNarrator gives the narrator the name by which others speak to them.
func (s *story) nameNarrator() {
	count := make(map[int]int)
	for i := range s.said { // nobody who is said to speak by name
		if u := &s.said[i]; u.sure > 2 && len(u.who.ids) == 1 {
			count[u.who.ids[0]] = -1000
		}
	}
	best := 0
	for i := range s.said {
		near := i > 0 && s.said[i-1].who.name == narrator || i+1 < len(s.said) && s.said[i+1].who.name == narrator
		if !near || s.said[i].who.name == narrator {
			continue
		}
		id := s.vocative(i)
		if id == 0 {
			continue
		}
		if count[id]++; count[id] > count[best] {
			best = id
		}
	}
	if best == 0 || count[best] < 1 {
		return
	}
	for i := range s.said {
		if u := &s.said[i]; u.who.name == narrator {
			u.who = s.entity(best)
		}
	}
}

// genderOf returns what a noun for a person tells.
func genderOf(noun string) entities.Gender {
	switch {
	case femaleNouns[noun]:
		return entities.Female
	case maleNouns[noun]:
		return entities.Male
	}
	return 0
}

var (
	femaleNouns = wordSet(`woman girl lady wife mother mamma mama mum aunt sister daughter niece widow queen princess duchess countess
grandmother maid housekeeper landlady mistress madam madame actress hostess governess lass`)
	maleNouns = wordSet(`man boy gentleman husband father papa dad uncle brother son nephew king prince duke earl lord squire
grandfather lad fellow parson clergyman priest landlord master sir actor host captain colonel sergeant lieutenant butler monk`)
)
