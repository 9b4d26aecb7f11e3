package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"github.com/whosaid-nlp/whosaid/gazetteer"
)

// Ranks order the entries of one name.
const (
	rankLesser    = 2 // small cities, lesser lists
	rankProvince  = 3
	rankListed    = 4
	rankKnown     = 5 // big cities, states
	rankProminent = 6 // cities of a million, what was listed by hand
	rankCapital   = 7
	rankCountry   = 9
)

type compiler struct {
	source  string
	builder gazetteer.Builder
	err     error
	dropped map[gazetteer.Key]bool // surfaces that name nothing
	nations map[string]bool        // names of countries
	words   map[string]bool        // common words that the lists flag
	people  map[string]bool        // given names and surnames
	given   map[string]gazetteer.Gender
	places  map[string]bool // country + name of places taken
	taken   map[string]bool // short names of what is prominent
}

func newCompiler(source string) *compiler {
	c := &compiler{
		source: source, dropped: map[gazetteer.Key]bool{}, nations: map[string]bool{}, words: map[string]bool{}, people: map[string]bool{},
		given: map[string]gazetteer.Gender{}, places: map[string]bool{}, taken: map[string]bool{},
	}
	for _, l := range lines(droppedNames) {
		c.dropped[gazetteer.KeyOf(l)] = true
	}
	return c
}

func (c *compiler) compile() {
	c.countries()
	c.singleWords()
	metonyms := c.metonyms()
	c.regions()
	c.cities(metonyms)
	own := c.ownRows()
	c.ownPlaces(own)
	listed := c.read("organisations.tsv")
	c.organisations(append(listed, ownBodies(own, listed)...))
	c.otherMetonyms(metonyms)
	c.persons()
	c.nationalities()
	c.titles()
	for _, l := range lines(givenVariants) {
		c.builder.AddGivenNames(strings.Fields(l)...)
	}
	for _, l := range lines(genericBodies) {
		c.class(l, gazetteer.Body|gazetteer.Agency)
	}
	for _, l := range lines(commonWords) {
		for w := range strings.FieldsSeq(l) {
			c.words[w] = true
		}
	}
	for w := range c.words {
		if c.builder.Has(w) {
			c.class(w, gazetteer.CommonWord)
		}
	}
}

// keep reports whether a surface can be the name of an entry.
func (c *compiler) keep(s string) bool {
	if c.dropped[gazetteer.KeyOf(s)] || len(s) > 120 || strings.ContainsAny(s, "()") || strings.Contains(s, " or ") {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsDigit(r) }) >= 0 && utf8.RuneCountInString(s) > 1
}

func (c *compiler) add(e gazetteer.Entry, rank int, aliases ...string) {
	if c.err != nil || !c.keep(e.Name) {
		return
	}
	aliases = slices.DeleteFunc(slices.Clone(aliases), func(s string) bool { return !c.keep(s) })
	for _, s := range slices.Concat([]string{e.Name}, aliases) {
		if rest, ok := strings.CutPrefix(s, "Al-"); ok { // al-Assad, Al Assad
			aliases = append(aliases, "al-"+rest, "al "+rest, "Al "+rest)
		}
	}
	if err := c.builder.Add(e, rank, aliases...); err != nil {
		c.err = err
	}
	if rank >= rankKnown {
		for _, s := range append(aliases, e.Name) {
			c.taken[s] = true
		}
	}
	for _, s := range append(aliases, e.Name) {
		if isAcronym(s) {
			c.class(s, gazetteer.Abbreviation)
		}
	}
}

func (c *compiler) class(s string, k gazetteer.Class) {
	if c.err == nil {
		c.err = c.builder.AddClass(s, k)
	}
}

// isAcronym reports whether s is one word of capitals.
func isAcronym(s string) bool {
	n := 0
	for _, r := range s {
		if !unicode.IsUpper(r) && r != '.' {
			return false
		}
		n++
	}
	return n > 1
}

// singleWords reads what single words may be.
func (c *compiler) singleWords() {
	for _, r := range c.read("given_names.tsv") {
		var k gazetteer.Class
		switch r["gender"] {
		case "f":
			k, c.given[r["name"]] = gazetteer.GivenFemale, gazetteer.Female
		case "m":
			k, c.given[r["name"]] = gazetteer.GivenMale, gazetteer.Male
		default:
			k = gazetteer.GivenFemale | gazetteer.GivenMale
		}
		c.people[r["name"]] = true
		c.word(r, k)
	}
	for _, r := range c.read("surnames.tsv") {
		c.people[r["name"]] = true
		c.word(r, gazetteer.Surname)
	}
	for _, l := range lines(givenVariants) { // nicknames have the gender of the name
		f := strings.Fields(l)
		for _, s := range f[1:] {
			k := gazetteer.GivenMale
			if c.given[f[0]] == gazetteer.Female {
				k = gazetteer.GivenFemale
			} else if c.given[f[0]] == 0 {
				continue
			}
			if !c.people[s] {
				c.class(s, k)
			}
		}
	}
}

func (c *compiler) word(r row, k gazetteer.Class) {
	if c.nations[r["name"]] { // China, America: hardly anything else in news
		switch r["name"] {
		case "Jordan", "Chad", "Georgia", "Israel":
		default:
			if k &= gazetteer.Surname; k != 0 {
				c.class(r["name"], k)
			}
			return
		}
	}
	if r.has("flags", "word") {
		k |= gazetteer.CommonWord
		c.words[r["name"]] = true
	}
	c.class(r["name"], k)
}

func (c *compiler) countries() {
	for _, r := range c.read("countries.tsv") {
		aliases := append(r.list("alternative_names"), r["official_name"])
		aliases = slices.DeleteFunc(aliases, func(s string) bool {
			return s == "" || r["iso2"] == "TN" && s == "Tunis" || strings.HasSuffix(s, "Holy See")
		})
		e := gazetteer.Entry{ID: "ISO3166:" + r["iso2"], Name: r["name"], Kind: gazetteer.Location,
			Class: gazetteer.Country, Country: r["iso2"], Role: "country"}
		c.add(e, rankCountry, aliases...)
		for _, s := range append(aliases, r["name"]) {
			c.places[r["iso2"]+s] = true
			c.nations[s] = true
		}
	}
}

func (c *compiler) metonyms() []row { return c.read("metonyms.tsv") }

var regionClass = map[string]gazetteer.Class{
	"city": gazetteer.City, "district": gazetteer.City, "facility": gazetteer.Facility,
	"former_country": gazetteer.Country, "country_part": gazetteer.Country | gazetteer.Region,
}

func (c *compiler) regions() {
	rows := c.read("regions.tsv")
	parts := map[string]bool{}
	for _, r := range rows {
		if r["kind"] == "country_part" || r["kind"] == "us_territory" {
			parts[r["name"]] = true
		}
	}
	for _, pass := range []bool{true, false} { // those with a code first
		for _, r := range rows {
			if (r["code"] != "") != pass || r["kind"] == "country_alias" || r["kind"] == "celestial" || r["kind"] == "us_territory" {
				continue
			}
			key := r["iso2"] + r["name"]
			if r["code"] == "" && c.places[key] {
				continue
			}
			c.places[key] = true
			k := regionClass[r["kind"]]
			if k == 0 {
				k = gazetteer.Region
			}
			if parts[r["name"]] && r["iso2"] == "GB" {
				k |= gazetteer.Country
			}
			e := gazetteer.Entry{Name: r["name"], Kind: gazetteer.Location, Class: k, Country: r["iso2"], Role: strings.ReplaceAll(r["kind"], "_", " ")}
			if len(e.Country) != 2 {
				e.Country = ""
			}
			rank := rankKnown
			switch r["kind"] {
			case "admin1":
				rank = rankProvince
				e.Role = "province"
			case "us_state", "ca_province":
				rank, e.Role = rankProminent, "state"
				if r["kind"] == "ca_province" {
					e.Role = "province"
				}
			case "river":
				rank = rankListed
			}
			if r["code"] != "" {
				e.ID = "geonames-admin1:" + r["code"]
			}
			aliases := r.list("aliases")
			short := r.list("abbreviations")
			if r["kind"] == "admin1" {
				short = nil
				aliases = slices.DeleteFunc(aliases, func(s string) bool { return c.words[s] })
				if c.words[e.Name] && !parts[e.Name] {
					continue
				}
			}
			c.add(e, rank, append(aliases, short...)...)
			for _, s := range short {
				c.class(s, gazetteer.Abbreviation)
				switch s {
				case "IN", "OR", "ME", "HI", "OK", "OH", "MA", "PA", "LA", "DE", "AL", "MO", "CO", "MS", "ID", "MD", "AS", "MI":
					c.class(s, gazetteer.CommonWord|gazetteer.Ambiguous)
				}
			}
		}
	}
}

// english are the countries whose small places English news names most.
var english = map[string]bool{"US": true, "GB": true, "CA": true, "AU": true, "IE": true, "NZ": true}

// kept are cities named as a common word that are well known all the same.
var kept = map[string]bool{"Split": true, "Gent": true, "Male": true, "Worms": true, "Tours": true, "Angers": true,
	"Lens": true, "Cognac": true, "Nice": true, "Roman": true, "Bologna": true, "Van": true, "Cassino": true, "Cork": true, "Limerick": true}

func (c *compiler) cities(metonyms []row) {
	extra := map[string][]string{}
	for _, l := range lines(cityAliases) {
		f := strings.Split(l, "\t")
		if len(f) != 3 {
			c.err = fmt.Errorf("city_aliases.txt: %q has not three columns", l)
			return
		}
		extra[f[0]+f[1]] = strings.Split(f[2], "|")
	}
	capital := map[string]string{}
	for _, m := range metonyms {
		if m["class"] == "capital" || m["class"] == "government" {
			if _, ok := capital[m["iso2"]+m["form"]]; !ok {
				capital[m["iso2"]+m["form"]] = m["stands_for"]
			}
		}
	}
	rows := c.read("cities.tsv")
	names := map[string]bool{}
	for _, r := range rows {
		names[r["name"]] = true
		names[r["ascii_name"]] = true
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(b.number("population"), a.number("population")) })
	used := map[string]bool{}
	for _, r := range rows {
		pop, iso, name := r.number("population"), r["iso2"], r["name"]
		if r.has("flags", "word") {
			c.words[name] = true
		}
		if r.has("flags", "word") && !kept[name] && pop < 250_000 && !(english[iso] && pop >= 60_000) {
			continue
		}
		if c.dropped[gazetteer.KeyOf(name)] || utf8.RuneCountInString(name) < 3 && pop < 100_000 {
			continue
		}
		if (r.has("flags", "given") || r.has("flags", "surname")) && pop < 50_000 && !english[iso] {
			continue
		}
		e := gazetteer.Entry{ID: "geonames:" + r["geonameid"], Name: name, Kind: gazetteer.Location,
			Class: gazetteer.City, Country: iso, Role: "city", Population: pop}
		rank := rankLesser
		if pop >= 300_000 {
			e.Class |= gazetteer.BigCity
			rank = rankKnown
		}
		if pop >= 1_000_000 {
			rank = rankProminent
		}
		aliases := append([]string(nil), extra[iso+name]...)
		if r["ascii_name"] != name && !strings.HasPrefix(name, "Ə") && !strings.Contains(name, "ə") {
			aliases = append(aliases, r["ascii_name"])
		}
		if pop >= 100_000 {
			for _, a := range r.list("alternative_names") {
				if !names[a] && !c.people[a] && !c.words[a] && c.spelling(r["ascii_name"], a) {
					aliases = append(aliases, a)
				}
			}
		}
		for _, s := range append([]string{name}, aliases...) {
			if m, ok := capital[iso+s]; ok && !used[iso+s] {
				used[iso+s] = true
				e.Role = m
				e.Class |= gazetteer.Metonym
				rank = max(rank, rankCapital)
			}
		}
		c.add(e, rank, aliases...)
		for _, s := range append([]string{name}, aliases...) {
			c.places[iso+s] = true
		}
	}
}

// spelling reports whether b is another spelling of a that English text may use.
func (c *compiler) spelling(a, b string) bool {
	if len(a) < 5 || len(b) < 5 || a[0] != b[0] || !isASCII(b) {
		return false
	}
	limit := 1
	if len(a) >= 8 {
		limit = 2
	}
	return levenshtein.ComputeDistance(a, b) <= limit
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

var bodyClass = map[string]gazetteer.Class{
	"club": gazetteer.SportsTeam, "team": gazetteer.SportsTeam, "company": gazetteer.Company, "media": gazetteer.Media,
	"party": gazetteer.Party, "agency": gazetteer.Agency, "ministry": gazetteer.Agency, "court": gazetteer.Agency,
	"legislature": gazetteer.Agency, "military": gazetteer.Agency, "committee": gazetteer.Agency,
	"armed_group": gazetteer.ArmedGroup, "university": gazetteer.Education, "school": gazetteer.Education, "international": gazetteer.International,
}

func (c *compiler) organisations(rows []row) {
	hand := map[string]bool{} // names that better sources claim
	for _, r := range rows {
		if strings.Contains(r["source"], "hand") {
			for _, s := range append(r.list("aliases"), r["name"], r["acronym"]) {
				hand[s] = true
			}
		}
	}
	for _, r := range rows {
		byHand := strings.Contains(r["source"], "hand")
		flags := r.flags()
		public := bodyClass[r["kind"]]&gazetteer.Agency != 0
		usable := func(s string) bool {
			f := flags[s]
			if strings.Contains(f, "word") && !strings.Contains(s, " ") && !isAcronym(s) {
				c.words[s] = true
			}
			if c.places[r["iso2"]+s] && r["kind"] == "club" {
				return false
			}
			switch {
			case byHand || public:
				return true
			case hand[s] && isAcronym(s):
				return false
			case r["kind"] == "club":
				return !strings.Contains(f, "place") && !strings.Contains(f, "name") && !strings.Contains(f, "word") && !c.taken[s]
			case r["source"] == "own":
				return !isAcronym(s) || !c.taken[s]
			case r["source"] == "factbook":
				return f == "" || f == "shared" && strings.Contains(s, " ") || isAcronym(s)
			}
			return true
		}
		var aliases []string
		for _, s := range r.list("aliases") {
			if usable(s) {
				aliases = append(aliases, s)
			}
		}
		for _, s := range slices.Sorted(slices.Values(r.list("acronym"))) {
			n := utf8.RuneCountInString(s)
			if c.nations[s] || !byHand && (n < 3 || c.taken[s]) || !usable(s) {
				continue
			}
			aliases = append(aliases, s)
			if byHand && isAcronym(s) && n < 5 && n > 1 { // U.N.
				aliases = append(aliases, strings.Join(strings.Split(s, ""), ".")+".")
			}
		}
		name := r["name"]
		if !usable(name) {
			if len(aliases) == 0 {
				continue
			}
			slices.SortFunc(aliases, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
			name, aliases = aliases[0], aliases[1:]
		}
		rank := rankLesser
		if r["source"] != "factbook" && r["kind"] != "club" {
			rank = rankListed
		}
		if byHand {
			rank = rankProminent
		}
		e := gazetteer.Entry{Name: name, Kind: gazetteer.Organization, Class: gazetteer.Body | bodyClass[r["kind"]],
			Country: r["iso2"], Role: strings.ReplaceAll(r["kind"], "_", " ")}
		c.add(e, rank, aliases...)
		for _, s := range append(aliases, name) {
			switch f := flags[s]; {
			case f == "":
			case strings.Contains(f, "word") && !isAcronym(s):
				c.class(s, gazetteer.CommonWord|gazetteer.Ambiguous)
			case f != "shared" || !byHand:
				c.class(s, gazetteer.Ambiguous)
			}
		}
	}
}

// offices are metonyms that the guide counts as organisations although they
// are buildings.
var offices = map[string]bool{"White House": true, "Kremlin": true, "Pentagon": true, "Elysee": true, "Elysée": true,
	"Élysée": true, "Number 10": true, "No 10": true, "No. 10": true, "Bundeshaus": true, "Itamaraty": true}

// otherMetonyms adds those that are not capitals.
func (c *compiler) otherMetonyms(rows []row) {
	for _, r := range rows {
		form := r["form"]
		if form == "the Hill" || form == "The Hill" || form == "Hill" {
			continue // Capitol Hill; too often the newspaper, a surname or a hill
		}
		if c.taken[form] || c.taken[strings.TrimPrefix(form, "the ")] || c.places[r["iso2"]+form] || r["class"] == "capital" {
			if c.builder.Has(form) {
				c.class(form, gazetteer.Metonym)
			}
			continue
		}
		if r["base_type"] == "ORG" && c.builder.Has(form) { // the organisation is known
			c.class(form, gazetteer.Metonym)
			continue
		}
		e := gazetteer.Entry{Name: form, Kind: gazetteer.Location, Class: gazetteer.Metonym | gazetteer.Facility, Country: r["iso2"], Role: r["stands_for"]}
		if r["base_type"] == "ORG" || offices[form] {
			e.Kind, e.Class = gazetteer.Organization, gazetteer.Metonym|gazetteer.Body|gazetteer.Agency
			if r["class"] == "industry" {
				e.Class &^= gazetteer.Agency
			}
		}
		c.places[r["iso2"]+form] = true
		c.add(e, rankCapital, "the "+form)
	}
}

func (c *compiler) persons() {
	for _, r := range c.read("people.tsv") {
		first, _, more := strings.Cut(r["name"], " ")
		e := gazetteer.Entry{Name: r["name"], Kind: gazetteer.Person, Class: gazetteer.PersonName, Country: r["iso2"], Role: r["role"]}
		if more {
			e.Gender = c.given[first]
		}
		if len(e.Country) != 2 {
			e.Country = ""
		}
		if i := strings.Index(r["source"], "congress-legislators:"); i >= 0 {
			id := r["source"][i+len("congress-legislators:"):]
			if j := strings.IndexFunc(id, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }); j >= 0 {
				id = id[:j]
			}
			if id != "" {
				e.ID = "bioguide:" + id
			}
		}
		rank := rankListed
		if strings.Contains(r["source"], "hand") || e.ID != "" {
			rank = rankProminent
		}
		c.add(e, rank, r.list("aliases")...)
	}
}

func (c *compiler) nationalities() {
	for _, r := range c.read("nationalities.tsv") {
		form := r["form"]
		if isAcronym(form) || form == "" {
			continue
		}
		k := gazetteer.NationalityNoun
		if r["part"] == "adj" {
			k = gazetteer.NationalityAdjective
		}
		switch r["scope"] {
		case "religious", "political":
			c.class(form, gazetteer.Adherent)
			continue
		}
		if r["iso2"] == "" || len(r["iso2"]) != 2 || r["scope"] != "nationality" {
			c.class(form, k)
			continue
		}
		e := gazetteer.Entry{ID: "ISO3166:" + r["iso2"], Name: r["country"], Class: k, Country: r["iso2"], Role: "nationality"}
		if c.err == nil {
			c.err = c.demonym(form, e)
		}
	}
}

// demonym adds a nationality: its entry names the country, which the form is
// not a name of.
func (c *compiler) demonym(form string, e gazetteer.Entry) error {
	return c.builder.AddForms(e, 1, form)
}

func (c *compiler) titles() {
	for _, r := range c.read("titles.tsv") {
		var k gazetteer.Class
		t := r["title"]
		for f := range strings.SplitSeq(r["flags"], ",") {
			switch f {
			case "prefix", "honorific", "military":
				k |= gazetteer.Title
			case "role", "kin":
				k |= gazetteer.Role
			case "suffix":
				k |= gazetteer.Suffix
			case "plural":
				k |= gazetteer.Plural
			}
		}
		if k&gazetteer.Suffix != 0 && !r.has("flags", "prefix") {
			k &^= gazetteer.Title
		}
		if r["gender"] == "f" {
			k |= gazetteer.TitleFemale
		} else if r["gender"] == "m" {
			k |= gazetteer.TitleMale
		}
		for _, s := range cases(t, r.has("flags", "honorific") || k&gazetteer.Suffix != 0) {
			c.class(s, k)
			if strings.HasSuffix(s, ".") && !strings.Contains(s, " ") && len(s) > 3 {
				c.class(strings.TrimSuffix(s, "."), k)
			}
		}
	}
}

// cases returns a title as written, in small letters, and with capitals.
func cases(t string, short bool) []string {
	forms := []string{t}
	if isAcronym(t) || short && (len(t) < 5 || strings.Contains(t, ".")) {
		return forms
	}
	lower := strings.ToLower(t)
	words := strings.Fields(lower)
	for i, w := range words {
		if i == 0 || w != "of" && w != "the" && w != "and" && w != "for" && w != "to" {
			r, n := utf8.DecodeRuneInString(w)
			words[i] = string(unicode.ToUpper(r)) + w[n:]
		}
	}
	first, n := utf8.DecodeRuneInString(lower)
	forms = append(forms, lower, strings.Join(words, " "), string(unicode.ToUpper(first))+lower[n:])
	slices.Sort(forms)
	return slices.Compact(forms)
}
