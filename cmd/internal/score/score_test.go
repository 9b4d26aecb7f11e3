package score

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
)

// span is where s stands in text first.
func span(t *testing.T, text, s string) corpus.Span {
	t.Helper()
	for i := 0; i+len(s) <= len(text); i++ {
		if text[i:i+len(s)] == s {
			return corpus.Span{i, i + len(s)}
		}
	}
	t.Fatalf("%q is not in %q", s, text)
	return corpus.Span{}
}

func spans(t *testing.T, text string, parts ...string) []corpus.Span {
	t.Helper()
	var out []corpus.Span
	for _, p := range parts {
		out = append(out, span(t, text, p))
	}
	return out
}

func TestCount(t *testing.T) {
	c := Count{Right: 3, Found: 4, Gold: 6}
	assert.InDelta(t, 75, c.Precision(), 1e-9)
	assert.InDelta(t, 50, c.Recall(), 1e-9)
	assert.InDelta(t, 60, c.F1(), 1e-9)
	var none Count
	assert.Zero(t, none.Precision()+none.Recall()+none.F1())
	assert.Zero(t, Share{}.Percent())
}

func TestNames(t *testing.T) {
	text := "The Kremlin’s Sergey Lavrov met England in Ankara, England."
	name := func(s, kind string) corpus.Name {
		x := span(t, text, s)
		return corpus.Name{Start: x[0], End: x[1], Type: kind}
	}
	gold := &corpus.Article{Text: text, Entities: []corpus.Name{
		name("Kremlin", "ORG"), name("Sergey Lavrov", "PER"), name("England", "TEAM"), name("Ankara", "LOC"),
		{Start: 51, End: 51 + len("England"), Type: "MISC"},
	}}
	var s Names
	s.Add(gold, []corpus.Name{
		name("The Kremlin’s", "ORG"), // right without its article and possessive
		name("Lavrov", "PER"),        // wrong borders
		name("Ankara", "ORG"),        // wrong type
		name("met England", "LOC"),   // neither: it overlaps a team
	})
	assert.Equal(t, Names{
		PER: Count{0, 1, 1}, ORG: Count{1, 2, 1}, LOC: Count{0, 0, 1},
		All: Count{1, 3, 3}, Boundary: Count{2, 3, 3},
	}, s)
	s.Merge(&s)
	assert.Equal(t, Count{2, 6, 6}, s.All)
}

func TestAttribution(t *testing.T) {
	text := "“We won the cup,” said Jane Smith. Ed said it rained a lot."
	gold := &corpus.Article{Text: text, Quotes: []corpus.Quote{
		{Spans: spans(t, text, "“We won the cup,”"), Kind: "direct", SpeakerName: "Jane Smith"},
		{Spans: spans(t, text, "it rained a lot"), Kind: "indirect", SpeakerName: "Ed"},
	}}
	var s Attribution
	s.Add(gold, []corpus.Quote{
		{Spans: spans(t, text, "We won the cup"), SpeakerName: "Captain Smith of Jane"}, // 4 tokens, a name that holds the right one
		{Spans: spans(t, text, "said it rained"), Speaker: spans(t, text, "Jane")},      // 2 of 3 tokens right, another speaker
	})
	assert.Equal(t, Count{6, 7, 8}, s.Content)
	assert.Equal(t, Count{4, 7, 8}, s.Speaker)
	assert.Equal(t, Count{1, 2, 2}, s.Parts) // 14 of 17 code points, then 9 of 20
	assert.Equal(t, map[string]*Count{"direct": {4, 0, 4}, "indirect": {2, 0, 4}}, s.ByKind)
}

func TestSameName(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Öncü Keçeli", "Oncu Keceli", true},
		{"Foreign Minister Sergey Lavrov", "Lavrov", true},
		{"International Atomic Energy Agency", "IAEA", true},
		{"Jane Smith", "John Smith", false},
		{"the president", "president", true},
		{"", "", true},
		{"", "Smith", false},
	} {
		assert.Equal(t, c.same, SameName(c.a, c.b), "%q and %q", c.a, c.b)
		assert.Equal(t, c.same, SameName(c.b, c.a), "%q and %q", c.b, c.a)
	}
}

func TestQuotations(t *testing.T) {
	no := false
	text := "“We won the cup,” said Jane Smith. Ed said it rained a lot. He hoped it would stop. Sue: go now."
	gold := &corpus.Article{Text: text, Quotes: []corpus.Quote{
		{Spans: spans(t, text, "“We won the cup,”"), Speaker: spans(t, text, "Jane Smith"), SpeakerName: "Jane Smith"},
		{Spans: spans(t, text, "it rained a lot"), Speaker: spans(t, text, "Ed")},
		{Spans: spans(t, text, "it would stop"), Speaker: spans(t, text, "He"), Speech: &no},
		{Spans: spans(t, text, "go now"), SpeakerName: "Sue", SpeakerAliases: []string{"Susan Low"}},
	}}
	var s Quotations
	s.Add(gold, []corpus.Quote{
		{Spans: spans(t, text, "We won the cup"), Speaker: spans(t, text, "Smith"), SpeakerName: "Smith"},
		{Spans: spans(t, text, "“We won the cup,”"), SpeakerName: "Bob"},                // the same tokens again: not counted
		{Spans: spans(t, text, "said it rained a"), Speaker: spans(t, text, "He")},      // 3 of 5 tokens, another speaker
		{Spans: spans(t, text, "hoped it would stop"), Speaker: spans(t, text, "Jane")}, // mostly a hope: not counted
		{Spans: spans(t, text, "go now"), SpeakerName: "Low"},
	})
	assert.Equal(t, Count{9, 10, 10}, s.Tokens)
	assert.Equal(t, Count{2, 3, 3}, s.Whole)
	assert.Equal(t, Count{2, 3, 3}, s.Exact)
	assert.Equal(t, Count{3, 3, 3}, s.Half)
	assert.Equal(t, Count{2, 3, 3}, s.Credit)
	assert.Equal(t, Share{1, 2}, s.Speaker)
	assert.Equal(t, Share{2, 2}, s.Name)
	assert.Equal(t, Share{}, s.Pronoun)
	assert.Equal(t, &Kind{Recall: Share{4, 4}, Precision: Share{4, 4}, Whole: Share{1, 1}}, s.ByKind["direct"])
	assert.Equal(t, &Kind{Recall: Share{5, 6}, Precision: Share{5, 6}, Whole: Share{1, 2}}, s.ByKind["indirect"])
}

func TestSurfaceKind(t *testing.T) {
	for _, c := range []struct {
		text  string
		parts []string
		kind  string
	}{
		{"“We won,” she said.", []string{"“We won,”"}, "direct"},
		{"“We won,” she said.", []string{"We won"}, "direct"},
		{"“We won,” she said, “and how.”", []string{"“We won,”", "“and how.”"}, "direct"},
		{"“One.\n“Two,” she said.", []string{"“One.\n“Two,”"}, "direct"},
		{"It was “a win” for all, she said.", []string{"It was “a win” for all"}, "mixed"},
		{"She said it was a win for all.", []string{"it was a win"}, "indirect"},
		{"She said «no» twice.", []string{"«no»"}, "direct"},
	} {
		assert.Equal(t, c.kind, surfaceKind(c.text, spans(t, c.text, c.parts...)), "%q in %q", c.parts, c.text)
	}
}

func TestCoreference(t *testing.T) {
	text := "Öncü Keçeli met Ann Lee. Keçeli left. Lee stayed; she slept, he ran. It rained on Rome."
	mention := func(s, form string) corpus.Mention {
		x := span(t, text, s)
		return corpus.Mention{Start: x[0], End: x[1], Type: form, HeadSpan: x}
	}
	second := func(s, form string, from int) corpus.Mention {
		x := span(t, text[from:], s)
		x = corpus.Span{x[0] + from, x[1] + from}
		return corpus.Mention{Start: x[0], End: x[1], Type: form, HeadSpan: x}
	}
	keceli, lee := second("Keçeli", "name", 25), second("Lee", "name", 30)
	gold := &corpus.Article{Text: text, Clusters: []corpus.Cluster{
		{Mentions: []corpus.Mention{mention("Öncü Keçeli", "name"), keceli, mention("he ran", "pronoun")}},
		{Mentions: []corpus.Mention{mention("Ann Lee", "name"), lee, mention("she", "pronoun")}},
		{Mentions: []corpus.Mention{mention("Rome", "name")}},
		{Mentions: []corpus.Mention{mention("It", "pronoun")}}, // has no name: not counted
	}}
	at := func(m corpus.Mention) corpus.Span { return corpus.Span{m.Start, m.End} }
	var s Coreference
	assert.True(t, s.Empty())
	s.Add(gold, [][]corpus.Span{
		{span(t, text, "Öncü Keçeli"), at(keceli), at(lee), span(t, text, "she")},
		{span(t, text, "Ann Lee")},
	})
	// Precision: Keçeli 2/3 twice, Lee 1/3, Ann Lee 1, Rome 1 (alone). Recall: 1, 1, 1/2, 1/2, 1.
	assert.InDelta(t, 100*(2./3+2./3+1./3+1+1)/5, s.Precision(), 1e-9)
	assert.InDelta(t, 100*4./5, s.Recall(), 1e-9)
	p, r := s.Precision(), s.Recall()
	assert.InDelta(t, 2*p*r/(p+r), s.F1(), 1e-9)
	assert.Equal(t, Share{4, 5}, s.Found)
	assert.Equal(t, Share{1, 2}, s.Pronoun) // she, for Lee is in that cluster
	assert.False(t, s.Empty())
}
