package main

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/whosaid-nlp/whosaid/cmd/internal/score"
)

// print writes the tables of one file, those that its annotation allows.
func (s *scores) print(out io.Writer, title string) {
	fmt.Fprintf(out, "%s, %s\n", title, plural(s.articles, "article", "articles"))
	if s.annotated.names {
		table(out, "names", []line{
			{"people", s.names.PER}, {"organisations", s.names.ORG}, {"locations", s.names.LOC},
			{"all names", s.names.All}, {"whatever the type", s.names.Boundary},
		})
	}
	if c := &s.coreference; !c.Empty() {
		fmt.Fprintf(out, "\n| coreference | P | R | F1 |\n|---|---|---|---|\n| B³ of names | %.1f | %.1f | %.1f |\n", c.Precision(), c.Recall(), c.F1())
		share(out, "names found", c.Found)
		if c.Pronoun.All > 0 {
			share(out, "pronouns right", c.Pronoun)
		}
	}
	if s.annotated.speakers {
		a := &s.attribution
		table(out, "attribution", []line{{"content", a.Content}, {"attributed", a.Speaker}, {"parts, 80 % shared", a.Parts}})
		for _, kind := range slices.Sorted(maps.Keys(a.ByKind)) {
			fmt.Fprintf(out, "| %s content found | | %.1f | |\n", kind, a.ByKind[kind].Recall())
		}
	}
	if s.annotated.quotations {
		q := &s.quotations
		table(out, "quotations", []line{
			{"tokens", q.Tokens}, {"quotations, 80 % shared", q.Whole}, {"quotations, the same", q.Exact},
			{"quotations, 50 % shared", q.Half}, {"these with the right speaker", q.Credit},
		})
		for _, kind := range []string{"direct", "indirect", "mixed"} {
			if k := q.ByKind[kind]; k.Recall.All > 0 {
				fmt.Fprintf(out, "| %s tokens | %.1f | %.1f | %.1f |\n", kind, k.Precision.Percent(), k.Recall.Percent(), k.F1())
			}
		}
		share(out, "speakers right", q.Speaker)
		share(out, "names of speakers right", q.Name)
		share(out, "names of pronouns right", q.Pronoun)
	}
	fmt.Fprintln(out)
}

type line struct {
	title string
	count score.Count
}

func table(out io.Writer, title string, lines []line) {
	fmt.Fprintf(out, "\n| %s | P | R | F1 |\n|---|---|---|---|\n", title)
	for _, l := range lines {
		fmt.Fprintf(out, "| %s | %.1f | %.1f | %.1f |\n", l.title, l.count.Precision(), l.count.Recall(), l.count.F1())
	}
}

// share writes a row with how many of what was found are right.
func share(out io.Writer, title string, s score.Share) {
	if s.All > 0 {
		fmt.Fprintf(out, "| %s | %.1f of %d | | |\n", title, s.Percent(), s.All)
	}
}

// A genre is a file of names and its scores.
type genre struct {
	name string
	*scores
}

// printGenres writes F1 of names, a row a file.
func printGenres(out io.Writer, genres []genre) {
	fmt.Fprint(out, "| genre | texts | people | organisations | locations | P | R | F1 |\n|---|---|---|---|---|---|---|---|\n")
	row := func(name string, texts int, n *score.Names) {
		fmt.Fprintf(out, "| %s | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f |\n",
			name, texts, n.PER.F1(), n.ORG.F1(), n.LOC.F1(), n.All.Precision(), n.All.Recall(), n.All.F1())
	}
	var all score.Names
	texts := 0
	for _, g := range genres {
		row(g.name, g.articles, &g.names)
		all.Merge(&g.names)
		texts += g.articles
	}
	if len(genres) > 1 {
		row("all", texts, &all)
	}
	fmt.Fprintln(out)
}

// plural writes a number with its noun.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
