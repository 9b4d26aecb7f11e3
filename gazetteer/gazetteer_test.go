package gazetteer_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/gazetteer"
)

func keys(tokens []string) []gazetteer.Key {
	ks := make([]gazetteer.Key, len(tokens))
	for i, t := range tokens {
		ks[i] = gazetteer.KeyOf(t)
	}
	return ks
}

func TestLookupUnknown(t *testing.T) {
	g := gazetteer.Default()
	for _, name := range []string{"", " ", "the", "us", "Of", "\xff\xfe", "…", "Xyzzy Qwfp", "of the", strings.Repeat("a ", 1000)} {
		assert.Empty(t, g.Lookup(name), "%q", name)
	}
	var zero gazetteer.Gazetteer
	assert.Empty(t, zero.Lookup("Russia"))
	assert.Empty(t, zero.Find(keys([]string{"Russia"}), nil))
	assert.Zero(t, zero.Class(gazetteer.KeyOf("Russia")))
}

func TestLookup(t *testing.T) {
	g := gazetteer.Default()
	for _, c := range []struct {
		names string // separated by ;
		id    string
		name  string
		kind  gazetteer.Kind
	}{
		{"U.S.;US;USA;United States;the United States;America;United States of America", "ISO3166:US", "United States", gazetteer.Location},
		{"UK;U.K.;Britain;United Kingdom", "ISO3166:GB", "United Kingdom", gazetteer.Location},
		{"Turkey;Türkiye;Turkiye", "ISO3166:TR", "Turkey", gazetteer.Location},
		{"UAE;U.A.E.;United Arab Emirates", "ISO3166:AE", "United Arab Emirates", gazetteer.Location},
		{"Russia;Russian Federation", "ISO3166:RU", "Russia", gazetteer.Location},
		{"Turkish", "ISO3166:TR", "Turkey", 0},
		{"UN;U.N.;United Nations", "whosaid:organization/united-nations", "United Nations", gazetteer.Organization},
		{"EU;E.U.;European Union", "whosaid:organization/european-union", "European Union", gazetteer.Organization},
		{"AP;A.P.;Associated Press", "whosaid:organization/associated-press", "Associated Press", gazetteer.Organization},
		{"White House;the White House", "whosaid:organization/white-house", "White House", gazetteer.Organization},
		{"Kremlin", "whosaid:organization/kremlin", "Kremlin", gazetteer.Organization},
		{"Moscow", "geonames:524901", "Moscow", gazetteer.Location},
		{"Kyiv;Kiev", "geonames:703448", "Kyiv", gazetteer.Location},
		{"Istanbul;İstanbul", "geonames:745044", "Istanbul", gazetteer.Location},
		{"Calif.;CA;California", "geonames-admin1:US.CA", "California", gazetteer.Location},
		{"Chuck Schumer", "bioguide:S000148", "Chuck Schumer", gazetteer.Person},
		{"Sergey Lavrov;Sergei Lavrov", "whosaid:person/sergey-lavrov", "Sergey Lavrov", gazetteer.Person},
	} {
		for n := range strings.SplitSeq(c.names, ";") {
			es := g.Lookup(n)
			if assert.NotEmpty(t, es, n) {
				assert.Equal(t, c.id, es[0].ID, n)
				assert.Equal(t, c.name, es[0].Name, n)
				assert.Equal(t, c.kind, es[0].Kind, n)
			}
		}
	}
	assert.Equal(t, "TR", g.Lookup("Turkish")[0].Country)
	assert.InDelta(t, 10381222, g.Lookup("Moscow")[0].Population, 5000)
	assert.Equal(t, gazetteer.Female, g.Lookup("Nancy Pelosi")[0].Gender)
}

func TestClass(t *testing.T) {
	g := gazetteer.Default()
	for _, c := range []struct {
		word      string
		has, lack gazetteer.Class
	}{
		{"xyzzy", 0, ^gazetteer.Class(0)},
		{"us", 0, gazetteer.Country},
		{"Of", 0, gazetteer.City},
		{"Miss", gazetteer.Title | gazetteer.TitleFemale, gazetteer.Region},
		{"Miss.", gazetteer.Region | gazetteer.Abbreviation, gazetteer.Title},
		{"US", gazetteer.Country, gazetteer.NationalityAdjective},
		{"Turkish", gazetteer.NationalityAdjective, gazetteer.Country},
		{"Turks", gazetteer.NationalityNoun, gazetteer.NationalityAdjective},
		{"China", gazetteer.Country, gazetteer.CommonWord},
		{"Paris", gazetteer.City | gazetteer.BigCity | gazetteer.GivenFemale | gazetteer.Ambiguous, gazetteer.Company},
		{"Reading", gazetteer.City | gazetteer.CommonWord | gazetteer.Ambiguous, 0},
		{"Chad", gazetteer.Country | gazetteer.GivenMale | gazetteer.Ambiguous, 0},
		{"Lavrov", gazetteer.Surname, gazetteer.City},
		{"Sergey", gazetteer.GivenMale, gazetteer.GivenFemale},
		{"president", gazetteer.Title | gazetteer.Role, 0},
		{"President", gazetteer.Title | gazetteer.Role, 0},
		{"Mr", gazetteer.Title | gazetteer.TitleMale, 0},
		{"spokeswoman", gazetteer.Role | gazetteer.TitleFemale, 0},
		{"Jr.", gazetteer.Suffix, gazetteer.City},
		{"NATO", gazetteer.Body | gazetteer.Abbreviation | gazetteer.International, 0},
		{"Apple", gazetteer.Company | gazetteer.CommonWord, 0},
	} {
		got := g.Class(gazetteer.KeyOf(c.word))
		assert.True(t, got.Has(c.has), "%s is %v", c.word, got)
		assert.False(t, got.Any(c.lack), "%s is %v", c.word, got)
	}
}

func TestKey(t *testing.T) {
	same := [][2]string{{"U.S.", "US"}, {"Öncü", "Oncu"}, {"O’Brien", "O'Brien"}, {"Strauß", "Strauss"}, {"Łódź", "Lodz"},
		{"J.", "J"}, {"ı", "i"}, {"–", "-"}, {"é", "e\u0301"}}
	for _, c := range same {
		assert.Equal(t, gazetteer.KeyOf(c[0]), gazetteer.KeyOf(c[1]), "%v", c)
	}
	different := [][2]string{{"", "a"}, {"US", "us"}, {"Mass.", "Mass"}, {"3.5", "35"}, {".", ""}, {"Москва", "Moskva"}}
	for _, c := range different {
		assert.NotEqual(t, gazetteer.KeyOf(c[0]), gazetteer.KeyOf(c[1]), "%v", c)
	}
	for _, c := range [][2]string{{"UNITED", "United"}, {"O'BRIEN", "O'Brien"}, {"OF", "of"}, {"'S", "'s"}, {"McCain", "McCain"},
		{"A", "A"}, {"ÖNCÜ", "Oncu"}, {"МОСКВА", "Москва"}} {
		assert.Equal(t, gazetteer.KeyOf(c[1]), gazetteer.KeyOfTitle(c[0]), "%v", c)
	}
	for _, w := range []string{"Lavrov", "U.S.", "Keçeli", "Москва"} {
		assert.Zero(t, testing.AllocsPerRun(10, func() { gazetteer.KeyOf(w); gazetteer.KeyOfTitle(w) }), w)
	}
}

func TestSplit(t *testing.T) {
	for _, c := range [][2]string{
		{"", ""}, {"  ", ""}, {"-", "-"}, {"'", "'"}, {"((", "( ("},
		{"Russia-U.S.", "Russia - U.S."}, {"well-known", "well-known"}, {"Coca-Cola", "Coca - Cola"}, {"al-Assad", "al - Assad"},
		{"Stratford-upon-Avon", "Stratford - upon - Avon"}, {"People’s Party", "People ’s Party"}, {"O'Brien", "O'Brien"},
		{"Hitachi, Ltd.", "Hitachi , Ltd."}, {"St. Louis", "St. Louis"}, {"AT&T", "AT&T"}, {"Smith (R-Ind.)", "Smith ( R - Ind. )"},
	} {
		assert.Equal(t, c[1], strings.Join(gazetteer.Split(c[0]), " "))
	}
}

func TestFind(t *testing.T) {
	g := gazetteer.Default()
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"of the and to", ""},
		{"he turned it into us", ""},
		{"President of the United States", "United States"},
		{"Russia - U.S. talks", "Russia;U.S."},
		{"the Bank of England said", "Bank of England"},
		{"New York City Mayor", "New York City"},
		{"Foreign Minister Sergey Lavrov met Bashar al - Assad", "Foreign Minister;Sergey Lavrov;Bashar al - Assad"},
		{"the South Korean Foreign Ministry", "South Korean;Foreign Ministry"},
		{"St Louis and St. Louis", "St Louis;St. Louis"},
	} {
		tokens := strings.Fields(c.text)
		var got []string
		for _, m := range gazetteer.Longest(g.Find(keys(tokens), nil)) {
			got = append(got, strings.Join(tokens[m.First:m.Last], " "))
		}
		assert.Equal(t, c.want, strings.Join(got, ";"), c.text)
	}
	var ks []gazetteer.Key
	for _, w := range strings.Fields("UNITED STATES OF AMERICA") {
		ks = append(ks, gazetteer.KeyOfTitle(w))
	}
	m := g.Find(ks, nil)
	require.NotEmpty(t, m)
	assert.Equal(t, 4, m[0].Len())
	e, ok := g.Entry(m[0])
	assert.True(t, ok)
	assert.Equal(t, "ISO3166:US", e.ID)
	assert.Equal(t, "ISO3166:US", g.Entries(m[0])[0].ID)
}

func TestSameGivenName(t *testing.T) {
	g := gazetteer.Default()
	for _, p := range [][2]string{{"", ""}, {"Joe", ""}, {"Joe", "Bill"}, {"Christopher", "Christine"}, {"Donald", "Melania"}} {
		assert.False(t, g.SameGivenName(p[0], p[1]), "%v", p)
	}
	for _, p := range [][2]string{{"Joe", "Joseph"}, {"William", "Bill"}, {"Bob", "Robert"}, {"Liz", "Elizabeth"},
		{"Sergei", "Sergey"}, {"Mohammed", "Muhammad"}, {"Öncü", "Oncu"}, {"JOE", "Joseph"}} {
		assert.True(t, g.SameGivenName(p[0], p[1]), "%v", p)
		assert.True(t, g.SameGivenName(p[1], p[0]), "%v", p)
	}
}

func TestLoadErrors(t *testing.T) {
	const head = "name\tkind\tid\taliases\n"
	for _, c := range []struct {
		name, list   string
		line, column int
	}{
		{"empty", "", 1, 0},
		{"only comments", "# nothing\n", 1, 0},
		{"no header", "Acme\torganization\n", 1, 1},
		{"short header", "name\n", 1, 2},
		{"unknown column", "name\tkind\tid\taliases\tnote\n", 1, 5},
		{"no kind", head + "Acme\n", 2, 2},
		{"bad kind", head + "# x\n\nAcme\tcompany\n", 4, 2},
		{"no name", head + "\tperson\n", 2, 1},
		{"too many columns", head + "A b\tperson\t\t\tx\n", 2, 5},
		{"name of punctuation", head + "…\tperson\n", 2, 1},
		{"alias of punctuation", head + "Acme\torganization\t\t?\n", 2, 4},
		{"same ID", head + "Acme\torganization\tx\nBeta\torganization\tx\n", 3, 3},
		{"same ID in a line for an alias", "name\talias\tkind\tid\nAcme\tARX\torganization\tx\nBeta\tB2\torganization\tx\n", 3, 4},
		{"ID given later", "name\talias\tkind\tid\nAcme\tARX\torganization\tx\nBeta\tB2\torganization\nBeta\tB3\torganization\tx\n", 4, 4},
		{"column twice", "name\tkind\tname\n", 1, 3},
		{"alias and aliases", "name\tkind\talias\taliases\n", 1, 4},
		{"no column kind", "name\tid\n", 1, 3},
		{"not UTF-8", head + "Acm\xff\torganization\n", 2, 0},
		{"long name", head + strings.Repeat("a", 300) + "\tperson\n", 2, 1},
		{"many words", head + strings.Repeat("a ", 100) + "\tperson\n", 2, 1},
	} {
		_, err := gazetteer.Load(strings.NewReader(c.list))
		var le *gazetteer.LoadError
		if assert.ErrorAs(t, err, &le, c.name) {
			assert.Equal(t, c.line, le.Line, c.name)
			assert.Equal(t, c.column, le.Column, c.name)
			assert.NotEmpty(t, le.Advice, c.name)
		}
	}
	_, err := gazetteer.Load(failing{})
	assert.ErrorIs(t, err, errFail)
}

var errFail = errors.New("no")

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errFail }

func TestLoadAndMerge(t *testing.T) {
	user, err := gazetteer.Load(strings.NewReader("\ufeffname\tkind\tid\taliases\r\n# own\r\n\r\nParis\tperson\tmy:1\tParis H.|P. Hilton\r\nAcme, Inc.\torganization\r\n"))
	require.NoError(t, err)
	g := gazetteer.Default().Merge(user)
	assert.Equal(t, "my:1", g.Lookup("Paris")[0].ID)
	assert.Len(t, g.Lookup("Paris"), 1)
	assert.Equal(t, "my:1", g.Lookup("P. Hilton")[0].ID)
	assert.Equal(t, "whosaid:organization/acme-inc", g.Lookup("Acme Inc")[0].ID)
	assert.Equal(t, "ISO3166:FR", g.Lookup("France")[0].ID)
	c := g.Class(gazetteer.KeyOf("Paris"))
	assert.True(t, c.Has(gazetteer.UserDefined|gazetteer.PersonName|gazetteer.Surname), c.String())
	assert.False(t, c.Any(gazetteer.City), c.String())
	ms := g.Find(keys([]string{"Paris", "Acme", ",", "Inc.", "Berlin"}), nil)
	require.Len(t, ms, 3)
	assert.Equal(t, "my:1", g.Entries(ms[0])[0].ID)
	assert.Equal(t, 4, ms[1].Last)
	assert.Equal(t, "geonames:2950159", g.Entries(ms[2])[0].ID)
	assert.Equal(t, "geonames:2988507", gazetteer.Default().Lookup("Paris")[0].ID)
	assert.True(t, g.SameGivenName("Joe", "Joseph"))
	assert.Same(t, gazetteer.Default(), gazetteer.Default().Merge(nil))
}

// A list may have a line for each alias, in columns of any order; two IDs are two
// entries, also of one name.
func TestLoadLineForEachAlias(t *testing.T) {
	g, err := gazetteer.Load(strings.NewReader("alias\tname\tkind\tid\nARX\tAcme Rockets\torganization\t\nAcme\tAcme Rockets\torganization\tacme:7\n" +
		"\tAcme Rockets\torganization\tacme:8\nJo\tAnn Lee\tperson\n"))
	require.NoError(t, err)
	assert.Equal(t, 3, g.Len())
	for name, id := range map[string]string{"ARX": "acme:7", "Acme": "acme:7", "Jo": "whosaid:person/ann-lee"} {
		require.Len(t, g.Lookup(name), 1, name)
		assert.Equal(t, id, g.Lookup(name)[0].ID)
	}
	assert.Len(t, g.Lookup("Acme Rockets"), 2)
}

// TestTableIsUpToDate compiles the source lists again, where they are at hand.
func TestTableIsUpToDate(t *testing.T) {
	source := filepath.Join("..", "..", "shared", "data", "gazetteer")
	if _, err := os.Stat(source); err != nil {
		t.Skip("no source lists: ", err)
	}
	out, err := exec.Command("go", "run", "../cmd/generate/gazetteer", "-source", source, "-out", filepath.Join("data", "gazetteer.bin"), "-check").CombinedOutput()
	assert.NoError(t, err, string(out))
}

func FuzzFind(f *testing.F) {
	f.Add("President of the United States - U.S. New York")
	f.Add("\xff\x00 . '' `' U.. İı")
	g := gazetteer.Default()
	f.Fuzz(func(t *testing.T, s string) {
		tokens := gazetteer.Split(s)
		ks := keys(tokens)
		for _, w := range tokens {
			gazetteer.KeyOfTitle(w)
			_ = g.Class(gazetteer.KeyOf(w)).String()
		}
		last := -1
		for _, m := range g.Find(ks, nil) {
			if m.First <= last || m.Last <= m.First || m.Last > len(ks) || m.Class == 0 {
				t.Fatalf("%q: bad match %+v", s, m)
			}
			last = m.First
			g.Entries(m)
		}
		g.Lookup(s)
	})
}

func FuzzLoad(f *testing.F) {
	f.Add("name\tkind\tid\taliases\nAcme\torganization\tx\ty|z\n")
	f.Add("name\tkind\n\u0130\u0307 x\tperson\n")
	f.Fuzz(func(t *testing.T, s string) {
		g, err := gazetteer.Load(strings.NewReader(s))
		if err != nil {
			if err.Error() == "" {
				t.Fatal("no message")
			}
			return
		}
		gazetteer.Default().Merge(g).Find(keys(gazetteer.Split(s)), nil)
	})
}

const news = `President Recep Tayyip Erdogan of Turkey met Russian Foreign Minister Sergey Lavrov in Istanbul on Thursday , the
Kremlin said , after talks between the United States and Iran about the International Atomic Energy Agency had ended in Geneva without
an agreement . A spokesman for the State Department told The New York Times that Washington would not return to the table this year .`

func BenchmarkFind(b *testing.B) {
	g := gazetteer.Default()
	ks := keys(strings.Fields(news))
	var dst []gazetteer.Match
	b.ReportAllocs()
	for b.Loop() {
		dst = g.Find(ks, dst[:0])
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(ks)), "ns/token")
}

func BenchmarkClass(b *testing.B) {
	g := gazetteer.Default()
	ks := keys(strings.Fields(news))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		g.Class(ks[i%len(ks)])
	}
}

func BenchmarkKeyOf(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		gazetteer.KeyOf("Lavrov")
		gazetteer.KeyOf("Keçeli")
	}
}

// TestFindAtAgainstFind holds that a name starts only where Begins says so, and
// that FindAt finds the same as Find.
func TestFindAtAgainstFind(t *testing.T) {
	own, err := gazetteer.Load(strings.NewReader("name\tkind\nAcme Rockets\torganization\nQux\tperson\n"))
	require.NoError(t, err)
	g := gazetteer.Default().Merge(own)
	var keys []gazetteer.Key
	for _, w := range strings.Fields("the New York Times said Acme Rockets of Qux met the Prime Minister of New Zealand , a carpenter , in Bosnia and Herzegovina on 5 May") {
		keys = append(keys, gazetteer.KeyOf(w))
	}
	var got []gazetteer.Match
	skipped := 0
	for i, k := range keys {
		if !g.Begins(k) {
			skipped++
			assert.Empty(t, g.FindAt(keys, i, nil), "token %d", i)
			continue
		}
		got = g.FindAt(keys, i, got)
	}
	assert.Equal(t, g.Find(keys, nil), got)
	assert.Greater(t, len(got), 5)
	assert.Greater(t, skipped, 3)
}
