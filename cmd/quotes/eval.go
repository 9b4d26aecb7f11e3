package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
	"github.com/whosaid-nlp/whosaid/cmd/internal/score"
	"github.com/whosaid-nlp/whosaid/quotes"
)

func evalCommand() *cobra.Command {
	var predictions, model string
	cmd := &cobra.Command{
		Use:   "eval FILE...",
		Short: "Score names, quotations and who is who against annotated articles",
		Long: `Eval analyses the texts of annotated files and prints, as Markdown tables, how
well the program agrees with what the annotation has:

  names         exact span and type, precision, recall and F1
  coreference   B³ over the annotated names; share of right pronouns
  attribution   tokens inside a quotation, and credited to the right name
  quotations    the same by whole quotations and by the speaker as written

A FILE is JSON Lines (*.jsonl, *.jsonl.gz) or text with names in brackets
(*.names), which makes one row of a table of names.`,
		Example: `  quotes eval dev.jsonl
  quotes eval testdata/genres/*.names
  quotes eval --model open dev.jsonl
  quotes eval --predictions found.jsonl dev.jsonl`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errUsage{errors.New("eval needs a FILE with annotated articles")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, files []string) error {
			names, err := loadRecognizer(model)
			if err != nil {
				return err
			}
			return evaluateFiles(cmd.OutOrStdout(), files, quotes.NewAnalyzer(nil).WithRecognizer(names), predictions)
		},
	}
	cmd.Flags().StringVar(&predictions, "predictions", "", "also write what was found to this `file`, a JSON object an article")
	addRecognizerFlag(cmd, &model)
	return cmd
}

// evaluateFiles prints the tables of all files; those of names alone share one.
func evaluateFiles(out io.Writer, files []string, analyzer *quotes.Analyzer, predictions string) (err error) {
	e := evaluation{analyzer: analyzer}
	if predictions != "" {
		f, err := os.Create(predictions)
		if err != nil {
			return err
		}
		b := bufio.NewWriter(f)
		e.predictions = json.NewEncoder(b)
		e.predictions.SetEscapeHTML(false)
		defer func() { err = errors.Join(err, b.Flush(), f.Close()) }()
	}
	var genres []genre
	for _, name := range files {
		articles, err := corpus.ReadFile(name)
		if err != nil {
			return err
		}
		s, err := e.score(articles)
		if err != nil {
			return err
		}
		title := filepath.Base(name)
		if g, ok := strings.CutSuffix(title, corpus.NamesExtension); ok {
			genres = append(genres, genre{g, s})
			continue
		}
		s.print(out, title)
	}
	if len(genres) > 0 {
		printGenres(out, genres)
	}
	return nil
}

// An evaluation analyses and scores files.
type evaluation struct {
	analyzer    *quotes.Analyzer
	predictions *json.Encoder // nil: not wanted
}

// scores are what one file gave. annotated says which of them mean something.
type scores struct {
	articles    int
	names       score.Names
	coreference score.Coreference
	attribution score.Attribution
	quotations  score.Quotations
	annotated   struct{ names, speakers, quotations bool }
}

func (e *evaluation) score(articles []*corpus.Article) (*scores, error) {
	s := &scores{articles: len(articles)}
	for k, p := range e.predictAll(articles) {
		a := articles[k]
		if e.predictions != nil {
			if err := e.predictions.Encode(p.wire(a)); err != nil {
				return nil, fmt.Errorf("writing predictions: %w", err)
			}
		}
		s.names.Add(a, p.names)
		s.coreference.Add(a, p.clusters)
		s.attribution.Add(a, p.quotes)
		s.quotations.Add(a, p.quotes)
		s.annotated.names = s.annotated.names || len(a.Entities) > 0
		s.annotated.quotations = s.annotated.quotations || len(a.Quotes) > 0
		for _, q := range a.Quotes {
			s.annotated.speakers = s.annotated.speakers || q.SpeakerName != ""
		}
	}
	return s, nil
}

// predictAll analyses the articles, as many at a time as there are processors.
func (e *evaluation) predictAll(articles []*corpus.Article) []prediction {
	found := make([]prediction, len(articles))
	next, done := make(chan int), make(chan struct{})
	workers := runtime.GOMAXPROCS(0)
	for range workers {
		go func() {
			for k := range next {
				found[k] = newPrediction(e.analyzer.Analyze(articles[k].Text))
			}
			done <- struct{}{}
		}()
	}
	for k := range articles {
		next <- k
	}
	close(next)
	for range workers {
		<-done
	}
	return found
}
