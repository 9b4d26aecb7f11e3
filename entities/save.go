package entities

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/gazetteer"
)

// collectionSchema names the format of saved collections and its version.
const collectionSchema = "whosaid-collection/1"

// A savedHeader is the first line of a saved collection, a savedGroup each of the
// next ones.
type savedHeader struct {
	Schema   string     `json:"schema"`
	Articles int        `json:"articles"`
	Groups   int        `json:"groups"`
	Apart    [][3]int32 `json:"apart,omitempty"` // two groups and in how many documents they are two people
}

type savedGroup struct {
	Kind     Kind         `json:"kind"`
	Gender   Gender       `json:"gender,omitempty"`
	Field    field        `json:"field,omitempty"`
	Words    string       `json:"words"`
	Ref      string       `json:"ref,omitempty"`
	Title    string       `json:"title,omitempty"`
	Country  string       `json:"country,omitempty"`
	Articles int32        `json:"articles"`
	Mentions int32        `json:"mentions"`
	Names    []savedCount `json:"names"`
	Forms    []savedCount `json:"forms,omitempty"`
	Roles    []savedCount `json:"roles,omitempty"`
	Near     []uint32     `json:"near,omitempty"`
}

type savedCount struct {
	Text  string `json:"text"`
	Count int32  `json:"count"`
}

// Order returns the numbers of all groups in an order that depends on what was
// added only, the one in which [Collection.Save] writes them and
// [LoadCollection] numbers them.
func (c *Collection) Order() []int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.sorted()
}

func (c *Collection) sorted() []int {
	order := make([]int, len(c.groups))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return c.groups[a].order(&c.groups[b]) })
	return order
}

// Save writes all that the collection knows, so that [LoadCollection] makes an equal
// one of it: JSON Lines, a header and one object a group. Equal collections write
// the same bytes.
func (c *Collection) Save(w io.Writer) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	order := c.sorted()
	number := make([]int32, len(order))
	for n, g := range order {
		number[g] = int32(n)
	}
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	head := savedHeader{Schema: collectionSchema, Articles: c.articles, Groups: len(order)}
	for p, n := range c.apart {
		a, b := number[p>>32], number[p&0xffffffff]
		head.Apart = append(head.Apart, [3]int32{min(a, b), max(a, b), n})
	}
	slices.SortFunc(head.Apart, func(x, y [3]int32) int { return slices.Compare(x[:], y[:]) })
	if err := enc.Encode(head); err != nil {
		return err
	}
	for _, g := range order {
		x := &c.groups[g]
		s := savedGroup{x.kind, x.gender, x.field, x.words, x.ref, x.title, x.country, x.articles, x.mentions, x.names.saved(), x.forms.saved(), x.roles.saved(), x.near}
		if err := enc.Encode(s); err != nil {
			return err
		}
	}
	return out.Flush()
}

func (t tally) saved() []savedCount {
	var all []savedCount
	for _, x := range t {
		all = append(all, savedCount{x.text, x.count})
	}
	return all
}

func (c *Collection) loadTally(all []savedCount, limit int) tally {
	var t tally
	for _, x := range all {
		t.add(c.intern(x.Text), x.Count, limit)
	}
	return t
}

// LoadCollection reads what [Collection.Save] wrote; g is the gazetteer for the
// documents to come, nil stands for the built-in one. If r is a [*bufio.Reader],
// nothing behind the collection is read. Errors name the line.
func LoadCollection(r io.Reader, g *gazetteer.Gazetteer) (*Collection, error) {
	in, ok := r.(*bufio.Reader)
	if !ok {
		in = bufio.NewReader(r)
	}
	line := 0
	next := func(x any) error {
		line++
		b, err := in.ReadBytes('\n')
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err == nil {
			err = json.Unmarshal(b, x)
		}
		if err != nil {
			return fmt.Errorf("entities: saved collection, line %d: %w", line, err)
		}
		return nil
	}
	var head savedHeader
	if err := next(&head); err != nil {
		return nil, err
	}
	if head.Schema != collectionSchema || head.Groups < 0 {
		return nil, fmt.Errorf("entities: this is no saved collection of this version: its schema is %.40q, not %q", head.Schema, collectionSchema)
	}
	c := NewCollection(g)
	c.articles = head.Articles
	for range head.Groups {
		var s savedGroup
		if err := next(&s); err != nil {
			return nil, err
		}
		if err := c.restore(&s); err != nil {
			return nil, fmt.Errorf("entities: saved collection, line %d: %w", line, err)
		}
	}
	for _, p := range head.Apart {
		if p[0] < 0 || p[0] >= p[1] || int(p[1]) >= len(c.groups) {
			return nil, fmt.Errorf("entities: saved collection, line 1: no groups %d and %d", p[0], p[1])
		}
		c.apart[pairOf(int(p[0]), int(p[1]))] = p[2]
	}
	return c, nil
}

// restore adds a saved group.
func (c *Collection) restore(s *savedGroup) error {
	if s.Kind < Person || s.Kind > Location || s.Gender > Male || len(strings.Fields(s.Words)) == 0 || len(s.Names) == 0 {
		return errors.New("a group needs a kind, a gender from 0 to 2, words and names")
	}
	x := group{kind: s.Kind, gender: s.Gender, field: s.Field, words: s.Words, ref: c.intern(s.Ref), title: c.intern(s.Title), country: c.intern(s.Country),
		articles: s.Articles, mentions: s.Mentions, names: c.loadTally(s.Names, maxNames), forms: c.loadTally(s.Forms, maxForms), roles: c.loadTally(s.Roles, maxRoles)}
	for _, h := range s.Near {
		x.near.add(h, maxNear)
	}
	h := x.hash()
	if _, ok := c.byHash[h]; ok {
		return fmt.Errorf("the group of %.40q is there twice", s.Words)
	}
	c.byHash[h] = int32(len(c.groups))
	c.groups = append(c.groups, x)
	return nil
}
