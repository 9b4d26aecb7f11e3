package main

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
)

// A namePool holds names of articles, from which others are drawn in their
// place, so that what stands around a name counts for more than the name: Dai
// and Adel (2020) call it mention replacement.
type namePool struct {
	given, surnames []string
	names           map[string][]string // of bodies and places, by poolKey
}

// poolKey is the type of a name with its number of words, or that it is one
// word of capitals.
func poolKey(kind, name string) string {
	words := strings.Count(name, " ")
	switch {
	case words == 0 && name == strings.ToUpper(name):
		return kind + "!"
	case words > 2:
		words = 3
	}
	return kind + string(rune('0'+words))
}

func newNamePool(articles []*corpus.Article) *namePool {
	p := &namePool{names: make(map[string][]string)}
	for _, a := range articles {
		for _, e := range a.Entities {
			name := a.Text[e.Start:e.End]
			if strings.ContainsAny(name, "\n’'") || name == strings.ToLower(name) {
				continue
			}
			if e.Type == "PER" {
				if words := strings.Fields(name); len(words) == 2 {
					p.given = append(p.given, words[0])
					p.surnames = append(p.surnames, words[1])
				}
				continue
			}
			p.names[poolKey(e.Type, name)] = append(p.names[poolKey(e.Type, name)], name)
		}
	}
	for _, list := range []*[]string{&p.given, &p.surnames} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	for k := range p.names {
		slices.Sort(p.names[k])
		p.names[k] = slices.Compact(p.names[k])
	}
	return p
}

// replaced returns the article with other names of bodies and places and, for
// every other article, of people; the same one for the same name throughout.
// Replacing all people costs more than it brings: their names tell what they are.
func (p *namePool) replaced(a *corpus.Article) *corpus.Article {
	h := fnv.New64a()
	h.Write([]byte(a.ID))
	random := rand.New(rand.NewPCG(h.Sum64(), 1))
	other := make(map[string]string)
	draw := func(key string, list []string) string {
		if _, ok := other[key]; !ok {
			other[key] = list[random.IntN(len(list))]
		}
		return other[key]
	}
	keepPeople := random.IntN(2) == 0
	list := slices.Clone(a.Entities)
	slices.SortFunc(list, func(x, y corpus.Name) int { return x.Start - y.Start })
	out := &corpus.Article{ID: a.ID, Licence: a.Licence, Genre: a.Genre}
	var text strings.Builder
	at := 0
	for _, e := range list {
		if e.Start < at {
			continue
		}
		text.WriteString(a.Text[at:e.Start])
		at = e.End
		name := a.Text[e.Start:e.End]
		switch pool := p.names[poolKey(e.Type, name)]; {
		case e.Type == "PER" && keepPeople:
		case e.Type == "PER" && !strings.ContainsAny(name, "\n’'") && len(p.given) > 0:
			words := strings.Fields(name)
			for i, w := range words {
				if len(w) < 4 {
					continue
				}
				if i == 0 && len(words) > 1 {
					words[i] = draw("PER "+w, p.given)
				} else {
					words[i] = draw("PER "+w, p.surnames)
				}
			}
			name = strings.Join(words, " ")
		case e.Type != "MISC" && e.Type != "TEAM" && len(pool) > 50 && !strings.ContainsAny(name, "\n’'"):
			name = draw(e.Type+" "+name, pool)
		}
		e.Start = text.Len()
		text.WriteString(name)
		e.End = text.Len()
		out.Entities = append(out.Entities, e)
	}
	text.WriteString(a.Text[at:])
	out.Text = text.String()
	return out
}
