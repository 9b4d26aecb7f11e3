package main

import (
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
	"github.com/whosaid-nlp/whosaid/cmd/internal/score"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// TestReferenceScorers holds eval to the reference scorers of the data, figure
// by figure, on the predictions that it writes.
func TestReferenceScorers(t *testing.T) {
	const data = "../../../shared/data"
	if _, err := os.Stat(data); err != nil {
		t.Skip("the data is not here")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not here")
	}
	three := func(list ...score.Count) (figures []float64) {
		for _, c := range list {
			figures = append(figures, c.Precision(), c.Recall(), c.F1())
		}
		return figures
	}
	names := func(s *scores) (figures []float64) {
		for _, c := range []score.Count{s.names.PER, s.names.ORG, s.names.LOC, s.names.All, s.names.Boundary} {
			figures = append(figures, c.Precision(), c.Recall(), c.F1(), float64(c.Right), float64(c.Found-c.Right), float64(c.Gold-c.Right))
		}
		return figures
	}
	attribution := func(s *scores) []float64 {
		return three(s.attribution.Content, s.attribution.Speaker, s.attribution.Parts)
	}
	coreference := func(s *scores) []float64 {
		c := &s.coreference
		return []float64{float64(c.Found.All), c.Found.Percent(), c.Precision(), c.Recall(), c.F1(), float64(c.Pronoun.All), c.Pronoun.Percent()}
	}
	quotations := func(s *scores) []float64 {
		q := &s.quotations
		figures := three(q.Tokens)
		for _, kind := range []string{"direct", "indirect", "mixed"} {
			figures = append(figures, q.ByKind[kind].F1())
		}
		figures = append(figures, three(q.Whole)...)
		for _, kind := range []string{"direct", "indirect", "mixed"} {
			figures = append(figures, q.ByKind[kind].Whole.Percent())
		}
		figures = append(figures, q.Exact.F1(), q.Half.F1(), q.Speaker.Percent(), float64(q.Speaker.All))
		return append(figures, three(q.Credit)...)
	}
	for _, c := range []struct {
		file, scorer string
		args         []string
		figures      func(*scores) []float64
	}{
		{"gold/dev.jsonl", "ner_score.py", nil, names},
		{"gold/dev.jsonl", "attribution_score.py", nil, attribution},
		{"gold/dev.jsonl", "quote_score.py", []string{"--speech"}, quotations},
		{"gold/dev.jsonl", "coref_score.py", nil, coreference},
		{"coref/gum.dev.jsonl", "coref_score.py", nil, coreference},
		{"quotes/gum.dev.jsonl", "attribution_score.py", nil, attribution},
		{"quotes/gum.dev.jsonl", "quote_score.py", []string{"--speech"}, quotations},
		{"quotes/polnear.dev.jsonl", "quote_score.py", []string{"--speech"}, quotations},
	} {
		t.Run(c.scorer+" "+c.file, func(t *testing.T) {
			gold := filepath.Join(data, c.file)
			predicted := filepath.Join(t.TempDir(), "predicted.jsonl")
			f, err := os.Create(predicted)
			require.NoError(t, err)
			articles, err := corpus.ReadFile(gold)
			require.NoError(t, err)
			e := evaluation{analyzer: quotes.NewAnalyzer(nil), predictions: json.NewEncoder(f)}
			s, err := e.score(articles)
			require.NoError(t, err)
			require.NoError(t, f.Close())
			cmd := exec.Command(python, append([]string{filepath.Join(data, "score", c.scorer), gold, predicted}, c.args...)...)
			cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1")
			out, err := cmd.Output()
			require.NoError(t, err)
			want := numbers(string(out))
			for k, got := range c.figures(s) {
				require.Less(t, k, len(want), "figures of %s", out)
				assert.InDelta(t, want[k].value, got, want[k].rounding, "figure %d of %s", k+1, out)
			}
		})
	}
}

var number = regexp.MustCompile(`(?:^|[ /=])(\d+(?:\.\d+)?)\b`)

type printed struct{ value, rounding float64 }

// numbers returns the numbers of text, but for those that are part of a name.
func numbers(text string) (list []printed) {
	for {
		m := number.FindStringSubmatchIndex(text)
		if m == nil {
			return list
		}
		digits := text[m[2]:m[3]]
		x, _ := strconv.ParseFloat(digits, 64)
		_, decimals, _ := strings.Cut(digits, ".")
		list = append(list, printed{x, 0.5*math.Pow10(-len(decimals)) + 1e-6})
		text = text[m[3]:]
	}
}
