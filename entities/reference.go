package entities

import (
	"slices"

	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// A grammaticalRole is how a mention stands in its clause.
type grammaticalRole uint8

const (
	noRole grammaticalRole = iota
	subject
	object
	oblique // after a preposition
	possessor
	numRoles = iota
)

// isFinite reports whether token i is a finite verb or a modal, adverbs skipped.
func isFinite(d *nlp.Document, i int) bool {
	for k := i; k < len(d.Tokens) && k < i+3; k++ {
		switch t := d.Tokens[k].Tag; {
		case t == nlp.TagVBD || t == nlp.TagVBZ || t == nlp.TagVBP || t == nlp.TagMD:
			return true
		case t == nlp.TagVB && k == i: // a finite verb by its place
			return true
		case !t.IsAdverb():
			return false
		}
	}
	return false
}

// roleOf returns the role of the mention [first, last) by the words around it.
func roleOf(d *nlp.Document, first, last int) grammaticalRole {
	if last < len(d.Tokens) {
		switch d.Norm(last) {
		case "'s", "'":
			if d.Tokens[last].Tag == nlp.TagPOS || !d.Tokens[last].SpaceBefore && d.Norm(last) == "'s" && last+1 < len(d.Tokens) && !d.Tokens[last+1].Tag.IsVerb() {
				return possessor
			}
		}
	}
	// the word before the noun phrase that the mention ends
	k := first - 1
	for k >= 0 && k > first-8 {
		t := d.Tokens[k].Tag
		if !(t.IsNoun() || t.IsProperNoun() || t.IsAdjective() || t == nlp.TagDT || t == nlp.TagPRPDollar || t == nlp.TagPOS || t == nlp.TagCD) {
			break
		}
		k--
	}
	if k >= 0 && (d.Tokens[k].Tag == nlp.TagIN || d.Tokens[k].Tag == nlp.TagTO) && !isSubordinator(d.Lower(k)) {
		return oblique
	}
	after := last
	if after < len(d.Tokens) && d.Norm(after) == "(" { // (D-Calif.)
		for n := after; n < len(d.Tokens) && n < after+10; n++ {
			if d.Norm(n) == ")" {
				after = n + 1
				break
			}
		}
	}
	if after < len(d.Tokens) && d.Norm(after) == "," { // , the mayor of York,
		if after+1 < len(d.Tokens) && isSaying(d.Lower(after+1)) { // the mayor, Jane Roe, said
			return subject
		}
		for n := after + 1; n < len(d.Tokens) && n < after+16; n++ {
			if d.Norm(n) == "," {
				after = n + 1
				break
			}
			if t := d.Tokens[n].Tag; t == nlp.TagVBD && n == after+1 {
				break
			}
		}
	}
	if after < len(d.Tokens) && (isFinite(d, after) || isSaying(d.Lower(after))) {
		return subject
	}
	if after < len(d.Tokens) && (d.Lower(after) == "and" || d.Lower(after) == "who") {
		return subject
	}
	if k >= 0 && d.Tokens[k].Tag.IsVerb() {
		if isSaying(d.Lower(k)) { // said Obama
			return subject
		}
		return object
	}
	return noRole
}

func isSubordinator(w string) bool {
	switch w {
	case "that", "if", "because", "while", "although", "though", "whether", "when", "as", "since", "where", "until", "unless", "after", "before":
		return true
	}
	return false
}

func isSaying(w string) bool {
	switch w {
	case "said", "says", "added", "adds", "told", "tells", "wrote", "writes", "asked", "asks", "explained", "explains", "recalled", "recalls",
		"replied", "tweeted", "noted", "notes", "continued", "commented", "remarked", "insisted", "argued", "claimed", "stated", "reported",
		"announced", "stressed", "warned", "suggested", "concluded", "admitted", "acknowledged", "urged", "declared", "reiterated", "emphasized", "highlights":
		return true
	}
	return false
}

// saysAt reports whether the subject [first, last) stands beside a verb of saying.
func saysAt(d *nlp.Document, first, last int) bool {
	for i := last; i < len(d.Tokens) && i < last+3; i++ {
		if isSaying(d.Lower(i)) {
			return true
		}
		if i == last && d.Norm(i) == "," {
			continue
		}
		if t := d.Tokens[i].Tag; !t.IsAdverb() && t != nlp.TagVBZ && t != nlp.TagVBD && t != nlp.TagMD {
			break
		}
	}
	return first > 0 && isSaying(d.Lower(first-1))
}

// isPersonNoun reports whether token i is the head of a noun phrase for people
// without a name.
func (r *resolver) isPersonNoun(i int) bool {
	d := r.doc
	if t := d.Tokens[i].Tag; !t.IsNoun() {
		return false
	}
	if i+1 < len(d.Tokens) {
		if t := d.Tokens[i+1].Tag; t.IsNoun() || t.IsProperNoun() {
			return false // mother tongue, President Obama
		}
	}
	if !isPeople(d.Lower(i)) && !r.nameWord(i).class.Has(gazetteer.Role) {
		return false
	}
	// “, the mayor,” after a name and “is a doctor” name nobody else
	for k := i - 1; k >= 0 && k > i-6; k-- {
		switch d.Lower(k) {
		case "is", "was", "became", "as", "been", "be", "become":
			return false
		case ",":
			return !(k > 0 && d.Tokens[k-1].Tag.IsProperNoun())
		}
		if t := d.Tokens[k].Tag; !(t.IsNoun() || t.IsAdjective() || t == nlp.TagDT || t == nlp.TagPRPDollar || t == nlp.TagCD) {
			break
		}
	}
	return true
}

// personNoun returns the gender and number of the person noun at token i.
func (r *resolver) personNoun(i int) (g Gender, plural bool) {
	switch r.doc.Lower(i) {
	case "woman", "girl", "lady", "female", "mum", "mom":
		return Female, false
	case "man", "boy", "gentleman", "male", "guy", "dad":
		return Male, false
	case "women", "girls":
		return Female, true
	case "men", "boys":
		return Male, true
	}
	c := r.nameWord(i).class
	if c.Has(gazetteer.TitleFemale) != c.Has(gazetteer.TitleMale) {
		g = Male
		if c.Has(gazetteer.TitleFemale) {
			g = Female
		}
	}
	t := r.doc.Tokens[i].Tag
	return g, c.Has(gazetteer.Plural) || t == nlp.TagNNS || t == nlp.TagNNPS || r.doc.Lower(i) == "people"
}

func isPeople(w string) bool {
	switch w {
	case "man", "woman", "boy", "girl", "child", "baby", "men", "women", "boys", "girls", "children", "people", "person", "victim", "victims",
		"suspect", "suspects", "driver", "drivers", "resident", "residents", "student", "students", "teacher", "teachers", "patient", "patients",
		"researcher", "researchers", "scientist", "scientists", "author", "authors", "worker", "workers", "guy", "gentleman", "lady", "parents",
		"friend", "friends", "neighbour", "neighbours", "neighbor", "neighbors", "witness", "witnesses", "fans", "protesters", "soldiers", "soldier",
		"police", "authorities", "organisers", "organizers", "lawmakers", "voters", "families", "couple", "members", "team", "states", "countries":
		return true
	}
	return false
}

// The features of a candidate. Each has a weight for every class of pronouns.
const (
	fNobody = iota
	fNobodyQuoted
	fNobodyStarts
	fPleonastic
	fNobodyUse     // + use
	fUnnamed       = fNobodyUse + numRoles
	fKind          = fUnnamed + 1 // + kind
	fGenderKnown   = fKind + 4
	fSentences     = fGenderKnown + 1 // + distance in sentences, 0 to 7
	fTokens        = fSentences + 8   // + distance in tokens of the same sentence
	fRank          = fTokens + 4
	fRole          = fRank + 5              // + role of the latest mention
	fRoleUse       = fRole + numRoles       // + role × use of the pronoun
	fRoleNear      = fRoleUse + numRoles*4  // + role, in the same sentence
	fRoleBefore    = fRoleNear + numRoles   // + role, in the sentence before
	fForm          = fRoleBefore + numRoles // + form of the latest mention
	fFormNear      = fForm + 3
	fCount         = fFormNear + 3 // + number of mentions
	fFirst         = fCount + 5
	fSubjectLast   = fFirst + 1 // subject of the sentence before or of this one
	fStartsLeader  = fSubjectLast + 1
	fParagraph     = fStartsLeader + 1 // other paragraph
	fQuoteIn       = fParagraph + 1    // both in one quotation
	fQuoteOut      = fQuoteIn + 1      // the pronoun in a quotation, the candidate not
	fQuoteFrom     = fQuoteOut + 1     // the candidate in a quotation, the pronoun not
	fQuoteOther    = fQuoteFrom + 1
	fBound         = fQuoteOther + 1 // the subject of the same verb, pronoun an object
	fReflexive     = fBound + 1
	fCataphora     = fReflexive + 1
	fCataphoraSub  = fCataphora + 1
	fCataphoraLate = fCataphoraSub + 1
	fSpeaks        = fCataphoraLate + 1 // the candidate is the subject of a verb of saying in the same sentence
	fGenderHint    = fSpeaks + 1
	fGenderAgainst = fGenderHint + 1
	fSpokeLast     = fGenderAgainst + 1 // + the pronoun is the subject of a verb of saying
	fSaysRole      = fSpokeLast + 2     // + role, where the pronoun says something
	fSaysLast      = fSaysRole + numRoles
	fFirstSays     = fSaysLast + 1
	fUnnamedNear   = fFirstSays + 1
	fSubjectCount  = fUnnamedNear + 1
	fOwn           = fSubjectCount + 4 // “his own” and the subject of the sentence
	fOwnOther      = fOwn + 1
	fDislocated    = fOwnOther + 1   // “Jane Roe, she …”: right behind the candidate
	fNested        = fDislocated + 1 // the candidate stands in the phrase of another name: Church of York
	fFronted       = fNested + 1     // the subject after the clause that begins the sentence and has the pronoun
	fFrontedOther  = fFronted + 1
	fClause        = fFrontedOther + 1 // subject of the clause of the pronoun
	fKindSentences = fClause + 1       // + kind × distance in sentences, 0 to 3
	numFeatures    = fKindSentences + 16
)

// NumReferenceFeatures is greater than the number of every feature of pronouns.
const NumReferenceFeatures = 512

var _ [NumReferenceFeatures - numFeatures*numPronouns]struct{} // it is

func (x *candidate) add(p pronoun, f int) {
	x.features = append(x.features, uint16(int(p.class-1)*numFeatures+f))
}

// describeNobody adds the features of a pronoun that means nobody who is known.
func (w *walk) describeNobody(x *candidate, i int, p pronoun) {
	d := w.r.doc
	x.add(p, fNobody)
	x.add(p, fNobodyUse+int(p.use))
	if w.r.quoted[i] > 0 {
		x.add(p, fNobodyQuoted)
	}
	if w.sentence < len(d.Sentences) && i-d.Sentences[w.sentence].First < 2 {
		x.add(p, fNobodyStarts)
	}
	if p.class == ofThing && isPleonastic(d, i) {
		x.add(p, fPleonastic)
	}
}

// isPleonastic is true of the it in “it is clear that”, “it seems”, “it was raining”.
func isPleonastic(d *nlp.Document, i int) bool {
	k := i + 1
	for k < len(d.Tokens) && k < i+4 {
		switch d.Lower(k) {
		case "is", "was", "'s", "be", "will", "would", "has", "been", "had", "not", "n't", "may", "might", "could", "also", "now", "so":
			k++
			continue
		}
		break
	}
	if k >= len(d.Tokens) {
		return false
	}
	switch d.Lower(k) {
	case "seems", "seemed", "appears", "appeared", "turns", "turned", "takes", "took", "comes", "came", "means", "happened", "time", "clear",
		"raining", "snowing", "dark", "midnight", "noon":
		return true
	}
	if k == i+1 || !d.Tokens[k].Tag.IsAdjective() && d.Tokens[k].Tag != nlp.TagVBN {
		return false
	}
	for n := k + 1; n < len(d.Tokens) && n < k+5; n++ {
		switch d.Lower(n) {
		case "that", "to", "for", "when", "if", "whether", "how", "why":
			return true
		}
	}
	return false
}

func bucket(n int, limits ...int) int {
	for b, l := range limits {
		if n <= l {
			return b
		}
	}
	return len(limits)
}

// describe adds the features of the candidate x.referent for the pronoun p at
// token i; rank is the number of candidates that were mentioned later.
func (w *walk) describe(x *candidate, i int, p pronoun, rank int) {
	d := w.r.doc
	c := &w.refs[x.referent]
	if c.entity == 0 {
		x.add(p, fUnnamed)
		if c.sentence == w.sentence {
			x.add(p, fUnnamedNear)
		}
	}
	x.add(p, fKind+int(c.kind))
	w.describeGender(x, c, p)
	gap := w.sentence - c.sentence
	x.add(p, fSentences+min(gap, 7))
	if gap == 0 {
		x.add(p, fTokens+bucket(i-c.token, 3, 8, 16))
		x.add(p, fRoleNear+int(c.role))
		x.add(p, fFormNear+int(c.form))
	} else if gap == 1 {
		x.add(p, fRoleBefore+int(c.role))
	}
	x.add(p, fRank+min(rank, 4))
	x.add(p, fRole+int(c.role))
	x.add(p, fRoleUse+int(c.role)*4+min(int(p.use)-1, 3))
	x.add(p, fForm+int(c.form))
	x.add(p, fCount+bucket(c.count, 1, 2, 4, 8))
	x.add(p, fSubjectCount+bucket(c.subjects, 0, 1, 3))
	if c.firstSentence <= 1 {
		if p.says {
			x.add(p, fFirstSays)
		} else {
			x.add(p, fFirst)
		}
	}
	if c.subjectIn >= 0 && w.sentence-c.subjectIn <= 1 {
		x.add(p, fSubjectLast)
		if c.subjectIn == w.sentence-1 && w.sentence < len(d.Sentences) && i-d.Sentences[w.sentence].First < 2 && p.use == subject {
			x.add(p, fStartsLeader)
		}
	}
	if w.speaker == x.referent {
		if p.says {
			x.add(p, fSpokeLast+1)
		} else {
			x.add(p, fSpokeLast)
		}
	}
	if p.says {
		x.add(p, fSaysRole+int(c.role))
		if c.subjectIn >= 0 && w.sentence-c.subjectIn <= 1 {
			x.add(p, fSaysLast)
		}
	}
	if w.sentence < len(d.Sentences) && d.Sentences[w.sentence].Paragraph != c.paragraph {
		x.add(p, fParagraph)
	}
	switch q := w.r.quoted[i]; {
	case q > 0 && q == c.quoted:
		x.add(p, fQuoteIn)
	case q > 0 && c.quoted == 0:
		x.add(p, fQuoteOut)
		if gap == 0 && c.role == subject {
			x.add(p, fSpeaks)
		}
	case q == 0 && c.quoted > 0:
		x.add(p, fQuoteFrom)
	case q > 0:
		x.add(p, fQuoteOther)
	}
	x.add(p, fKindSentences+int(c.kind)*4+min(gap, 3))
	if c.nested {
		x.add(p, fNested)
	}
	if gap == 0 {
		if p.use == possessor && i+1 < len(d.Tokens) && d.Lower(i+1) == "own" {
			if c.subjectIn == w.sentence {
				x.add(p, fOwn)
			} else {
				x.add(p, fOwnOther)
			}
		}
		if p.use == subject && c.end == i-1 && d.Norm(i-1) == "," {
			x.add(p, fDislocated)
		}
		if c.role == subject && w.oneClause(c.token, i) {
			x.add(p, fClause)
		}
	}
	if w.fronted > 0 {
		if c.entity == w.fronted {
			x.add(p, fFronted)
		} else {
			x.add(p, fFrontedOther)
		}
	}
	if gap == 0 && c.role == subject && p.use == object && w.oneClause(c.token, i) {
		if p.self {
			x.add(p, fReflexive)
		} else {
			x.add(p, fBound)
		}
	}
}

// frontedSubject returns the entity that is named as the subject behind the
// clause that begins the sentence and has token i, or 0: Although it is built
// up, Fort Lee has fields.
func (w *walk) frontedSubject(i int) int {
	d := w.r.doc
	if w.sentence >= len(d.Sentences) || w.upcoming >= len(w.r.names) {
		return 0
	}
	s := d.Sentences[w.sentence]
	if t := d.Tokens[s.First].Tag; t != nlp.TagIN && t != nlp.TagVBG && t != nlp.TagVBN && !isFronting(d.Lower(s.First)) {
		return 0
	}
	for k := s.First; k < i; k++ {
		if d.Norm(k) == "," {
			return 0
		}
	}
	for n := w.upcoming; n < len(w.r.names) && n < w.upcoming+3; n++ {
		m := &w.r.names[n]
		if m.First >= s.Last {
			return 0
		}
		k := m.First - 1
		for k > i && (d.Tokens[k].Tag.IsProperNoun() || d.Tokens[k].Tag.IsNoun() || d.Tokens[k].Tag == nlp.TagDT) {
			k--
		}
		if k > i && d.Norm(k) == "," {
			return m.Entity
		}
	}
	return 0
}

func isFronting(w string) bool {
	switch w {
	case "due", "despite", "although", "though", "while", "when", "after", "before", "in", "with", "during", "as", "like", "unlike", "because", "since", "for", "at":
		return true
	}
	return false
}

// describeAhead adds the features of one who is named later in the sentence.
func (w *walk) describeAhead(x *candidate, i int, p pronoun, m *Mention) {
	x.add(p, fCataphora)
	if roleOf(w.r.doc, m.First, m.Last) == subject {
		x.add(p, fCataphoraSub)
	}
	if w.sentence < len(w.r.doc.Sentences) && i-w.r.doc.Sentences[w.sentence].First > 4 {
		x.add(p, fCataphoraLate)
	}
	if m.Entity == w.fronted {
		x.add(p, fFronted)
	}
	w.describeGender(x, &w.refs[x.referent], p)
}

func (w *walk) describeGender(x *candidate, c *referent, p pronoun) {
	switch {
	case p.class != ofPerson:
	case c.gender != 0:
		x.add(p, fGenderKnown)
	case c.hint == p.gender:
		x.add(p, fGenderHint)
	case c.hint != 0:
		x.add(p, fGenderAgainst)
	}
}

// oneClause reports whether no clause begins between two tokens.
func (w *walk) oneClause(first, last int) bool {
	verbs := 0
	for i := first + 1; i < last; i++ {
		switch t := w.r.doc.Tokens[i].Tag; {
		case t == nlp.TagVBD || t == nlp.TagVBZ || t == nlp.TagVBP || t == nlp.TagMD:
			verbs++
		case t.IsPunctuation() && w.r.doc.Norm(i) != "-":
			return false
		}
		if isSubordinator(w.r.doc.Lower(i)) || w.r.doc.Lower(i) == "and" || w.r.doc.Lower(i) == "who" {
			return false
		}
	}
	return verbs <= 1
}

// A ReferenceExample is a pronoun with those whom it may mean, for training.
type ReferenceExample struct {
	Candidates [][]uint16 // features of each; weights are added up
	Right      []bool     // per candidate; more than one may be right
}

// ReferenceExamples returns the pronouns of doc with those whom they may mean,
// the same way as [Resolve] sees them. truth tells what the pronoun at a token
// means: a name mention (an index into names), or -1 if nobody who is named; known
// is false where that is not annotated, so that weights decide.
func ReferenceExamples(doc *nlp.Document, names []Mention, g *gazetteer.Gazetteer, weights *[NumReferenceFeatures]float32, truth func(token int) (name int, known bool)) []ReferenceExample {
	r := resolveNames(doc, names, g)
	w := r.newWalk(func(token int) (int, bool) {
		k, known := truth(token)
		if k < 0 {
			return 0, known
		}
		return r.names[k].Entity, known
	})
	w.weights = weights
	w.run()
	return w.examples
}

// learn keeps the scratch as an example whose right answer is entity id, 0 for
// nobody with a name, and returns the referent to go on with.
func (w *walk) learn(id int) int {
	x := ReferenceExample{}
	found := -1
	best := -1
	for k := range w.scratch {
		c := &w.scratch[k]
		x.Candidates = append(x.Candidates, slices.Clone(c.features))
		entity := 0
		if c.referent >= 0 {
			entity = w.refs[c.referent].entity
		}
		right := entity == id
		x.Right = append(x.Right, right)
		if right && (best < 0 || c.score > w.scratch[best].score) {
			best = k
			found = c.referent
		}
	}
	if best >= 0 {
		w.examples = append(w.examples, x)
	}
	if best < 0 && id > 0 {
		return w.referentOf(id)
	}
	return found
}
