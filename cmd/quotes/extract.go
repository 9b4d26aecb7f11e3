package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/whosaid-nlp/whosaid/cmd/internal/input"
	"github.com/whosaid-nlp/whosaid/cmd/internal/wire"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// extraction holds the flags of the extract command.
type extraction struct {
	format, input, offsets string
	workers                int
	gazetteers             []string
	explain                bool
}

func extractCommand() *cobra.Command {
	var x extraction
	cmd := &cobra.Command{
		Use:   "quotes [FILE...]",
		Short: "Print who said what in news articles",
		Long: `Quotes reads news articles and prints each quotation with its speaker, and the
people, organisations and locations that the article names.

A FILE is an article as plain text (*.txt), or JSON Lines (*.jsonl) with an object
{"id": ..., "text": ...} a line. Without a FILE, or for "-", standard input is read.
It, and files with other names, are JSON Lines if they begin with {, else text.

An article that cannot be read costs only itself: the error names file and line,
the other articles are written, and the exit status is 1. Colours are used on a
terminal, unless NO_COLOR is set.`,
		Example: `  quotes article.txt
  quotes --format jsonl articles.jsonl > quotes.jsonl
  pbpaste | quotes -
  quotes --gazetteer our-names.tsv *.txt
  curl -s https://example.com/feed.jsonl | quotes --format jsonl --offsets utf16`,
		Version:       version(),
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return x.run(cmd, args)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&x.format, "format", "text", "output: text or jsonl")
	flags.StringVar(&x.input, "input", "auto", "input: auto, text or jsonl")
	flags.StringVar(&x.offsets, "offsets", "codepoint", "what offsets count in jsonl output: codepoint, byte or utf16")
	flags.IntVar(&x.workers, "workers", runtime.GOMAXPROCS(0), "articles analysed at a time")
	flags.StringArrayVar(&x.gazetteers, "gazetteer", nil, "file of names of your own: name, kind, id, aliases by tabs (repeatable)")
	flags.BoolVar(&x.explain, "explain", false, "tell of each quotation why it is one, what chose its speaker, and who came next")
	for flag, values := range map[string][]string{
		"format": {"text", "jsonl"}, "input": {"auto", "text", "jsonl"}, "offsets": {"codepoint", "byte", "utf16"},
	} {
		if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
			panic(err) // no such flag
		}
	}
	return cmd
}

// loadGazetteers returns the built-in gazetteer with the user's lists on top.
func loadGazetteers(names []string) (*gazetteer.Gazetteer, error) {
	g := gazetteer.Default()
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		user, err := gazetteer.Load(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		g = g.Merge(user)
	}
	return g, nil
}

// A job is one article on its way; done delivers its output.
type job struct {
	article input.Article
	err     error
	done    chan []byte
}

func (x *extraction) run(cmd *cobra.Command, files []string) error {
	unit, err := wire.ParseUnit(x.offsets)
	if err != nil {
		return errUsage{err}
	}
	if x.format != "text" && x.format != "jsonl" {
		return errUsage{fmt.Errorf("unknown format %q: use text or jsonl", x.format)}
	}
	if x.input != "auto" && x.input != "text" && x.input != "jsonl" {
		return errUsage{fmt.Errorf("unknown input %q: use auto, text or jsonl", x.input)}
	}
	if x.workers < 1 {
		return errUsage{fmt.Errorf("workers must be 1 or more, not %d", x.workers)}
	}
	g, err := loadGazetteers(x.gazetteers)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		if x.input == "auto" && term.IsTerminal(int(os.Stdin.Fd())) {
			return cmd.Help()
		}
		files = []string{"-"}
	}
	look := newStyle()
	look.explain = x.explain
	render := func(a input.Article, an *quotes.Analysis) []byte { return textReport(a.ID, an, look) }
	if x.format == "jsonl" {
		render = func(a input.Article, an *quotes.Analysis) []byte {
			out := wire.New(a.ID, an, unit)
			if x.explain {
				out.Explain(an)
			}
			return jsonLine(out)
		}
	}
	failed, err := x.analyzeAll(cmd, files, quotes.NewAnalyzer(g), render)
	switch {
	case errors.Is(err, syscall.EPIPE):
		return nil // the reader has seen enough
	case err != nil:
		return err
	case failed:
		return errSome
	}
	return nil
}

// analyzeAll writes the output of every article in the order of the input,
// whatever the number of workers, and reports whether some input failed.
func (x *extraction) analyzeAll(cmd *cobra.Command, files []string, an *quotes.Analyzer, render func(input.Article, *quotes.Analysis) []byte) (failed bool, err error) {
	ctx := cmd.Context()
	todo := make(chan *job)
	order := make(chan *job, 2*x.workers)
	stop := make(chan struct{})
	for range x.workers {
		go func() {
			for j := range todo {
				j.done <- render(j.article, an.Analyze(j.article.Text))
			}
		}()
	}
	go func() {
		defer close(order)
		defer close(todo)
		for _, name := range files {
			more := true
			input.Read(name, input.Format(x.input), cmd.InOrStdin(), func(a input.Article, err error) bool {
				j := &job{article: a, err: err, done: make(chan []byte, 1)}
				select {
				case order <- j:
				case <-stop:
					more = false
					return false
				case <-ctx.Done():
					more = false
					return false
				}
				if err == nil {
					todo <- j
				}
				return true
			})
			if !more {
				return
			}
		}
	}()
	defer close(stop)
	out := bufio.NewWriterSize(cmd.OutOrStdout(), 1<<16)
	for j := range order {
		if j.err != nil {
			failed = true
			fmt.Fprintln(cmd.ErrOrStderr(), "quotes:", j.err)
			continue
		}
		if _, err := out.Write(<-j.done); err != nil {
			return failed, err
		}
		if len(order) == 0 { // nothing is waiting: let the reader see it
			if err := out.Flush(); err != nil {
				return failed, err
			}
		}
	}
	if err := out.Flush(); err != nil {
		return failed, err
	}
	return failed, ctx.Err()
}

func jsonLine(a *wire.Article) []byte {
	var b lineBuffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(a); err != nil {
		panic(err) // the shape holds nothing that JSON lacks
	}
	return b
}

type lineBuffer []byte

var _ io.Writer = (*lineBuffer)(nil)

func (b *lineBuffer) Write(p []byte) (int, error) {
	*b = append(*b, p...)
	return len(p), nil
}
