package quotes

import (
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// A turn is what one speaker of an interview or transcript says: the
// paragraphs after “Q:” or “JANE SMITH:”.
type turn struct {
	label phrase
	parts []phrase
}

// A dialogue is what the labels of an interview or transcript refer to.
type dialogue struct {
	author, interviewee int            // entities of the by-line and of the answers, or 0
	labelled            map[int]bool   // entities whose names stand before a colon
	bySurname           map[string]int // in lower case → person
	byInitials          map[string]int
}

func (f *finder) newDialogue() *dialogue {
	g := &dialogue{author: f.author(), labelled: make(map[int]bool), bySurname: make(map[string]int), byInitials: make(map[string]int)}
	g.interviewee = f.interviewee(g.author)
	for _, m := range f.ents.Mentions {
		if m.Entity > 0 && m.Last < len(f.d.Tokens) && f.d.Norm(m.Last) == ":" {
			g.labelled[m.Entity] = true
		}
	}
	for k := len(f.ents.Entities) - 1; k >= 0; k-- { // the first of equal names counts
		e := &f.ents.Entities[k]
		words := strings.Fields(strings.ToLower(e.Name))
		if e.Kind == entities.Person && len(words) > 1 {
			g.byInitials[initials(words)] = e.ID
			g.bySurname[words[len(words)-1]] = e.ID
		}
	}
	return g
}

// addTurns adds the turns of an interview or transcript as direct quotations,
// in place of whatever else was found in them.
func (f *finder) addTurns() {
	labels, last := f.turnLabels()
	if labels == nil {
		return
	}
	g := f.newDialogue()
	turns := f.findTurns(labels, last, g)
	inTurn := make([]bool, len(f.d.Tokens))
	for _, t := range turns {
		for _, p := range t.parts {
			for i := p.first; i < p.last; i++ {
				inTurn[i] = true
			}
		}
	}
	f.found = slices.DeleteFunc(f.found, func(q finding) bool { return inTurn[q.parts[0].first] })
	for _, t := range turns {
		f.found = append(f.found, finding{parts: t.parts, speaker: t.label, kind: Direct, turn: g})
	}
	f.sortFound()
}

// turnLabels returns the label of each paragraph (empty: none) and the last
// paragraph that has one, if the text is a dialogue: at least three turns of at
// least two speakers, of whom one speaks again. Else it returns nil.
func (f *finder) turnLabels() (labels []phrase, last int) {
	labels = make([]phrase, len(f.d.Paragraphs))
	count := make(map[string]int)
	total, again := 0, false
	for k := range labels {
		if l := f.turnLabel(k); !l.empty() {
			labels[k] = l
			name := f.d.Lower(l.last - 1)
			count[name]++
			again = again || count[name] > 1
			total++
			last = k
		}
	}
	if total < 3 || len(count) < 2 || !again {
		return nil, 0
	}
	return labels, last
}

// findTurns returns the turns that begin at the labels.
func (f *finder) findTurns(labels []phrase, last int, g *dialogue) []turn {
	var turns []turn
	speaking := false
	for k, l := range labels {
		p := paragraphTokens(f.d, k)
		switch {
		case p.empty():
		case !l.empty():
			speaking = l.last+1 < p.last
			if speaking {
				turns = append(turns, turn{label: l, parts: []phrase{{l.last + 1, p.last}}})
			}
		case !speaking || f.isStageDirection(p):
		case f.isNarrative(p, g) || k > last && !f.inFirstPerson(p):
			speaking = false
		default:
			t := &turns[len(turns)-1]
			t.parts = append(t.parts, p)
		}
	}
	return turns
}

// turnLabel returns the words before the colon with which paragraph k names
// its speaker: Q and A, names in capitals, names of people.
func (f *finder) turnLabel(k int) phrase {
	d := f.d
	p := paragraphTokens(f.d, k)
	person, lower := false, false
	for i := p.first; i < p.last && i < p.first+10; i++ {
		w := d.Norm(i)
		if w == ":" {
			l := phrase{p.first, i}
			if !l.empty() && !lower && (person || isAsking(d.Lower(p.first)) || f.inCapitals(l)) {
				return l
			}
			return phrase{}
		}
		if m := f.nameAt[i]; m > 0 {
			person = person || f.ents.Mentions[m-1].Kind == entities.Person
		}
		switch shape := d.Words[d.Tokens[i].Word].Shape; {
		case f.inQuote[i] > 0:
			return phrase{}
		case shape == nlp.ShapeLower && f.nameAt[i] == 0, shape == nlp.ShapeNumber:
			lower = true
		}
	}
	return phrase{}
}

func isAsking(label string) bool {
	switch label {
	case "q", "a", "question", "answer", "q.", "a.":
		return true
	}
	return false
}

func (f *finder) inCapitals(p phrase) bool {
	for i := p.first; i < p.last; i++ {
		if s := f.d.Words[f.d.Tokens[i].Word].Shape; s.Capital() && s != nlp.ShapeUpper && !strings.HasSuffix(f.d.Norm(i), ".") {
			return false
		}
	}
	return true
}

// isStageDirection is true of a paragraph in brackets: (Applause.)
func (f *finder) isStageDirection(p phrase) bool {
	a, b := f.d.Norm(p.first), f.d.Norm(p.last-1)
	return a == "(" && b == ")" || a == "[" && b == "]"
}

// isNarrative is true of credits and of paragraphs that speak of a participant
// by name.
func (f *finder) isNarrative(p phrase, g *dialogue) bool {
	switch f.d.Lower(p.first) {
	case "photo", "photos", "photograph", "image", "©", "copyright", "credit", "read", "more":
		return true
	}
	for i := p.first; i+1 < p.last && i < p.first+8; i++ {
		m := f.nameAt[i]
		if m > 0 && f.inQuote[i] == 0 && f.ents.Mentions[m-1].Kind == entities.Person && g.isParticipant(f.ents.Mentions[m-1].Entity) {
			return !f.inFirstPerson(p)
		}
	}
	return false
}

// isParticipant reports whether an entity speaks by a label.
func (g *dialogue) isParticipant(id int) bool { return g.labelled[id] || id == g.interviewee }

func (f *finder) inFirstPerson(p phrase) bool {
	for i := p.first; i < p.last; i++ {
		switch f.d.Lower(i) {
		case "i", "we", "my", "our", "me", "us", "you", "your":
			if f.inQuote[i] == 0 {
				return true
			}
		}
	}
	return false
}

// speakers returns the entity that a label means, and its name.
func (g *dialogue) speakers(f *finder, label phrase) ([]int, string) {
	single := label.last-label.first == 1
	id := g.bySurname[f.d.Lower(label.last-1)]
	if id == 0 && single {
		id = g.byInitials[f.d.Lower(label.first)]
	}
	switch first := f.d.Lower(label.first); {
	case isAsking(first) && single:
		id = g.interviewee
		if first[0] == 'q' {
			id = g.author
		}
		if id == 0 {
			return nil, ""
		}
	case id == 0:
		if m := f.nameAt[label.last-1]; m > 0 {
			id = f.ents.Mentions[m-1].Entity
		}
	}
	if id == 0 {
		return nil, f.d.TextOf(f.span(label))
	}
	return []int{id}, f.ents.Entities[id-1].Name
}

func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteByte(w[0])
	}
	return b.String()
}

// author returns the person of the by-line, or 0.
func (f *finder) author() int {
	for k := range f.d.Paragraphs {
		p := paragraphTokens(f.d, k)
		if k > 5 {
			break
		}
		if p.last-p.first > 1 && p.last-p.first < 12 && f.d.Lower(p.first) == "by" {
			if m := f.nameAt[p.first+1]; m > 0 && f.ents.Mentions[m-1].Kind == entities.Person {
				return f.ents.Mentions[m-1].Entity
			}
		}
	}
	return 0
}

// interviewee returns the person who is named most often before the first
// question and is not the author, or 0.
func (f *finder) interviewee(author int) int {
	count := make(map[int]int)
	best := 0
	for i := range f.d.Tokens {
		if i+1 < len(f.d.Tokens) && isAsking(f.d.Lower(i)) && f.d.Norm(i+1) == ":" {
			break
		}
		m := f.nameAt[i]
		if m == 0 || f.ents.Mentions[m-1].First != i || f.ents.Mentions[m-1].Kind != entities.Person {
			continue
		}
		id := f.ents.Mentions[m-1].Entity
		if count[id]++; id != author && count[id] > count[best] {
			best = id
		}
	}
	return best
}
