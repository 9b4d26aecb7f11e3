package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/whosaid-nlp/whosaid/cmd/internal/store"
	"github.com/whosaid-nlp/whosaid/cmd/internal/wire"
	"github.com/whosaid-nlp/whosaid/cmd/internal/write"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// extraction holds the flags of the extract command, and of those that do a
// part of it.
type extraction struct {
	names                           bool // entities alone
	format, offsets, output, errors string
	input                           inputFlags
	model                           string
	workers                         int
	resume                          bool
	shard                           shard
	gazetteers                      []string
	filter                          filter
	explain, attitudes              bool
}

func extractCommand() *cobra.Command {
	var x extraction
	cmd := &cobra.Command{
		Use:   "quotes [FILE...]",
		Short: "Print who said what in news articles",
		Long: `Quotes reads news articles and prints each quotation with its speaker, and the
people, organisations and locations that the article names.

` + inputHelp + `

An article that cannot be read costs only itself: the error names file and line,
the other articles are written, and the exit status is 1. It is 2 for an error of
the command line and 130 after an interruption, which still writes the articles
that are finished. Colours are used on a terminal, unless NO_COLOR is set.

` + formatHelp() + `
--output names a file for all articles, or a folder (a name that ends with /, or
that is one) with a file an article. A file appears when it is whole. With
--resume a journal beside it tells what is done, so that the same command goes
on where it was stopped; NAME.done (in a folder: quotes.done) says that all is.

Flags may also be given by the environment, as QUOTES_MIN_CONFIDENCE=0.5, or by a
file: --config settings.toml, with min-confidence = 0.5. The command line comes
first, then the environment.`,
		Example: `  quotes article.txt
  quotes --format jsonl articles.jsonl > quotes.jsonl
  pbpaste | quotes -
  quotes --gazetteer our-names.tsv --speaker lavrov --kind direct *.txt
  quotes --format html --output page.html *.txt
  quotes --format csv --output quotes.csv --resume --errors bad.jsonl crawl.jsonl
  quotes --format jsonl --output out/ --shard 3/16 --resume crawl.jsonl
  curl -s https://example.com/feed.jsonl | quotes --format jsonl --offsets utf16`,
		Version:       version(),
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return x.run(cmd, args)
		},
	}
	x.flags(cmd)
	x.filter.flags(cmd.Flags())
	cmd.Flags().BoolVar(&x.explain, "explain", false, "text, jsonl and json: tell of each quotation why it is one, what chose its speaker, and who came next")
	cmd.Flags().BoolVar(&x.attitudes, "attitudes", false, "also thoughts, plans, hopes and findings that are told of somebody without that they were said, marked as such")
	complete(cmd, "kind", quotationKinds)
	complete(cmd, "entities", []string{"all", "speakers", "none"})
	return cmd
}

func entitiesCommand() *cobra.Command {
	x := extraction{names: true}
	cmd := &cobra.Command{
		Use:   "entities [FILE...]",
		Short: "Print who and what is named in news articles",
		Long: `Entities reads articles as quotes does and prints the people, organisations and
locations that they name, without looking for quotations. csv and tsv have a row
an entity; other formats are those of quotes, without quotations.`,
		Example: `  quotes entities article.txt
  quotes entities --format csv --kind organization *.txt > organizations.csv
  quotes entities --format prodigy articles.jsonl > ner.jsonl`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return x.run(cmd, args)
		},
	}
	x.flags(cmd)
	x.filter.entityFlags(cmd.Flags())
	complete(cmd, "kind", entityKinds)
	return cmd
}

// flags adds the flags that commands over articles share.
func (x *extraction) flags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&x.format, "format", "text", "output format, see above")
	x.input.add(cmd)
	addRecognizerFlag(cmd, &x.model)
	flags.StringVar(&x.offsets, "offsets", "codepoint", "what offsets count in jsonl and json output: codepoint, byte or utf16")
	flags.IntVar(&x.workers, "workers", runtime.GOMAXPROCS(0), "articles analysed at a time")
	flags.Lookup("workers").DefValue = "all processors" // the help is the same on every machine
	flags.StringArrayVar(&x.gazetteers, "gazetteer", nil, "file of names of your own: name, kind, id, aliases by tabs (repeatable); --aliases is the same")
	alsoCalled(flags, "gazetteer", "aliases")
	flags.StringVar(&x.output, "output", "", "file for all articles, or folder with a file an article (default standard output)")
	flags.BoolVar(&x.resume, "resume", false, "keep a journal beside the output and skip what it says is done, once that is verified")
	flags.StringVar(&x.errors, "errors", "", "also write the inputs that cannot be read, with reasons, to this file of JSON Lines")
	flags.Var(&x.shard, "shard", "only the articles of this part of all, as 1/8 to 8/8 (by a hash of the ID)")
	var formats []string
	for _, f := range write.Formats() {
		formats = append(formats, f.Name)
	}
	complete(cmd, "format", formats)
	complete(cmd, "offsets", []string{"codepoint", "byte", "utf16"})
}

// complete says what values a flag has, for the completion of shells.
func complete(cmd *cobra.Command, flag string, values []string) {
	if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // no such flag
	}
}

// formatHelp lists the formats.
func formatHelp() string {
	text := "Formats:\n\n"
	for _, f := range write.Formats() {
		text += fmt.Sprintf("    %-14s %s\n", f.Name, f.About)
	}
	return text
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

func (x *extraction) run(cmd *cobra.Command, files []string) error {
	unit, err := wire.ParseUnit(x.offsets)
	if err != nil {
		return errUsage{err}
	}
	format, err := write.Lookup(x.format)
	if err != nil {
		return errUsage{err}
	}
	if x.workers < 1 {
		return errUsage{fmt.Errorf("workers must be 1 or more, not %d", x.workers)}
	}
	kinds := quotationKinds
	if x.names {
		kinds = entityKinds
	}
	if err := x.filter.check(kinds); err != nil {
		return err
	}
	if x.input.nothing(files) {
		return cmd.Help()
	}
	for flag, name := range map[string]string{"output": x.output, "errors": x.errors} {
		if in := sameFile(name, slices.Concat(files, x.gazetteers)); in != "" {
			return errUsage{fmt.Errorf("--%s would overwrite the input %s: name another file", flag, in)}
		}
	}
	g, err := loadGazetteers(x.gazetteers)
	if err != nil {
		return err
	}
	recognizer, err := loadRecognizer(x.model)
	if err != nil {
		return err
	}
	articles, err := x.input.articles(cmd, files, x.workers)
	if err != nil {
		return err
	}
	toStdout := x.output == "" || x.output == "-"
	options := write.Options{Unit: unit, Names: x.names, Explain: x.explain, Attitudes: x.attitudes}
	if toStdout {
		options.Style = terminalStyle()
	}
	settings, err := x.settings(cmd)
	if err != nil {
		return err
	}
	writer := format.New(options)
	out, err := store.Open(x.output, cmd.OutOrStdout(), store.Options{
		Format: format, Writer: writer, Resume: x.resume, Settings: settings, Part: x.shard.part(),
	})
	if err != nil {
		if errors.Is(err, store.ErrUsage) {
			return errUsage{err}
		}
		return err
	}
	bar := newProgress(files, toStdout && term.IsTerminal(int(os.Stdout.Fd())))
	bad, err := newFailures(bar.above(cmd.ErrOrStderr()), x.errors)
	if err != nil {
		return err
	}
	analyzer := quotes.NewAnalyzer(g).WithRecognizer(recognizer)
	if x.attitudes {
		analyzer = analyzer.WithAttitudes()
	}
	p := &pipeline{
		extraction: x, analyzer: analyzer, recognizer: recognizer, gazetteer: g, writer: writer, store: out, failures: bad, progress: bar,
	}
	err = errors.Join(p.run(cmd.Context(), articles), bad.close())
	switch {
	case errors.Is(err, context.Canceled) && x.resume:
		fmt.Fprintln(cmd.ErrOrStderr(), "quotes: interrupted: the same command goes on from here")
	case errors.Is(err, syscall.EPIPE):
		return nil // the reader has seen enough
	case err == nil && bad.count > 0:
		return errSome
	}
	return err
}

// sameFile returns which of files is the file of a name, by whatever path; "" is
// none.
func sameFile(name string, files []string) string {
	old, err := os.Stat(name)
	if name == "" || err != nil || !old.Mode().IsRegular() {
		return ""
	}
	for _, f := range files {
		if in, err := os.Stat(f); err == nil && os.SameFile(old, in) {
			return f
		}
	}
	return ""
}

// free are the flags on which the output does not depend.
var free = []string{"workers", "output", "errors", "resume", "config", "help", "version", "text-out", "files-from"}

// settings are what the output depends on besides the input: the version, the
// flags that were given, and what is in the files that these name.
func (x *extraction) settings(cmd *cobra.Command) (string, error) {
	text := cmd.Name() + " " + version()
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if value := f.Value.String(); value != f.DefValue && !slices.Contains(free, f.Name) {
			text += fmt.Sprintf(" --%s=%s", f.Name, value)
		}
	})
	for _, name := range x.gazetteers {
		sum, err := store.HashFile(name)
		if err != nil {
			return "", err
		}
		text += fmt.Sprintf(" %s:%s", name, sum[:16])
	}
	return text, nil
}

// terminalStyle is how text looks on standard output.
func terminalStyle() (s write.Style) {
	if fd := int(os.Stdout.Fd()); term.IsTerminal(fd) {
		if w, _, err := term.GetSize(fd); err == nil && w >= 40 {
			s.Width = min(w, 120)
		}
		s.Color = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	return s
}
