package entities_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// shown writes an entity of a collection as the cases have it.
func shown(e *entities.Collected) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Kind, e.Name)
	if e.Country != "" {
		fmt.Fprintf(&b, " [%s]", e.Country)
	}
	fmt.Fprintf(&b, " ×%d = ", e.Articles)
	for i, n := range e.Names {
		if i > 0 {
			b.WriteString(" | ")
		}
		b.WriteString(n.Text)
	}
	return b.String()
}

func TestEmptyCollection(t *testing.T) {
	c := entities.NewCollection(nil)
	assert.Empty(t, c.Entities())
	assert.Zero(t, c.Articles())
	assert.Empty(t, c.Add(nlp.Parse(""), &entities.Result{}))
	assert.Empty(t, c.Entities())
	assert.Equal(t, 1, c.Articles())
}

// The cases of testdata/collections.cases, each in several orders of its articles.
func TestCollections(t *testing.T) {
	data, err := os.ReadFile("../testdata/collections.cases")
	require.NoError(t, err)
	cases := 0
	for _, block := range strings.Split(string(data), "\n\n") {
		var articles, want []string
		var why, own string
		for _, line := range strings.Split(block, "\n") {
			switch {
			case strings.HasPrefix(line, "> "):
				articles = append(articles, strings.ReplaceAll(line[2:], " / ", "\n\n"))
			case line == "":
			case strings.HasPrefix(line, "+ "):
				own += line[2:] + "\n"
			case strings.HasPrefix(line, "#"):
				why = line
			default:
				want = append(want, line)
			}
		}
		if articles == nil {
			continue
		}
		cases++
		g := withOwn(t, own)
		for range 4 {
			c := entities.NewCollection(g)
			for _, text := range articles {
				doc, names, _ := marked(t, text)
				c.Add(doc, entities.Resolve(doc, names, g))
			}
			var got []string
			for _, e := range c.Entities() {
				if slices.ContainsFunc(want, func(w string) bool { return strings.HasPrefix(w, e.Kind.String()) }) {
					got = append(got, shown(&e))
				}
			}
			if !assert.Equal(t, want, got, "%s\n%s", strings.Join(articles, "\n"), why) {
				break
			}
			rand.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
		}
	}
	assert.GreaterOrEqual(t, cases, 40)
}

// invented returns an article of people, bodies and places whose names are made of few
// words, so that many of them are alike.
func invented(r *rand.Rand) (*nlp.Document, *entities.Result) {
	given := []string{"Ann", "Anne", "Bill", "William", "J.", "John", "Jane", "Kim", "Sergei", "Sergey", "Q.", "Mary Ann", "X"}
	surname := []string{"Smith", "Smyth", "Zorgson", "Zorgsson", "Lee", "Clinton", "Kim", "Zelensky", "Zelenskyy", "de la Cruz", "Smith Jr.", "Roe-Zorg"}
	bodies := []string{"Foreign Ministry", "Zorg Widget Board", "ZWB", "Zorg Board", "Acme Inc.", "Acme", "Supreme Court", "Bank of England", "IAEA", "Smith", "the", "&"}
	places := []string{"Russia", "Moscow", "Turkey", "U.S.", "America", "Zorgville", "Georgia", "Smith"}
	titles := []string{"", "Mr. ", "Mrs. ", "Senator ", "striker ", "Professor ", "Dr. "}
	pick := func(words []string) string { return words[r.IntN(len(words))] }
	var text strings.Builder
	var names []entities.Mention
	add := func(kind entities.Kind, name string) {
		names = append(names, entities.Mention{Span: nlp.Span{Start: text.Len(), End: text.Len() + len(name)}, Kind: kind})
		text.WriteString(name)
	}
	for range 1 + r.IntN(6) {
		text.WriteString(pick(titles))
		switch r.IntN(3) {
		case 0:
			add(entities.Person, pick(surname))
		default:
			add(entities.Person, pick(given)+" "+pick(surname))
		}
		text.WriteString(" of ")
		add(entities.Organization, pick(bodies))
		text.WriteString(" went to ")
		add(entities.Location, pick(places))
		text.WriteString(" today. ")
	}
	doc := nlp.Parse(text.String())
	return doc, entities.Resolve(doc, atTokens(doc, names), nil)
}

// atTokens gives names, in text order, their tokens; those without any are left
// out.
func atTokens(doc *nlp.Document, names []entities.Mention) []entities.Mention {
	kept := names[:0]
	token := 0
	for _, m := range names {
		for m.First = token; m.First < len(doc.Tokens) && doc.Tokens[m.First].End <= m.Start; {
			m.First++
		}
		for m.Last = m.First; m.Last < len(doc.Tokens) && doc.Tokens[m.Last].Start < m.End; {
			m.Last++
		}
		if m.Last > m.First {
			token = m.Last
			kept = append(kept, m)
		}
	}
	return kept
}

// withoutGroups is what does not depend on the order in which articles were added.
func withoutGroups(all []entities.Collected) []entities.Collected {
	for i := range all {
		all[i].Groups = nil
	}
	return all
}

// The order of articles, goroutines, saving, loading and asking in between change nothing.
func TestCollectionOrder(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		type article struct {
			doc *nlp.Document
			r   *entities.Result
		}
		var articles []article
		for range 40 {
			doc, found := invented(r)
			articles = append(articles, article{doc, found})
		}
		first := entities.NewCollection(nil)
		for _, a := range articles {
			first.Add(a.doc, a.r)
		}
		var saved bytes.Buffer
		require.NoError(t, first.Save(&saved))
		want := first.Entities()
		checkCollected(t, first, want)
		want = withoutGroups(want)

		r.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
		second := entities.NewCollection(nil)
		for _, a := range articles[:10] {
			second.Add(a.doc, a.r)
		}
		second.Entities()
		var half, again bytes.Buffer
		require.NoError(t, second.Save(&half))
		second, err := entities.LoadCollection(&half, nil)
		require.NoError(t, err)
		var wait sync.WaitGroup
		for _, a := range articles[10:] {
			wait.Go(func() { second.Add(a.doc, a.r) })
		}
		wait.Wait()
		require.NoError(t, second.Save(&again))
		require.Equal(t, want, withoutGroups(second.Entities()), "seed %d", seed)
		require.Equal(t, saved.String(), again.String())
	}
}

// checkCollected tests what holds of any collection: every group is of one entity, and
// nobody has two IDs, or given names of a man and a woman.
func checkCollected(t *testing.T, c *entities.Collection, all []entities.Collected) {
	t.Helper()
	seen := make(map[int]bool)
	for _, e := range all {
		require.NotEmpty(t, e.Name)
		require.NotEmpty(t, e.Groups)
		require.NotEmpty(t, e.Names)
		require.Positive(t, e.Articles)
		require.Positive(t, e.Mentions)
		for _, g := range e.Groups {
			require.False(t, seen[g], "group %d is of two entities", g)
			seen[g] = true
		}
		if e.Kind != entities.Person {
			continue
		}
		var men, women []string
		for _, n := range e.Names {
			given, _, ok := strings.Cut(n.Text, " ")
			if !ok {
				continue
			}
			switch gazetteer.Default().Class(gazetteer.KeyOf(given)) & (gazetteer.GivenMale | gazetteer.GivenFemale) {
			case gazetteer.GivenMale:
				men = append(men, n.Text)
			case gazetteer.GivenFemale:
				women = append(women, n.Text)
			}
		}
		require.True(t, len(men) == 0 || len(women) == 0, "%v and %v", men, women)
	}
	require.Len(t, seen, len(c.Order()))
}

// What is saved wrongly is an error that names the line.
func TestLoadCollectionErrors(t *testing.T) {
	const head = `{"schema":"whosaid-collection/1","articles":1,"groups":1}` + "\n"
	for _, c := range []struct{ saved, want string }{
		{"", "line 1"},
		{"x\n", "line 1"},
		{"{}\n", "this is no saved collection"},
		{`{"schema":"whosaid-collection/0"}` + "\n", "whosaid-collection/0"},
		{`{"schema":"whosaid-collection/1","groups":-1}` + "\n", "this is no saved collection"},
		{head, "line 2: unexpected EOF"},
		{head + "[]\n", "line 2"},
		{head + `{"kind":4,"words":"x","names":[{"text":"X","count":1}]}` + "\n", "line 2: a group needs a kind"},
		{head + `{"kind":1,"words":"x"}` + "\n", "line 2: a group needs"},
		{head + `{"kind":1,"words":" ","names":[{"text":"X","count":1}]}` + "\n", "line 2: a group needs"},
		{strings.Replace(head, `"groups":1`, `"groups":2`, 1) + strings.Repeat(`{"kind":1,"words":"x","names":[{"text":"X","count":1}]}`+"\n", 2), `line 3: the group of "x" is there twice`},
		{strings.Replace(head, `"groups":1`, `"groups":0,"apart":[[0,1,1]]`, 1), "no groups 0 and 1"},
	} {
		_, err := entities.LoadCollection(strings.NewReader(c.saved), nil)
		assert.ErrorContains(t, err, c.want)
	}
}

// Any text may be added, and any articles make a collection that can be saved.
func FuzzCollection(f *testing.F) {
	f.Add("Senator Ann Lee met Mr. Lee of the Foreign Ministry (MFA) in Russia.\x00Mrs Lee left. The MFA slept.\x00\xff Ø Łee")
	f.Add("U.S. US Smith J. Smith John Smith Jane Smith\x00Smith\x00“Bo” Smith \"x\"")
	f.Fuzz(func(t *testing.T, text string) {
		articles := strings.Split(text, "\x00")
		add := func() *entities.Collection {
			c := entities.NewCollection(nil)
			for _, a := range articles {
				doc := nlp.Parse(a)
				var names []entities.Mention
				for i := 0; i < len(doc.Tokens); i++ { // runs of capitalised words are names
					last := i
					for last < len(doc.Tokens) && doc.Words[doc.Tokens[last].Word].Shape.Capital() {
						last++
					}
					if last > i {
						names = append(names, entities.Mention{Span: nlp.Span{Start: doc.Tokens[i].Start, End: doc.Tokens[last-1].End}, First: i, Last: last, Kind: entities.Kind(doc.Tokens[i].Start%3 + 1)})
						i = last
					}
				}
				c.Add(doc, entities.Resolve(doc, names, nil))
			}
			return c
		}
		c := add()
		want := c.Entities()
		checkCollected(t, c, want)
		slices.Reverse(articles)
		d := add()
		var saved, again bytes.Buffer
		require.NoError(t, c.Save(&saved))
		require.NoError(t, d.Save(&again))
		require.Equal(t, saved.String(), again.String())
		require.Equal(t, withoutGroups(want), withoutGroups(d.Entities()))
		e, err := entities.LoadCollection(&saved, nil)
		require.NoError(t, err)
		require.Equal(t, want, withoutGroups(e.Entities()))
	})
}

// Thousands of people of one surname, and of bodies of one acronym, stay apart.
func TestManyNamesOfOneSurname(t *testing.T) {
	if testing.Short() {
		t.Skip("reads many names")
	}
	c := entities.NewCollection(nil)
	for i := range 100 {
		var text strings.Builder
		for j := range 50 {
			h := uint64(i*50 + j)
			fmt.Fprintf(&text, "{p %s Smith} of the {o Zorg %s Society} ({o ZS}) met {p Smith} and {p %s}. ", word(h, 3), word(h, 4), word(h, 3))
		}
		doc, names, _ := marked(t, text.String())
		c.Add(doc, entities.Resolve(doc, names, nil))
	}
	begin := time.Now()
	all := c.Entities()
	t.Logf("%d entities of %d groups in %.1f s", len(all), len(c.Order()), time.Since(begin).Seconds())
	checkCollected(t, c, all)
}
