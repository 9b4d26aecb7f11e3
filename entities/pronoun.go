package entities

import (
	"github.com/whosaid-nlp/whosaid/nlp"
	"slices"
)

// refer adds the pronouns of the third person and the descriptions (“the
// minister”) that refer to named entities, and notes roles and genders.
//
// Each pronoun is given to the candidate of the highest score: an entity or an
// unnamed person named before, or nobody. The score is linear in the features
// of reference.go (a mention ranking model; Denis and Baldridge 2008), its
// weights are in weights.go.
func (r *resolver) refer() {
	w := r.newWalk(nil)
	w.run()
	r.result.Mentions = w.out
	for i := range r.result.Entities {
		e := &r.result.Entities[i]
		e.Mentions = e.Mentions[:0]
	}
	for k, m := range w.out {
		if m.Entity > 0 {
			e := &r.result.Entities[m.Entity-1]
			e.Mentions = append(e.Mentions, k)
		}
	}
}

// A pronoun is what a third-person pronoun asks of its antecedent.
type pronoun struct {
	class  pronounClass
	gender Gender
	use    grammaticalRole // subject, object, possessor
	self   bool            // himself
	says   bool            // he said
}

type pronounClass uint8

const (
	noPronoun   pronounClass = iota
	ofPerson                 // he, she
	ofThing                  // it
	ofSeveral                // they
	numPronouns = iota - 1
)

// pronounAt returns what the pronoun at token i asks for; class noPronoun if
// there is none.
func pronounAt(d *nlp.Document, i int) pronoun {
	w := d.Lower(i)
	if len(w) < 2 || len(w) > 10 {
		return pronoun{}
	}
	switch w {
	case "he":
		return pronoun{ofPerson, Male, subject, false, false}
	case "him":
		return pronoun{ofPerson, Male, object, false, false}
	case "his":
		return pronoun{ofPerson, Male, possessor, false, false}
	case "himself":
		return pronoun{ofPerson, Male, object, true, false}
	case "she":
		return pronoun{ofPerson, Female, subject, false, false}
	case "her", "hers":
		if d.Tokens[i].Tag == nlp.TagPRP || i+1 < len(d.Tokens) && d.Tokens[i+1].Tag.IsPunctuation() {
			return pronoun{ofPerson, Female, object, false, false}
		}
		return pronoun{ofPerson, Female, possessor, false, false}
	case "herself":
		return pronoun{ofPerson, Female, object, true, false}
	case "it":
		p := pronoun{ofThing, 0, object, false, false}
		if i+1 < len(d.Tokens) && isFinite(d, i+1) {
			p.use = subject
		}
		return p
	case "its":
		return pronoun{ofThing, 0, possessor, false, false}
	case "itself":
		return pronoun{ofThing, 0, object, true, false}
	case "they":
		return pronoun{ofSeveral, 0, subject, false, false}
	case "them":
		return pronoun{ofSeveral, 0, object, false, false}
	case "their", "theirs":
		return pronoun{ofSeveral, 0, possessor, false, false}
	case "themselves":
		return pronoun{ofSeveral, 0, object, true, false}
	}
	return pronoun{}
}

// A referent is an entity or an unnamed person that pronouns may mean.
type referent struct {
	entity              int // 0 is unnamed
	kind                Kind
	gender              Gender // titles, pronouns, nouns
	hint                Gender // given name
	plural              bool
	count, subjects     int
	token, end          int  // first token of the latest mention, and the token behind it
	nested              bool // in the phrase of the name before it
	sentence, paragraph int
	role                grammaticalRole
	form                Form
	quoted              int32 // as resolver.quoted
	firstSentence       int
	subjectIn           int // the latest sentence that it was the subject of, -1 is none
}

// walk reads the document once and keeps who may be meant.
type walk struct {
	r        *resolver
	out      []Mention
	held     roles
	refs     []referent
	byEntity []int // per entity: 1 + index into refs
	recent   []int // indices into refs, the latest mention last
	sentence int
	truth    func(token int) (entity int, known bool)
	examples []ReferenceExample
	scratch  []candidate
	fronted  int // the entity that frontedSubject gave for the pronoun at hand
	upcoming int // index of the next name in r.names
	speaker  int // the referent that spoke last, -1 is none
	cited    int // the referent that “according to” named last, -1 is none
	weights  *[NumReferenceFeatures]float32
}

func (r *resolver) newWalk(truth func(int) (int, bool)) *walk {
	return &walk{r: r, weights: &referenceWeights, speaker: -1, cited: -1, truth: truth, held: make(roles), out: make([]Mention, 0, len(r.names)+len(r.names)/2),
		byEntity: make([]int, len(r.result.Entities)+1)}
}

// maxRecent bounds how many referents are remembered.
const maxRecent = 24

func (w *walk) run() {
	d := w.r.doc
	n := 0
	for i := 0; i < len(d.Tokens); i++ {
		for w.sentence < len(d.Sentences) && d.Sentences[w.sentence].Last <= i {
			w.sentence++
		}
		if n < len(w.r.names) && w.r.names[n].First <= i {
			m := w.r.names[n]
			n++
			w.upcoming = n
			w.name(m)
			i = max(i, m.Last-1)
			continue
		}
		if p := pronounAt(d, i); p.class != noPronoun {
			w.pronoun(i, p)
			continue
		}
		if last, head := nominal(d, i); last > 0 && (n >= len(w.r.names) || w.r.names[n].First >= last) {
			if id := w.described(head, i, last); id > 0 {
				m := Mention{
					Span:  nlp.Span{Start: d.Tokens[i].Start, End: d.Tokens[last-1].End},
					First: i, Last: last, Kind: w.r.result.Entities[id-1].Kind, Form: Nominal, Entity: id,
				}
				w.out = append(w.out, m)
				w.seen(w.referentOf(id), i, last, Nominal)
				i = last - 1
				continue
			}
		}
		if w.r.isPersonNoun(i) {
			w.unnamed(i)
		}
	}
	w.out = append(w.out, w.r.names[n:]...)
}

// name reads a name mention.
func (w *walk) name(m Mention) {
	w.out = append(w.out, m)
	if m.Entity == 0 {
		return
	}
	e := &w.r.result.Entities[m.Entity-1]
	if m.Kind == Person {
		w.held.note(w.r.doc, &m)
		for _, role := range w.r.rolesBeside(&m) {
			if !slices.Contains(e.Roles, role) {
				e.Roles = append(e.Roles, role)
			}
		}
	}
	w.seen(w.referentOf(m.Entity), m.First, m.Last, Name)
}

// referentOf returns the index of the referent of an entity.
func (w *walk) referentOf(id int) int {
	if k := w.byEntity[id]; k > 0 {
		return k - 1
	}
	e := &w.r.result.Entities[id-1]
	c := &w.r.clusters[w.r.clusterOf[id-1]]
	w.refs = append(w.refs, referent{entity: id, kind: e.Kind, gender: c.gender, hint: c.hint, firstSentence: w.sentence, subjectIn: -1})
	w.byEntity[id] = len(w.refs)
	return len(w.refs) - 1
}

// unnamed notes a person without a name: his mother, the victims.
func (w *walk) unnamed(i int) {
	gender, plural := w.r.personNoun(i)
	w.refs = append(w.refs, referent{kind: Person, gender: gender, plural: plural, firstSentence: w.sentence, subjectIn: -1})
	w.seen(len(w.refs)-1, i, i+1, Nominal)
}

// seen notes a mention [first, last) of referent k.
func (w *walk) seen(k, first, last int, form Form) {
	x := &w.refs[k]
	x.count++
	x.token, x.end, x.sentence = first, last, w.sentence
	x.nested = form == Name && isNested(w.r, first, w.upcoming)
	if w.sentence < len(w.r.doc.Sentences) {
		x.paragraph = w.r.doc.Sentences[w.sentence].Paragraph
	}
	x.form = form
	x.quoted = w.r.quoted[first]
	x.role = roleOf(w.r.doc, first, last)
	if x.role == subject {
		x.subjectIn = w.sentence
		x.subjects++
		if saysAt(w.r.doc, first, last) {
			w.speaker = k
		}
	}
	if accordingTo(w.r.doc, first) {
		w.cited = k
	}
	at := -1
	for i := len(w.recent) - 1; i >= 0; i-- {
		if w.recent[i] == k {
			at = i
			break
		}
	}
	switch {
	case at >= 0:
		copy(w.recent[at:], w.recent[at+1:])
		w.recent[len(w.recent)-1] = k
	case len(w.recent) == maxRecent:
		copy(w.recent, w.recent[1:])
		w.recent[maxRecent-1] = k
	default:
		w.recent = append(w.recent, k)
	}
}

// isNested reports whether a name stands in the phrase of the name before it:
// Church of York; York, England. next is the index of the name behind it.
func isNested(r *resolver, first, next int) bool {
	if next < 2 {
		return false
	}
	d, before := r.doc, r.names[next-2].Last
	switch first - before {
	case 1:
		w := d.Lower(before)
		return w == "of" || w == "at" || w == "in" || w == ","
	case 2:
		return d.Lower(before) == "of" && d.Lower(before+1) == "the"
	}
	return false
}

// accordingTo reports whether “according to” (and “the”) stands before token i.
func accordingTo(d *nlp.Document, i int) bool {
	if i > 0 && d.Lower(i-1) == "the" {
		i--
	}
	return i > 1 && d.Lower(i-1) == "to" && d.Lower(i-2) == "according"
}

// pronoun resolves the pronoun p at token i.
func (w *walk) pronoun(i int, p pronoun) {
	p.says = p.use == subject && saysAt(w.r.doc, i, i+1)
	w.fronted = w.frontedSubject(i)
	w.candidates(i, p)
	best := 0
	for k := range w.scratch {
		if w.scratch[k].score > w.scratch[best].score {
			best = k
		}
	}
	k := w.scratch[best].referent
	if w.truth != nil {
		if id, known := w.truth(i); known {
			k = w.learn(id)
		}
	}
	if k < 0 {
		return
	}
	x := &w.refs[k]
	if x.gender == 0 && p.class == ofPerson && (x.hint == 0 || x.hint == p.gender) {
		x.gender = p.gender
		if x.entity > 0 {
			e := &w.r.result.Entities[x.entity-1]
			e.Gender, e.GenderBy = p.gender, ByPronoun
		}
	}
	if x.entity > 0 {
		t := w.r.doc.Tokens[i]
		w.out = append(w.out, Mention{Span: t.Span, First: i, Last: i + 1, Kind: x.kind, Form: Pronoun, Entity: x.entity})
	}
	w.seen(k, i, i+1, Pronoun)
	w.refs[k].role = p.use
	if p.says {
		w.speaker = k
	}
	if p.use == subject && w.refs[k].subjectIn != w.sentence {
		w.refs[k].subjectIn = w.sentence
	}
}

// A candidate is a referent that a pronoun may mean.
type candidate struct {
	referent int // -1 is nobody who is known
	score    float32
	features []uint16
}

// candidates sets w.scratch to those that the pronoun p at token i may mean; the
// first one is nobody.
func (w *walk) candidates(i int, p pronoun) {
	w.scratch = w.scratch[:0]
	x := w.next()
	w.describeNobody(x, i, p)
	rank := 0
	for k := len(w.recent) - 1; k >= 0; k-- {
		c := w.recent[k]
		if !w.fits(&w.refs[c], p) {
			continue
		}
		x := w.next()
		x.referent = c
		w.describe(x, i, p, rank)
		rank++
	}
	// In his speech, Obama said … Although it is small, Oslo has …
	if w.upcoming < len(w.r.names) && w.sentence < len(w.r.doc.Sentences) && (p.class == ofPerson || w.fronted > 0) {
		for n := w.upcoming; n < len(w.r.names) && n < w.upcoming+3; n++ {
			m := &w.r.names[n]
			if m.First >= w.r.doc.Sentences[w.sentence].Last {
				break
			}
			if m.Entity == 0 || p.class == ofPerson && m.Kind != Person || p.class != ofPerson && m.Entity != w.fronted {
				continue
			}
			if k := w.byEntity[m.Entity]; k > 0 && w.sentence-w.refs[k-1].sentence <= 3 {
				break // known already
			}
			c := w.referentOf(m.Entity)
			if w.fits(&w.refs[c], p) {
				x := w.next()
				x.referent = c
				w.describeAhead(x, i, p, m)
			}
			break
		}
	}
	for k := range w.scratch {
		x := &w.scratch[k]
		x.score = 0
		for _, f := range x.features {
			x.score += w.weights[f]
		}
	}
}

func (w *walk) next() *candidate {
	if len(w.scratch) < cap(w.scratch) {
		w.scratch = w.scratch[:len(w.scratch)+1]
	} else {
		w.scratch = append(w.scratch, candidate{features: make([]uint16, 0, 32)})
	}
	x := &w.scratch[len(w.scratch)-1]
	x.referent, x.features = -1, x.features[:0]
	return x
}

// fits reports whether a referent agrees with a pronoun in kind, gender and number.
func (w *walk) fits(x *referent, p pronoun) bool {
	switch p.class {
	case ofPerson:
		return x.kind == Person && !x.plural && (x.gender == 0 || x.gender == p.gender)
	case ofThing:
		return x.kind != Person
	default:
		return x.plural || x.kind != Person
	}
}
