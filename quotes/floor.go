package quotes

import (
	"cmp"
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// readFloor resolves the pronouns outside of quotations: who has the floor in
// each paragraph?
//
// Interviews and hearings are often printed without a word of who speaks:
// questions and answers alternate by paragraphs. Which is which is decided by a
// Viterbi search over what the paragraphs look like; who asks and answers, by
// introductions and by names that hand over the floor.
func (r *referrer) readFloor() {
	if !slices.Contains(r.said, false) {
		return
	}
	author := r.author()
	if author == 0 {
		author = r.signer()
	}
	x := r.newExchange(author)
	plain := func(k int) (int, int) { return cmp.Or(x.turns[k].introduced, author), 0 }
	if !x.found {
		r.resolveOutside(0, len(r.d.Paragraphs), plain)
		return
	}
	r.resolveOutside(0, x.first, plain)
	r.resolveOutside(x.first, len(r.d.Paragraphs), func(k int) (int, int) { return x.turns[k].speaker, x.turns[k].addressee })
}

// resolveOutside gives the pronouns outside of quotations in the paragraphs
// [first, last) to the speaker and the addressee that the paragraph has.
func (r *referrer) resolveOutside(first, last int, of func(paragraph int) (speaker, addressee int)) {
	for k := first; k < last; k++ {
		from, to := r.between(r.d.Paragraphs[k].Span)
		if from == to {
			continue
		}
		speaker, addressee := of(k)
		for n := from; n < to; n++ {
			switch p := r.pronouns[n]; {
			case r.said[n]:
			case p.second:
				r.refer(p, addressee)
			default:
				r.refer(p, speaker)
			}
		}
	}
}

// signer returns the person whose name alone ends a letter, after “Sincerely,”
// or the like, or 0.
func (r *referrer) signer() int {
	n := len(r.d.Paragraphs)
	for k := max(0, n-6); k < n; k++ {
		p := paragraphTokens(r.d, k)
		if p.empty() || p.last-p.first > 4 || !closings[r.d.Lower(p.first)] && !closings[r.d.Lower(max(p.first, p.last-2))] {
			continue
		}
		for j := k + 1; j < min(n, k+3); j++ {
			if id := r.nameAlone(paragraphTokens(r.d, j)); id > 0 {
				return id
			}
		}
	}
	return 0
}

var closings = wordSet(`sincerely regards yours respectfully faithfully truly best cordially`)

// nameAlone returns the person whose name, with a title, is all of the
// paragraph p, or 0.
func (r *referrer) nameAlone(p phrase) int {
	last := p.last
	for last > p.first && r.d.Tokens[last-1].Tag.IsPunctuation() {
		last--
	}
	if p.empty() || last == p.first || last-p.first > 6 {
		return 0
	}
	m := r.nameAt[last-1]
	if m == 0 || r.ents.Mentions[m-1].Kind != entities.Person {
		return 0
	}
	if first := max(p.first, r.titled(r.ents.Mentions[m-1].First)); first > p.first && !(r.d.Norm(first-1) == "," && interjections[r.d.Lower(p.first)]) {
		return 0
	}
	return r.ents.Mentions[m-1].Entity
}

// An exchangeTurn is a paragraph of an interview or a hearing.
type exchangeTurn struct {
	tokens             phrase
	words              int
	first, second      int  // pronouns outside of marks
	question           bool // ends with a question mark
	asked              bool // a sentence with “you” ends with one
	aside              bool // a heading, a caption
	toBench            bool // Your Honor
	vocative           int  // the last person who is addressed, or 0
	vocativeOfBench    bool
	handed             int // the person to whom the paragraph hands the floor, or 0
	introduced         int // My name is X
	label              int // ((Jane Roe)): the person whom the label names, -1 for another label
	score              [2]float32
	answers            bool
	speaker, addressee int
}

// An exchange is an interview or a hearing.
type exchange struct {
	r       *referrer
	first   int  // its first paragraph
	found   bool // it is one
	hearing bool
	turns   []exchangeTurn // per paragraph
	asked   int            // the one who is interviewed, or 0
	asking  int            // the one who interviews, or 0
}

// newExchange looks at the paragraphs of the document and finds out whether
// they are an interview or a hearing.
func (r *referrer) newExchange(author int) *exchange {
	x := &exchange{r: r, turns: make([]exchangeTurn, len(r.d.Paragraphs)), first: -1}
	for k := range x.turns {
		t := &x.turns[k]
		x.look(k)
		if t.toBench || t.handed > 0 && k < 12 && x.inCourt() {
			x.hearing = true
		}
		if t.question && t.tokens.last-t.tokens.first > 2 {
			if x.first < 0 {
				x.first = k
			}
		}
	}
	if x.hearing {
		x.first = 0
	} else {
		x.extendBack()
	}
	if x.first < 0 {
		return x
	}
	named := x.readIntroduction(author)
	x.decode()
	if x.alternates(named) {
		x.found = true
		x.giveFloor()
	}
	return x
}

// inCourt reports whether the text has words of a court or committee.
func (x *exchange) inCourt() bool {
	for k := range x.r.d.Words {
		switch x.r.d.Words[k].Lower {
		case "court", "appellant", "appellants", "petitioner", "petitioners", "respondent", "counsel", "plaintiffs", "subcommittee":
			return true
		}
	}
	return false
}

// extendBack moves the first paragraph back over those that speak in the first
// or second person outside of marks.
func (x *exchange) extendBack() {
	for k := x.first - 1; k >= 0; k-- {
		t := &x.turns[k]
		if !t.aside && t.first+t.second == 0 {
			return
		}
		if !t.aside {
			x.first = k
		}
	}
}

// look notes what a paragraph looks like.
func (x *exchange) look(k int) {
	r, t := x.r, &x.turns[k]
	t.tokens = paragraphTokens(r.d, k)
	if t.tokens.empty() {
		t.aside = true
		return
	}
	from, to := r.between(r.d.Paragraphs[k].Span)
	for n := from; n < to; n++ {
		switch p := r.pronouns[n]; {
		case r.inQuote[p.token] > 0:
		case p.second:
			if p.token == 0 || !isPhatic(r.d.Lower(p.token-1), p.token+1 < len(r.d.Tokens), r.d, p.token) {
				t.second++
			}
		default:
			t.first++
		}
	}
	d := r.d
	t.words = t.tokens.last - t.tokens.first
	end := t.tokens.last - 1
	for end > t.tokens.first && (d.Norm(end) == "\"" || d.Norm(end) == ")") {
		end--
	}
	outside := r.inQuote[t.tokens.first] == 0 || r.inQuote[t.tokens.first] != r.inQuote[end]
	t.question = d.Norm(end) == "?" && outside
	t.asked = t.second > 0 && x.asksYou(k)
	t.aside = t.words < 9 && t.first+t.second == 0 && !d.Tokens[end].Tag.IsPunctuation() || isCredit(d, t.tokens)
	if !outside {
		return
	}
	t.label = r.bracketLabel(t.tokens)
	for i := t.tokens.first; i < t.tokens.last; i++ {
		if r.inQuote[i] > 0 {
			continue
		}
		if id := r.vocative(i); id > 0 {
			t.vocative = id
			t.vocativeOfBench = isBench(d.Lower(max(0, r.titled(i)))) || i > 0 && isBench(d.Lower(i-1)) || isBench(d.Lower(i))
		}
		if i+1 < t.tokens.last {
			switch pair := d.Lower(i + 1); {
			case d.Lower(i) == "your" && (strings.HasPrefix(pair, "honor") || strings.HasPrefix(pair, "honour")),
				d.Lower(i) == "my" && strings.HasPrefix(pair, "lord"),
				d.Lower(i) == "the" && pair == "court" && i >= 2 && d.Lower(i-1) == "please" && d.Lower(i-2) == "it":
				t.toBench = true
			}
		}
		if t.introduced == 0 {
			t.introduced = r.introduces(i)
		}
	}
	if last := x.r.d.Paragraphs[k].Last - 1; d.Norm(end) == "." || d.Norm(end) == "?" || d.Norm(end) == "!" {
		t.handed = r.nameAlone(phrase{d.Sentences[last].First, t.tokens.last})
	}
	if t.words > 3 && t.words < 30 && d.Lower(t.tokens.first) == "oral" && d.Lower(t.tokens.first+1) == "argument" {
		for i := t.tokens.first; i < t.tokens.last && t.handed == 0; i++ {
			if m := r.nameAt[i]; m > 0 && r.ents.Mentions[m-1].Kind == entities.Person {
				t.handed = r.ents.Mentions[m-1].Entity
			}
		}
		t.aside = true
	}
}

// bracketLabel returns the person whom the label in brackets at the start of
// the paragraph p names, -1 for a label without a person, or 0: ((Jane Roe)).
func (r *referrer) bracketLabel(p phrase) int {
	if p.last-p.first < 6 || r.d.Norm(p.first) != "(" || r.d.Norm(p.first+1) != "(" {
		return 0
	}
	for i := p.first + 2; i+1 < p.last && i < p.first+10; i++ {
		if r.d.Norm(i) == ")" && r.d.Norm(i+1) == ")" {
			return cmp.Or(r.personAt(i-1), -1)
		}
	}
	return 0
}

// asksYou reports whether a sentence of paragraph k is a question to “you”.
func (x *exchange) asksYou(k int) bool {
	r := x.r
	for _, s := range r.d.Sentences[r.d.Paragraphs[k].First:r.d.Paragraphs[k].Last] {
		if s.Last == s.First || r.d.Norm(s.Last-1) != "?" {
			continue
		}
		from, to := r.between(s.Span)
		for n := from; n < to; n++ {
			if p := r.pronouns[n]; p.second && r.inQuote[p.token] == 0 {
				return true
			}
		}
	}
	return false
}

// isPhatic is true of the you in “you know”, “thank you”, “you see”.
func isPhatic(before string, more bool, d *nlp.Document, i int) bool {
	return before == "thank" || more && (d.Lower(i+1) == "know" || d.Lower(i+1) == "see")
}

func isBench(w string) bool { return w == "justice" || w == "judge" || w == "chief" }

// isCredit is true of captions: they have “Image: Name” or the like.
func isCredit(d *nlp.Document, p phrase) bool {
	for i := p.first; i+1 < p.last; i++ {
		if isImage(d.Lower(i)) && d.Norm(i+1) == ":" {
			return true
		}
	}
	return isImage(d.Lower(p.first))
}

func isImage(w string) bool {
	return w == "image" || w == "photo" || w == "photograph" || w == "picture" || w == "file"
}

// introduces returns the person who introduces himself by the name that begins
// at token i: My name is X, I'm X, I, X, …; or 0.
func (r *referrer) introduces(i int) int {
	m := r.nameAt[i]
	if m == 0 || i < 2 || r.ents.Mentions[m-1].First != i || r.ents.Mentions[m-1].Kind != entities.Person {
		return 0
	}
	a, b := r.d.Lower(i-2), r.d.Lower(i-1)
	if a == "i" && b == "," && r.ents.Mentions[m-1].Last < len(r.d.Tokens) && r.d.Norm(r.ents.Mentions[m-1].Last) == "," {
		return r.ents.Mentions[m-1].Entity // I, Joshua Norton, …
	}
	if a == "i" && (b == "'m" || b == "am") || a == "name" && (b == "is" || b == "'s") && i > 2 && r.d.Lower(i-3) == "my" {
		last := r.ents.Mentions[m-1].Last
		if last == len(r.d.Tokens) || r.d.Tokens[last].Tag.IsPunctuation() || r.d.Tokens[last].Tag == nlp.TagCC {
			return r.ents.Mentions[m-1].Entity
		}
	}
	return 0
}

// States of the search.
const (
	asks = iota
	answers
)

// decode tells questions from answers.
func (x *exchange) decode() {
	var best [2]float32
	type step struct{ from [2]uint8 }
	steps := make([]step, len(x.turns))
	for k := x.first; k < len(x.turns); k++ {
		t := &x.turns[k]
		if t.aside {
			steps[k].from = [2]uint8{asks, answers}
			continue
		}
		x.emit(t)
		var now [2]float32
		for s := range 2 {
			same, other := best[s]-1, best[1-s]
			if s == answers && !x.hearing {
				same = best[s] - 0.5 // an answer of several paragraphs
			}
			from := 1 - s
			if same > other {
				from, other = s, same
			}
			now[s] = other + t.score[s]
			steps[k].from[s] = uint8(from)
		}
		best = now
	}
	s := asks
	if best[answers] > best[asks] {
		s = answers
	}
	for k := len(x.turns) - 1; k >= x.first; k-- {
		x.turns[k].answers = s == answers
		s = int(steps[k].from[s])
	}
}

// emit scores how much a paragraph looks like a question and like an answer.
func (x *exchange) emit(t *exchangeTurn) {
	d := x.r.d
	if t.question {
		t.score[asks] += 2
	}
	if t.asked && (x.hearing || t.first == 0) {
		t.score[asks]++
	}
	switch {
	case t.second > 0 && t.first == 0 && t.words < 80:
		t.score[asks] += 1.5
	case t.first > 0 && t.second == 0:
		t.score[answers] += 1.5
	case t.first > t.second+2:
		t.score[answers]++
	}
	if t.words > 90 {
		t.score[answers] += 1.5
	}
	if replies[d.Lower(t.tokens.first)] {
		t.score[answers]++
	}
	if t.toBench || t.introduced > 0 {
		t.score[answers] += 4
	}
	switch {
	case t.vocative == 0:
	case t.vocativeOfBench:
		t.score[answers] += 3
	default:
		t.score[asks] += 3
	}
	if t.handed > 0 || t.label < 0 {
		t.score[asks] += 4
	}
	if t.label > 0 {
		t.score[answers] += 4
	}
}

// replies are the first words of answers.
var replies = wordSet(`yes no yeah yep nope sure absolutely well exactly right correct definitely never both`)

// alternates reports whether questions and answers follow each other often
// enough for an exchange; named is true if an introduction speaks of an
// interview.
func (x *exchange) alternates(named bool) bool {
	questions, replied, others, narrative := 0, 0, 0, 0
	for k := x.first; k < len(x.turns); k++ {
		t := &x.turns[k]
		switch {
		case t.aside:
		case t.question && !t.answers && t.second > 0:
			questions++
		case t.answers && t.first > 0:
			replied++
		}
		switch {
		case t.aside:
		case x.speaksOf(t):
			narrative++
		case x.r.inQuote[t.tokens.first] > 0 || t.first+t.second == 0 && !t.question:
			others++
		}
	}
	switch {
	case x.hearing:
		return replied > 0
	case narrative > 1 && 4*narrative > questions+replied:
		return false // an article on a person, not what that person says
	case named:
		return questions > 0 && replied > 0 && questions+replied > 2
	default:
		return questions > 2 && replied > 2 && others < 2*(questions+replied)
	}
}

// speaksOf reports whether a paragraph has the name of the one who is
// interviewed, as nobody has who asks or answers.
func (x *exchange) speaksOf(t *exchangeTurn) bool {
	r := x.r
	if x.asked == 0 || t.label != 0 || t.introduced > 0 || t.vocative == x.asked {
		return false
	}
	for i := t.tokens.first; i < t.tokens.last; i++ {
		if m := r.nameAt[i]; m > 0 && r.ents.Mentions[m-1].Entity == x.asked && r.inQuote[i] == 0 &&
			!(r.ents.Mentions[m-1].First == t.tokens.first && r.ents.Mentions[m-1].Last < t.tokens.last && r.d.Norm(r.ents.Mentions[m-1].Last) == ":") {
			return true
		}
	}
	return false
}

// giveFloor names the speaker and the addressee of each paragraph.
func (x *exchange) giveFloor() {
	floor, asking := x.asked, x.asking
	several := x.introduceSelves()
	for k := x.first; k < len(x.turns); k++ {
		t := &x.turns[k]
		switch {
		case t.handed > 0 && x.hearing:
			if t.speaker = asking; !t.aside && t.words > 6 {
				t.addressee = t.handed
			}
			if asking = 0; x.isBenchName(t) {
				asking = t.handed
			} else {
				floor = t.handed
			}
			continue
		case t.aside:
			continue
		}
		if t.label > 0 {
			floor = t.label
			t.speaker = floor
			continue
		}
		if t.introduced > 0 {
			if !several || x.hearing {
				floor = t.introduced
			}
			t.speaker, t.answers = t.introduced, true
			continue
		}
		if t.answers {
			t.speaker = floor
			if t.vocativeOfBench {
				t.addressee = t.vocative
			}
			continue
		}
		t.speaker, t.addressee = asking, floor
		if x.hearing {
			asking = 0
		}
		if t.vocative > 0 && !t.vocativeOfBench {
			t.addressee = t.vocative
			if x.hearing {
				floor = t.vocative
			}
		}
	}
}

// isBenchName reports whether the name to which t hands the floor is a judge's.
func (x *exchange) isBenchName(t *exchangeTurn) bool {
	for i := max(t.tokens.first, t.tokens.last-6); i < t.tokens.last; i++ {
		if isBench(x.r.d.Lower(i)) {
			return true
		}
	}
	return false
}

// introduceSelves reports whether several people say who they are, so that who
// answers next is not known.
func (x *exchange) introduceSelves() bool {
	id := 0
	for k := x.first; k < len(x.turns); k++ {
		if t := x.turns[k].introduced; t > 0 {
			if id > 0 && t != id {
				return true
			}
			id = t
		}
	}
	return false
}

// readIntroduction finds who is interviewed, and by whom, from what stands
// before the first question. It reports whether an interview is spoken of.
func (x *exchange) readIntroduction(author int) bool {
	if x.hearing {
		return true
	}
	r := x.r
	end := 0
	if x.first < len(x.turns) {
		end = x.turns[x.first].tokens.first
	}
	named := false
	count := make(map[int]int)
	inTalk := make(map[int]bool)
	for i := 0; i < end; i++ {
		if isTalk(r.d, i) && r.paragraphOf(i) < 6 { // later ones are other interviews
			named = true
			for _, id := range x.talkers(i, end) {
				if !inTalk[id] {
					inTalk[id] = true
					count[id] += 2
				}
			}
		}
		m := r.nameAt[i]
		if m == 0 || r.ents.Mentions[m-1].First != i || r.ents.Mentions[m-1].Kind != entities.Person || x.isCredited(i) || r.inQuote[i] > 0 {
			continue
		}
		count[r.ents.Mentions[m-1].Entity]++
	}
	best, second := 0, 0
	for id := 1; id <= len(r.ents.Entities); id++ {
		switch n := count[id]; {
		case n == 0 || id == author:
		case best == 0 || n > count[best]:
			best, second = id, best
		case second == 0 || n > count[second]:
			second = id
		}
	}
	if best == 0 || named && !inTalk[best] || second > 0 && (count[second] == count[best] || inTalk[best] && x.together(best, second, end)) {
		return named
	}
	x.asked, x.asking = best, author
	if second > 0 && inTalk[second] && author == 0 {
		x.asking = second
	}
	return named
}

// isCredited is true of the name after “Image:” or “photo by”.
func (x *exchange) isCredited(i int) bool {
	d := x.r.d
	return i >= 2 && isImage(d.Lower(i-2)) && (d.Norm(i-1) == ":" || d.Lower(i-1) == "by")
}

// isTalk reports whether token i is a word for an interview.
func isTalk(d *nlp.Document, i int) bool {
	switch d.Lower(i) {
	case "interview", "interviews", "interviewed", "interviewing", "q&a":
		return true
	case "spoke", "speaks", "talks", "talked", "sat", "chatted", "chats":
		for k := i + 1; k < len(d.Tokens) && k < i+3; k++ {
			if w := d.Lower(k); w == "with" || w == "to" {
				return true
			}
		}
	case "tells", "told": // in the title
		return i < d.Sentences[0].Last
	}
	return false
}

// talkers returns the nearest people around the word for an interview at token
// i: one after it in its sentence, else one before it.
func (x *exchange) talkers(i, end int) []int {
	r := x.r
	k, found := slices.BinarySearchFunc(r.d.Sentences, i, sentenceOrder)
	if !found {
		k--
	}
	s := r.d.Sentences[k]
	var out []int
	for n := i + 1; n < s.Last && n < end && n < i+40 && len(out) == 0; n++ {
		switch r.d.Lower(n) {
		case "on", "about", "regarding", "over", "after", "before":
			n = end // what it is about
			continue
		}
		if id := r.personAt(n); id > 0 {
			out = append(out, id)
		}
	}
	for n := i - 1; n >= s.First && n > i-40; n-- {
		if id := r.personAt(n); id > 0 {
			return append(out, id)
		}
	}
	return out
}

// personAt returns the person whom the name around token i, outside of marks,
// or the pronoun at it means; or 0.
func (r *referrer) personAt(i int) int {
	if m := r.nameAt[i]; m > 0 {
		if r.ents.Mentions[m-1].Kind == entities.Person && r.inQuote[i] == 0 {
			return r.ents.Mentions[m-1].Entity
		}
		return 0
	}
	switch r.d.Lower(i) {
	case "him", "her", "he", "she":
		at := func(m entities.Mention, token int) int { return m.First - token }
		if k, found := slices.BinarySearchFunc(r.ents.Mentions, i, at); found {
			return r.ents.Mentions[k].Entity
		}
	}
	return 0
}

// together reports whether two people are joined by “and” before token end.
func (x *exchange) together(a, b, end int) bool {
	r := x.r
	for i := 1; i+1 < end; i++ {
		if r.d.Lower(i) != "and" {
			continue
		}
		before, after := r.nameAt[i-1], 0
		for k := i + 1; k < end && k < i+6; k++ {
			if after = int(r.nameAt[k]); after > 0 {
				break
			}
		}
		if before == 0 || after == 0 {
			continue
		}
		p, q := r.ents.Mentions[before-1].Entity, r.ents.Mentions[after-1].Entity
		if p == a && q == b || p == b && q == a {
			return true
		}
	}
	return false
}
