package quotes_test

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/quotes"
)

func TestAnyText(t *testing.T) {
	for _, text := range []string{
		"", "\x00\xff\xfe", "“", "”“”“", strings.Repeat("“", 1000), strings.Repeat(`"`, 1000), strings.Repeat("(", 100000), "said", "said.", "He said", "said that",
		"according to", "According to X", "“We won,”", "“We won,” said", "said “", "\r\n\r\n", strings.Repeat("a", 100000),
	} {
		checkAnalysis(t, text)
	}
}

// An article may be cut off anywhere.
func TestCutOff(t *testing.T) {
	files, err := filepath.Glob("../testdata/articles/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		doc := nlp.Parse(string(text))
		for _, p := range doc.Paragraphs {
			for i := doc.Sentences[p.First].First; i < doc.Sentences[p.Last-1].Last; i++ {
				quotes.Analyze(doc.Text[p.Start:doc.Tokens[i].End])
				quotes.Analyze(doc.Text[doc.Tokens[i].Start:p.End])
			}
		}
	}
}

func FuzzAnalyze(f *testing.F) {
	f.Add("“We won,” Jane Smith said. “It was hard.”")
	f.Add("The ministry said it would close, adding that “no one” was hurt, according to AFP.")
	f.Add("'We will win the players' cup,' he said.\n\"A\n\"B,\" she told reporters.")
	f.Add("Q: Why?\r\nA: Because Mr. Lee (R-Ind.) and the U.N. said so.\r\n\r\nSEN. DOE: \xff“I \u2028agree.")
	f.Add("e`\x95bbbe payers'")
	f.Add("\"\xb5,\"he \x84\xa2,\"B\x02\x00\x00 \"B,r")
	f.Add("She said that “no one” as")
	f.Add("he U.e (R-Ind.) said. Lee left.")
	f.Fuzz(checkAnalysis)
}

// checkAnalysis holds an analysis to what is true of every text.
func checkAnalysis(t *testing.T, text string) {
	t.Helper()
	a := quotes.Analyze(text)
	require.Equal(t, text, a.Document.Text)
	inside := func(s nlp.Span) {
		require.True(t, 0 <= s.Start && s.Start <= s.End && s.End <= len(text), "span %v of %d bytes", s, len(text))
	}
	checkEntities(t, a)
	checkDisjoint(t, a)
	last := 0
	for _, r := range a.References {
		inside(r.Span)
		require.True(t, r.Start >= last && !r.Empty() && r.Entity > 0 && r.Entity <= len(a.Entities.Entities), "%v", r)
		last = r.End
	}
	last = 0
	for i, q := range a.Quotations {
		require.LessOrEqual(t, q.Kind, quotes.Mixed)
		require.NotEmpty(t, q.Parts, "quotation %d", i)
		require.True(t, q.Parts[0].Start >= last, "quotation %d begins before the one before", i)
		last = q.Parts[0].Start
		end := 0
		for _, p := range q.Parts {
			inside(p)
			require.False(t, p.Empty(), "quotation %d", i)
			require.True(t, p.Start >= end, "parts of quotation %d: %v", i, q.Parts)
			end = p.End
		}
		require.Regexp(t, `[^\p{P}\s]`, textOfParts(a, q), "quotation %d says nothing", i)
		inside(q.Cue)
		inside(q.Speaker)
		for _, id := range q.Entities {
			require.True(t, id > 0 && id <= len(a.Entities.Entities), "quotation %d has the entity %d", i, id)
		}
		e := q.Evidence
		require.True(t, e.RunnerUp >= 0 && e.RunnerUp <= len(a.Entities.Entities), "quotation %d has the runner-up %d", i, e.RunnerUp)
		require.True(t, e.RunnerUp == 0 || !slices.Contains(q.Entities, e.RunnerUp), "quotation %d has its speaker as runner-up", i)
		require.Equal(t, e.RunnerUp > 0, e.RunnerUpEvidence > 0)
		require.Equal(t, q.Name != "", e.Speaker > 0, "quotation %d has the speaker %q by %q", i, q.Name, e.Speaker)
		require.NotZero(t, e.Content)
		require.False(t, len(q.Entities) > 0 && q.Name == "", "quotation %d has an entity and no name", i)
		require.True(t, q.Confidence >= 0 && q.Confidence <= 1 && !math.IsNaN(q.Confidence), "confidence %v", q.Confidence)
	}
	require.Equal(t, a, quotes.Analyze(text), "two results for one text")
}

// checkDisjoint holds quotations to this: nothing is said by two, and nobody
// says the cue that reports it. Only Nested is inside a part.
func checkDisjoint(t *testing.T, a *quotes.Analysis) {
	t.Helper()
	var parts []nlp.Span
	for i, q := range a.Quotations {
		parts = append(parts, q.Parts...)
		for _, p := range q.Parts {
			require.False(t, !q.Cue.Empty() && q.Cue.Start < p.End && p.Start < q.Cue.End, "quotation %d says its cue", i)
		}
		for _, n := range q.Nested {
			require.True(t, slices.ContainsFunc(q.Parts, func(p nlp.Span) bool { return p.Start <= n.Start && n.End <= p.End }), "nested %v", n)
		}
	}
	slices.SortFunc(parts, func(a, b nlp.Span) int { return a.Start - b.Start })
	for i := 1; i < len(parts); i++ {
		require.True(t, parts[i-1].End <= parts[i].Start, "%v and %v overlap", parts[i-1], parts[i])
	}
}

func textOfParts(a *quotes.Analysis, q quotes.Quotation) (text string) {
	for _, p := range q.Parts {
		text += a.Document.TextOf(p)
	}
	return text
}

func checkEntities(t *testing.T, a *quotes.Analysis) {
	t.Helper()
	r, doc := a.Entities, a.Document
	last := 0
	for i, m := range r.Mentions {
		require.True(t, m.Start >= last && m.Start < m.End && m.End <= len(doc.Text), "mention %d is %v", i, m.Span)
		last = m.Start
		require.True(t, 0 <= m.First && m.First < m.Last && m.Last <= len(doc.Tokens), "mention %d has the tokens %d to %d", i, m.First, m.Last)
		require.Equal(t, m.Span, nlp.Span{Start: doc.Tokens[m.First].Start, End: doc.Tokens[m.Last-1].End}, "mention %d", i)
		require.True(t, m.Entity >= 0 && m.Entity <= len(r.Entities), "mention %d has the entity %d", i, m.Entity)
		require.LessOrEqual(t, m.Form, entities.Nominal)
		require.True(t, m.Confidence >= 0 && m.Confidence <= 1, "confidence %v", m.Confidence)
		if m.Entity > 0 {
			require.Contains(t, r.Entities[m.Entity-1].Mentions, i)
		}
	}
	first := -1
	for i, e := range r.Entities {
		require.Equal(t, i+1, e.ID)
		require.NotEmpty(t, e.Name, "entity %d", e.ID)
		require.True(t, e.Kind >= entities.Person && e.Kind <= entities.Location, "entity %d has the kind %d", e.ID, e.Kind)
		require.NotEmpty(t, e.Mentions, "entity %d", e.ID)
		named := slices.IndexFunc(e.Mentions, func(k int) bool { return r.Mentions[k].Form == entities.Name })
		require.True(t, named >= 0 && e.Mentions[named] > first, "entity %d is named before the one before, or never", e.ID)
		first = e.Mentions[named]
		before := -1
		for _, k := range e.Mentions {
			require.True(t, k > before && k < len(r.Mentions), "mentions of entity %d: %v", e.ID, e.Mentions)
			require.Equal(t, e.ID, r.Mentions[k].Entity, "mention %d", k)
			before = k
		}
	}
}
