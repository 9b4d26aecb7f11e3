package corpus

import (
	"sort"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// TokensAt returns the tokens [first, last) that share a byte with [start, end).
func TokensAt(doc *nlp.Document, start, end int) (first, last int) {
	first = sort.Search(len(doc.Tokens), func(i int) bool { return doc.Tokens[i].End > start })
	last = first
	for last < len(doc.Tokens) && doc.Tokens[last].Start < end {
		last++
	}
	return first, last
}

// ClusterNames returns the names in the clusters of a, by start, without “the” and
// possessives, and the cluster of each. Names may lie inside of others.
func ClusterNames(doc *nlp.Document, a *Article) (names []entities.Mention, of []int) {
	kinds := map[string]entities.Kind{"PER": entities.Person, "ORG": entities.Organization, "LOC": entities.Location}
	type named struct {
		m entities.Mention
		c int
	}
	var all []named
	for c, cluster := range a.Clusters {
		for _, m := range cluster.Mentions {
			if m.Type != "name" {
				continue
			}
			first, last := TokensAt(doc, m.HeadSpan[0], m.HeadSpan[1])
			if first < last && doc.Lower(first) == "the" {
				first++
			}
			if first < last && doc.Lower(last-1) == "'s" {
				last--
			}
			if first < last {
				all = append(all, named{entities.Mention{
					Span:  nlp.Span{Start: doc.Tokens[first].Start, End: doc.Tokens[last-1].End},
					First: first, Last: last, Kind: kinds[cluster.Kind], Confidence: 1,
				}, c})
			}
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].m.Start < all[j].m.Start })
	for _, x := range all {
		names, of = append(names, x.m), append(of, x.c)
	}
	return names, of
}
