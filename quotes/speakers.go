package quotes

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
)

// Spoken counts quotations. Those of joint speakers count for each of them.
type Spoken struct {
	Direct, Indirect, Mixed int // quotations by kind
	Words                   int // of their content
}

// Quotations returns the number of quotations of all kinds.
func (s Spoken) Quotations() int { return s.Direct + s.Indirect + s.Mixed }

func (s *Spoken) add(t Spoken) {
	s.Direct += t.Direct
	s.Indirect += t.Indirect
	s.Mixed += t.Mixed
	s.Words += t.Words
}

// A Speaker is an entity of a collection of articles with what it is quoted with.
type Speaker struct {
	entities.Collected
	Spoken
}

// Speakers counts who is named and who is quoted in a collection of articles, which
// are added in any order; see [entities.Collection] for what is kept and how names
// of many articles become one entity. It is safe for concurrent use.
type Speakers struct {
	mu      sync.Mutex
	names   *entities.Collection
	spoken  []Spoken // by group of names
	unnamed Spoken   // of speakers without a name, or unknown
}

// NewSpeakers returns an empty collection; g is the gazetteer of the [Analyzer] whose
// results are added, nil stands for the built-in one.
func NewSpeakers(g *gazetteer.Gazetteer) *Speakers {
	return &Speakers{names: entities.NewCollection(g)}
}

// Add adds the entities and quotations of one article.
func (s *Speakers) Add(a *Analysis) {
	counts := make([]Spoken, len(a.Entities.Entities))
	var unnamed Spoken
	for i := range a.Quotations {
		q := &a.Quotations[i]
		one := spokenOf(a, q)
		if len(q.Entities) == 0 {
			unnamed.add(one)
		}
		for _, id := range q.Entities {
			counts[id-1].add(one)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unnamed.add(unnamed)
	for i, g := range s.names.Add(a.Document, a.Entities) {
		if g >= len(s.spoken) {
			s.spoken = append(s.spoken, make([]Spoken, g+1-len(s.spoken))...)
		}
		s.spoken[g].add(counts[i])
	}
}

func spokenOf(a *Analysis, q *Quotation) Spoken {
	var s Spoken
	switch q.Kind {
	case Direct:
		s.Direct = 1
	case Indirect:
		s.Indirect = 1
	case Mixed:
		s.Mixed = 1
	}
	for _, p := range q.Parts {
		for w := range strings.FieldsSeq(a.Document.TextOf(p)) {
			if strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
				s.Words++
			}
		}
	}
	return s
}

// Articles returns the number of articles that were added.
func (s *Speakers) Articles() int { return s.names.Articles() }

// Unnamed returns what speakers without a name said (“a senior official”), and
// what has no known speaker.
func (s *Speakers) Unnamed() Spoken {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.unnamed
}

// All returns all entities of the articles added so far, those of the most words
// quoted first, then those named most often.
func (s *Speakers) All() []Speaker {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.names.Entities()
	all := make([]Speaker, len(found))
	for i, e := range found {
		all[i].Collected = e
		for _, g := range e.Groups {
			all[i].Spoken.add(s.spoken[g])
		}
	}
	slices.SortStableFunc(all, func(x, y Speaker) int {
		return cmp.Or(cmp.Compare(y.Words, x.Words), cmp.Compare(y.Quotations(), x.Quotations()), cmp.Compare(y.Mentions, x.Mentions), cmp.Compare(x.Name, y.Name))
	})
	return all
}

// A savedSpoken is the line of a saved collection behind those of its entities.
type savedSpoken struct {
	Unnamed Spoken   `json:"unnamed"`
	Groups  [][5]int `json:"groups"` // group, direct, indirect, mixed, words; of those that speak
}

// Save writes all that was counted, for [LoadSpeakers]: the lines of
// [entities.Collection.Save] and one more. Equal collections write the same bytes.
func (s *Speakers) Save(w io.Writer) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.names.Save(w); err != nil {
		return err
	}
	x := savedSpoken{Unnamed: s.unnamed, Groups: [][5]int{}}
	for n, g := range s.names.Order() {
		if t := s.spoken[g]; t != (Spoken{}) {
			x.Groups = append(x.Groups, [5]int{n, t.Direct, t.Indirect, t.Mixed, t.Words})
		}
	}
	return json.NewEncoder(w).Encode(x)
}

// LoadSpeakers reads what [Speakers.Save] wrote; g is the gazetteer for the articles
// to come, nil stands for the built-in one.
func LoadSpeakers(r io.Reader, g *gazetteer.Gazetteer) (*Speakers, error) {
	in := bufio.NewReader(r)
	names, err := entities.LoadCollection(in, g)
	if err != nil {
		return nil, err
	}
	var x savedSpoken
	if err := json.NewDecoder(in).Decode(&x); err != nil {
		return nil, fmt.Errorf("quotes: the counts at the end of the saved collection: %w", err)
	}
	s := &Speakers{names: names, unnamed: x.Unnamed, spoken: make([]Spoken, len(names.Order()))}
	for _, t := range x.Groups {
		if t[0] < 0 || t[0] >= len(s.spoken) {
			return nil, fmt.Errorf("quotes: the saved collection has no group %d", t[0])
		}
		s.spoken[t[0]] = Spoken{t[1], t[2], t[3], t[4]}
	}
	return s, nil
}
