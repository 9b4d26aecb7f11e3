package quotes

import (
	"strings"

	"github.com/whosaid-nlp/whosaid/nlp"
)

// A complement is what a reporting verb takes as its content.
type complement uint8

const (
	noCue     complement = iota
	takesAny             // a clause with or without “that”: said, told, added
	takesThat            // a clause after “that”, or a quotation: noted, showed
	takesTo              // an infinitive too: asked, urged, promised, vowed
	takesMark            // only words in quotation marks: called, described, slammed
	takesNoun            // a noun phrase: called for an inquiry, accused him of lying
)

// cueVerbs maps the forms of reporting verbs to what they take.
var cueVerbs = buildCueVerbs()

func buildCueVerbs() map[string]complement {
	verbs := make(map[string]complement)
	add := func(c complement, stems string) {
		for _, forms := range strings.Fields(stems) {
			for _, f := range inflect(forms) {
				verbs[f] = c
			}
		}
	}
	add(takesMark, `call describe slam blast criticize criticise praise condemn denounce hail dismiss decry label brand
		dub offer voice express cite reference refer defend mock ridicule speak lash exclaim joke shout yell cry quip
		muse ask sigh laugh chant begin go put:puts:put:putting sum react deride characterize characterise quote
		appeal plead lament thank recall:recalls:recalled:recalling`)
	add(takesThat, `note indicate suggest reveal report conclude acknowledge admit point
		observe remark comment stress emphasize emphasise underline highlight caution allege assert contend argue
		maintain claim reiterate repeat confirm deny:denies:denied:denying predict estimate recount complain boast
		signal hint imply:implies:implied:implying concede disclose affirm testify:testifies:testified:testifying
		reply:replies:replied:replying respond answer counter retort agree accept state mention lament
		specify:specifies:specified:specifying rule clarify:clarifies:clarified:clarifying explain declare announce
		post recall proclaim opine accuse reason object echo read:reads:read:reading reassure assure inform notify:notifies:notified:notifying
		speculate suppose surmise theorize hypothesize posit establish:establishes:established:establishing reason recommend
		remind joke quip gush fume`)
	add(takesTo, `urge promise vow pledge swear:swears:swore:swearing warn demand call advise instruct encourage request beg:begs:begged:begging`)
	add(takesAny, `say:says:said:saying tell:tells:told:telling add write:writes:wrote:writing:written tweet insist
		assert claim argue warn explain stress announce declare continue`)
	verbs["found"], verbs["finds"] = takesThat, takesThat
	verbs["asked"], verbs["asks"], verbs["asking"] = takesTo, takesTo, takesTo
	verbs["urged"], verbs["urging"] = takesTo, takesTo
	return verbs
}

// topicVerbs tell what somebody spoke about and not what they said, unless
// words in marks follow: defended his plan.
var topicVerbs = wordSet(`defended defends defending praised praises praising criticized criticised criticizes criticises condemned
condemns condemning denounced denounces denouncing hailed hails mocked mocks ridiculed thanked thanks lamented`)

// nounComplement tells with which preposition a verb can report a noun phrase.
var nounComplement = map[string]string{"call": "for", "calls": "for", "called": "for", "calling": "for", "appealed": "for", "appeals": "for",
	"appealing": "for", "pleaded": "for", "accuse": "of", "accuses": "of", "accused": "of", "accusing": "of"}

// accuses reports whether “somebody of something” stands at token i.
func (f *finder) accuses(i, last int) bool {
	p := f.phraseAfter(i, last)
	if f.isPronounObject(i) {
		p = phrase{i, i + 1}
	}
	if p.empty() {
		return false
	}
	for k := i; k < p.last+2 && k < last; k++ {
		if f.d.Lower(k) == "of" && f.inQuote[k] == 0 {
			return true
		}
	}
	return false
}

// inflect returns the forms of a verb: those written out after colons, or the
// regular ones.
func inflect(stem string) []string {
	if forms := strings.Split(stem, ":"); len(forms) > 1 {
		return forms
	}
	base := strings.TrimSuffix(stem, "e")
	s := stem + "s"
	if strings.HasSuffix(stem, "ss") || strings.HasSuffix(stem, "sh") || strings.HasSuffix(stem, "ch") {
		s = stem + "es"
	}
	forms := []string{stem, s, base + "ed", base + "ing"}
	switch stem {
	case "cry":
		return []string{"cry", "cries", "cried", "crying"}
	case "admit":
		return []string{"admit", "admits", "admitted", "admitting"}
	case "quip", "dub", "slam":
		d := stem[len(stem)-1:]
		return []string{stem, stem + "s", stem + d + "ed", stem + d + "ing"}
	case "put":
		return []string{"put", "puts", "putting"}
	case "go":
		return []string{"went", "goes"}
	case "begin":
		return []string{"began", "begins", "beginning"}
	case "speak":
		return []string{"spoke", "speaks"}
	}
	return forms
}

// isVerbal reports whether token i can be a finite or participial verb here.
func isVerbal(d *nlp.Document, i int) bool {
	t := d.Tokens[i].Tag.String()
	return strings.HasPrefix(t, "VB")
}

// isFinite reports whether token i is a verb that can head a clause.
func isFinite(d *nlp.Document, i int) bool {
	switch d.Tokens[i].Tag.String() {
	case "VBD", "VBZ", "VBP", "MD":
		return true
	}
	switch d.Lower(i) {
	case "is", "are", "was", "were", "has", "have", "had", "will", "would", "'s", "'re", "'ll", "'d", "can", "could", "may", "might", "must", "should", "does", "did", "do":
		return true
	}
	return false
}

// timeWords can stand between a cue and its content without being part of either.
var timeWords = wordSet(`monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight
earlier later recently previously again also however meanwhile afterwards then now afterward`)

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
