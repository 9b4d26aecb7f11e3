package quotes

import (
	"slices"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// A Reference is a pronoun of the first or second person (I, my, you) that
// means a named entity: the one who speaks, or the one who is spoken to.
type Reference struct {
	nlp.Span      // of the pronoun
	Entity   int  // ID of the entity
	Second   bool // you, your: the one who is spoken to
}

// References returns the pronouns of the first and second person of doc that
// mean one of ents, by Start; found are the quotations of doc, as [Find] returns
// them. It is safe for concurrent use.
//
// In a quotation they mean its speaker, and whom the cue (“told Ann Lee”) or the
// quotation itself (“Ann, you …”) addresses; in the turns of a dialogue the
// other one, if there are two. Where there are no marks they mean who has the
// floor: the one who is interviewed or pleads, the author of a by-line, the
// signer of a letter. A pronoun of whom the text does not tell that is left out.
// “We” means the speaker only where a body speaks.
func References(doc *nlp.Document, ents *entities.Result, found []Quotation) []Reference {
	pronouns := participants(doc)
	if pronouns == nil || len(ents.Entities) == 0 {
		return nil
	}
	r := &referrer{finder: newFinder(doc, ents), pronouns: pronouns, said: make([]bool, len(pronouns))}
	r.innermost = make([]int32, len(doc.Tokens))
	for k, q := range doc.Quoted {
		for i := q.First; i < q.Last && i < len(doc.Tokens); i++ {
			r.innermost[i] = int32(k + 1)
		}
	}
	r.readQuotations(found)
	r.readFloor()
	slices.SortStableFunc(r.references, func(a, b Reference) int { return a.Start - b.Start })
	return slices.CompactFunc(r.references, func(a, b Reference) bool { return a.Start == b.Start }) // quotations may overlap
}

// referrer is the state of one call of References.
type referrer struct {
	*finder
	innermost  []int32       // per token: 1 + index of the innermost Quoted around it
	pronouns   []participant // in text order
	said       []bool        // per pronoun: lies in a quotation
	references []Reference
}

// A participant is a pronoun of the first or second person.
type participant struct {
	token  int
	second bool
	plural bool // we, us, our
}

// participants returns the pronouns of the first and second person of d.
func participants(d *nlp.Document) []participant {
	class := make([]int8, len(d.Words))
	n := 0
	for k := range d.Words {
		w := &d.Words[k]
		switch w.Lower {
		case "i", "me", "my", "mine", "myself":
			class[k] = 1
		case "we", "us", "our", "ours", "ourselves":
			if w.Norm == "US" {
				continue
			}
			class[k] = 2
		case "you", "your", "yours", "yourself":
			class[k] = 3
		default:
			continue
		}
		n += int(w.Count)
	}
	if n == 0 {
		return nil
	}
	out := make([]participant, 0, n)
	for i := range d.Tokens {
		c := class[d.Tokens[i].Word]
		if t := d.Tokens[i].Tag; c > 0 && (t == nlp.TagPRP || t == nlp.TagPRPDollar || c != 1) {
			out = append(out, participant{token: i, second: c == 3, plural: c == 2})
		}
	}
	return out
}

// between returns the pronouns that lie in span, as a range of indices.
func (r *referrer) between(s nlp.Span) (first, last int) {
	at := func(p participant, offset int) int { return r.d.Tokens[p.token].Start - offset }
	first, _ = slices.BinarySearchFunc(r.pronouns, s.Start, at)
	last, _ = slices.BinarySearchFunc(r.pronouns, s.End, at)
	return first, last
}

func (r *referrer) refer(p participant, id int) {
	if id == 0 || r.nameAt[p.token] > 0 {
		return
	}
	if !p.second && p.plural != (r.ents.Entities[id-1].Kind != entities.Person) {
		return
	}
	r.references = append(r.references, Reference{Span: r.d.Tokens[p.token].Span, Entity: id, Second: p.second})
}

// readQuotations resolves the pronouns inside quotations.
func (r *referrer) readQuotations(found []Quotation) {
	turns := r.twoOfTurns(found)
	for k := range found {
		q := &found[k]
		speaker, addressee := 0, 0
		if len(q.Entities) == 1 {
			speaker = q.Entities[0]
		}
		turn := r.isTurn(q)
		switch {
		case q.Kind == Indirect:
			continue
		case !turn:
			addressee = r.addressee(q)
		case turns[0] == speaker:
			addressee = turns[1]
		case turns[1] == speaker:
			addressee = turns[0]
		}
		for _, part := range q.Parts {
			first, last := r.between(part)
			for n := first; n < last; n++ {
				p := r.pronouns[n]
				in := r.innermost[p.token]
				if turn {
					r.said[n] = true
				}
				if turn && in > 0 || !turn && (in == 0 || r.d.Quoted[in-1].Depth > 0) {
					continue
				}
				if p.second {
					r.refer(p, addressee)
				} else {
					r.refer(p, speaker)
				}
			}
		}
	}
	for n, p := range r.pronouns {
		r.said[n] = r.said[n] || r.inQuote[p.token] > 0
	}
}

// isTurn reports whether q is a turn of a dialogue: direct, without marks.
func (r *referrer) isTurn(q *Quotation) bool {
	return q.Kind == Direct && r.inQuote[r.tokenAt(q.Parts[0].Start)] == 0
}

// tokenAt returns the token that begins at or after the offset.
func (r *referrer) tokenAt(offset int) int {
	i, _ := slices.BinarySearchFunc(r.d.Tokens, offset, func(t nlp.Token, o int) int { return t.Start - o })
	return min(i, len(r.d.Tokens)-1)
}

// twoOfTurns returns the two entities who speak by turns, zeros if there are
// not two speakers; one of them may be 0, a speaker without a name.
func (r *referrer) twoOfTurns(found []Quotation) [2]int {
	var names []string
	var two [2]int
	for k := range found {
		q := &found[k]
		if !r.isTurn(q) {
			continue
		}
		name := q.Name
		if name == "" {
			name = r.d.Lower(r.tokenAt(q.Speaker.Start)) // Q and A
		}
		if slices.Contains(names, name) {
			continue
		}
		if len(names) == 2 {
			return [2]int{-1, -1}
		}
		if len(q.Entities) == 1 {
			two[len(names)] = q.Entities[0]
		}
		names = append(names, name)
	}
	if len(names) != 2 || two[0] == two[1] {
		return [2]int{-1, -1}
	}
	return two
}

// addressee returns the person to whom q is said, or 0: told Ann Lee, “…”;
// “Ann, you …”.
func (r *referrer) addressee(q *Quotation) int {
	if !q.Cue.Empty() {
		i := r.tokenAt(q.Cue.End)
		if i > 0 && (r.d.Lower(i) == "to" || isToldOrAsked(r.d.Lower(i-1))) {
			if r.d.Lower(i) == "to" {
				i++
			}
			if id := r.personAhead(i); id > 0 && !slices.Contains(q.Entities, id) {
				return id
			}
		}
	}
	for _, part := range q.Parts {
		for i := r.tokenAt(part.Start); i < len(r.d.Tokens) && r.d.Tokens[i].Start < part.End; i++ {
			if id := r.vocative(i); id > 0 && !slices.Contains(q.Entities, id) {
				return id
			}
		}
	}
	return 0
}

func isToldOrAsked(w string) bool {
	switch w {
	case "told", "tells", "telling", "asked", "asks", "asking", "reminded", "thanked", "urged", "warned":
		return true
	}
	return false
}

// personAhead returns the person whose name, with a title, begins at token i, or 0.
func (r *referrer) personAhead(i int) int {
	for k := i; k < len(r.d.Tokens) && k < i+5 && r.inQuote[k] == 0; k++ {
		if m := r.nameAt[k]; m > 0 {
			if r.ents.Mentions[m-1].Kind == entities.Person {
				if r.d.Norm(r.ents.Mentions[m-1].Last-1) != "'s" {
					return r.ents.Mentions[m-1].Entity
				}
			}
			return 0
		}
		if t := r.d.Tokens[k].Tag; !t.IsNoun() && !t.IsProperNoun() && t != nlp.TagDT {
			return 0
		}
	}
	return 0
}

// vocative returns the person who is addressed by the name that begins at token
// i, or 0. Such a name, with its title, begins or ends a sentence, and a comma
// parts it from the rest.
func (r *referrer) vocative(i int) int {
	m := r.nameAt[i]
	if m == 0 || r.ents.Mentions[m-1].First != i || r.ents.Mentions[m-1].Kind != entities.Person || i == 0 {
		return 0
	}
	first, last := r.titled(i), r.ents.Mentions[m-1].Last
	before, after := "", ""
	if first > 0 {
		before = r.d.Norm(first - 1)
	}
	if last < len(r.d.Tokens) {
		after = r.d.Norm(last)
	}
	begins := before == "" || isStop(before) || before == "\"" || before == "'" || first > 0 && r.paragraphBreak(first)
	for k := first - 1; !begins && k >= 0 && k > first-4; k-- { // Okay, Mr. Sova, …
		w := r.d.Lower(k)
		if w != "," && !interjections[w] {
			begins = isStop(r.d.Norm(k)) || r.inQuote[k] > 0 && !r.d.Tokens[k].Tag.IsNoun() && r.d.Tokens[k].Tag.IsPunctuation()
			break
		}
		if r.paragraphBreak(k) {
			begins = true
		}
	}
	switch {
	case begins && after == ",":
		if last+1 >= len(r.d.Tokens) {
			return 0
		}
		switch t := r.d.Tokens[last+1].Tag; {
		case t == nlp.TagWP || t == nlp.TagDT || t == nlp.TagVBD || t == nlp.TagVBG || t.IsProperNoun() && r.nameAt[last+1] > 0 || r.d.Lower(last+1) == "who":
			return 0 // Ann Lee, a doctor, …
		}
	case begins && last < len(r.d.Tokens) && r.isFirstOrSecond(last): // Mr. Collins I know …
	case before == "," && (isStop(after) || after == "," && last+1 < len(r.d.Tokens) && r.isFirstOrSecond(last+1)):
	default:
		return 0
	}
	return r.ents.Mentions[m-1].Entity
}

func (r *referrer) isFirstOrSecond(i int) bool {
	switch r.d.Lower(i) {
	case "i", "you", "your", "please", "my", "can", "could", "do", "would", "what", "why", "how":
		return true
	}
	return false
}

var interjections = wordSet(`okay ok alright well yes no so and but thank thanks you now dear hey oh right sorry good morning afternoon sure absolutely`)

func isStop(w string) bool {
	return w == "." || w == "?" || w == "!" || w == "..." || w == "--" || w == "…"
}

// paragraphBreak reports whether a paragraph begins with token i.
func (r *referrer) paragraphBreak(i int) bool {
	k, found := slices.BinarySearchFunc(r.d.Sentences, i, sentenceOrder)
	return found && r.d.Paragraphs[r.d.Sentences[k].Paragraph].First == k
}

// titled returns the first token of the titles before the name at token i.
func (r *referrer) titled(i int) int {
	for i > 0 && r.nameAt[i-1] == 0 && r.inQuote[i-1] == r.inQuote[i] && !r.paragraphBreak(i) {
		t := &r.d.Tokens[i-1]
		if !r.d.Words[t.Word].Shape.Capital() || !t.Tag.IsProperNoun() && !isTitle(r.d.Lower(i-1)) {
			break
		}
		i--
	}
	return i
}

func isTitle(w string) bool {
	switch w {
	case "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "sir", "lord", "lady", "dame", "madam", "professor", "prof.",
		"general", "counsel", "counselor", "justice", "judge", "chief", "senator", "sen.", "rep.", "president", "minister", "prime":
		return true
	}
	return false
}
