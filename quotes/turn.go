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

// addTurns adds the turns of an interview or transcript as direct quotations,
// in place of whatever else was found in them.
func (f *finder) addTurns() {
	turns := f.findTurns()
	if len(turns) == 0 {
		return
	}
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
		f.found = append(f.found, finding{parts: t.parts, speaker: t.label, kind: Direct, turn: true, weight: 0.9})
	}
	slices.SortStableFunc(f.found, func(a, b finding) int { return a.parts[0].first - b.parts[0].first })
}

// findTurns returns the turns of a text that is a dialogue: at least three of
// at least two speakers, of whom one speaks again.
func (f *finder) findTurns() []turn {
	d := f.d
	labels := make([]phrase, len(d.Paragraphs)) // by paragraph; empty: none
	count := make(map[string]int)
	total, again, last := 0, false, -1
	for k := range d.Paragraphs {
		if l := f.turnLabel(k); !l.empty() {
			labels[k] = l
			name := d.Lower(l.last - 1)
			count[name]++
			again = again || count[name] > 1
			total++
			last = k
		}
	}
	if total < 3 || len(count) < 2 || !again {
		return nil
	}
	var turns []turn
	speaking := false
	for k := range d.Paragraphs {
		p := f.paragraph(k)
		switch l := labels[k]; {
		case p.empty():
		case !l.empty():
			speaking = l.last+1 < p.last
			if speaking {
				turns = append(turns, turn{label: l, parts: []phrase{{l.last + 1, p.last}}})
			}
		case !speaking || f.isStageDirection(p):
		case f.isNarrative(p) || k > last && !f.inFirstPerson(p):
			speaking = false
		default:
			t := &turns[len(turns)-1]
			t.parts = append(t.parts, p)
		}
	}
	return turns
}

// paragraph returns the tokens of paragraph k.
func (f *finder) paragraph(k int) phrase {
	p := f.d.Paragraphs[k]
	if p.First >= p.Last {
		return phrase{}
	}
	return phrase{f.d.Sentences[p.First].First, f.d.Sentences[p.Last-1].Last}
}

// turnLabel returns the words before the colon with which paragraph k names
// its speaker: Q and A, names in capitals, names of people.
func (f *finder) turnLabel(k int) phrase {
	d := f.d
	p := f.paragraph(k)
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
func (f *finder) isNarrative(p phrase) bool {
	switch f.d.Lower(p.first) {
	case "photo", "photos", "photograph", "image", "©", "copyright", "credit", "read", "more":
		return true
	}
	for i := p.first; i+1 < p.last && i < p.first+8; i++ {
		m := f.nameAt[i]
		if m > 0 && f.inQuote[i] == 0 && f.ents.Mentions[m-1].Kind == entities.Person && f.isParticipant(f.ents.Mentions[m-1].Entity) {
			return !f.inFirstPerson(p)
		}
	}
	return false
}

// isParticipant reports whether the name of an entity is in a label.
func (f *finder) isParticipant(id int) bool {
	for _, k := range f.ents.Entities[id-1].Mentions {
		m := f.ents.Mentions[k]
		if m.Last < len(f.d.Tokens) && f.d.Norm(m.Last) == ":" {
			return true
		}
	}
	return id == f.interviewee()
}

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

// turnSpeaker returns the entity that a label means, and its name.
func (f *finder) turnSpeaker(label phrase) ([]int, string) {
	named := func(id int) ([]int, string) {
		if id == 0 {
			return nil, ""
		}
		return []int{id}, f.ents.Entities[id-1].Name
	}
	d := f.d
	switch first := d.Lower(label.first); {
	case isAsking(first) && label.last-label.first == 1 && first[0] == 'q':
		return named(f.author())
	case isAsking(first) && label.last-label.first == 1:
		return named(f.interviewee())
	}
	surname := d.Lower(label.last - 1)
	for k := range f.ents.Entities {
		e := &f.ents.Entities[k]
		words := strings.Fields(strings.ToLower(e.Name))
		if e.Kind == entities.Person && len(words) > 1 && (words[len(words)-1] == surname || label.last-label.first == 1 && initials(words) == surname) {
			return named(e.ID)
		}
	}
	if m := f.nameAt[label.last-1]; m > 0 {
		return named(f.ents.Mentions[m-1].Entity)
	}
	return nil, d.TextOf(f.span(label))
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
		p := f.paragraph(k)
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
func (f *finder) interviewee() int {
	author := f.author()
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
