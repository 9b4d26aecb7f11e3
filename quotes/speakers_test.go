package quotes_test

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/quotes"
)

func TestLoadSpeakersErrors(t *testing.T) {
	var empty bytes.Buffer
	require.NoError(t, quotes.NewSpeakers(nil).Save(&empty))
	head, _, _ := strings.Cut(empty.String(), "\n")
	for _, c := range []struct{ saved, want string }{
		{"", "line 1"},
		{"{}\n", "no saved collection"},
		{head + "\n", "the counts at the end"},
		{head + "\n[]", "the counts at the end"},
		{head + "\n" + `{"groups":[[0,1,0,0,5]]}`, "no group 0"},
		{head + "\n" + `{"groups":[[-1,1,0,0,5]]}`, "no group -1"},
	} {
		_, err := quotes.LoadSpeakers(strings.NewReader(c.saved), nil)
		assert.ErrorContains(t, err, c.want, "%q", c.saved)
	}
}

func TestNoSpeakers(t *testing.T) {
	s := quotes.NewSpeakers(nil)
	assert.Empty(t, s.All())
	assert.Zero(t, s.Articles())
	s.Add(quotes.Analyze(""))
	assert.Empty(t, s.All())
	assert.Equal(t, 1, s.Articles())
	assert.Zero(t, s.Unnamed())
}

// What is counted for whom.
func TestSpeakers(t *testing.T) {
	for _, c := range []struct {
		articles []string
		want     []string // kind: name, articles, direct/indirect/mixed, words
		unnamed  quotes.Spoken
	}{
		{[]string{"“It will rain,” a senior official said."}, nil, quotes.Spoken{Direct: 1, Words: 3}},
		{[]string{"“We won,” Jane Smith and John Brown said in a joint statement."},
			[]string{"person: Jane Smith, 1, 1/0/0, 2", "person: John Brown, 1, 1/0/0, 2"}, quotes.Spoken{}},
		{[]string{"“We won,” Jane Smith said.", "Smith said that it was hard. “It’s over – at last,” she added."},
			[]string{"person: Jane Smith, 2, 2/1/0, 9"}, quotes.Spoken{}},
	} {
		s := quotes.NewSpeakers(nil)
		for _, a := range c.articles {
			s.Add(quotes.Analyze(a))
		}
		var got []string
		for _, x := range s.All() {
			if x.Quotations() > 0 {
				got = append(got, fmt.Sprintf("%s: %s, %d, %d/%d/%d, %d", x.Kind, x.Name, x.Articles, x.Direct, x.Indirect, x.Mixed, x.Words))
			}
		}
		assert.Equal(t, c.want, got, c.articles)
		assert.Equal(t, c.unnamed, s.Unnamed(), c.articles)
	}
}

// Goroutines, and saving and loading on the way, change nothing.
func TestSpeakersOrder(t *testing.T) {
	var articles []string
	for i := range 12 {
		articles = append(articles, fmt.Sprintf("“We won %d times,” Sen. Jane Smith said in Ohio. Sen. Smith was tired. “No,” the Foreign Ministry said.", i),
			"“We lost,” Rep. Tom Smith told the Times. Smith left.", "“Who knows?” Smith asked.")
	}
	all := func(s *quotes.Speakers) []quotes.Speaker {
		list := s.All()
		for i := range list {
			list[i].Groups = nil
		}
		return list
	}
	one := quotes.NewSpeakers(nil)
	for _, a := range articles {
		one.Add(quotes.Analyze(a))
	}
	var saved, half, again bytes.Buffer
	require.NoError(t, one.Save(&saved))
	two := quotes.NewSpeakers(nil)
	add := func(articles []string) {
		var wait sync.WaitGroup
		for _, a := range articles {
			wait.Go(func() { two.Add(quotes.Analyze(a)) })
		}
		wait.Wait()
	}
	add(articles[20:])
	require.NoError(t, two.Save(&half))
	two, err := quotes.LoadSpeakers(&half, nil)
	require.NoError(t, err)
	add(articles[:20])
	require.NoError(t, two.Save(&again))
	assert.Equal(t, all(one), all(two))
	assert.Equal(t, saved.String(), again.String())
	assert.Equal(t, entities.Person, all(one)[0].Kind)
	assert.Equal(t, one.Unnamed(), two.Unnamed())
}

func BenchmarkSpeakersAdd(b *testing.B) {
	a := quotes.Analyze(strings.Repeat("“We won,” Sen. Jane Smith said in Ohio. “No,” the Foreign Ministry in Ankara told Tom Brown of the Times.\n\n", 10))
	s := quotes.NewSpeakers(nil)
	b.ReportAllocs()
	for b.Loop() {
		s.Add(a)
	}
}
