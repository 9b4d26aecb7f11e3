package entities

import (
	"slices"
	"sort"
	"strings"

	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// longestRole bounds the tokens of a role on either side of a name.
const longestRole = 8

// rolesBeside returns the titles and roles that the sentence gives the person
// whose name is m: before the name (“Russia's foreign minister Sergey Lavrov”),
// and behind it between commas (“Jane Smith, the mayor of Springfield,”).
func (r *resolver) rolesBeside(m *Mention) []string {
	d := r.doc
	first, last := sentenceOf(d, m.First)
	var roles []string
	add := func(from, to int) {
		if from < to {
			written := strings.Join(strings.Fields(d.TextOf(nlp.Span{Start: d.Tokens[from].Start, End: d.Tokens[to-1].End})), " ")
			roles = append(roles, singular(written, r.nameWord(to-1).class))
		}
	}
	i := m.First
	for i > first && m.First-i < longestRole && r.isPartOfRole(i-1) {
		i--
	}
	for k := i; k < m.First; k++ { // thank Senator, Wednesday Foreign Minister
		w := d.Words[d.Tokens[k].Word]
		if k == i && (w.Lower == "'s" || w.Norm == "-" || isHonorific(w.Norm) || isWeekday(w.Lower)) ||
			k+1 < m.First && w.Shape == nlp.ShapeLower && w.Lower != "'s" && !qualifiesRole(w.Lower) && d.Words[d.Tokens[m.First-1].Word].Shape == nlp.ShapeTitle {
			i = k + 1
		}
	}
	if i < m.First && r.isRoleHead(m.First-1) && !isHonorific(d.Norm(m.First-1)) {
		add(i, m.First)
	}
	if m.Last < last && d.Norm(m.Last) == "," {
		add(r.roleBehind(m.Last+1, last))
	}
	return roles
}

// roleBehind returns the tokens of the role in the apposition that begins at
// token i, an empty range if there is none.
func (r *resolver) roleBehind(i, last int) (from, to int) {
	d := r.doc
	if i < last && isArticle(d.Lower(i)) {
		i++
	}
	from = i
	for i < last && i < from+longestRole && r.isPartOfRole(i) {
		i++
	}
	if i == from || !r.isRoleHead(i-1) || r.nameWord(i-1).class.Has(gazetteer.Plural) {
		return 0, 0
	}
	head := i
	for i < last && i < head+longestRole && (r.isPartOfRole(i) || isRoleLink(d.Lower(i))) { // mayor of Springfield
		i++
	}
	for isRoleLink(d.Lower(i - 1)) {
		i--
	}
	switch {
	case i == last || d.Norm(i) == "," || d.Norm(i) == "." || d.Norm(i) == ";":
		return from, i
	case d.Norm(head) == "," || isRoleLink(d.Lower(head)) || d.Lower(head) == "who":
		return from, head
	}
	return 0, 0 // Jane Smith, mayor Roe and others
}

// isPartOfRole is true of nouns, adjectives and possessives.
func (r *resolver) isPartOfRole(i int) bool {
	d := r.doc
	t := d.Tokens[i].Tag
	if d.Lower(i) == "'s" {
		return true
	}
	if d.Norm(i) == "-" { // Secretary-General
		return !d.Tokens[i].SpaceBefore && i > 0 && i+1 < len(d.Tokens) && !d.Tokens[i+1].SpaceBefore && d.Words[d.Tokens[i+1].Word].Shape.Capital()
	}
	switch d.Words[d.Tokens[i].Word].Shape {
	case nlp.ShapePunct, nlp.ShapeOther, nlp.ShapeNumber:
		return false
	}
	return (t.IsNoun() || t.IsProperNoun() || t.IsAdjective()) && !strings.HasSuffix(d.Lower(i), "-old") && !strings.Contains(d.Lower(i), "/")
}

// isRoleHead is true of words that name an office or a profession.
func (r *resolver) isRoleHead(i int) bool {
	d := r.doc
	x := r.nameWord(i)
	switch x.norm {
	case "state", "general", "hurricane", "does", "member", "victim", "suspect":
		return x.norm == "general" || x.norm == "member"
	}
	if x.class.Any(gazetteer.Title | gazetteer.Role) {
		return !isKin(x.norm)
	}
	w := d.Lower(i)
	if len(w) < 5 || d.Words[d.Tokens[i].Word].Shape != nlp.ShapeLower || !d.Tokens[i].Tag.IsNoun() || x.class.Has(gazetteer.Plural) {
		return false
	}
	return slices.ContainsFunc([]string{"ist", "ician", "person", "woman", "man", "eer", "logist", "chief", "grapher"}, func(s string) bool { return strings.HasSuffix(w, s) })
}

// singular returns the role of one of several people: U.S. Senator of U.S.
// Senators Ann Lee and John Poe.
func singular(role string, last gazetteer.Class) string {
	switch {
	case !last.Has(gazetteer.Plural):
	case strings.HasSuffix(role, "s."):
		return role[:len(role)-2] + "."
	case strings.HasSuffix(role, "s"):
		return role[:len(role)-1]
	}
	return role
}

func isArticle(w string) bool {
	switch w {
	case "the", "a", "an", "his", "her", "its", "their", "our":
		return true
	}
	return false
}

// qualifiesRole is true of words in lower case that belong to a title in
// capitals: former President.
func qualifiesRole(w string) bool {
	switch w {
	case "former", "acting", "incumbent", "current", "outgoing", "late", "deputy", "vice", "presumptive", "interim", "then", "ex", "retired", "state",
		"district", "assistant", "senior":
		return true
	}
	return strings.HasPrefix(w, "then-") || strings.HasPrefix(w, "ex-")
}

func isWeekday(w string) bool {
	switch w {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday":
		return true
	}
	return false
}

func isRoleLink(w string) bool {
	switch w {
	case "of", "for", "at", "in", "the", "and", "&", "to", "on":
		return true
	}
	return false
}

// sentenceOf returns the tokens of the sentence with token i.
func sentenceOf(d *nlp.Document, i int) (first, last int) {
	k := sort.Search(len(d.Sentences), func(k int) bool { return d.Sentences[k].Last > i })
	if k == len(d.Sentences) {
		return 0, len(d.Tokens)
	}
	return d.Sentences[k].First, d.Sentences[k].Last
}
