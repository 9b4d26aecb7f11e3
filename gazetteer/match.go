package gazetteer

// A Match is a known name in a run of tokens.
type Match struct {
	First, Last int   // tokens [First, Last)
	Class       Class // of the name and of all its entries
	ref         uint32
	layer       int32
}

// Len returns the number of tokens.
func (m Match) Len() int { return m.Last - m.First }

// Find appends to dst, for each token, the longest name that starts there, and
// returns the extended slice, sorted by First. Matches may overlap; [Longest]
// picks those that do not. Found are names of entries, and titles, roles and
// nationalities of several words; single words of these three are for
// [Gazetteer.Class] to tell. A match of the tokens New, York needs both keys:
// tokens are the keys of consecutive tokens of one sentence.
//
// Find allocates nothing but what dst needs to grow. Its time is linear in the
// number of tokens.
func (g *Gazetteer) Find(tokens []Key, dst []Match) []Match {
	for i := range tokens {
		dst = g.FindAt(tokens, i, dst)
	}
	return dst
}

// FindAt is Find for the names that start at token i alone. A caller that keeps
// what [Gazetteer.Begins] says of words need not ask at each token.
func (g *Gazetteer) FindAt(tokens []Key, i int, dst []Match) []Match {
	m := Match{First: i}
	for layer, t := range g.layers {
		var h uint64
		for j := i; j < len(tokens); j++ {
			h = step(h, tokens[j])
			v, ok := t.find(h)
			if !ok {
				break
			}
			if j+1 > m.Last { // equal length: the first layer wins
				if c := t.class(v); j > i && c != 0 || c&entity != 0 && t.ref(v) != 0 {
					m.Last, m.Class, m.ref, m.layer = j+1, c, t.ref(v), int32(layer)
				}
			}
			if v&continues == 0 {
				break
			}
		}
	}
	if m.Last > i {
		dst = append(dst, m)
	}
	return dst
}

// Begins reports whether a name may start with the word of key k: if not,
// [Gazetteer.FindAt] finds nothing at it.
func (g *Gazetteer) Begins(k Key) bool {
	h := step(0, k)
	for _, t := range g.layers {
		if v, ok := t.find(h); ok && (v&continues != 0 || t.class(v)&entity != 0 && t.ref(v) != 0) {
			return true
		}
	}
	return false
}

// Longest keeps those matches of a result of [Gazetteer.Find] that do not
// overlap, reading from the left, in place. Every token that can be covered
// from the left is covered by the match that starts first.
func Longest(matches []Match) []Match {
	kept, end := matches[:0], 0
	for _, m := range matches {
		if m.First >= end {
			kept, end = append(kept, m), m.Last
		}
	}
	return kept
}

// Entries returns the entries of a match that g found, the most prominent one
// first. It is nil where there are none: titles, roles, and bodies that every
// country has (Foreign Ministry).
func (g *Gazetteer) Entries(m Match) []Entry { return g.AppendEntries(nil, m) }

// AppendEntries appends the entries of a match that g found to dst.
func (g *Gazetteer) AppendEntries(dst []Entry, m Match) []Entry {
	if m.ref == 0 || int(m.layer) >= len(g.layers) {
		return dst
	}
	return g.layers[m.layer].appendEntries(dst, m.ref)
}

// Entry returns the most prominent entry of a match that g found.
func (g *Gazetteer) Entry(m Match) (e Entry, ok bool) {
	if m.ref == 0 || int(m.layer) >= len(g.layers) {
		return Entry{}, false
	}
	t := g.layers[m.layer]
	return t.entry(t.firstEntry(m.ref)), true
}
