package write

import (
	"slices"
	"sort"
	"strings"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// The labels of spans in formats for annotation and training, besides those of
// kinds.
const (
	labelCue     = "CUE"
	labelSpeaker = "SPEAKER"
)

func labelOfName(k entities.Kind) string {
	return [...]string{"MISC", "PER", "ORG", "LOC"}[k]
}

func labelOfContent(q *quotes.Quotation) string { return strings.ToUpper(reportOf(q)) }

// reportOf tells how the content of q is told: by the kind of the quotation or,
// of an attitude, by what that is.
func reportOf(q *quotes.Quotation) string {
	if q.Attitude != quotes.NoAttitude {
		return q.Attitude.String()
	}
	return q.Kind.String()
}

// A name is a mention by name, with the entity that it names.
type name struct {
	entities.Mention
	entity *entities.Entity
}

// namesOf lists the mentions by name of the article's entities, in text order.
func namesOf(a *Article) (list []name) {
	for i := range a.Entities.Entities {
		e := &a.Entities.Entities[i]
		for _, k := range e.Mentions {
			if m := a.Entities.Mentions[k]; m.Form == entities.Name {
				list = append(list, name{m, e})
			}
		}
	}
	slices.SortStableFunc(list, func(x, y name) int { return x.Start - y.Start })
	return list
}

// tokensOf returns the tokens [first, last) that a span touches.
func tokensOf(doc *nlp.Document, s nlp.Span) (first, last int) {
	first = sort.Search(len(doc.Tokens), func(i int) bool { return doc.Tokens[i].End > s.Start })
	last = sort.Search(len(doc.Tokens), func(i int) bool { return doc.Tokens[i].Start >= s.End })
	return first, max(first, last)
}

// entityOf returns the entity of an ID, nil if it is not to be written.
func entityOf(a *Article, id int) *entities.Entity {
	list := a.Entities.Entities
	i := sort.Search(len(list), func(i int) bool { return list[i].ID >= id })
	if i < len(list) && list[i].ID == id {
		return &list[i]
	}
	return nil
}
