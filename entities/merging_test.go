package entities_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
)

func TestNothing(t *testing.T) {
	for _, text := range []string{"", " ", "\xff", "...", "the"} {
		r := entities.Find(nlp.Parse(text), nil)
		assert.Empty(t, r.Mentions, "%q", text)
		assert.Empty(t, r.Entities, "%q", text)
	}
}

func TestResolveNothing(t *testing.T) {
	r := entities.Resolve(nlp.Parse(""), nil, nil)
	assert.Empty(t, r.Mentions)
	assert.Empty(t, r.Entities)
	r = entities.Resolve(nlp.Parse("He said it was theirs."), nil, nil)
	assert.Empty(t, r.Mentions, "pronouns that mean nobody who is named")
	for _, text := range []string{"{p —}", "{o ...} {l (} {p \"}", "{o the} of {l of} {p Jr.}", "{p \xff} {o \xff\xfe}", "{o The} said. [It] left. {p A} {p A}", "{p “”} {o “A”} ({o “”})"} {
		doc, names, _ := marked(t, text)
		r := entities.Resolve(doc, names, nil)
		for _, m := range r.Mentions {
			assert.Greater(t, m.Entity, 0, text)
		}
		for i, e := range r.Entities {
			assert.Equal(t, i+1, e.ID)
			assert.NotEmpty(t, e.Mentions)
		}
	}
}

// What is collected of an entity besides its mentions.
func TestEvidence(t *testing.T) {
	for _, c := range []struct {
		text   string
		gender entities.Gender
		roles  []string
		ref    string
	}{
		{"{p X}", 0, nil, ""},
		{"{p Kim Lee} left.", 0, nil, ""},
		{"Mrs. {p Okafor} left.", entities.Female, nil, ""},
		{"{p Okafor} left. Sir {p Okafor} was tired.", entities.Male, nil, ""},
		{"{p Jane Roe} left.", entities.Female, nil, ""},
		{"{p Okafor} left. She was tired.", entities.Female, nil, ""},
		{"{p Jane Roe}, the mayor, left.", entities.Female, []string{"mayor"}, ""},
		{"Foreign Minister {p Sergey Lavrov} left. {p Lavrov}, a diplomat, was tired.", entities.Male, []string{"Foreign Minister", "diplomat"}, ""},
		{"{l U.S.} troops left.", 0, nil, "ISO3166:US"},
		{"The U.S. Small Business Administration, {o SBA}, paid.", 0, nil, "whosaid:organization/small-business-administration"},
		{"The {o Bureau of Island Studies} ({o BIS}) spoke.", 0, nil, "-"}, // not the Bank for International Settlements
		{"The {o Minnesota National Guard} spoke. The {o National Guard} left.", 0, nil, "-"},
		{"{l Georgia} has peaches. So has {l Atlanta} in the {l U.S.}.", 0, nil, "geonames-admin1:US.GA"},
		{"{l Georgia} was attacked. {l Tbilisi} and {l Russia} talked. The {l U.S.} watched.", 0, nil, "ISO3166:GE"},
		// Roles end where sentences do, and hold no names of others.
		{"He supports President. {p Jane Roe} left.", entities.Female, []string{}, ""},
		{"They thank Senator {p Jane Roe} for it.", entities.Female, []string{"Senator"}, ""},
		{"U.S. Senators {p Jane Roe} and John Poe left.", entities.Female, []string{"U.S. Senator"}, ""},
		{"On Wednesday Greek Foreign Minister {p Jane Roe} left.", entities.Female, []string{"Greek Foreign Minister"}, ""},
		{"NATO Secretary-General {p Jane Roe} left.", entities.Female, []string{"NATO Secretary-General"}, ""},
		{"{p Jane Roe}, the mayor of Springfield, left.", entities.Female, []string{"mayor of Springfield"}, ""},
		{"{p Jane Roe}, Jeff Van Drew and others left.", entities.Female, []string{}, ""},
		{"“It rained,” Mrs. {p Jane Roe}, 54, said.", entities.Female, []string{}, ""},
		{"Russia's foreign minister {p Jane Roe} left.", entities.Female, []string{"Russia's foreign minister"}, ""},
	} {
		doc, names, _ := marked(t, c.text)
		e := entities.Resolve(doc, names, nil).Entities[0]
		assert.Equal(t, c.gender, e.Gender, c.text)
		if c.roles != nil {
			assert.Equal(t, c.roles, append([]string{}, e.Roles...), c.text)
		}
		switch c.ref {
		case "":
		case "-":
			assert.Empty(t, e.Ref, c.text)
		default:
			assert.Equal(t, c.ref, e.Ref, c.text)
		}
	}
}

// What tells the gender, the strongest last.
func TestGenderEvidence(t *testing.T) {
	for _, c := range []struct {
		text string
		by   entities.Evidence
	}{
		{"{p X}", 0},
		{"{p Jane Roe} left.", entities.ByGivenName},
		{"{p Okafor} left. She was tired.", entities.ByPronoun},
		{"{p Okafor} left. She was tired. Mrs. {p Okafor} slept.", entities.ByTitle},
		{"Mrs. {p Jane Roe} left. She was tired.", entities.ByTitle},
	} {
		doc, names, _ := marked(t, c.text)
		assert.Equal(t, c.by, entities.Resolve(doc, names, nil).Entities[0].GenderBy, c.text)
	}
}

func FuzzResolve(f *testing.F) {
	f.Add("{p Jane Roe} met {o Acme Inc.} ({o AI}) in {l Rome}. She left it. The mayor, {p Roe}, said so.")
	f.Fuzz(func(t *testing.T, text string) {
		doc := nlp.Parse(text)
		var names []entities.Mention
		for i := 0; i < len(doc.Tokens); i += 2 { // any runs of tokens are names
			last := min(len(doc.Tokens), i+1+i%3)
			if i > 0 && names[len(names)-1].Last > i {
				continue
			}
			names = append(names, entities.Mention{
				Span: nlp.Span{Start: doc.Tokens[i].Start, End: doc.Tokens[last-1].End}, First: i, Last: last, Kind: entities.Kind(i/2%3 + 1),
			})
		}
		r := entities.Resolve(doc, names, nil)
		end := 0
		for _, m := range r.Mentions {
			if m.Entity < 1 || m.Entity > len(r.Entities) || m.Start < end || m.End > len(text) {
				t.Fatalf("%+v of %d entities, after %d", m, len(r.Entities), end)
			}
			end = m.End
		}
	})
}

// The cases of testdata/merging.cases name what is to be merged, so that they hold
// whatever the recogniser finds.
func TestMerging(t *testing.T) {
	data, err := os.ReadFile("../testdata/merging.cases")
	require.NoError(t, err)
	cases := 0
	for _, block := range strings.Split(string(data), "\n\n") {
		var text, why, own string
		var want []string
		for _, line := range strings.Split(block, "\n") {
			switch {
			case strings.HasPrefix(line, "> "):
				text = strings.ReplaceAll(line[2:], " / ", "\n\n")
			case line == "":
			case strings.HasPrefix(line, "+ "):
				own += line[2:] + "\n"
			case strings.HasPrefix(line, "#"):
				why = line
			default:
				want = append(want, line)
			}
		}
		if text == "" {
			continue
		}
		cases++
		doc, names, tested := marked(t, text)
		r := entities.Resolve(doc, names, withOwn(t, own))
		var got []string
		for _, e := range r.Entities {
			var forms []string
			for _, k := range e.Mentions {
				m := r.Mentions[k]
				form := doc.TextOf(m.Span)
				if m.Form != entities.Name {
					if form = "[" + form + "]"; !tested[m.Start] {
						continue
					}
				}
				if !slices.Contains(forms, form) {
					forms = append(forms, form)
				}
			}
			got = append(got, fmt.Sprintf("%s: %s = %s", e.Kind, e.Name, strings.Join(forms, " | ")))
		}
		assert.Equal(t, want, got, "%s\n%s", text, why)
	}
	assert.GreaterOrEqual(t, cases, 150)
}

// withOwn returns the built-in gazetteer with the user's rows of a case on top,
// whose columns stand between semicolons.
func withOwn(t *testing.T, rows string) *gazetteer.Gazetteer {
	if rows == "" {
		return gazetteer.Default()
	}
	user, err := gazetteer.Load(strings.NewReader("name\tkind\tid\taliases\n" + strings.ReplaceAll(rows, "; ", "\t")))
	require.NoError(t, err)
	return gazetteer.Default().Merge(user)
}

// marked reads a text in which names stand as {p Jane Roe} and tested pronouns as
// [she]; it returns the text without the marks, the names, and where the tested
// pronouns begin.
func marked(t *testing.T, text string) (*nlp.Document, []entities.Mention, map[int]bool) {
	kinds := map[byte]entities.Kind{'p': entities.Person, 'o': entities.Organization, 'l': entities.Location}
	var plain strings.Builder
	var names []entities.Mention
	tested := make(map[int]bool)
	for i := 0; i < len(text); {
		end := strings.IndexByte(text[i:min(len(text), i+200)], 0x7d)
		switch {
		case text[i] == '{' && end > 3 && kinds[text[i+1]] != 0:
			m := entities.Mention{Kind: kinds[text[i+1]], Confidence: 1}
			m.Start = plain.Len()
			plain.WriteString(text[i+3 : i+end])
			m.End = plain.Len()
			names = append(names, m)
			i += end + 1
		case text[i] == '[' && text[i+1] != '{':
			tested[plain.Len()] = true
			end := strings.IndexByte(text[i:], ']')
			plain.WriteString(text[i+1 : i+end])
			i += end + 1
		default:
			plain.WriteByte(text[i])
			i++
		}
	}
	doc := nlp.Parse(plain.String())
	token := 0
	for k := range names {
		m := &names[k]
		for m.First = token; m.First < len(doc.Tokens) && doc.Tokens[m.First].End <= m.Start; {
			m.First++
		}
		for m.Last = m.First; m.Last < len(doc.Tokens) && doc.Tokens[m.Last].Start < m.End; {
			m.Last++
		}
		token = m.First
		require.Less(t, m.First, m.Last)
	}
	return doc, names, tested
}

// A user's list changes the result at once, also for names that the model
// takes for something else.
func TestUserGazetteer(t *testing.T) {
	user, err := gazetteer.Load(strings.NewReader("name\tkind\tid\taliases\n" +
		"Brumble Smith\torganization\tmy:1\t\n" +
		"Zorgville Eleven\tlocation\tmy:2\t\n" +
		"Acme Corporation Ltd\tperson\tmy:3\t\n"))
	require.NoError(t, err)
	doc := nlp.Parse("We went to Zorgville Eleven with Brumble Smith and saw Acme Corporation Ltd there.")
	r := entities.Find(doc, gazetteer.Default().Merge(user))
	kinds := make(map[string]entities.Kind)
	for _, m := range r.Mentions {
		kinds[doc.TextOf(m.Span)] = m.Kind
	}
	assert.Equal(t, entities.Location, kinds["Zorgville Eleven"])
	assert.Equal(t, entities.Organization, kinds["Brumble Smith"])
	assert.Equal(t, entities.Person, kinds["Acme Corporation Ltd"])
}

// Time grows linearly with the number of names, also where they are all alike.
func TestManyNames(t *testing.T) {
	if testing.Short() {
		t.Skip("reads long texts")
	}
	var text strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&text, "{p Jane%d Smith} of the {o Acme%d Company} ({o AC%d}) in {l Port %d}, also known as {l Smith Port%d}, said {p Smith} did it for himself. ", i, i, i%700, i, i)
	}
	doc, names, _ := marked(t, text.String())
	begin := time.Now()
	r := entities.Resolve(doc, names, gazetteer.Default())
	assert.GreaterOrEqual(t, len(r.Mentions), len(names))
	assert.Less(t, time.Since(begin), 20*time.Second)
	t.Logf("%d names in %.1f s", len(names), time.Since(begin).Seconds())
}

func BenchmarkResolve(b *testing.B) {
	data, err := os.ReadFile("../testdata/articles/istanbul-talks.txt")
	require.NoError(b, err)
	doc := nlp.Parse(string(data))
	names := entities.DefaultRecognizer().Names(doc, gazetteer.Default())
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		entities.Resolve(doc, names, gazetteer.Default())
	}
	b.ReportMetric(float64(len(strings.Fields(doc.Text)))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

// A surname of the user's list leaves full names whole.
func TestUserSurname(t *testing.T) {
	user, err := gazetteer.Load(strings.NewReader("name\tkind\tid\taliases\nAnn Lee\tperson\tmy:1\tLee\n"))
	require.NoError(t, err)
	doc := nlp.Parse("Senator Jane Lee said on Monday that she met Lee in Ohio.")
	r := entities.Find(doc, gazetteer.Default().Merge(user))
	names := make(map[string]string)
	for _, e := range r.Entities {
		names[e.Name] = e.Ref
	}
	assert.Contains(t, names, "Jane Lee")
	assert.Equal(t, "my:1", names["Ann Lee"], "%v", names)
}
