package nlp

import "hash/maphash"

// A Memo keeps what follows from the spelling of words from one document to the
// next: values of type T, those of the words that were asked for last. T should
// hold no pointers. A Memo is used by one goroutine at a time; the zero Memo is
// ready for use.
type Memo[T any] struct {
	entries []memoEntry[T]
	clock   uint32
}

type memoEntry[T any] struct {
	used  uint32
	size  uint8 // of the word, 0 is an empty entry
	word  [memoWord]byte
	value T
}

const (
	memoWord    = 23 // longest word in bytes
	memoEntries = 1 << 14
)

var memoSeed = maphash.MakeSeed()

// Find returns the value of a word, and whether it is known. Where it is not,
// the caller fills in what the pointer points to: whatever was there before
// belonged to another word. The pointer holds until the next call.
func (m *Memo[T]) Find(word string) (value *T, known bool) {
	if m.entries == nil {
		m.entries = make([]memoEntry[T], memoEntries+1)
	}
	if len(word) == 0 || len(word) > memoWord {
		return &m.entries[memoEntries].value, false // for all that are not kept
	}
	m.clock++
	k := maphash.String(memoSeed, word) % (memoEntries / 2) * 2
	a, b := &m.entries[k], &m.entries[k+1]
	if int(a.size) == len(word) && string(a.word[:a.size&31]) == word {
		a.used = m.clock
		return &a.value, true
	}
	if int(b.size) == len(word) && string(b.word[:b.size&31]) == word {
		b.used = m.clock
		return &b.value, true
	}
	if m.clock-a.used < m.clock-b.used {
		a = b
	}
	a.used, a.size = m.clock, uint8(len(word))
	copy(a.word[:], word)
	return &a.value, false
}

// Clear makes m forget all words.
func (m *Memo[T]) Clear() {
	for i := range m.entries {
		m.entries[i].size = 0
	}
}
