package entities

import (
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// Resolve merges the name mentions names of doc into entities, and adds the
// pronouns and descriptions that refer to them. names are sorted by Start and
// do not overlap; their Entity is not read. A nil g stands for the built-in
// gazetteer. Resolve is safe for concurrent use, and its time is linear in the
// length of the text.
//
// Names are merged form by form, the fullest first, so that what comes later in
// the text helps to read what comes earlier: a headline that has the surname
// alone. A short form that fits several entities is given to one of them mention
// by mention, as the context tells.
func Resolve(doc *nlp.Document, names []Mention, g *gazetteer.Gazetteer) *Result {
	r := resolveNames(doc, names, g)
	r.refer()
	return r.result
}

// resolveNames merges names; pronouns are not read.
func resolveNames(doc *nlp.Document, names []Mention, g *gazetteer.Gazetteer) *resolver {
	if g == nil {
		g = gazetteer.Default()
	}
	r := &resolver{doc: doc, g: g, names: slices.Clone(names), nameWordOf: make([]int32, len(doc.Words))}
	r.findQuoted()
	r.collectForms()
	r.settleKinds()
	r.readAliases()
	r.mergeOwn()
	r.mergePeople()
	r.mergeBodies()
	r.settleRegions()
	r.mergePlaces()
	r.assign()
	r.nameEntities()
	return r
}

// resolver is the state of one call of Resolve.
type resolver struct {
	doc        *nlp.Document
	g          *gazetteer.Gazetteer
	names      []Mention
	quoted     []int32    // per token: 1 + index of the outermost Quoted around it
	nameWordOf []int32    // per Word: 1 + index into nameWords, 0 while unknown
	nameWords  []nameWord // of words that were asked for
	forms      []form
	formOf     []int32       // per name mention
	aliases    map[int][]int // form → forms that the text says are the same
	clusters   []cluster
	clusterOf  []int // per entity: its cluster
	result     *Result
}

// A cluster is an entity while names are being merged.
type cluster struct {
	kind    Kind
	full    int   // its fullest form
	forms   []int // all forms, the fullest first
	refs    []string
	country string
	gender  Gender // what titles tell
	hint    Gender // what the given name tells
	last    int    // its latest mention during assign, -1 is none
	own     string // ID of the user's gazetteer
	id      int    // ID of its Entity, 0 while it has none
	title   string // the latest title before its name
	seen    int    // mentions so far during assign
}

// open makes a cluster of form f alone and returns its index.
func (r *resolver) open(f int) int {
	x := &r.forms[f]
	x.entity = len(r.clusters)
	r.clusters = append(r.clusters, cluster{kind: x.kind, full: f, forms: []int{f}, refs: x.refs, country: x.country, last: -1})
	return x.entity
}

// join adds form f to cluster c.
func (r *resolver) join(f, c int) {
	x, y := &r.forms[f], &r.clusters[c]
	x.entity = c
	y.forms = append(y.forms, f)
	if len(y.refs) == 0 && r.lendsRef(x, &r.forms[y.full]) {
		y.refs = x.refs
	}
	if y.country == "" {
		y.country = x.country
	}
}

// lendsRef reports whether the IDs of form x are also those of a body whose full form
// is y: AL may be an American Legion here, and of the entries of National Guard none is
// that of Minnesota.
func (r *resolver) lendsRef(x, y *form) bool {
	if x.kind != Organization || x.own != "" || len(x.words) >= len(y.words) {
		return true
	}
	known := strings.Fields(normalName(x.refName))
	all, shared, more := 0, 0, 0
	for _, w := range known {
		if !isStopWord(w) && !isNation(w) && !isCompanyForm(w) {
			all++
		}
	}
	for _, w := range y.words {
		switch {
		case isStopWord(w) || isNation(w) || isCompanyForm(w):
		case slices.Contains(known, w):
			shared++
		default:
			more++
		}
	}
	return 2*shared > all+more && !(shared == all && more > 0)
}

// isNation is true of the words that bodies of the United States may leave out.
func isNation(w string) bool { return w == "us" || w == "united" || w == "states" || w == "american" }

// mergeOwn makes a cluster of the forms of each entry of the user's gazetteer: they
// are one whatever they look like, and those of two entries are not.
func (r *resolver) mergeOwn() {
	var byID map[string]int
	for f := range r.forms {
		x := &r.forms[f]
		if x.own == "" || x.into > 0 {
			continue
		}
		if byID == nil {
			byID = make(map[string]int)
		}
		id := x.kind.String() + x.own
		if c, ok := byID[id]; ok {
			r.join(f, c)
			if len(x.words) > len(r.forms[r.clusters[c].full].words) {
				r.clusters[c].full = f
			}
			continue
		}
		c := r.open(f)
		byID[id] = c
		r.clusters[c].own = x.own
	}
}

// maxChoices bounds among how many entities the context of a mention chooses.
const maxChoices = 16

// mayMean leaves the choice among clusters to the context of each mention.
func (r *resolver) mayMean(f int, choices []int) {
	if len(choices) == 1 {
		r.join(f, choices[0])
		return
	}
	r.forms[f].choices = slices.Clone(choices[max(0, len(choices)-maxChoices):])
}

// byFullness returns the forms of kind, those of most words first.
func (r *resolver) byFullness(kind Kind) []int {
	var order []int
	for f := range r.forms {
		if r.forms[f].kind == kind && r.forms[f].entity < 0 {
			order = append(order, f)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return len(r.forms[b].words) - len(r.forms[a].words) })
	return order
}

func (r *resolver) findQuoted() {
	r.quoted = make([]int32, len(r.doc.Tokens)+1)
	for k, q := range r.doc.Quoted {
		if q.Depth > 0 {
			continue
		}
		for i := q.First; i < q.Last; i++ {
			r.quoted[i] = int32(k + 1)
		}
	}
}

// settleKinds gives a name of several words one kind in the whole document: the
// one that most of its mentions have. Names of countries and cities keep theirs,
// since teams are called by them.
func (r *resolver) settleKinds() {
	var byWords map[string]int
	var key []byte
	for f := range r.forms {
		x := &r.forms[f]
		if len(x.words) < 2 {
			continue
		}
		if byWords == nil {
			byWords = make(map[string]int)
		}
		key = key[:0]
		for _, w := range x.words {
			key = append(append(key, w...), ' ')
		}
		g, ok := byWords[string(key)]
		if !ok {
			byWords[string(key)] = f
			continue
		}
		y := &r.forms[g]
		if x.kind == y.kind || x.own != "" || y.own != "" || x.kind == Location && len(x.refs) > 0 || y.kind == Location && len(y.refs) > 0 {
			continue
		}
		winner, loser := g, f
		if x.count > y.count {
			winner, loser = f, g
		}
		byWords[string(key)] = winner
		r.forms[winner].count += r.forms[loser].count
		r.forms[winner].first = min(r.forms[winner].first, r.forms[loser].first)
		r.forms[loser].into = winner + 1
		r.forms[loser].kind = 0
	}
	if byWords == nil {
		return
	}
	for k := range r.formOf {
		for r.forms[r.formOf[k]].into > 0 {
			r.formOf[k] = int32(r.forms[r.formOf[k]].into - 1)
		}
		r.names[k].Kind = r.forms[r.formOf[k]].kind
	}
}

// assign gives each name mention its entity, in text order.
func (r *resolver) assign() {
	r.result = &Result{Mentions: r.names}
	for k := range r.names {
		m := &r.names[k]
		f := &r.forms[r.formOf[k]]
		c := f.entity
		if len(f.choices) > 0 {
			c = r.choose(k, f.choices)
		}
		if c < 0 {
			c = r.open(int(r.formOf[k]))
		}
		x := &r.clusters[c]
		if x.id == 0 {
			x.id = len(r.result.Entities) + 1
			r.result.Entities = append(r.result.Entities, Entity{ID: x.id, Kind: m.Kind})
			r.clusterOf = append(r.clusterOf, c)
		}
		if m.Kind == Person {
			if g := r.titleGender(m); g != 0 {
				x.gender = g
			}
			if t := r.titleBefore(m); t != "" {
				x.title = t
			}
		}
		x.last = k
		x.seen++
		m.Entity = x.id
		e := &r.result.Entities[x.id-1]
		e.Mentions = append(e.Mentions, k)
	}
}

// choose returns the one of several clusters that name mention k means.
func (r *resolver) choose(k int, choices []int) int {
	m := &r.names[k]
	g, title := Gender(0), ""
	if m.Kind == Person {
		g, title = r.titleGender(m), r.titleBefore(m)
	}
	// In news the one who was named first is called by the surname alone.
	first := slices.MinFunc(choices, func(a, b int) int { return r.forms[r.clusters[a].full].first - r.forms[r.clusters[b].full].first })
	best, bestScore := choices[0], -1<<30
	for _, c := range choices {
		x := &r.clusters[c]
		s := 0
		if g != 0 && x.gender != 0 && g != x.gender {
			s -= 1000
		} else if g != 0 && x.gender == 0 && x.hint != 0 && g != x.hint {
			s -= 500
		}
		if title != "" && title == x.title {
			s += 200
		}
		if x.last < 0 {
			s -= 400 + r.forms[x.full].first // not yet named
		} else {
			s += min(x.seen, 20) - min(k-x.last, 60)/4
			if m.Kind == Person && c == first {
				s += 30
			}
		}
		switch kin := r.introducedAs(c); {
		case kin == "":
		case strings.HasPrefix(title, "mrs") && (kin == "wife" || kin == "widow"):
			s += 200
		default:
			s -= 60
		}
		if s > bestScore {
			best, bestScore = c, s
		}
	}
	return best
}
