package write

import (
	"cmp"
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/cmd/internal/wire"
	"github.com/whosaid-nlp/whosaid/entities"
)

// kinds are the kinds of entities with the titles of their lists.
var kinds = []struct {
	kind  entities.Kind
	title string
}{{entities.Person, "People"}, {entities.Organization, "Organisations"}, {entities.Location, "Locations"}}

// describe is what is known of an article besides its text, for a line below
// its title.
func describe(m *wire.Metadata) string {
	if m == nil {
		return ""
	}
	var known []string
	for _, x := range []string{m.Title, m.Author, m.Date, m.Site, m.URL} {
		if x != "" {
			known = append(known, x)
		}
	}
	return strings.Join(known, " · ")
}

// heading is what an article is called, its title or else its ID, and what is
// known of it besides: the ID where it is not the heading, author, date, site and
// address.
func heading(a *Article) (title string, about []string) {
	m := a.Metadata
	if m == nil {
		return a.ID, nil
	}
	title = a.ID
	if m.Title != "" {
		title, about = m.Title, []string{a.ID}
	}
	for _, x := range []string{m.Author, m.Date, m.Site, m.URL} {
		if x != "" {
			about = append(about, x)
		}
	}
	return title, about
}

// A listed is an entity in a list of names.
type listed struct {
	*entities.Entity
	name  string   // on one line
	count int      // mentions by name
	forms []string // other than name, by first mention
}

// listOf lists the entities of a kind, those named most often first.
func listOf(a *Article, kind entities.Kind) (list []listed) {
	for i := range a.Entities.Entities {
		e := &a.Entities.Entities[i]
		if e.Kind != kind {
			continue
		}
		x := listed{Entity: e, name: OneLine(e.Name)}
		seen := map[string]bool{x.name: true}
		for _, k := range e.Mentions {
			m := a.Entities.Mentions[k]
			if m.Form != entities.Name {
				continue
			}
			x.count++
			if f := OneLine(a.Document.TextOf(m.Span)); !seen[f] {
				seen[f] = true
				x.forms = append(x.forms, f)
			}
		}
		list = append(list, x)
	}
	slices.SortStableFunc(list, func(x, y listed) int { return cmp.Compare(y.count, x.count) })
	return list
}
