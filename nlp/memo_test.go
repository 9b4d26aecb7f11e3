package nlp_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/whosaid-nlp/whosaid/nlp"
)

// TestMemo asks for many words again and again: what is known is what was filled
// in for that word, and what was asked for last is known.
func TestMemo(t *testing.T) {
	var m nlp.Memo[int]
	for round := range 3 {
		for i := range 40_000 {
			v, known := m.Find(fmt.Sprint("word", i))
			if known {
				assert.Equal(t, i, *v, "round %d", round)
			}
			*v = i
			if i%7 == 0 {
				again, known := m.Find(fmt.Sprint("word", i))
				assert.True(t, known)
				assert.Equal(t, i, *again)
			}
		}
	}
	v, known := m.Find("word39999")
	assert.True(t, known)
	assert.Equal(t, 39999, *v)
	for _, word := range []string{"", strings.Repeat("x", 24), strings.Repeat("x", 1000)} { // not kept
		v, _ := m.Find(word)
		*v = 5
		_, known := m.Find(word)
		assert.False(t, known, "%d bytes", len(word))
	}
	m.Clear()
	_, known = m.Find("word39999")
	assert.False(t, known)
}

func TestMemoKeepsFrequentWords(t *testing.T) {
	var m nlp.Memo[int]
	for i := range 100_000 {
		v, known := m.Find("the")
		if i > 0 && assert.True(t, known) {
			assert.Equal(t, 1, *v)
		}
		*v = 1
		v, _ = m.Find(fmt.Sprint(i))
		*v = 2
	}
}
