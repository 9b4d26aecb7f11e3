package nlp

import "hash/maphash"

// A Memo keeps what follows from the spelling of words from one document to the
// next: values of type T, those of the words that were asked for last. T should
// hold no pointers. A Memo is used by one goroutine at a time; the zero Memo is
// ready for use.
type Memo[T any] struct {
	entries []memoEntry[T] // a power of two, and one for words that are not kept
	clock   uint32
	misses  int // since the table grew
}

type memoEntry[T any] struct {
	used  uint32
	size  uint8 // of the word, 0 is an empty entry
	word  [memoWord]byte
	value T
}

const (
	memoWord  = 23 // longest word in bytes
	memoStart = 1 << 10
	memoMost  = 1 << 14 // words that are kept; the table grows up to it
)

var memoSeed = maphash.MakeSeed()

// Find returns the value of a word, and whether it is known. Where it is not,
// the caller fills in what the pointer points to: whatever was there before
// belonged to another word. The pointer holds until the next call.
func (m *Memo[T]) Find(word string) (value *T, known bool) {
	if m.misses >= len(m.entries)-1 && len(m.entries) <= memoMost {
		m.grow()
	}
	if len(word) == 0 || len(word) > memoWord {
		return &m.entries[len(m.entries)-1].value, false
	}
	m.clock++
	a, b := m.pair(maphash.String(memoSeed, word))
	if int(a.size) == len(word) && string(a.word[:a.size&31]) == word {
		a.used = m.clock
		return &a.value, true
	}
	if int(b.size) == len(word) && string(b.word[:b.size&31]) == word {
		b.used = m.clock
		return &b.value, true
	}
	m.misses++
	if m.clock-a.used < m.clock-b.used {
		a = b
	}
	a.used, a.size = m.clock, uint8(len(word))
	copy(a.word[:], word)
	return &a.value, false
}

// pair returns the two entries that a word with this hash may have.
func (m *Memo[T]) pair(hash uint64) (a, b *memoEntry[T]) {
	k := int(hash&uint64(len(m.entries)/2-1)) * 2
	return &m.entries[k], &m.entries[k+1]
}

func (m *Memo[T]) grow() {
	old := m.entries
	m.entries = make([]memoEntry[T], max(memoStart, 4*(len(old)-1))+1)
	m.misses = 0
	for i := range max(0, len(old)-1) {
		e := &old[i]
		if e.size == 0 {
			continue
		}
		a, b := m.pair(maphash.Bytes(memoSeed, e.word[:e.size]))
		if a.size > 0 && m.clock-a.used < m.clock-b.used {
			a = b
		}
		*a = *e
	}
}

// Clear makes m forget all words.
func (m *Memo[T]) Clear() {
	for i := range m.entries {
		m.entries[i].size = 0
	}
}
