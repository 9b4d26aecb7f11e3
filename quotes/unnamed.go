package quotes

import "strings"

// researchers names the unnamed authors of a study by the words that brought
// them up: the researchers, the study → scientists from the University of Miami.
func (f *finder) researchers(p phrase, head int) string {
	w := f.d.Lower(head)
	if f.d.Lower(p.first) != "the" && f.d.Lower(p.first) != "their" || p.last-p.first > 3 || !authors[w] && !studies[w] {
		return ""
	}
	for i := p.first - 1; i >= 0 && i > p.first-900; i-- {
		if !authors[f.d.Lower(i)] || f.inQuote[i] > 0 || i+2 >= len(f.d.Tokens) {
			continue
		}
		k := i + 1
		for k < i+4 && k+2 < len(f.d.Tokens) && (f.tag(k) == "VBN" || f.tag(k) == "RB" || f.d.Lower(k) == "mostly") {
			k++
		}
		if l := f.d.Lower(k); l != "from" && l != "at" && l != "of" && l != "led" && l != "in" {
			continue
		}
		q := f.phraseAfter(k+1, min(len(f.d.Tokens), k+20))
		if q.empty() || f.nameAt[q.last-1] == 0 && f.nameAt[q.first] == 0 {
			continue
		}
		first := i
		for first > 0 && (f.tag(first-1) == "JJ" || f.tag(first-1) == "NN" && f.nameAt[first-1] == 0) {
			first--
		}
		return f.textOf((phrase{first, q.last}))
	}
	return ""
}

var (
	authors = wordSet(`researchers scientists team authors academics economists biologists astronomers physicians epidemiologists`)
	studies = wordSet(`study studies paper papers findings research analysis analyses poll polls surveys reports court judge jury inquiry
investigation investigators`)
)

// lookBack is how many tokens before a definite noun phrase its first mention
// is looked for.
const lookBack = 600

// isDefinite is true of noun phrases of two or three words that take up one
// before: the official, the two officials.
func (f *finder) isDefinite(p phrase) bool {
	switch f.d.Lower(p.first) {
	case "the", "that", "this", "these", "those":
		return p.last-p.first > 1 && p.last-p.first < 4
	}
	return false
}

// introduced returns the noun phrase that brought up the unnamed source p:
// the official → a senior official; or none.
func (f *finder) introduced(p phrase, head int) phrase {
	if !f.isDefinite(p) || f.nameAt[head] > 0 || head+1 < p.last {
		return phrase{}
	}
	word := f.d.Lower(head)
	for i := p.first - 1; i > 0 && i > p.first-lookBack; i-- {
		if f.d.Lower(i) != word || f.inQuote[i] > 0 || f.nameAt[i] > 0 {
			continue
		}
		q := f.phraseBefore(i+1, max(0, i-6))
		if q.empty() || !indefinite[f.d.Lower(q.first)] || f.head(q) != i { // a geologist for a mining company
			continue
		}
		if whole := f.phraseAfter(q.first, min(len(f.d.Tokens), i+10)); whole.last > i && !f.spoke(whole, i) {
			q.last = whole.last
		}
		return q
	}
	return phrase{}
}

// spoke reports whether a verb has slipped into the noun phrase p after its head.
func (f *finder) spoke(p phrase, head int) bool {
	for i := head + 1; i < p.last; i++ {
		if cueVerbs[f.d.Lower(i)] != noCue || strings.HasPrefix(f.tag(i), "VB") {
			return true
		}
	}
	return false
}

var indefinite = wordSet(`a an one another two three four five six seven eight nine ten several some many`)
