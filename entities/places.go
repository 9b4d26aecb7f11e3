package entities

import (
	"slices"
	"strings"
)

// mergePlaces makes clusters of the forms of locations.
func (r *resolver) mergePlaces() { r.mergeNames(Location, r.placeChoices) }

// placeChoices returns the places for which form f may be short.
func (r *resolver) placeChoices(f int, ix *nameIndex) []int {
	x := &r.forms[f]
	if x.acronym != "" || len(x.refs) > 1 { // LA: Los Angeles, Louisiana
		for _, ref := range x.refs {
			if c, ok := ix.byRef[ref]; ok && x.acronym != "" {
				return []int{c}
			}
		}
	}
	if choices := r.shortFor(x, ix, r.shortensPlace); len(choices) > 0 {
		return choices
	}
	if x.acronym != "" && len(x.acronym) > 2 && len(x.refs) == 0 {
		if c := r.expands(f, Location); c >= 0 {
			return []int{c}
		}
	}
	if c := r.misspeltName(x, ix); c >= 0 {
		return []int{c}
	}
	return nil
}

// shortensPlace reports whether x is a short form of y: 2 surely, 1 if nothing
// else in the document fits, 0 not at all. North Korea is not Korea, nor
// New Jersey Jersey: only a word for a sort of place may stand for all.
func (r *resolver) shortensPlace(x, y *form) int {
	if len(x.content) >= len(y.content) {
		return 0
	}
	for _, w := range x.content {
		if !slices.Contains(y.content, w) {
			return 0
		}
	}
	if len(x.content) == 1 && x.content[0] == "dc" {
		return 2
	}
	hx, hy := headWord(x.core), headWord(y.core)
	n := len(x.core)
	if hx == hy && isSortOfPlace(hx) {
		if len(x.content) > 1 {
			return 2
		}
		return 1
	}
	if n < len(y.core) && slices.Equal(y.core[:n], x.core) && !isStopWord(y.core[n]) {
		rest := y.core[n:]
		switch {
		case rest[0] == "strip": // Gaza Strip
			return 2
		case len(x.refs) > 0: // Boston is not Boston Airport, Hong Kong not Hong Kong Island
			return 0
		case len(rest) == 1 && isWholeOfPlace(rest[0]): // Abaco Islands
			return 2
		case r.namesResidents(x) || y.first > x.first:
			return 0
		}
		for _, w := range rest {
			if !isFacility(w) {
				return 0
			}
		}
		return 2
	}
	return 0
}

// isWholeOfPlace is true of words that a place may leave out and remain the same.
func isWholeOfPlace(w string) bool {
	switch w {
	case "strip", "island", "islands", "isles", "peninsula", "archipelago", "desert", "atoll", "province", "oblast", "prefecture", "governorate":
		return true
	}
	return false
}

// isSortOfPlace is true of words for sorts of places and buildings.
func isSortOfPlace(w string) bool {
	switch w {
	case "airport", "international", "airfield", "airbase", "base", "bridge", "dam", "park", "square", "hall", "hotel", "museum", "center", "centre",
		"tower", "towers", "stadium", "arena", "mosque", "cathedral", "church", "temple", "palace", "castle", "prison", "hospital", "school",
		"channel", "strait", "straits", "canal", "gulf", "bay", "valley", "river", "lake", "sea", "ocean", "mountain", "mountains", "forest", "reef",
		"island", "islands", "district", "county", "capitol", "building", "plaza", "mall", "market", "garden", "gardens", "cemetery", "memorial",
		"station", "port", "harbour", "harbor", "tunnel", "library", "theatre", "theater", "university", "field", "ground", "reserve", "zone",
		"plant", "refinery", "mine", "camp", "marae", "volcano", "crater", "observatory", "laboratory", "campus", "wall", "underground", "metro", "subway", "border", "falls", "beach":
		return true
	}
	return isWholeOfPlace(w)
}

// isFacility is true of what is called by the first part of its name alone
// where it was named in full before: Bowman Dam.
func isFacility(w string) bool {
	switch w {
	case "airport", "international", "airfield", "airbase", "dam", "bridge", "marae", "stadium", "arena", "prison", "refinery", "observatory":
		return true
	}
	return false
}

// namesResidents reports whether the first mention of x stands after “in”, as the
// town of an airport does.
func (r *resolver) namesResidents(x *form) bool {
	m := &r.names[x.first]
	if m.First == 0 {
		return false
	}
	switch r.doc.Lower(m.First - 1) {
	case "in", "of", "from", "near":
		return true
	}
	return false
}

// settleRegions gives a name of regions of several countries (Georgia, Punjab) the ID
// of the one in whose country most other places of the document lie.
func (r *resolver) settleRegions() {
	var named map[string]int
	for f := range r.forms {
		x := &r.forms[f]
		if x.kind != Location || x.own != "" || len(x.refs) < 2 || regionOf(x.refs[0]) == "" {
			continue
		}
		if named == nil {
			named = r.countriesNamed()
		}
		first := regionOf(x.refs[0])
		best, most := 0, named[first]-x.count // what the name itself tells does not count
		for k, ref := range x.refs[1:] {
			if of := regionOf(ref); of != "" && of != first && named[of] > most {
				best, most = k+1, named[of]
			}
		}
		if best > 0 {
			x.refs = []string{x.refs[best]}
		}
	}
}

// regionOf returns the country of the ID of a country, state or province, or "".
func regionOf(ref string) string {
	if country, ok := strings.CutPrefix(ref, countryPrefix); ok {
		return country
	}
	if region, ok := strings.CutPrefix(ref, "geonames-admin1:"); ok {
		country, _, _ := strings.Cut(region, ".")
		return country
	}
	return ""
}

// countriesNamed returns how many mentions of places and bodies tell each country.
func (r *resolver) countriesNamed() map[string]int {
	named := make(map[string]int)
	for f := range r.forms {
		x := &r.forms[f]
		switch {
		case x.kind == Organization && x.country != "":
			named[x.country] += x.count
		case x.kind != Location || len(x.refs) == 0:
		case regionOf(x.refs[0]) != "":
			named[regionOf(x.refs[0])] += x.count
		default:
			for _, e := range r.g.Lookup(r.doc.TextOf(r.names[x.first].Span)) {
				if e.ID == x.refs[0] && e.Country != "" {
					named[e.Country] += x.count
				}
			}
		}
	}
	return named
}
