package quotes

import (
	"strings"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// documents speak for the body that issued them.
var documents = wordSet(`statement report reports letter memo survey study website site account filing release
announcement proclamation decree order ruling judgment projection projections numbers figures request filings statements
letters opinion email e-mail tweet post message note notice document bulletin communique declaration blog article paper`)

// aboutPrepositions come between a document and what it is about or for.
var aboutPrepositions = wordSet(`on to about against for over into regarding concerning near`)

// issuer returns the entity that issued the document p: a statement by X, X's
// statement; or 0. Its head is the token head.
func (f *finder) issuer(p phrase, head int) int {
	for i := p.last - 1; i >= p.first; i-- {
		m := f.nameAt[i]
		if m == 0 || f.ents.Mentions[m-1].Kind == entities.Location {
			continue
		}
		if i < head || !f.isAbout(head, f.ents.Mentions[m-1].First) {
			return f.ents.Mentions[m-1].Entity
		}
	}
	return 0
}

// isAbout reports whether a preposition between a document and a name tells
// that the name is what it is about.
func (f *finder) isAbout(head, name int) bool {
	for k := name - 1; k > head; k-- {
		if aboutPrepositions[f.d.Lower(k)] {
			return true
		}
		if w := f.d.Lower(k); w == "by" || w == "of" || w == "from" {
			return false
		}
	}
	return false
}

// behind returns who is behind the document p, if its words or the sentence
// that brought it up tell: the judge's statement → the judge; a fire service
// statement → fire service; Smith sent a letter … The letter asks → Smith.
func (f *finder) behind(p phrase, head int, referring map[int]int, before []Quotation) referent {
	d := f.d
	for k := head - 1; k > p.first; k-- {
		if d.Norm(k) == "'s" || d.Norm(k) == "'" && f.isNounLike(k-1) {
			return f.resolve(phrase{p.first, k}, referring, before)
		}
	}
	if f.tag(p.first) == "PRP$" && d.Lower(p.first) != "its" {
		return f.resolve(phrase{p.first, p.first + 1}, referring, before)
	}
	for k := head + 1; k+1 < p.last; k++ {
		if w := d.Lower(k); w == "by" || w == "from" {
			return f.resolve(phrase{k + 1, p.last}, referring, before)
		}
	}
	if k := head + 1; k+2 < len(d.Tokens) && p.last == k && f.tag(k) == "VBN" && d.Lower(k+1) == "by" { // a statement released by
		if q := f.phraseAfter(k+2, min(len(d.Tokens), k+14)); !q.empty() {
			return f.resolve(q, referring, before)
		}
	}
	first := p.first
	for first < head && (f.tag(first) == "DT" || strings.HasPrefix(f.tag(first), "JJ") || f.tag(first) == "PRP$" || f.tag(first) == "CD") {
		first++
	}
	if first < head && f.nameAt[first] == 0 && !f.onlyTime(first, head) { // a fire service statement
		return referent{nil, f.textOf(phrase{first, head}), ByDocument}
	}
	if i := f.issued(p, head); i >= 0 {
		s := f.mainSubject(f.sentenceStart(i, 0), i)
		if !s.empty() && !documents[d.Lower(f.head(s))] {
			return f.resolve(s, referring, before)
		}
	}
	return referent{}
}

// onlyTime reports whether the words before a document tell its sort or time
// and not its author: press release, Friday report.
func (f *finder) onlyTime(first, last int) bool {
	for i := first; i < last; i++ {
		if w := f.d.Lower(i); !timeWords[w] && !sorts[w] && f.d.Words[f.d.Tokens[i].Word].Shape != nlp.ShapeNumber {
			return false
		}
	}
	return true
}

// sorts are nouns that tell what sort of document one is.
var sorts = wordSet(`press news media video interim status progress incident event blog cover draft interview case research
reference information e-mail email text twitter facebook court police-report situation weather annual monthly phone opinion`)

// issued returns the first token of the noun phrase that brought up the document
// p as the object of “sent”, “signed” and the like in this or an earlier
// sentence, or -1.
func (f *finder) issued(p phrase, head int) int {
	word := f.d.Lower(head)
	low := max(0, p.first-lookBack)
	for i := head; i > low; i-- {
		if f.d.Lower(i) != word || f.inQuote[i] > 0 || f.nameAt[i] > 0 {
			continue
		}
		for k := i - 1; k > max(0, i-7); k-- {
			if issuing[f.d.Lower(k)] {
				return k + 1
			}
			if !f.inNoun(k) && f.tag(k) != "IN" {
				break
			}
		}
	}
	return -1
}

// issuing are verbs whose subject is behind the document that is their object.
var issuing = wordSet(`sent sends signed signs led leads wrote writes issued issues released releases published publishes posted
posts made makes filed files authored penned submitted submits joined announced signing sending issuing releasing writing`)

// earlierIssuer returns the entity that issued the document that “the study”
// was brought up as: a study by the Marine Institute; or 0.
func (f *finder) earlierIssuer(p phrase, head int) int {
	if !f.isDefinite(p) {
		return 0
	}
	for i := p.first - 1; i >= 0 && i > p.first-lookBack; i-- {
		w := f.d.Lower(i)
		if f.inQuote[i] > 0 || f.nameAt[i] > 0 || w != f.d.Lower(head) && !(studies[w] && studies[f.d.Lower(head)]) || i+2 >= len(f.d.Tokens) {
			continue
		}
		switch f.d.Lower(i + 1) {
		case "by", "from", "of", "issued", "released", "published":
		default:
			continue
		}
		q := f.phraseAfter(i, min(len(f.d.Tokens), i+16))
		if q.empty() {
			continue
		}
		if id := f.issuer(q, i); id > 0 {
			return id
		}
	}
	return 0
}
