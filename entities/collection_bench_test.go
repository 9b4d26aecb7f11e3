package entities_test

import (
	"flag"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
)

var benchArticles = flag.Int("articles", 10_000, "articles of BenchmarkCollection")

// newsroom invents articles without end. Who is named in them comes from a process of
// Pitman and Yor (1997): some are named over and over, and new names never cease, their
// number growing with the power 0.65 of that of the articles, as in the press releases
// and newspapers that the project measured.
type newsroom struct {
	r      *rand.Rand
	named  []int32 // entities of all mentions so far
	people int
	text   strings.Builder
}

const discount = 0.65

func (n *newsroom) entity() int {
	known, total := float64(n.people), float64(len(n.named))
	if n.people == 0 || n.r.Float64() < (100+discount*known)/(100+total) {
		n.people++
		n.named = append(n.named, int32(n.people))
		return n.people
	}
	k := n.named[n.r.IntN(len(n.named))]
	n.named = append(n.named, k)
	return int(k)
}

// word makes a word of a number.
func word(n uint64, syllables int) string {
	const consonants, vowels = "bdfgklmnprstvz", "aeiou"
	var b strings.Builder
	for range syllables {
		b.WriteByte(consonants[n%14])
		n /= 14
		b.WriteByte(vowels[n%5])
		n /= 5
	}
	s := b.String()
	return strings.ToUpper(s[:1]) + s[1:]
}

// article returns the entities of an article, two mentions each.
func (n *newsroom) article() (*nlp.Document, *entities.Result) {
	n.text.Reset()
	r := &entities.Result{}
	add := func(e *entities.Entity, name string) {
		start := n.text.Len()
		n.text.WriteString(name)
		e.Mentions = append(e.Mentions, len(r.Mentions))
		r.Mentions = append(r.Mentions, entities.Mention{Span: nlp.Span{Start: start, End: n.text.Len()}, Kind: e.Kind, Entity: e.ID})
		n.text.WriteString(". ")
	}
	for id := 1; id <= 25; id++ {
		k := n.entity()
		h := uint64(k) * 0x9e3779b97f4a7c15 >> 8
		e := entities.Entity{ID: id, Kind: entities.Kind(k%3 + 1)}
		switch e.Kind {
		case entities.Person:
			surname := word(h%30_000, 3)
			e.Name = word(h>>20%400, 2) + " " + surname
			if n.r.IntN(10) == 0 {
				e.Name = surname
			} else {
				e.Roles = []string{word(h>>30%300, 2) + " minister"}
			}
			add(&e, e.Name)
			add(&e, surname)
		case entities.Organization:
			e.Name = word(h%30_000, 3) + " " + word(h>>20%500, 2) + " Institute"
			add(&e, e.Name)
			add(&e, e.Name)
		case entities.Location:
			e.Name = word(h%1_000_000, 4)
			add(&e, e.Name)
			add(&e, e.Name)
		}
		r.Entities = append(r.Entities, e)
	}
	return &nlp.Document{Text: n.text.String()}, r
}

// BenchmarkCollection adds articles (-articles) and merges them: time for each, entities,
// and memory.
func BenchmarkCollection(b *testing.B) {
	for b.Loop() {
		before := heapBytes()
		room := newsroom{r: rand.New(rand.NewPCG(1, 2))}
		c := entities.NewCollection(nil)
		var adding time.Duration
		for range *benchArticles {
			doc, r := room.article()
			start := time.Now()
			c.Add(doc, r)
			adding += time.Since(start)
		}
		room = newsroom{}
		after := heapBytes()
		start := time.Now()
		all := c.Entities()
		merging := time.Since(start)
		groups := float64(len(c.Order()))
		b.ReportMetric(adding.Seconds()*1e6/float64(*benchArticles), "µs/article")
		b.ReportMetric(merging.Seconds(), "s-merge")
		b.ReportMetric(merging.Seconds()*1e6/groups, "µs/group")
		b.ReportMetric(float64(len(all)), "entities")
		b.ReportMetric(groups, "groups")
		b.ReportMetric((after-before)/1e6, "MB")
		b.ReportMetric((after-before)/groups, "B/group")
	}
}

func heapBytes() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}
