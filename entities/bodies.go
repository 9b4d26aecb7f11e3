package entities

import (
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/gazetteer"
)

// A nameIndex finds clusters of bodies or places by what their names hold.
type nameIndex struct {
	byContent map[string]int   // all content words → cluster
	byWord    map[string][]int // a content word → clusters
	byRef     map[string]int   // stable ID → cluster
	key       []byte
}

func newNameIndex(n int) *nameIndex {
	return &nameIndex{byContent: make(map[string]int, n), byWord: make(map[string][]int, 2*n), byRef: make(map[string]int, n)}
}

func (ix *nameIndex) contentKey(x *form) []byte {
	ix.key = ix.key[:0]
	for _, w := range x.content {
		ix.key = append(append(ix.key, w...), ' ')
	}
	return ix.key
}

func (ix *nameIndex) add(c int, x *form) {
	if key := ix.contentKey(x); len(key) > 0 {
		if _, ok := ix.byContent[string(key)]; !ok {
			ix.byContent[string(key)] = c
		}
	}
	for _, w := range x.content {
		ix.byWord[w] = insert(ix.byWord[w], c)
	}
	if ref := x.ref(); ref != "" {
		if _, ok := ix.byRef[ref]; !ok {
			ix.byRef[ref] = c
		}
	}
}

// mergeBodies makes clusters of the forms of organisations.
func (r *resolver) mergeBodies() { r.mergeNames(Organization, r.bodyChoices) }

// mergeNames makes clusters of the forms of one kind, the fullest first. Forms of
// the same words or ID are one; shorter returns what else a form may be short for.
func (r *resolver) mergeNames(kind Kind, shorter func(f int, ix *nameIndex) []int) {
	order := r.byFullness(kind)
	if len(order) == 0 {
		return
	}
	ix := newNameIndex(len(order))
	for c := range r.clusters { // of the user's own names
		if x := &r.clusters[c]; x.kind == kind {
			for _, f := range x.forms {
				ix.add(c, &r.forms[f])
			}
		}
	}
	for _, f := range order {
		x := &r.forms[f]
		if len(x.core) == 0 { // marks only
			r.open(f)
			continue
		}
		c, ok := ix.byContent[string(ix.contentKey(x))]
		if !ok {
			c = r.aliased(f)
		}
		if c < 0 {
			if id, known := ix.byRef[x.ref()]; known && x.ref() != "" && !r.contradicts(x, &r.clusters[id]) {
				c = id
			}
		}
		if c < 0 {
			switch choices := shorter(f, ix); len(choices) {
			case 0:
				c = r.open(f)
			case 1:
				c = choices[0]
			default:
				r.mayMean(f, choices)
				continue
			}
		}
		if x.entity < 0 {
			r.join(f, c)
		}
		ix.add(c, x)
	}
}

// contradicts reports whether a form tells another country than the cluster.
func (r *resolver) contradicts(x *form, c *cluster) bool {
	return x.country != "" && c.country != "" && x.country != c.country
}

// shortFor returns the clusters of which x surely is a short form, else those of
// which it may be one. shortens compares x with a form of a cluster: 2 is surely,
// 1 perhaps, 0 not.
func (r *resolver) shortFor(x *form, ix *nameIndex, shortens func(x, y *form) int) []int {
	var sure, perhaps []int
	for _, w := range [...]string{headWord(x.core), x.core[0]} {
		for _, c := range latest(ix.byWord[w]) {
			if slices.Contains(sure, c) || slices.Contains(perhaps, c) || r.contradicts(x, &r.clusters[c]) {
				continue
			}
			how := 0
			for _, g := range r.clusters[c].forms[:min(maxChoices, len(r.clusters[c].forms))] {
				how = max(how, shortens(x, &r.forms[g]))
			}
			switch how {
			case 2:
				sure = append(sure, c)
			case 1:
				perhaps = append(perhaps, c)
			}
		}
	}
	if len(sure) > 0 {
		return sure
	}
	return perhaps
}

// bodyChoices returns the bodies for which form f may be short.
func (r *resolver) bodyChoices(f int, ix *nameIndex) []int {
	x := &r.forms[f]
	if choices := r.shortFor(x, ix, r.shortensBody); len(choices) > 0 {
		return choices
	}
	if len(x.content) == 1 {
		for _, w := range [...]string{x.content[0] + "s", strings.TrimSuffix(x.content[0], "s")} { // Liberal, Liberals
			if c, ok := ix.byContent[w+" "]; ok && len(w) > 4 {
				return []int{c}
			}
		}
	}
	if x.acronym != "" {
		if c := r.expands(f, Organization); c >= 0 {
			return []int{c}
		}
	}
	if c := r.misspeltName(x, ix); c >= 0 {
		return []int{c}
	}
	return nil
}

// expands returns the latest cluster of kind of whose initials form f consists, or -1.
func (r *resolver) expands(f int, kind Kind) int {
	x := &r.forms[f]
	for c := len(r.clusters) - 1; c >= 0 && c >= len(r.clusters)-4*nearest; c-- {
		y := &r.clusters[c]
		if y.kind != kind {
			continue
		}
		for _, g := range y.forms[:min(4, len(y.forms))] {
			if z := &r.forms[g]; len(z.words) > 1 && (z.words[0][0] == x.acronym[0] || z.country != "" || isStopWord(z.words[0])) && acronymFits(x.acronym, r.acronymWords(g)) {
				return c
			}
		}
	}
	return -1
}

// headWord returns the word that a body's or place's name is about: the last one
// before of, for, on or at, else the last.
func headWord(core []string) string {
	for i, w := range core {
		if i > 0 && isStopWord(w) && w != "and" && w != "&" && w != "de" {
			return core[i-1]
		}
	}
	return core[len(core)-1]
}

// shortensBody reports whether x is a short form of y: 2 surely, 1 if nothing
// else in the document fits, 0 not at all.
func (r *resolver) shortensBody(x, y *form) int {
	if len(x.content) >= len(y.content) {
		return 0
	}
	if x.country != "" && y.country == "" && len(x.core) == 2 && x.core[1] == "house" { // U.S. House, House of Representatives
		if y.core[0] == "house" && isChamber(y) {
			return 2
		}
	}
	for _, w := range x.content {
		if !slices.Contains(y.content, w) {
			return 0
		}
	}
	hx, hy := headWord(x.core), headWord(y.core)
	if hx == hy {
		if hx == "house" && len(x.content) == 1 && !isChamber(y) {
			return 0
		}
		if tail, more := tailOf(x.core), tailOf(y.core); len(tail) > 0 && len(more) > len(tail) && !isStopWord(more[len(tail)]) {
			return 0 // University of Saint Francis, University of Saint Francis Crown Point
		}
		if len(x.content) > 1 {
			return 2
		}
		return 1
	}
	if n := len(x.core); n < len(y.core) && slices.Equal(y.core[:n], x.core) { // Housatonic Community College
		if !isStopWord(y.core[n]) && areGeneric(y.core[n:]) {
			return 2
		}
		if len(y.core) == n+1 && slices.Contains(x.core, "&") { // Severn & Western Trains
			return 2
		}
		if n == 1 && x.place && !isStopWord(y.core[n]) && len(y.core) <= 3 && isTeamWord(y.core[len(y.core)-1]) {
			return 1
		}
		if len(y.core) > n+1 && isGenericBody(y.core[n]) && (y.core[n+1] == "of" || y.core[n+1] == "for") { // Scripps Institution of Oceanography
			return 2
		}
	}
	if slices.Equal(tailOf(y.core), x.core) {
		switch hy {
		case "university", "college", "institute": // University of Montreal
			return 2
		case "bureau", "department", "ministry", "office", "agency", "church": // Bureau of Reclamation
			return 1
		}
	}
	return 0
}

// isChamber tells the House of Representatives from an opera house.
func isChamber(y *form) bool {
	for _, w := range y.content {
		switch w {
		case "representatives", "commons", "lords", "delegates", "assembly", "keys", "@US", "state":
			return true
		}
	}
	return false
}

// tailOf returns the words after the first of, for, on or at of a name.
func tailOf(core []string) []string {
	for i, w := range core {
		if i > 0 && isStopWord(w) && w != "and" && w != "&" && w != "de" {
			return core[i+1:]
		}
	}
	return nil
}

func samePlural(a, b string) bool {
	return len(a) > 4 && a+"s" == b || len(b) > 4 && b+"s" == a
}

// areGeneric is true of what a short form of a body leaves out at its end.
func areGeneric(words []string) bool {
	for _, w := range words {
		if !isGenericBody(w) && !isStopWord(w) {
			return false
		}
	}
	return true
}

func isGenericBody(w string) bool {
	switch w {
	case "university", "college", "community", "state", "school", "high", "institute", "institution", "academy", "airlines", "airline", "airways",
		"air", "council", "party", "bank", "club", "company", "corporation", "corp", "inc", "motor", "motors", "hospital", "association",
		"newspaper", "magazine", "conference", "administration", "commission", "agency", "organization", "organisation", "union", "society",
		"football", "railway", "railways", "railroad", "international", "industries", "technologies", "systems", "pharmaceuticals", "entertainment",
		"group", "network", "movement", "clinic", "fc", "afc", "cf", "sc", "stores", "studios", "energy", "electronics", "communications", "bar", "coalition":
		return true
	}
	return false
}

// isTeamWord is true of words that end names of teams, which are also called by
// their city.
func isTeamWord(w string) bool {
	switch w {
	case "united", "city", "rovers", "wanderers", "athletic", "hotspur", "albion", "sox", "heat", "jazz", "magic", "thunder", "curve", "county", "town", "villa":
		return true
	}
	return len(w) > 4 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !isGenericBody(w) && w != "news" && w != "times" && w != "records"
}

// misspeltName returns the cluster whose name differs from x in the spelling of
// one long word that the gazetteer does not know, or -1.
func (r *resolver) misspeltName(x *form, ix *nameIndex) int {
	n := len(x.content)
	for at, w := range x.content {
		if len(w) < 6 {
			continue
		}
		var candidates []int
		if n == 1 {
			for c := len(r.clusters) - 1; c >= 0 && c >= len(r.clusters)-nearest; c-- {
				candidates = append(candidates, c)
			}
		} else {
			candidates = latest(ix.byWord[x.content[(at+1)%n]])
		}
		for _, c := range candidates {
			if r.clusters[c].kind != x.kind {
				continue
			}
			for _, g := range r.clusters[c].forms[:min(maxChoices, len(r.clusters[c].forms))] {
				y := &r.forms[g]
				if len(y.content) != n || len(x.refs) > 0 && len(y.refs) > 0 {
					continue
				}
				if differInSpelling(x.content, y.content) && (n > 1 || !r.isCommonWord(w)) {
					return c
				}
			}
		}
	}
	return -1
}

func (r *resolver) isCommonWord(w string) bool {
	return r.g.Class(gazetteer.KeyOf(strings.ToUpper(w[:1]) + w[1:])).Any(gazetteer.CommonWord | gazetteer.GivenFemale | gazetteer.GivenMale)
}

// differInSpelling reports whether a and b are the same words but for one, which
// has seven letters or more (six in a name of several words) and is one edit away.
func differInSpelling(a, b []string) bool {
	differ := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			continue
		}
		k := slices.IndexFunc(b, func(v string) bool { return !slices.Contains(a, v) })
		if k < 0 {
			return false
		}
		v := b[k]
		least := 7
		if len(a) > 1 {
			least = 6
		}
		n := min(len(v), len(w))
		if len(a) > 1 && samePlural(v, w) { // Indian Railway, Indian Railways
			differ++
			continue
		}
		if n < least || v[0] != w[0] || samePlural(v, w) || !withinEdits(v, w, 1+n/10) && !isTransposed(v, w) {
			return false
		}
		differ++
	}
	return differ == 1
}

// isTransposed reports whether two neighbouring letters changed their places: Untied.
func isTransposed(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i+1 < len(a); i++ {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}
