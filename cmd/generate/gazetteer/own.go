package main

import (
	"embed"
	"strings"

	"github.com/whosaid-nlp/whosaid/gazetteer"
)

// own holds the lists that were written for this project from general
// knowledge: bodies and places that newspapers of a country often name.
//
//go:embed own/*.tsv
var own embed.FS

// ownRows returns the rows of all own lists.
func (c *compiler) ownRows() []row {
	files, err := own.ReadDir("own")
	if err != nil {
		c.err = err
		return nil
	}
	var rows []row
	for _, f := range files {
		data, err := own.ReadFile("own/" + f.Name())
		if err != nil {
			c.err = err
			return nil
		}
		rows = append(rows, parse(string(data))...)
	}
	for _, r := range rows {
		r["source"] = "own"
	}
	return rows
}

// placeClass maps the kinds of places of the own lists.
var placeClass = map[string]gazetteer.Class{
	"district": gazetteer.City, "region": gazetteer.Region, "river": gazetteer.Region, "mountain": gazetteer.Region,
	"island": gazetteer.Region, "sea": gazetteer.Region, "border": gazetteer.Region,
	"park": gazetteer.Facility, "street": gazetteer.Facility, "square": gazetteer.Facility, "stadium": gazetteer.Facility,
	"airport": gazetteer.Facility, "port": gazetteer.Facility, "station": gazetteer.Facility, "bridge": gazetteer.Facility,
	"road": gazetteer.Facility, "building": gazetteer.Facility, "monument": gazetteer.Facility, "dam": gazetteer.Facility,
	"prison": gazetteer.Facility,
}

// ownPlaces adds places that no other list has.
func (c *compiler) ownPlaces(rows []row) {
	for _, r := range rows {
		class, ok := placeClass[r["kind"]]
		if !ok || c.places[r["iso2"]+r["name"]] {
			continue
		}
		c.places[r["iso2"]+r["name"]] = true
		e := gazetteer.Entry{Name: r["name"], Kind: gazetteer.Location, Class: class, Country: r["iso2"], Role: r["kind"]}
		forms := append(r.list("aliases"), r.list("acronym")...)
		c.add(e, rankProvince, forms...)
		c.flagAmbiguous(r, append(forms, r["name"]))
	}
}

// ownBodies returns the rows of bodies whose name no row of better has.
func ownBodies(rows, better []row) []row {
	known := map[string]bool{}
	for _, r := range better {
		known[r["name"]] = true
	}
	var bodies []row
	for _, r := range rows {
		if placeClass[r["kind"]] == 0 && !known[r["name"]] {
			known[r["name"]] = true
			bodies = append(bodies, r)
		}
	}
	return bodies
}

// flagAmbiguous marks single words that the row says are other things as well.
func (c *compiler) flagAmbiguous(r row, forms []string) {
	for _, s := range forms {
		switch f := r.flags()[s]; {
		case f == "":
		case strings.Contains(f, "word") && !isAcronym(s):
			c.class(s, gazetteer.CommonWord|gazetteer.Ambiguous)
		default:
			c.class(s, gazetteer.Ambiguous)
		}
	}
}

// flags returns what single forms of the row are besides: a common word, a
// place, the name of a person.
func (r row) flags() map[string]string {
	flags := map[string]string{}
	for _, f := range r.list("ambiguous") {
		if i := strings.LastIndexByte(f, ':'); i > 0 {
			flags[f[:i]] = f[i+1:]
		}
	}
	return flags
}
