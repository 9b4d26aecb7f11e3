package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
	"github.com/whosaid-nlp/whosaid/cmd/internal/score"
	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/quotes"
)

func evalCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "eval FILE...",
		Short: "Score names and quotations against annotated articles",
		Long: `Eval analyses the texts of annotated JSON Lines files and prints how well the
names (exact span and type) and the quotations (tokens inside a quotation, and
credited to the right speaker) agree with the annotation, as Markdown tables.`,
		Example: `  quotes eval dev.jsonl
  quotes eval names.dev.jsonl quotations.dev.jsonl`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			for _, name := range files {
				if err := evaluate(cmd, name); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func evaluate(cmd *cobra.Command, name string) error {
	articles, err := corpus.ReadFile(name)
	if err != nil {
		return err
	}
	var names score.Names
	var said score.Attribution
	an := quotes.NewAnalyzer(nil)
	annotatedQuotes, named := false, false
	for _, a := range articles {
		result := an.Analyze(a.Text)
		names.Add(a, predictedNames(result))
		said.Add(a, predictedQuotes(result))
		named = named || len(a.Entities) > 0
		for _, q := range a.Quotes {
			annotatedQuotes = annotatedQuotes || q.SpeakerName != ""
		}
	}
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, "%s, %d articles\n\n| | P | R | F1 |\n|---|---|---|---|\n", filepath.Base(name), len(articles))
	row := func(title string, c score.Count) {
		fmt.Fprintf(out, "| %s | %.1f | %.1f | %.1f |\n", title, c.Precision(), c.Recall(), c.F1())
	}
	if named {
		row("people", names.PER)
		row("organisations", names.ORG)
		row("locations", names.LOC)
		row("names", names.All)
	}
	if annotatedQuotes {
		row("content", said.Content)
		row("attributed", said.Speaker)
		for _, kind := range slices.Sorted(maps.Keys(said.ByKind)) {
			fmt.Fprintf(out, "| %s | | %.1f | |\n", kind, said.ByKind[kind].Recall())
		}
	}
	fmt.Fprintln(out)
	return nil
}

func predictedNames(a *quotes.Analysis) []corpus.Name {
	var names []corpus.Name
	for _, m := range a.Entities.Mentions {
		if m.Form == entities.Name {
			t := [...]string{"", "PER", "ORG", "LOC"}[m.Kind]
			names = append(names, corpus.Name{Start: m.Start, End: m.End, Type: t})
		}
	}
	return names
}

func predictedQuotes(a *quotes.Analysis) []corpus.Quote {
	var out []corpus.Quote
	for _, q := range a.Quotations {
		x := corpus.Quote{Kind: q.Kind.String(), SpeakerName: q.Name}
		for _, p := range q.Parts {
			x.Spans = append(x.Spans, corpus.Span{p.Start, p.End})
		}
		if x.SpeakerName == "" {
			x.SpeakerName = a.Document.TextOf(q.Speaker)
		}
		out = append(out, x)
	}
	return out
}
