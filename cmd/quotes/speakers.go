package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/whosaid-nlp/whosaid/cmd/internal/input"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// speakers holds the flags of the speakers command.
type speakers struct {
	format, kind, state string
	top                 int
	all                 bool
	input               inputFlags
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
	flags.StringVar(&x.format, "format", "text", "`format` of the output: text, csv, json or jsonl")
	flags.StringVar(&x.kind, "kind", "", "only this `kind`: person, organization or location")
	flags.IntVar(&x.top, "top", 0, "`number` of rows to print; 0 prints all")
	flags.BoolVar(&x.all, "all", false, "also those who are named but not quoted")
	flags.StringVar(&x.state, "state", "", "`file` of counts to read, if it is there, and to write back")
	x.input.add(cmd)
	complete(cmd, "format", []string{"text", "csv", "json", "jsonl"})
	complete(cmd, "kind", entityKinds)
	complete(cmd, "top", []string{"10", "20", "50", "100"})
	return cmd
}

func (x *speakers) check() error {
	switch {
	case speakerFormats[x.format] == nil:
		return errUsage{fmt.Errorf("unknown format %q: use text, csv, json or jsonl", x.format)}
	case x.kind != "" && !slices.Contains(entityKinds, x.kind):
		return errUsage{fmt.Errorf("unknown kind %q: use person, organization or location", x.kind)}
	case x.top < 0:
		return errUsage{fmt.Errorf("top must be 0 or more, not %d", x.top)}
	}
	return nil
}

func (x *speakers) run(cmd *cobra.Command, files []string) error {
	if err := x.check(); err != nil {
		return err
	}
	if x.input.nothing(files) {
		return cmd.Help()
	}
	in, err := x.input.open(cmd, files, output{"state", x.state})
	if err != nil {
		return err
	}
	counts, err := loadState(x.state, in.gazetteer)
	if err != nil {
		return err
	}
	if err := in.begin(cmd, &x.input, false); err != nil {
		return err
	}
	err = x.count(cmd.Context(), in, counts)
	err = errors.Join(err, in.end(err == nil))
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(cmd.ErrOrStderr(), "quotes: interrupted: nothing was counted")
	}
	if err != nil {
		return err
	}
	var unsaved error // the table is printed all the same
	if x.state != "" {
		if unsaved = saveState(x.state, counts); unsaved != nil {
			unsaved = fmt.Errorf("--state: %w", unsaved)
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
		return errors.Join(unsaved, err)
	}
	if unsaved != nil {
		return unsaved
	}
	if in.failures.count > 0 {
		return errSome
	}
	return nil
}

// count adds the articles, each by one of several goroutines: their order does
// not matter.
func (x *speakers) count(ctx context.Context, in *inputs, counts *quotes.Speakers) (err error) {
	analyzer := in.analyzer()
	todo := make(chan string)
	var workers sync.WaitGroup
	for range x.input.workers {
		workers.Go(func() {
			for text := range todo {
				found := analyzer.Analyze(text)
				counts.Add(found)
				in.progress.add(len(found.Document.Tokens))
			}
		})
	}
	reading, stop := context.WithCancel(ctx)
	defer stop()
	read := make(chan readArticle)
	go func() { // an interruption does not wait for standard input
		defer close(read)
		for a, reason := range in.source.Articles() {
			select {
			case read <- readArticle{a, reason}:
			case <-reading.Done():
				return
			}
		}
	}()
	for err == nil && ctx.Err() == nil {
		var a readArticle
		more := false
		select {
		case a, more = <-read:
		case <-ctx.Done():
		}
		if !more {
			break
		}
		if a.bad != nil {
			err = in.failures.add(a.bad)
		} else if err = in.texts.add(a.Article); err == nil {
			todo <- a.Text
		}
	}
	close(todo)
	workers.Wait()
	return errors.Join(err, ctx.Err())
}

// A readArticle is an article, or why it cannot be read.
type readArticle struct {
	input.Article
	bad error
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
