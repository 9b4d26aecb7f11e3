package entities

import "strings"

// A field is a set of fields of work.
type field uint8

const (
	politics field = 1 << iota
	sport
	arts
	science
	clergy
	law
)

// roleHead returns the word of a role that says what it is, senator of “former
// U.S. Sen.” and minister of “minister of finance”, or "" for Mr. and the like.
func roleHead(role string) string {
	if isHonorific(role) {
		return ""
	}
	words := strings.Fields(strings.ToLower(role))
	end := len(words)
	for i, w := range words {
		if i > 0 && (w == "of" || w == "for" || w == "at" || w == "in" || w == "and" || w == "to") {
			end = i
			break
		}
	}
	if end == 0 {
		return ""
	}
	w := strings.TrimSuffix(words[end-1], ".")
	if full, ok := titles[w]; ok {
		return full
	}
	return w
}

// titles are short forms of titles, and those that stand for the same office.
var titles = map[string]string{
	"sen": "senator", "rep": "representative", "congressman": "representative", "congresswoman": "representative", "congressmember": "representative",
	"gov": "governor", "gen": "general", "lt": "lieutenant", "col": "colonel", "capt": "captain", "sgt": "sergeant", "prof": "professor",
	"pm": "minister", "premier": "minister", "chairwoman": "chair", "chairman": "chair", "chairperson": "chair", "rev": "reverend",
	"spokeswoman": "spokesman", "spokesperson": "spokesman", "adm": "admiral", "pres": "president", "del": "delegate", "amb": "ambassador",
	"sec": "secretary", "supt": "superintendent",
}

var fields = func() map[string]field {
	m := make(map[string]field)
	for f, words := range map[field]string{
		politics: "senator representative governor minister mayor chancellor ambassador lawmaker legislator councillor councilman councilwoman congressperson delegate mp mep nominee",
		sport: "striker midfielder defender goalkeeper coach batsman bowler quarterback pitcher footballer player cyclist swimmer sprinter wrestler boxer " +
			"forward winger linebacker outfielder shortstop golfer skier goalie batter catcher cricketer racer athlete jockey",
		arts:    "singer actor actress musician guitarist drummer bassist novelist painter filmmaker rapper composer poet comedian vocalist songwriter pianist sculptor",
		science: "professor scientist researcher physicist biologist astronomer epidemiologist chemist virologist geologist meteorologist ecologist neuroscientist economist historian",
		clergy:  "bishop archbishop pope reverend pastor imam rabbi cardinal priest",
		law:     "judge justice magistrate sheriff prosecutor detective",
	} {
		for w := range strings.FieldsSeq(words) {
			m[w] = f
		}
	}
	return m
}()

func fieldOf(head string) field { return fields[head] }

// excludes reports whether one person hardly works in both fields: a senator may
// have been an actor or a judge, but those who play now do not also sit in a
// parliament or a laboratory.
func (f field) excludes(g field) bool {
	one := func(f, g field) bool {
		switch f {
		case sport:
			return g == politics || g == science || g == clergy || g == law
		case arts:
			return g == science || g == clergy || g == law
		case clergy:
			return g == sport || g == law
		}
		return false
	}
	return one(f, g) || one(g, f)
}
