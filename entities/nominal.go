package entities

import (
	"strings"

	"github.com/whosaid-nlp/whosaid/nlp"
)

// roles remembers which person was given which title or role (“Foreign
// Minister Sergey Lavrov”, “Jane Smith, the mayor”), by the role's last word.
type roles map[string][]int

// note records the roles that the words around the name m give its entity.
func (r roles) note(d *nlp.Document, m *Mention) {
	add := func(first, last int) {
		for last > first && !isRoleNoun(d, last-1) {
			last--
		}
		if last <= first {
			return
		}
		head := strings.TrimSuffix(d.Lower(last-1), ".")
		r[head] = append(r[head], m.Entity)
	}
	first := m.First
	for first > 0 && first > m.First-6 && (isRoleNoun(d, first-1) || d.Tokens[first-1].Tag.IsAdjective()) {
		first--
	}
	add(first, m.First)
	if i := m.Last; i+2 < len(d.Tokens) && d.Norm(i) == "," {
		i++
		switch d.Lower(i) {
		case "the", "a", "an", "his", "her", "its", "who":
			i++
			if d.Lower(i-1) == "who" {
				return
			}
		}
		start := i
		for i < len(d.Tokens) && i < start+6 && (isRoleNoun(d, i) || d.Tokens[i].Tag.IsAdjective() || d.Norm(i) == "'s") {
			i++
		}
		add(start, i)
	}
}

func isRoleNoun(d *nlp.Document, i int) bool {
	return d.Tokens[i].Tag.IsNoun() || d.Tokens[i].Tag.IsProperNoun()
}

// nominal returns the end of the definite noun phrase at token i (“the foreign
// minister”) and its last word, or 0.
func nominal(d *nlp.Document, i int) (last int, head string) {
	if d.Lower(i) != "the" {
		return 0, ""
	}
	if i+2 < len(d.Tokens) && strings.HasSuffix(d.Lower(i+1), "-year-old") && !isRoleNoun(d, i+2) && !d.Tokens[i+2].Tag.IsAdjective() && d.Lower(i+2) != "'s" {
		return i + 2, d.Lower(i + 1)
	}
	k := i + 1
	for k < len(d.Tokens) && k < i+6 && (isRoleNoun(d, k) || d.Tokens[k].Tag.IsAdjective()) {
		k++
	}
	for k > i+1 && !isRoleNoun(d, k-1) {
		k--
	}
	if k == i+1 {
		return 0, ""
	}
	return k, d.Lower(k - 1)
}

// bodies are nouns for organisations that need not be part of their names.
var bodies = map[string]bool{
	"company": true, "group": true, "agency": true, "firm": true, "organization": true, "organisation": true,
	"network": true, "website": true, "publication": true, "newspaper": true, "outlet": true, "broadcaster": true,
	"party": true, "club": true, "team": true, "airline": true, "bank": true, "charity": true, "watchdog": true,
	"body": true, "institution": true, "bloc": true, "alliance": true, "carmaker": true, "manufacturer": true,
}

// described returns the entity that the definite noun phrase [i, last) with this
// last word means: the latest person with that role, the latest body with that
// word in its name or, for “the company” and the like, the latest body; or 0.
func (w *walk) described(head string, i, last int) int {
	if strings.HasSuffix(head, "-year-old") {
		return w.aged()
	}
	if sort := places[head]; sort != noPlace {
		if last < len(w.r.doc.Tokens) && w.r.doc.Lower(last) == "of" { // the town of Julfa
			return 0
		}
		return w.place(sort)
	}
	if ids := w.held[head]; len(ids) > 0 {
		return ids[len(ids)-1]
	}
	for k := len(w.out) - 1; k >= 0 && k > len(w.out)-60; k-- {
		m := &w.out[k]
		if m.Kind == Person || m.Form != Name {
			continue
		}
		if m.Kind == Location {
			if m.Last-m.First > 1 && w.r.doc.Lower(m.Last-1) == head { // Chatham Islands: the islands
				return m.Entity
			}
			continue
		}
		if m.Last-m.First > 1 {
			for i := m.First; i < m.Last; i++ {
				if w.r.doc.Lower(i) == head {
					return m.Entity
				}
			}
		}
	}
	if bodies[head] {
		if k := w.source(); k >= 0 && w.refs[k].kind == Organization && w.sentence-w.refs[k].sentence <= 3 {
			return w.refs[k].entity
		}
		for k := len(w.recent) - 1; k >= 0; k-- {
			if x := &w.refs[w.recent[k]]; x.kind == Organization && x.subjects > 0 {
				return x.entity
			}
		}
	}
	return 0
}

// A placeSort is what a noun for a place says of it.
type placeSort uint8

const (
	noPlace placeSort = iota
	aCountry
	aTown
)

// places are nouns for places that need not be part of their names.
var places = map[string]placeSort{
	"country": aCountry, "nation": aCountry,
	"city": aTown, "town": aTown, "village": aTown, "municipality": aTown,
}

// place returns the place that a noun like “the city” means: of those of that
// sort that were a subject or named again, the one that the text is most about;
// or 0.
func (w *walk) place(sort placeSort) int {
	best, count := 0, 0
	for k := len(w.recent) - 1; k >= 0; k-- {
		x := &w.refs[w.recent[k]]
		if x.kind != Location || x.count <= count || x.subjects == 0 && x.count < 2 {
			continue
		}
		ref := w.r.result.Entities[x.entity-1].Ref
		if country := strings.HasPrefix(ref, "ISO3166:"); country == (sort == aCountry) && (country || !strings.HasPrefix(ref, "ISO3166-2:")) {
			best, count = x.entity, x.count
		}
	}
	return best
}

// source returns the referent that spoke or was cited last, or -1.
func (w *walk) source() int {
	if w.cited >= 0 && (w.speaker < 0 || w.refs[w.cited].token > w.refs[w.speaker].token) {
		return w.cited
	}
	return w.speaker
}

// aged returns the person whom “the 54-year-old” means: the latest subject of the
// last sentences, or 0.
func (w *walk) aged() int {
	for k := len(w.recent) - 1; k >= 0; k-- {
		if x := &w.refs[w.recent[k]]; x.kind == Person && x.entity > 0 && !x.plural && x.subjectIn >= 0 && w.sentence-x.subjectIn <= 3 {
			return x.entity
		}
	}
	return 0
}
