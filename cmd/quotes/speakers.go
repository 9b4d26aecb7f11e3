package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/whosaid-nlp/whosaid/cmd/internal/input"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// speakers holds the flags of the speakers command.
type speakers struct {
	extraction
	kind, state string
	top         int
	all         bool
}

func speakersCommand() *cobra.Command {
	var x speakers
	cmd := &cobra.Command{
		Use:   "speakers [FILE...]",
		Short: "Print a table of who is quoted in many articles, and how much",
		Long: `Speakers reads articles as quotes does and prints who is quoted in them: each
person, organisation and location once, whatever the articles call them, with
kind, roles, articles that name it, mentions by name, quotations (direct,
indirect, mixed) and words quoted, those with the most words first.

People of one surname but different given names stay apart. A surname alone goes
to the person who is clearly meant; else it has a row of its own, marked (?), for
all who may be meant. Rows of a file given with --aliases decide over everything
else: names of one row are one entity, names of different rows never are.

Memory grows with the number of names and not with the text. With --state, counts
are read from a file, if it is there, and written back with the articles of this
run added; the result is the same as that of one run over all.`,
		Example: `  quotes speakers --top 20 articles.jsonl
  quotes speakers --kind person --format csv *.txt > speakers.csv
  quotes speakers --aliases names.tsv --state speakers.state today.jsonl`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return x.run(cmd, args)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&x.format, "format", "text", "output: text, csv, json or jsonl")
	x.input.add(cmd)
	addRecognizerFlag(cmd, &x.model)
	flags.StringVar(&x.kind, "kind", "", "only this kind: person, organization or location")
	flags.IntVar(&x.top, "top", 0, "rows to print; 0 prints all")
	flags.BoolVar(&x.all, "all", false, "also those who are named but not quoted")
	flags.StringVar(&x.state, "state", "", "file of counts to read, if it is there, and to write back")
	flags.IntVar(&x.workers, "workers", runtime.GOMAXPROCS(0), "articles analysed at a time")
	flags.StringArrayVar(&x.gazetteers, "aliases", nil, "file of names that decide: name, kind, id, aliases by tabs (repeatable); --gazetteer is the same")
	alsoCalled(flags, "aliases", "gazetteer")
	for flag, values := range map[string][]string{
		"format": {"text", "csv", "json", "jsonl"}, "kind": {"person", "organization", "location"},
	} {
		if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
			panic(err) // no such flag
		}
	}
	return cmd
}

// alsoCalled gives a flag a second name.
func alsoCalled(flags *pflag.FlagSet, name, other string) {
	flags.SetNormalizeFunc(func(_ *pflag.FlagSet, given string) pflag.NormalizedName {
		if given == other {
			given = name
		}
		return pflag.NormalizedName(given)
	})
}

func (x *speakers) check() error {
	write, ok := speakerFormats[x.format]
	switch {
	case !ok || write == nil:
		return errUsage{fmt.Errorf("unknown format %q: use text, csv, json or jsonl", x.format)}
	case x.kind != "" && x.kind != "person" && x.kind != "organization" && x.kind != "location":
		return errUsage{fmt.Errorf("unknown kind %q: use person, organization or location", x.kind)}
	case x.workers < 1:
		return errUsage{fmt.Errorf("workers must be 1 or more, not %d", x.workers)}
	case x.top < 0:
		return errUsage{fmt.Errorf("top must be 0 or more, not %d", x.top)}
	}
	return nil
}

func (x *speakers) run(cmd *cobra.Command, files []string) error {
	if err := x.check(); err != nil {
		return err
	}
	g, err := loadGazetteers(x.gazetteers)
	if err != nil {
		return err
	}
	if x.input.nothing(files) {
		return cmd.Help()
	}
	articles, err := x.input.articles(cmd, files, x.workers)
	if err != nil {
		return err
	}
	names, err := loadRecognizer(x.model)
	if err != nil {
		return err
	}
	counts, err := loadState(x.state, g)
	if err != nil {
		return err
	}
	bad, err := newFailures(cmd.ErrOrStderr(), "")
	if err != nil {
		return err
	}
	err = x.count(cmd.Context(), articles, quotes.NewAnalyzer(g).WithRecognizer(names), counts, bad)
	if err != nil {
		return err
	}
	if x.state != "" {
		if err := saveState(x.state, counts); err != nil {
			return err
		}
	}
	table := &speakerTable{articles: counts.Articles(), unnamed: counts.Unnamed(), style: terminalStyle()}
	for _, s := range counts.All() {
		if x.kind != "" && s.Kind.String() != x.kind || !x.all && s.Quotations() == 0 {
			continue
		}
		if x.top > 0 && len(table.rows) == x.top {
			table.left++
			continue
		}
		table.rows = append(table.rows, s)
	}
	switch err := speakerFormats[x.format](cmd.OutOrStdout(), table); {
	case errors.Is(err, syscall.EPIPE):
	case err != nil:
		return err
	}
	if bad.count > 0 {
		return errSome
	}
	return nil
}

// count adds the articles, each by one of several goroutines: their order does
// not matter.
func (x *speakers) count(ctx context.Context, articles iter.Seq2[input.Article, error], analyzer *quotes.Analyzer, counts *quotes.Speakers, bad *failures) (err error) {
	todo := make(chan string)
	var workers sync.WaitGroup
	for range x.workers {
		workers.Go(func() {
			for text := range todo {
				counts.Add(analyzer.Analyze(text))
			}
		})
	}
	for a, reason := range articles {
		if reason != nil {
			err = bad.add(reason)
		} else {
			select {
			case todo <- a.Text:
			case <-ctx.Done():
			}
		}
		if err != nil || ctx.Err() != nil {
			break
		}
	}
	close(todo)
	workers.Wait()
	return errors.Join(err, ctx.Err())
}

// loadState reads the counts of an earlier run, if there are any.
func loadState(name string, g *gazetteer.Gazetteer) (*quotes.Speakers, error) {
	if name == "" {
		return quotes.NewSpeakers(g), nil
	}
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return quotes.NewSpeakers(g), nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	counts, err := quotes.LoadSpeakers(f, g)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; remove the file to start anew", name, err)
	}
	return counts, nil
}

// saveState replaces the file in one step, so that an interruption leaves the old
// one whole.
func saveState(name string, counts *quotes.Speakers) error {
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := counts.Save(f); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
