// Package gazetteer knows names of people, organisations and places with their
// kind and a stable ID, what single words may be (given name, surname, title,
// nationality …), and finds the longest known name at every token of a text.
//
// A [Gazetteer] is looked up by the keys of tokens ([KeyOf]), not by strings,
// so that finding names neither allocates nor depends on accents, the style of
// apostrophes, or the dots of acronyms: U.S. and US have the same key, us has
// another one. Names are stored without a leading “the”.
//
// [Default] is the compiled gazetteer that comes with the package; [Load]
// reads a list of the user's own, and [Gazetteer.Merge] puts it on top.
// What is in a gazetteer is a hint and not a decision: Washington is a city, a
// state and a surname. [Ambiguous] and [CommonWord] mark such names.
package gazetteer

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:generate go run ../cmd/generate/gazetteer -source ../../shared/data/gazetteer -out data/gazetteer.bin

//go:embed data/gazetteer.bin
var compiled string

// A Kind is what a name names. The zero Kind means "not known"; nationalities
// have it, since they are not names.
type Kind uint8

// The kinds of entries.
const (
	Person Kind = iota + 1
	Organization
	Location
)

// String returns "person", "organization", "location" or "".
func (k Kind) String() string {
	return [...]string{"", "person", "organization", "location"}[k&3]
}

// A Gender is what the given name or the title of a person tells.
// The zero Gender means "not known".
type Gender uint8

// The genders that given names tell.
const (
	Female Gender = iota + 1
	Male
)

// String returns "female", "male" or "".
func (g Gender) String() string { return [...]string{"", "female", "male", ""}[g&3] }

// An Entry is one person, body or place.
type Entry struct {
	// ID is stable between versions: "ISO3166:RU" (countries),
	// "geonames:524901" (cities), "geonames-admin1:US.CA" (states, provinces),
	// "bioguide:S000148" (members of the US Congress), the ID of a user's own
	// list, or one made of kind and name, "whosaid:organization/nato".
	ID      string
	Name    string // preferred name
	Kind    Kind
	Class   Class
	Gender  Gender
	Country string // ISO 3166-1 alpha-2, "" when none is known
	// Role is the office or profession of a person, the sort of an
	// organisation or place ("party", "river"), or what a metonym stands for.
	Role       string
	Population int // inhabitants of a city, to three digits; 0 means unknown
}

// A Gazetteer is an immutable table of names. It is safe for concurrent use by
// many goroutines. The zero Gazetteer is empty and ready for use.
type Gazetteer struct {
	layers []*table // the first one wins
}

var loadDefault = sync.OnceValue(func() *Gazetteer {
	t, err := openTable(compiled)
	if err != nil {
		panic("gazetteer: the embedded table is damaged: " + err.Error())
	}
	return &Gazetteer{layers: []*table{t}}
})

// Default returns the gazetteer that is compiled into the package. It is used
// in place from the program's image: nothing is decoded or copied. All calls
// return the same value.
func Default() *Gazetteer { return loadDefault() }

// Merge returns a gazetteer that holds the names of both. Where both know a
// name, only user's entries count; what a single word may be besides (surname,
// title, common word …) is joined. Neither g nor user changes.
func (g *Gazetteer) Merge(user *Gazetteer) *Gazetteer {
	if user == nil || len(user.layers) == 0 {
		return g
	}
	if g == nil {
		return user
	}
	return &Gazetteer{layers: slices.Concat(user.layers, g.layers)}
}

// Class returns what the single word with key k may be, alone or as a part of
// a name: the classes of the word joined with those of all entries of that
// name. It is 0 for unknown words.
func (g *Gazetteer) Class(k Key) Class {
	var c Class
	h := step(0, k)
	for _, t := range g.layers {
		if v, ok := t.find(h); ok {
			if c&UserDefined != 0 {
				c |= t.class(v) & lexical
			} else {
				c |= t.class(v)
			}
		}
	}
	return c
}

// Lookup returns the entries that have name as their name or alias, the most
// prominent one first. A leading “the” does not count. The entries of a
// nationality ("Turkish") have Kind 0 and name its country.
func (g *Gazetteer) Lookup(name string) []Entry {
	h := hashOf(splitName(name))
	for _, t := range g.layers {
		if v, ok := t.find(h); ok && t.ref(v) != 0 {
			return t.appendEntries(nil, t.ref(v))
		}
	}
	return nil
}

// LookupClass returns the classes of a name of any number of words, as a
// [Match] of it would have them, and of a word that is no name (a title, say).
func (g *Gazetteer) LookupClass(name string) Class {
	h := hashOf(splitName(name))
	for _, t := range g.layers {
		if v, ok := t.find(h); ok {
			return t.class(v)
		}
	}
	return 0
}

// Len returns the number of entries, nationalities not counted twice.
func (g *Gazetteer) Len() int {
	n := 0
	for _, t := range g.layers {
		n += t.entryCount
	}
	return n
}

// SameGivenName reports whether a and b can be given names of one person: the
// same name but for accents and case of a word in capitals, a name and its
// short form (Joseph, Joe), two short forms of one name (Bill, Will), or two
// spellings (Sergei, Sergey). It tells nothing about initials.
func (g *Gazetteer) SameGivenName(a, b string) bool {
	ka, kb := KeyOfTitle(a), KeyOfTitle(b)
	if ka == kb {
		return a != ""
	}
	p := pairHash(ka, kb)
	for _, t := range g.layers {
		if t.hasPair(p) {
			return true
		}
	}
	return false
}

// hashOf returns the hash of the sequence of tokens.
func hashOf(tokens []string) uint64 {
	var h uint64
	for _, t := range tokens {
		h = step(h, KeyOf(t))
	}
	return h
}

// splitName splits a name into tokens and drops a leading "the".
func splitName(name string) []string {
	tokens := Split(name)
	if len(tokens) > 1 && strings.EqualFold(tokens[0], "the") {
		return tokens[1:]
	}
	return tokens
}
