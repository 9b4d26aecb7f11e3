package entities_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/nlp/sequence"
)

var caseTypes = [...]string{"", "PER", "ORG", "LOC"}

// markup writes the names found in text into it as the cases have them.
func markup(text string, names []entities.Mention) string {
	var b strings.Builder
	at := 0
	for _, m := range names {
		fmt.Fprintf(&b, "%s[%s %s]", text[at:m.Start], caseTypes[m.Kind], text[m.Start:m.End])
		at = m.End
	}
	return b.String() + text[at:]
}

// plain takes the brackets off a case.
func plain(marked string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(marked, "[")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, after, _ := strings.Cut(rest[4:], "]")
		b.WriteString(name)
		marked = after
	}
}

func names(text string) []entities.Mention {
	return entities.DefaultRecognizer().Names(nlp.Parse(text), gazetteer.Default())
}

func TestCases(t *testing.T) {
	data, err := os.ReadFile("../testdata/names.cases")
	require.NoError(t, err)
	cases := 0
	for i, line := range strings.Split(string(data), "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		cases++
		want, missing := strings.CutPrefix(line, "~")
		want = strings.ReplaceAll(want, "  | ", "\n")
		got := markup(plain(want), names(plain(want)))
		if missing {
			if got == want {
				t.Logf("line %d is found now: take the ~ away", i+1)
			}
			continue
		}
		assert.Equal(t, want, got, "line %d", i+1)
	}
	assert.GreaterOrEqual(t, cases, 40)
}

func TestUsersGazetteerDecides(t *testing.T) {
	user, err := gazetteer.Load(strings.NewReader("name\tkind\nAcme Rockets\torganization\nBlorptown\tlocation\n" +
		"Monday Blue\tperson\nParis\tperson\nYork\tperson\nquux dao\torganization\n"))
	require.NoError(t, err)
	g := gazetteer.Default().Merge(user)
	for _, c := range []struct{ name, without, with string }{
		{"person", "He saw Monday Blue there.", "He saw [PER Monday Blue] there."},
		{"location", "They met after Blorptown fell.", "They met after [LOC Blorptown] fell."},
		{"organization", "We bought an Acme Rockets engine.", "We bought an [ORG Acme Rockets] engine."},
		{"against the model", "She flew to Paris on Friday.", "She flew to [PER Paris] on Friday."},
		{"in lower case", "Members of quux dao voted.", "Members of [ORG quux dao] voted."},
		{"alone", "She asked York about it.", "She asked [PER York] about it."},
		{"inside of a longer known name", "She went to New York on Friday.", "She went to [LOC New York] on Friday."},
	} {
		got := entities.DefaultRecognizer().Names(nlp.Parse(c.without), g)
		assert.Equal(t, c.with, markup(c.without, got), c.name)
	}
	got := entities.DefaultRecognizer().Names(nlp.Parse("She flew to Paris on Friday."), g)
	assert.InDelta(t, 1, got[0].Confidence, 1e-3)
}

func TestEdges(t *testing.T) {
	r := entities.DefaultRecognizer()
	assert.Empty(t, r.Names(nlp.Parse(""), gazetteer.Default()))
	assert.Empty(t, r.Names(nlp.Parse(" \n\n "), nil))
	found := r.Names(nlp.Parse("Angela Merkel visited Paris."), nil)
	assert.NotEmpty(t, found, "without a gazetteer")
	checkInvariants(t, strings.Repeat("Angela Merkel ", 3000))
	checkInvariants(t, strings.Repeat("(", 5000)+"Paris"+strings.Repeat(")", 5000))
}

func TestLoadRecognizer(t *testing.T) {
	data, err := os.ReadFile("data/names.bin")
	require.NoError(t, err)
	r, err := entities.LoadRecognizer(bytes.NewReader(data))
	require.NoError(t, err)
	doc := nlp.Parse("Angela Merkel visited Paris.")
	assert.Equal(t, names(doc.Text), r.Names(doc, gazetteer.Default()))
	for _, c := range []struct {
		name, data, want string
	}{
		{"empty", "", "shorter than its header"},
		{"text", strings.Repeat("no model ", 20), "not a model"},
		{"cut", string(data[:len(data)/2]), "checksum"},
	} {
		_, err := entities.LoadRecognizer(strings.NewReader(c.data))
		assert.ErrorContains(t, err, c.want, c.name)
	}
}

func TestOpenRecognizer(t *testing.T) {
	open := entities.OpenRecognizer()
	text := "Russian Foreign Minister Sergey Lavrov flew to Istanbul, the Anadolu Agency said."
	doc := nlp.Parse(text)
	assert.Equal(t, "Russian Foreign Minister [PER Sergey Lavrov] flew to [LOC Istanbul], the [ORG Anadolu Agency] said.",
		markup(text, open.Names(doc, gazetteer.Default())))
	full, other := entities.Find(doc, nil), open.Find(doc, nil)
	assert.Equal(t, len(full.Entities), len(other.Entities))
	assert.NotEqual(t, full.Mentions[0].Confidence, other.Mentions[0].Confidence, "a model of its own")
	data, err := os.ReadFile("data/names-open.bin")
	require.NoError(t, err)
	for _, corpus := range []string{"worldwide", "ewt", "crossner", "polnear"} {
		assert.NotContains(t, string(data[:200]), corpus, "its header names its corpora")
	}
	assert.Contains(t, string(data[:200]), "written")
}

func TestManyGoroutines(t *testing.T) {
	data, err := os.ReadFile("../testdata/names.cases")
	require.NoError(t, err)
	doc := nlp.Parse(string(data))
	want := entities.DefaultRecognizer().Names(doc, gazetteer.Default())
	var wait sync.WaitGroup
	for range 8 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for range 5 {
				assert.Equal(t, want, entities.DefaultRecognizer().Names(doc, gazetteer.Default()))
			}
		}()
	}
	wait.Wait()
}

func checkInvariants(t *testing.T, text string) {
	doc := nlp.Parse(text)
	end := 0
	for _, m := range entities.DefaultRecognizer().Names(doc, gazetteer.Default()) {
		require.GreaterOrEqual(t, m.Start, end, "sorted, without overlaps")
		require.Greater(t, m.End, m.Start)
		end = m.End
		require.Less(t, m.First, m.Last)
		require.Equal(t, doc.Tokens[m.First].Start, m.Start)
		require.Equal(t, doc.Tokens[m.Last-1].End, m.End)
		require.True(t, m.Kind >= entities.Person && m.Kind <= entities.Location)
		require.Equal(t, entities.Name, m.Form)
		require.True(t, m.Confidence >= 0 && m.Confidence <= 1, "confidence %v", m.Confidence)
		if m.Last-m.First > 1 {
			require.NotEqual(t, "the", doc.Lower(m.First))
			require.NotEqual(t, "'s", doc.Lower(m.Last-1))
		}
	}
}

func FuzzNames(f *testing.F) {
	f.Add("Russian Foreign Minister Sergey Lavrov arrived in Istanbul.")
	f.Add("LONDON (Reuters) - “Öncü Keçeli” \xff\xfe said.\r\n\r\nThe 's the 's")
	f.Add("THE 'S (IAEA) ((()) -- U.S.-led")
	f.Fuzz(checkInvariants)
}

func ExampleRecognizer_Names() {
	doc := nlp.Parse("Russian Foreign Minister Sergey Lavrov flew to Istanbul, the Anadolu Agency said.")
	for _, m := range entities.DefaultRecognizer().Names(doc, gazetteer.Default()) {
		fmt.Println(m.Kind, doc.TextOf(m.Span))
	}
	// Output:
	// person Sergey Lavrov
	// location Istanbul
	// organization Anadolu Agency
}

func article(b *testing.B) *nlp.Document {
	data, err := os.ReadFile("../testdata/names.cases")
	require.NoError(b, err)
	var text strings.Builder
	for line := range strings.Lines(string(data)) {
		if line[0] != '#' && line[0] != '~' {
			text.WriteString(plain(line))
		}
	}
	return nlp.Parse(text.String())
}

func BenchmarkNames(b *testing.B) {
	doc := article(b)
	r, g := entities.DefaultRecognizer(), gazetteer.Default()
	b.ReportAllocs()
	for b.Loop() {
		r.Names(doc, g)
	}
	b.ReportMetric(float64(b.N)*float64(len(doc.Tokens))/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkLoad(b *testing.B) {
	data, err := os.ReadFile("data/names.bin")
	require.NoError(b, err)
	for b.Loop() {
		_, err := sequence.LoadBytes(data)
		require.NoError(b, err)
	}
}
