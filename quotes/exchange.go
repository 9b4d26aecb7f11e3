package quotes

import (
	"cmp"
	"strings"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
)

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
