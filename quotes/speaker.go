package quotes

import (
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// result turns the findings into quotations and names their speakers.
func (f *finder) result() []Quotation {
	out := make([]Quotation, 0, len(f.found))
	mentionAt := f.referring()
	for k := range f.found {
		q := &f.found[k]
		if !slices.ContainsFunc(q.parts, f.hasWord) {
			continue // nobody says marks alone
		}
		out = append(out, f.quotation(q, mentionAt, out))
	}
	slices.SortStableFunc(out, func(a, b Quotation) int { return a.Parts[0].Start - b.Parts[0].Start })
	f.nameHeadline(out)
	return out
}

// quotation makes a quotation of q and names its speaker, after the quotations
// before it.
func (f *finder) quotation(q *finding, referring map[int]int, before []Quotation) Quotation {
	x := Quotation{Kind: q.kind, Attitude: q.attitude}
	for _, p := range q.parts {
		if s := f.span(p); !s.Empty() {
			x.Parts = append(x.Parts, s)
		}
	}
	if !q.cue.empty() {
		x.Cue = f.span(q.cue)
	}
	if !q.speaker.empty() {
		x.Speaker = f.span(q.speaker)
	}
	who := f.speakerOf(q, referring, before)
	if who.name == "" {
		who.why = 0
	}
	x.Entities, x.Name = who.ids, who.name
	x.Evidence = f.evidence(q, who, before)
	x.Confidence = q.confidence(x.Evidence)
	x.Denied = q.denied || f.isDenial(q.cue)
	x.Nested = f.nested(q.parts)
	if len(x.Entities) == 1 {
		if e := &f.ents.Entities[x.Entities[0]-1]; e.Kind == entities.Person {
			x.Role = f.roleOf(e, q)
		}
	}
	return x
}

// A referent is whom something means, and what tells. The zero referent is nobody.
type referent struct {
	ids  []int
	name string
	why  SpeakerEvidence
}

func (f *finder) entity(id int, why SpeakerEvidence) referent {
	return referent{[]int{id}, f.ents.Entities[id-1].Name, why}
}

// speakerOf returns who says q, after the quotations before it.
func (f *finder) speakerOf(q *finding, referring map[int]int, before []Quotation) referent {
	switch {
	case q.who != nil:
		return referent{q.who.ids, q.who.name, q.who.why}
	case q.turn != nil:
		ids, name := q.turn.speakers(f, q.speaker)
		return referent{ids, name, ByLabel}
	case !q.speaker.empty():
		who := f.resolve(q.speaker, referring, before)
		if who.why == ByCoreference && len(who.ids) == 1 && f.d.Lower(q.speaker.first) == "the" && f.speaksOfSelf(q, who.ids[0]) {
			return referent{nil, f.textOf(q.speaker), ByDescription}
		}
		return who
	}
	return f.floatingSpeaker(q, referring, before)
}

// hasWord reports whether a token of p is more than punctuation.
func (f *finder) hasWord(p phrase) bool {
	for i := p.first; i < p.last; i++ {
		if f.d.Words[f.d.Tokens[i].Word].Shape != nlp.ShapePunct {
			return true
		}
	}
	return false
}

func (f *finder) span(p phrase) nlp.Span {
	return nlp.Span{Start: f.d.Tokens[p.first].Start, End: f.d.Tokens[p.last-1].End}
}

// referring returns, per token, 1 + the index of the pronoun or nominal that ends there.
func (f *finder) referring() map[int]int {
	at := make(map[int]int)
	for k, m := range f.ents.Mentions {
		if m.Form != entities.Name && m.Entity > 0 {
			at[m.Last-1] = k + 1
		}
	}
	return at
}

// resolve returns whom the noun phrase p means.
func (f *finder) resolve(p phrase, referring map[int]int, before []Quotation) referent {
	if id := f.appositive(p); id > 0 && f.nameAt[f.head(p)] == 0 {
		return f.entity(id, ByApposition)
	}
	if f.d.Lower(p.first) == "who" && p.last-p.first == 1 {
		if a := f.antecedent(p.first); !a.empty() {
			p = a
		}
	}
	head := f.head(p)
	var ids []int
	if !documents[f.d.Lower(head)] { // a letter to A and B
		ids = f.joint(p)
	}
	if k := referring[p.first]; k > 0 && len(ids) == 1 && p.last-p.first > 2 && f.ents.Mentions[k-1].Form == entities.Pronoun && f.ents.Mentions[k-1].Entity != ids[0] {
		ids = append([]int{f.ents.Mentions[k-1].Entity}, ids...) // she and her co-author
	}
	if len(ids) > 1 {
		return referent{ids, f.namesOf(ids), ByName}
	}
	if id, others := f.withOthers(p); id > 0 {
		return referent{[]int{id}, f.ents.Entities[id-1].Name + " " + others, ByName}
	}
	if f.isPlural(head) {
		for k := len(before) - 1; k >= 0 && k >= len(before)-12; k-- {
			if f.isJoint(&before[k]) || f.d.Lower(head) == "they" && f.isSeveral(&before[k]) { // the lawmakers, they
				return referent{slices.Clone(before[k].Entities), before[k].Name, ByLastSpeaker}
			}
		}
		if g := f.groupBefore(p.first); g != nil && f.d.Lower(head) != "they" && f.d.Lower(head) != "both" {
			return referent{slices.Clone(g.ids), g.name, ByCoreference}
		}
	}
	if documents[f.d.Lower(head)] {
		id := f.issuer(p, head)
		if id == 0 && f.researchers(p, head) == "" {
			id = f.earlierIssuer(p, head)
		}
		if id > 0 {
			return f.entity(id, ByDocument)
		}
		if r := f.behind(p, head, referring, before); r.name != "" {
			r.why = ByDocument
			return r
		}
	}
	if m := f.nameAt[head]; m > 0 {
		if id := f.ents.Mentions[m-1].Entity; id > 0 {
			return f.entity(id, ByName)
		}
	}
	guess, isNominal := 0, !f.isPronoun(head) && f.tag(head) != "PRP$"
	if k := referring[head]; k > 0 {
		guess = f.ents.Mentions[k-1].Entity
	}
	if isNominal {
		guess = f.nominal(p, head, guess)
		if guess == 0 {
			guess = f.relative(p, head)
		}
	}
	if guess > 0 {
		return f.entity(guess, ByCoreference)
	}
	if name := f.researchers(p, head); name != "" {
		return referent{nil, name, ByIntroduction}
	}
	if indefinitePronouns[f.d.Lower(head)] && p.last-p.first == 1 {
		return referent{nil, f.textOf(p), ByDescription}
	}
	if f.isPronoun(head) || f.tag(head) == "PRP$" {
		if n := len(before); n > 0 {
			last := before[n-1]
			return referent{slices.Clone(last.Entities), last.Name, ByLastSpeaker}
		}
		if id := f.namedNext(p, head); id > 0 {
			return f.entity(id, ByNameAfter)
		}
		return referent{}
	}
	if id := f.bySurname(p); id > 0 {
		return f.entity(id, ByName)
	}
	if earlier := f.introduced(p, head); !earlier.empty() {
		return referent{nil, f.textOf(earlier), ByIntroduction}
	}
	return referent{nil, f.textOf(p), ByDescription}
}

// namedNext returns the person whose name follows the pronoun that begins a
// text: “What a mess,” he sighed. Jan Dvorak had seen enough.
func (f *finder) namedNext(p phrase, head int) int {
	g := entities.Gender(0)
	switch f.d.Lower(head) {
	case "he", "his":
		g = entities.Male
	case "she", "her":
		g = entities.Female
	default:
		return 0
	}
	for i := p.last; i < len(f.d.Tokens) && i < p.last+40; i++ {
		m := f.nameAt[i]
		if m == 0 || f.inQuote[i] > 0 || f.ents.Mentions[m-1].Kind != entities.Person || f.ents.Mentions[m-1].Entity == 0 {
			continue
		}
		if e := &f.ents.Entities[f.ents.Mentions[m-1].Entity-1]; e.Gender == 0 || e.Gender == g {
			return e.ID
		}
		return 0
	}
	return 0
}

// textOf returns what p says, on one line.
func (f *finder) textOf(p phrase) string {
	return strings.Join(strings.Fields(f.d.TextOf(f.span(p))), " ")
}

// appositive returns the entity that the words after p name: his father, | Abdullah Kurdi, | said
func (f *finder) appositive(p phrase) int {
	d := f.d
	if p.last+1 >= len(d.Tokens) || d.Norm(p.last) != "," {
		return 0
	}
	if w := d.Lower(p.last - 1); f.nameAt[p.last-1] == 0 && (documents[w] || w == "statements" || w == "documents" || w == "records" || w == "officials" || w == "sources" || w == "media" || w == "filings" || w == "papers") {
		return 0 // according to agency reports, Saddam Hussein is in jail
	}
	start := p.last + 1
	if strings.EqualFold(d.Lower(start), "dr.") || d.Lower(start) == "mr." || d.Lower(start) == "ms." || d.Lower(start) == "mrs." {
		start++
	}
	q := f.phraseAfter(start, min(len(d.Tokens), p.last+16))
	if q.empty() || q.last >= len(d.Tokens) || d.Norm(q.last) != "," && cueVerbs[d.Lower(q.last)] == noCue && !(isEnd(d.Norm(q.last)) && (f.d.Lower(p.first) == "the" || f.isPersonName(q) && f.nameAt[p.last-1] == 0)) {
		return 0
	}
	if m := f.nameAt[q.last-1]; m > 0 && f.ents.Mentions[m-1].Kind != entities.Location {
		return f.ents.Mentions[m-1].Entity
	}
	return 0
}

// antecedent returns whom the “who” at token i means: the nearest name before
// it in its sentence, or the noun phrase before it.
func (f *finder) antecedent(i int) phrase {
	k, found := slices.BinarySearchFunc(f.d.Sentences, i, sentenceOrder)
	if !found {
		k--
	}
	low := f.d.Sentences[k].First
	end := i
	if end > low && f.d.Norm(end-1) == "," {
		end--
	}
	p := f.phraseBefore(end, low)
	if p.empty() || f.hasPerson(p) {
		return p
	}
	for j := p.last - 1; j >= low && j > i-30; j-- { // led by Mark Hay, a marine ecologist at GT, who
		m := f.nameAt[j]
		if m > 0 && f.ents.Mentions[m-1].Kind == entities.Person && f.d.Norm(j+1) == "," {
			return phrase{max(low, f.ents.Mentions[m-1].First), j + 1}
		}
	}
	return p
}

// hasPerson reports whether a person is named in p.
func (f *finder) hasPerson(p phrase) bool {
	for i := p.first; i < p.last; i++ {
		if m := f.nameAt[i]; m > 0 && f.ents.Mentions[m-1].Kind == entities.Person {
			return true
		}
	}
	return false
}

// isPersonName reports whether p is the name of one person and nothing else.
func (f *finder) isPersonName(p phrase) bool {
	m := f.nameAt[p.first]
	return m > 0 && f.nameAt[p.last-1] == m && f.ents.Mentions[m-1].Kind == entities.Person
}

// bySurname returns the first person whose name ends in the last word of p, a
// capitalised word that was not taken for a name; or 0.
func (f *finder) bySurname(p phrase) int {
	w := &f.d.Words[f.d.Tokens[p.last-1].Word]
	if f.nameAt[p.last-1] > 0 || !w.Shape.Capital() || w.Shape == nlp.ShapeInitial {
		return 0
	}
	if f.surnames == nil {
		f.surnames = make(map[string]int)
		for i := len(f.ents.Entities) - 1; i >= 0; i-- {
			e := &f.ents.Entities[i]
			if k := strings.LastIndexByte(e.Name, ' '); k > 0 && e.Kind == entities.Person {
				f.surnames[e.Name[k+1:]] = e.ID
			}
		}
	}
	return f.surnames[w.Norm]
}

func (f *finder) namesOf(ids []int) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = f.ents.Entities[id-1].Name
	}
	return strings.Join(names, " and ")
}

// endsInPerson reports whether the last word of p is the name of a person.
func (f *finder) endsInPerson(p phrase) bool {
	if p.empty() {
		return false
	}
	m := f.nameAt[p.last-1]
	return m > 0 && f.ents.Mentions[m-1].Kind == entities.Person
}

// agents speak for the one who is named after “for” or “of”.
var agents = wordSet(`spokesman spokeswoman spokesperson spokespeople spokesmen lawyer lawyers attorney attorneys aide aides
adviser advisers advisor advisors supporter supporters critic critics friend friends colleague colleagues wife husband
mother father son daughter brother sister campaign office allies ally opponents rival rivals solicitor counsel
representative representatives relatives family biographer killer victim victims survivor one some many most several
statement letter member members part`)

// head returns the token that p is about: its last noun before a preposition,
// or the person whom a long title describes: secretary of state Mike Pompeo.
func (f *finder) head(p phrase) int {
	if f.endsInPerson(p) {
		first := f.ents.Mentions[f.nameAt[p.last-1]-1].First
		for i := p.first + 1; i < first; i++ {
			if f.nameAt[i] == 0 && (f.tag(i) == "IN" && agents[f.d.Lower(i-1)] || (f.tag(i) == "IN" || f.tag(i) == "TO") && documents[f.d.Lower(i-1)]) {
				return i - 1
			}
		}
		if first == p.first {
			return p.last - 1
		}
		before := first - 1
		for before > p.first && f.nameAt[before] == 0 && f.isTitle(before) { // at Saint Francis
			before--
		}
		if f.tag(before) == "IN" && f.endsInPerson(phrase{p.first, before}) {
			return before - 1
		}
		switch f.tag(first - 1) {
		case "IN", "TO", "CC", "POS":
		default:
			return p.last - 1
		}
	}
	for i := p.first; i < p.last; i++ {
		if f.nameAt[i] == 0 && i > p.first && (f.tag(i) == "IN" || f.tag(i) == "TO" && documents[f.d.Lower(i-1)]) {
			if i-2 >= p.first && (f.tag(i-1) == "VBN" || f.tag(i-1) == "VBD") { // the decree signed by
				return i - 2
			}
			return i - 1
		}
		if f.d.Norm(i) == "(" && i > p.first {
			return i - 1
		}
	}
	return p.last - 1
}

// indefinitePronouns are sources of their own.
var indefinitePronouns = wordSet(`many some several others one another most few someone everyone nobody`)
