package write

import (
	"cmp"
	"fmt"
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
	return strings.Join(known(m.Title, m.Author, m.Date, m.Site, m.URL), " · ")
}

// known are those that are not empty.
func known(texts ...string) []string {
	return slices.DeleteFunc(texts, func(s string) bool { return s == "" })
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
	return title, append(about, known(m.Author, m.Date, m.Site, m.URL)...)
}

// A listed is an entity in a list of names.
type listed struct {
	*entities.Entity
	name  string   // on one line
	count int      // mentions by name
	forms []string // other than name, by first mention
}

// line is the entity on a line, its names as escape writes them.
func (x *listed) line(escape func(string) string) string {
	line := fmt.Sprintf("%s ×%d", escape(x.name), x.count)
	if len(x.forms) > 0 {
		line += ", also " + escape(strings.Join(x.forms, ", "))
	}
	return line
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
