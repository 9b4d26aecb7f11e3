package quotes

import (
	"slices"
	"sort"
	"strings"

	"github.com/whosaid-nlp/whosaid/entities"
)

// nominal returns whom the definite noun phrase p means by the roles and kinds
// of those who are named before it: the governor → the one of several governors
// who was mentioned last; the airline → the last body that can be one, and no
// newspaper. The entity guess is what coreference makes of it, 0 is nobody. A
// phrase that tells somebody apart from guess (the local minister) means nobody
// who is named.
func (f *finder) nominal(p phrase, head, guess int) int {
	if f.d.Lower(p.first) != "the" || head+1 < p.last || f.nameAt[head] > 0 || p.last-p.first < 2 {
		return guess
	}
	word := f.d.Lower(head)
	if companies[word] || groups[word] || outletNouns[word] {
		return f.bodyMeant(p, word, guess)
	}
	if age, ok := strings.CutSuffix(word, "-year-old"); ok {
		if id := f.aged(p.first, age); id > 0 {
			return id
		}
	}
	if guess > 0 {
		e := &f.ents.Entities[guess-1]
		if e.Kind != entities.Person {
			return guess
		}
		if f.tellsApart(p, head, e) || !f.genderFits(word, e) {
			guess = 0
		}
	}
	id := f.holder(p, head)
	switch {
	case id == 0 || id == guess:
	case guess > 0 && !f.hasOtherRole(p, head, guess) && (f.lastMention(&f.ents.Entities[guess-1], p.first) > p.first-nearSubject || f.lastSubject(guess, p.first) > f.lastSubject(id, p.first)):
		id = guess
	case f.otherSubject(p, id):
		return 0
	default:
		return id
	}
	if guess > 0 && f.otherSubject(p, guess) && !strings.HasSuffix(word, "-year-old") {
		return 0
	}
	return guess
}

// hasOtherRole reports whether the person id has roles and none of them is that
// of p: the vice president is not the president.
func (f *finder) hasOtherRole(p phrase, head, id int) bool {
	roles := f.ents.Entities[id-1].Roles
	for _, r := range roles {
		if f.roleFits(r, p, head) {
			return false
		}
	}
	return len(roles) > 0
}

// genderFits reports whether e can be called by a noun like spokeswoman.
func (f *finder) genderFits(noun string, e *entities.Entity) bool {
	g := genderOf(noun)
	switch {
	case strings.HasSuffix(noun, "woman") || noun == "actress":
		g = entities.Female
	case strings.HasSuffix(noun, "sman") || noun == "congressman" || noun == "chairman" || noun == "policeman":
		g = entities.Male
	case noun == "actor" && e.Gender == entities.Female:
		return false
	}
	return g == 0 || e.Gender == 0 || e.Gender == g
}

// sameRole maps the forms and abbreviations of roles to one word.
var sameRole = map[string]string{
	"gov": "governor", "gov.": "governor", "sen": "senator", "sen.": "senator", "rep": "representative", "rep.": "representative",
	"congressman": "representative", "congresswoman": "representative", "pres.": "president", "pm": "minister", "premier": "minister",
	"spokesman": "spokesperson", "spokeswoman": "spokesperson", "chairman": "chair", "chairwoman": "chair", "chairperson": "chair",
	"sgt.": "sergeant", "lt.": "lieutenant", "capt.": "captain", "gen.": "general", "col.": "colonel", "dr.": "doctor", "dr": "doctor", "prof.": "professor",
	"policeman": "officer", "policewoman": "officer", "lawmaker": "representative", "atty.": "attorney", "secretary": "minister",
}

func roleWord(w string) string {
	if s, ok := sameRole[w]; ok {
		return s
	}
	return w
}

// tellingApart are words before a role of which one holder has them and another
// one has not.
var tellingApart = wordSet(`local regional deputy vice assistant former ex acting other second third new old elder younger rival opposing junior
federal state provincial outgoing incoming late current`)

// roleFits reports whether the role, as written, is that of the noun phrase
// p: no word of either tells its holder apart from that of the other.
func (f *finder) roleFits(role string, p phrase, head int) bool {
	word := roleWord(f.d.Lower(head))
	has, apart := false, 0
	fields := strings.Fields(strings.ToLower(role))
	for k, w := range fields {
		if w == "of" || w == "for" || w == "at" || w == "in" || w == "with" {
			break
		}
		ends := k+1 == len(fields) || strings.HasSuffix(w, ",")
		if !ends {
			switch fields[k+1] {
			case "of", "for", "at", "in", "with", "and", "&":
				ends = true
			}
		}
		w = strings.Trim(w, ",;")
		if ends && roleWord(w) == word {
			has = true
		}
		if tellingApart[w] && w != "former" && w != "ex" { // the former mayor is the mayor of the story
			apart++
		}
	}
	if !has {
		return false
	}
	for i := p.first + 1; i < head; i++ {
		w := f.d.Lower(i)
		if tellingApart[w] {
			if !strings.Contains(strings.ToLower(role), w) {
				return false
			}
			if w != "former" && w != "ex" {
				apart--
			}
		} else if len(fields) > 1 && f.nameAt[i] == 0 && sector[w] && !strings.Contains(strings.ToLower(role), w) {
			return false // the health minister is no foreign minister
		}
	}
	return apart == 0
}

// sector are words for what somebody is in charge of.
var sector = wordSet(`foreign interior health finance defence defense education transport justice trade energy environment prime agriculture labour
labor economy culture sports home police fire attorney general army military`)

// holder returns the person before p with its role who was told of last, or 0.
// A phrase with a name in it (the Florida senator) needs more: a role with that
// name, or a person of whom the sentences right before tell.
func (f *finder) holder(p phrase, head int) int {
	place := ""
	for i := p.first; i < head; i++ {
		if f.nameAt[i] > 0 {
			place = strings.ToLower(f.d.Lower(i))
		}
	}
	best, at := 0, -1
	var seen []int
	for i := p.first - 1; i >= 0 && i > p.first-lookBack; i-- {
		m := f.nameAt[i]
		if m == 0 {
			continue
		}
		i = min(i, f.ents.Mentions[m-1].First)
		id := f.ents.Mentions[m-1].Entity
		if id == 0 || slices.Contains(seen, id) {
			continue
		}
		seen = append(seen, id)
		e := &f.ents.Entities[id-1]
		if e.Kind != entities.Person || !f.genderFits(f.d.Lower(head), e) {
			continue
		}
		fits, named := false, place == ""
		for _, r := range e.Roles[:min(len(e.Roles), 8)] {
			if f.roleFits(r, p, head) {
				fits = true
				named = named || strings.Contains(strings.ToLower(r), place)
			}
		}
		if !fits && f.namedAs(p, head, &f.ents.Mentions[e.Mentions[0]]) {
			fits = true
		}
		if !fits {
			continue
		}
		last := f.lastSubject(e.ID, p.first)
		if last > at && (named || last > p.first-nearSubject) {
			best, at = e.ID, last
		}
	}
	return best
}

// namedAs reports whether the mention m is the name of one who was called by
// the same noun right before it: the president of Ecuador, Jan Dvorak,
func (f *finder) namedAs(p phrase, head int, m *entities.Mention) bool {
	if m.First < 3 || f.d.Norm(m.First-1) != "," || m.Last >= len(f.d.Tokens) || f.d.Norm(m.Last) != "," {
		return false
	}
	q := f.phraseBefore(m.First-1, 0)
	if q.empty() || f.tag(q.first) != "DT" {
		return false
	}
	return f.roleFits(f.textOf(phrase{q.first + 1, f.head(q) + 1}), p, head)
}

// aged returns the last person before token i whose age follows the name: Anna
// Novak, 54; or 0.
func (f *finder) aged(i int, age string) int {
	for k := i - 1; k > 0 && k > i-lookBack; k-- {
		if f.d.Norm(k) != age || f.inQuote[k] > 0 || f.d.Norm(k-1) != "," && f.d.Norm(k-1) != "(" || k < 2 {
			continue
		}
		if m := f.nameAt[k-2]; m > 0 && f.ents.Mentions[m-1].Kind == entities.Person && f.ents.Mentions[m-1].Entity > 0 {
			return f.ents.Mentions[m-1].Entity
		}
	}
	return 0
}

// nearSubject is how many tokens before a noun phrase the sentences right
// before it are at most.
const nearSubject = 60

// lastSubject returns the first token of the last mention of entity id before
// token i that is followed by a verb; where there is none, one that counts for
// less the farther back it is; or -1.
func (f *finder) lastSubject(id, i int) int {
	e := &f.ents.Entities[id-1]
	other := -1
	n := f.mentionsBefore(e, i)
	for k := n - 1; k >= 0 && k >= n-12; k-- {
		m := &f.ents.Mentions[e.Mentions[k]]
		if m.Form == entities.Nominal || f.inQuote[m.First] > 0 {
			continue
		}
		if f.actsAt(m) {
			return max(m.First, other)
		}
		if other < 0 {
			other = max(0, m.First-nearSubject/2)
		}
	}
	return other
}

// actsAt reports whether a verb follows the mention m or stands before it as a cue.
func (f *finder) actsAt(m *entities.Mention) bool {
	if m.Last < len(f.d.Tokens) && f.nameAt[m.Last] == 0 && (isFinite(f.d, m.Last) || f.d.Norm(m.Last) == ",") {
		return true
	}
	return m.First > 0 && f.nameAt[m.First-1] == 0 && (f.d.Lower(m.First-1) == "said" || f.d.Lower(m.First-1) == "says")
}

// otherSubject reports whether since the person id was named somebody else has
// acted, in a sentence before that of the noun phrase p, of whom no role is
// known, so that p may be theirs.
func (f *finder) otherSubject(p phrase, id int) bool {
	last := f.lastMention(&f.ents.Entities[id-1], p.first)
	low, _ := f.sentenceBounds(p)
	for i := low - 1; i > last && i > p.first-nearBody; i-- {
		m := f.nameAt[i]
		if m == 0 || f.inQuote[i] > 0 {
			continue
		}
		x := &f.ents.Mentions[m-1]
		if x.Kind == entities.Person && x.Entity > 0 && x.Entity != id && f.actsAt(x) && len(f.ents.Entities[x.Entity-1].Roles) == 0 {
			return true
		}
	}
	return false
}

// lastMention returns the first token of the last name or pronoun of e before
// token i, or -1.
func (f *finder) lastMention(e *entities.Entity, i int) int {
	n := f.mentionsBefore(e, i)
	for k := n - 1; k >= 0 && k >= n-12; k-- {
		if m := &f.ents.Mentions[e.Mentions[k]]; m.Form != entities.Nominal {
			return m.First
		}
	}
	return -1
}

// mentionsBefore returns how many mentions of e begin before token i.
func (f *finder) mentionsBefore(e *entities.Entity, i int) int {
	return sort.Search(len(e.Mentions), func(k int) bool { return f.ents.Mentions[e.Mentions[k]].First >= i })
}

// tellsApart reports whether the words of p before its head are not those of
// any role of e: the local minister is not Foreign Minister Lavrov.
func (f *finder) tellsApart(p phrase, head int, e *entities.Entity) bool {
	for i := p.first + 1; i < head; i++ {
		if !tellingApart[f.d.Lower(i)] {
			continue
		}
		has := false
		for _, r := range e.Roles {
			has = has || strings.Contains(strings.ToLower(r), f.d.Lower(i))
		}
		if !has {
			return true
		}
	}
	return false
}

var (
	// companies are nouns for bodies that sell something.
	companies = wordSet(`company firm airline manufacturer carmaker maker retailer startup start-up bank brewer operator developer supermarket chain utility`)
	// groups are nouns for other bodies that are not the press.
	groups = wordSet(`group club team charity church union party watchdog organization organisation foundation association institution body agency university school`)
	// outletNouns are nouns for the press.
	outletNouns = wordSet(`newspaper paper magazine broadcaster network publication outlet tabloid daily weekly station channel website`)
	// pressWords are parts of names of the press.
	pressWords = wordSet(`news times post herald tribune journal tv radio press gazette guardian daily weekly media reuters bbc cnn fox abc cbs nbc msnbc afp xinhua
telegraph magazine mail mirror chronicle observer globe today tonight broadcasting television newspaper express independent inquirer politico huffpost
bloomberg breitbart review tass interfax dpa efe wikinews`)
	// publicWords are parts of names of bodies that are no companies.
	publicWords = wordSet(`department ministry police court council commission committee agency parliament senate congress government administration authority
university school college institute party church foundation association union academy museum army navy force forces board bureau service nations house
hospital office club`)
)

// isPress reports whether e is a newspaper, a broadcaster or the like, by its
// name or because it is told or reports.
func (f *finder) isPress(e *entities.Entity) bool {
	for _, w := range strings.Fields(strings.ToLower(e.Name)) {
		if pressWords[w] {
			return true
		}
	}
	for _, k := range e.Mentions[:min(len(e.Mentions), 10)] {
		m := &f.ents.Mentions[k]
		if m.Form != entities.Name {
			continue
		}
		if m.First > 0 {
			if w := f.d.Lower(m.First - 1); w == "told" || w == "newspaper" || w == "broadcaster" || w == "magazine" || w == "website" || w == "channel" {
				return true
			}
		}
		if m.Last < len(f.d.Tokens) {
			if w := f.d.Lower(m.Last); w == "reported" || w == "reports" {
				return true
			}
		}
	}
	return false
}

// canBe reports whether e can be what the noun for a body says.
func (f *finder) canBe(e *entities.Entity, noun string) bool {
	if e.Kind != entities.Organization {
		return false
	}
	words := strings.Fields(strings.ToLower(e.Name))
	for _, w := range words {
		if w == noun {
			return true
		}
	}
	if !outletNouns[noun] && f.isPress(e) && noun != "agency" && noun != "organization" && noun != "organisation" {
		return false
	}
	if companies[noun] || outletNouns[noun] {
		for _, w := range words {
			if publicWords[w] {
				return false
			}
		}
	}
	return true
}

// nearBody is how many tokens before a noun phrase the body that it means was
// named last at most, where coreference does not know it.
const nearBody = 120

// bodyMeant returns the body that p with the given last word means: guess, if
// it can be that, else the only other one near before it that can.
func (f *finder) bodyMeant(p phrase, word string, guess int) int {
	if guess == 0 || f.canBe(&f.ents.Entities[guess-1], word) {
		return guess
	}
	only := 0
	for i := p.first - 1; i >= 0 && i > p.first-nearBody; i-- {
		m := f.nameAt[i]
		if m == 0 || f.inQuote[i] > 0 {
			continue
		}
		id := f.ents.Mentions[m-1].Entity
		if id == 0 || id == only || !f.canBe(&f.ents.Entities[id-1], word) {
			continue
		}
		if only > 0 {
			return 0
		}
		only = id
	}
	return only
}

// kin are nouns for relatives.
var kin = wordSet(`mother father son daughter brother sister wife husband widow widower uncle aunt cousin grandfather grandmother stepfather stepmother
nephew niece fiancee fiance fiancée fiancé girlfriend boyfriend partner`)

// relative returns the person whom “his surviving father” means: the only one
// who is named as a father, or 0.
func (f *finder) relative(p phrase, head int) int {
	word := f.d.Lower(head)
	if f.tag(p.first) != "PRP$" && f.tag(p.first) != "DT" || !kin[word] || head+1 < p.last {
		return 0
	}
	if f.relatives == nil {
		f.findRelatives()
	}
	return max(0, f.relatives[word])
}

// findRelatives finds who is named beside a noun for a relative: his father,
// Jan Dvorak. A noun for several people has -1.
func (f *finder) findRelatives() {
	f.relatives = map[string]int{}
	for k := range f.ents.Mentions {
		m := &f.ents.Mentions[k]
		if m.Form != entities.Name || m.Kind != entities.Person || m.Entity == 0 {
			continue
		}
		i := m.First - 1
		if i > 0 && f.d.Norm(i) == "," {
			i--
		}
		if i < 1 || !kin[f.d.Lower(i)] || f.tag(i-1) != "PRP$" && f.tag(i-1) != "POS" && !strings.HasPrefix(f.tag(i-1), "JJ") {
			continue
		}
		if word := f.d.Lower(i); f.relatives[word] == 0 {
			f.relatives[word] = m.Entity
		} else if f.relatives[word] != m.Entity {
			f.relatives[word] = -1
		}
	}
}

// speaksOfSelf reports whether the person id is named inside q, which somebody
// does not say of themselves: “Donald is a leader,” said the 46-year-old.
func (f *finder) speaksOfSelf(q *finding, id int) bool {
	for _, p := range q.parts {
		for i := p.first; i < p.last; i++ {
			if m := f.nameAt[i]; m > 0 && f.ents.Mentions[m-1].Entity == id && f.ents.Mentions[m-1].Kind == entities.Person {
				return true
			}
		}
	}
	return false
}
