package quotes_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// A quotationCase is a text of testdata/quotations.cases, or of another file of
// that shape, and what must be found in it.
type quotationCase struct {
	title   string
	section string
	text    string
	want    []string
	missing bool // begins with ~: not reached yet
}

func readCases(t *testing.T, file string) []quotationCase {
	data, err := os.ReadFile("../testdata/" + file)
	require.NoError(t, err)
	var cases []quotationCase
	section := ""
	for _, line := range strings.Split(string(data), "\n") {
		n := len(cases) - 1
		switch {
		case strings.HasPrefix(line, "## "):
			section = line[3:]
		case strings.HasPrefix(line, "> "), strings.HasPrefix(line, "~> "):
			_, text, _ := strings.Cut(line, "> ")
			cases = append(cases, quotationCase{
				section: section, text: strings.ReplaceAll(text, "  | ", "\n"), missing: line[0] == '~',
			})
		case strings.HasPrefix(line, "#"):
			if n >= 0 && len(cases[n].want) == 0 && cases[n].title == "" {
				cases[n].title = strings.TrimSpace(line[1:])
			}
		case line != "" && n >= 0:
			cases[n].want = append(cases[n].want, line)
		}
	}
	return cases
}

// renderCase writes quotations as the cases do: kind · name · cue · speaker · parts.
func renderCase(a *quotes.Analysis) []string {
	text := func(s nlp.Span) string {
		if s.Empty() {
			return "-"
		}
		return strings.Join(strings.Fields(a.Document.TextOf(s)), " ")
	}
	var out []string
	for _, q := range a.Quotations {
		name := q.Name
		if name == "" {
			name = "-"
		}
		kind := q.Kind.String()
		if q.Attitude != quotes.NoAttitude {
			kind = q.Attitude.String()
		}
		fields := []string{kind, name, text(q.Cue), text(q.Speaker)}
		for _, p := range q.Parts {
			fields = append(fields, text(p))
		}
		out = append(out, strings.Join(fields, " · "))
	}
	if out == nil {
		out = []string{"none"}
	}
	return out
}

func TestCases(t *testing.T) {
	testCases(t, "quotations.cases", quotes.NewAnalyzer(nil))
}

func TestAttitudes(t *testing.T) {
	testCases(t, "attitudes.cases", quotes.NewAnalyzer(nil).WithAttitudes())
}

// Attitudes come in addition: what is said stays what it is without them.
func TestAttitudesAlone(t *testing.T) {
	files, err := filepath.Glob("../testdata/articles/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	found := 0
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		a := quotes.NewAnalyzer(nil).WithAttitudes().Analyze(string(text))
		said := slices.DeleteFunc(slices.Clone(a.Quotations), func(q quotes.Quotation) bool { return q.Attitude != quotes.NoAttitude })
		assert.Equal(t, quotes.Analyze(string(text)).Quotations, said, name)
		found += len(a.Quotations) - len(said)
	}
	assert.Positive(t, found)
}

func testCases(t *testing.T, file string, analyzer *quotes.Analyzer) {
	cases := readCases(t, file)
	require.NotEmpty(t, cases)
	missing := 0
	for _, c := range cases {
		got := renderCase(analyzer.Analyze(c.text))
		if c.missing {
			missing++
			if assert.ObjectsAreEqual(c.want, got) {
				t.Errorf("%s: found now, take the ~ away: %s", c.section, c.text)
			}
			continue
		}
		assert.Equal(t, c.want, got, "%s: %s\n%s", c.section, c.title, c.text)
	}
	t.Logf("%d cases, %d of them not reached yet", len(cases), missing)
}

func TestDetails(t *testing.T) {
	a := quotes.Analyze("Foreign Minister Jan Dvorak denied that the town had paid. “My father said, ‘Never pay,’ and I did not,” he said. Mr Dvorak was appointed ambassador in May.")
	require.Len(t, a.Quotations, 2)
	assert.True(t, a.Quotations[0].Denied)
	assert.Equal(t, "Foreign Minister", a.Quotations[0].Role)
	assert.Empty(t, a.Quotations[0].Nested)
	assert.False(t, a.Quotations[1].Denied)
	assert.Equal(t, "Foreign Minister", a.Quotations[1].Role)
	require.Len(t, a.Quotations[1].Nested, 1)
	assert.Equal(t, "‘Never pay,’", a.Document.TextOf(a.Quotations[1].Nested[0]))
}

// TestLong holds texts that are hard on rules with a window to linear time.
func TestLong(t *testing.T) {
	analyzer := quotes.NewAnalyzer(nil).WithAttitudes()
	for _, unit := range []string{
		"his claim that ", "said that ", "In, ", "the report by ", "“A,” he grumbled. ", "and Anna Novak ", "it was announced by ", "according to the report, ",
		"Anna Novak, the mayor, ", "who said ", "the judge's statement ", "called for ", "accused of ", "“a: ", "the official ", "as the ",
		"fears that ", "he hopes to ", ", hoping that ", "his plan to ", "the mayor, Ann Lee, said ", "his father, Jan Roe, ", ", officials fear, ",
	} {
		short, long := strings.Repeat(unit, 4000), strings.Repeat(unit, 16000)
		begin := time.Now()
		analyzer.Analyze(short)
		first := time.Since(begin)
		begin = time.Now()
		analyzer.Analyze(long)
		if second := time.Since(begin); second > 12*first+200*time.Millisecond {
			t.Errorf("%q: %v for a text, %v for one four times as long", unit, first, second)
		}
	}
}
