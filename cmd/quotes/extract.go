package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/whosaid-nlp/whosaid/cmd/internal/store"
	"github.com/whosaid-nlp/whosaid/cmd/internal/wire"
	"github.com/whosaid-nlp/whosaid/cmd/internal/write"
	"github.com/whosaid-nlp/whosaid/gazetteer"
)

// extraction holds the flags of the extract command, and of those that do a
// part of it.
type extraction struct {
	names                   bool // entities alone
	format, offsets, output string
	resume                  bool
	shard                   shard
	filter                  filter
	input                   inputFlags
	explain, attitudes      bool
}

func extractCommand() *cobra.Command {
	var x extraction
	cmd := &cobra.Command{
		Use:   "quotes [FILE...]",
		Short: "Print who said what in news articles",
		Long: `Quotes reads news articles and prints each quotation with its speaker, and the
people, organisations and locations that the article names.

` + inputHelp + `

An article that cannot be read costs only itself: the error names the place, the
others are written, and the exit status is 1 (2: the command line is wrong; 130:
interrupted, and what was finished is written).

` + formatHelp() + `
--output names a file for all articles, or a folder (a name that ends with /, or
that is one) with a file an article. A file appears when it is whole. With
--resume the same command goes on where it was stopped, and NAME.done (in a
folder: quotes.done) says that all is done.

Flags may also be given by the environment, as QUOTES_MIN_CONFIDENCE=0.5, or by a
file: --config settings.toml, with min-confidence = 0.5.`,
		Example: `  quotes article.txt
  pbpaste | quotes -
  quotes --speaker lavrov --kind direct news/
  quotes --format html --output page.html news/
  quotes --format csv --text-field body articles.csv > quotes.csv
  quotes --format jsonl --output quotes.jsonl --resume --errors bad.jsonl crawl.warc.gz`,
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
	x.input.add(cmd)
	complete(cmd, "kind", quotationKinds)
	complete(cmd, "speaker", nil)
	complete(cmd, "min-confidence", []string{"0.3", "0.5", "0.7", "0.9"})
	complete(cmd, "grep", nil)
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
	x.input.add(cmd)
	complete(cmd, "kind", entityKinds)
	complete(cmd, "grep", nil)
	return cmd
}

// flags adds the flags that commands over articles share.
func (x *extraction) flags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&x.format, "format", "text", "`format` of the output, of which quotes --help has the list")
	flags.StringVar(&x.offsets, "offsets", "codepoint", "`unit` of offsets in jsonl and json: codepoint, byte or utf16")
	flags.StringVar(&x.output, "output", "", "`file` for all articles, or folder with a file an article (default standard output)")
	flags.BoolVar(&x.resume, "resume", false, "keep a journal beside the output and skip what it says is done, once that is verified")
	flags.Var(&x.shard, "shard", "only the articles of this `part` of all, as 1/8 to 8/8 (by a hash of the ID)")
	var formats []string
	for _, f := range write.Formats() {
		formats = append(formats, f.Name)
	}
	complete(cmd, "format", formats)
	complete(cmd, "offsets", []string{"codepoint", "byte", "utf16"})
	complete(cmd, "shard", []string{"1/2", "1/4", "1/8", "1/16"})
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
	in, err := x.input.open(cmd, files, output{"output", x.output})
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
	if err := in.begin(cmd, &x.input, toStdout && term.IsTerminal(int(os.Stdout.Fd()))); err != nil {
		return err
	}
	analyzer := in.analyzer()
	if x.attitudes {
		analyzer = analyzer.WithAttitudes()
	}
	p := &pipeline{extraction: x, inputs: in, analyzer: analyzer, writer: writer, store: out}
	err = p.run(cmd.Context())
	// What is written stays after an interruption, unless the same command makes it anew.
	whole := err == nil || errors.Is(err, context.Canceled) && !x.resume
	err = errors.Join(err, in.end(whole))
	switch {
	case errors.Is(err, context.Canceled) && x.resume:
		fmt.Fprintln(cmd.ErrOrStderr(), "quotes: interrupted: the same command goes on from here")
	case errors.Is(err, syscall.EPIPE):
		return nil // the reader has seen enough
	case errors.Is(err, store.ErrUsage):
		return errUsage{err}
	case err == nil && in.failures.count > 0:
		return errSome
	}
	return err
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
	for _, name := range x.input.gazetteers {
		sum, err := store.HashFile(name)
		if err != nil {
			return "", err
		}
		text += fmt.Sprintf(" %s:%s", name, sum[:16])
	}
	return text, nil
}

// columns is how wide text is on a terminal: lines of more than 120 columns are
// hard to read, and of less than 20 they have no room for words. 0 is not known.
func columns(width int) int {
	if width <= 0 {
		return 0
	}
	return min(max(width, 20), 120)
}

// terminalStyle is how text looks on standard output.
func terminalStyle() (s write.Style) {
	if fd := int(os.Stdout.Fd()); term.IsTerminal(fd) {
		if w, _, err := term.GetSize(fd); err == nil {
			s.Width = columns(w)
		}
		s.Color = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	return s
}
