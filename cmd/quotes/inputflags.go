package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/whosaid-nlp/whosaid/cmd/internal/input"
	"github.com/whosaid-nlp/whosaid/cmd/internal/page"
)

// inputHelp is what commands that read articles say about their FILEs.
const inputHelp = `A FILE is an article as text, Markdown or a web page, or many articles as JSON
Lines ({"id": ..., "text": ...} a line), a table (CSV, TSV) or a web archive
(WARC); each may be compressed (.gz, .zst, .bz2). It may be a folder, which is
read with the folders in it, or a quoted pattern ('news/**/*.html'). Without a
FILE, or for "-", standard input is read. What a file is shows in its first
bytes, else in its name; --input decides.`

// inputFlags are the flags of every command that reads articles.
type inputFlags struct {
	options  input.Options
	format   string
	maxBytes byteSize
	textOut  string
}

// add adds the flags to a command.
func (f *inputFlags) add(cmd *cobra.Command) {
	f.maxBytes = input.DefaultMaxBytes
	var formats []string
	for _, x := range input.Formats {
		formats = append(formats, string(x))
	}
	flags := cmd.Flags()
	flags.StringVar(&f.format, "input", "auto", "input: "+strings.Join(formats, ", "))
	flags.StringVar(&f.options.Encoding, "encoding", "", "character set of the input, such as windows-1252 (default: found out)")
	flags.StringArrayVar(&f.options.TextFields, "text-field", []string{"text"}, "field (a.b for b inside a) or column with the text; repeated: they are joined")
	flags.StringVar(&f.options.IDField, "id-field", "id", "field or column with the ID of an article")
	flags.StringVar(&f.options.FilesFrom, "files-from", "", "read the names of files from this file, one a line, or from -")
	flags.Var(&f.maxBytes, "max-bytes", "skip articles and records that are longer than this")
	flags.StringVar(&f.textOut, "text-out", "", "also write the texts that offsets count in to this file, as JSON Lines with title, date, author, site and url")
	if err := cmd.RegisterFlagCompletionFunc("input", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // no such flag
	}
}

// nothing reports that the user named no input and sits at a terminal.
func (f *inputFlags) nothing(files []string) bool {
	return len(files) == 0 && f.options.FilesFrom == "" && f.format == "auto" && term.IsTerminal(int(os.Stdin.Fd()))
}

// articles returns the articles of the files, or of standard input without
// files. They are written to --text-out as they come. Errors of its own are of usage.
func (f *inputFlags) articles(cmd *cobra.Command, files []string, workers int) (iter.Seq2[input.Article, error], error) {
	o := f.options
	o.Format, o.MaxBytes, o.Workers, o.Stdin = input.Format(f.format), int64(f.maxBytes), workers, cmd.InOrStdin()
	if len(files) == 0 && o.FilesFrom == "" {
		files = []string{"-"}
	}
	source, err := input.New(files, o)
	if err != nil {
		return nil, errUsage{err}
	}
	if f.textOut == "" {
		return source.Articles(), nil
	}
	if old, err := os.Stat(f.textOut); err == nil {
		for _, name := range files {
			if in, err := os.Stat(name); err == nil && os.SameFile(old, in) {
				return nil, errUsage{fmt.Errorf("--text-out would overwrite the input %s: name another file", name)}
			}
		}
	}
	return f.tee(source.Articles()), nil
}

// tee writes the articles to --text-out. What goes wrong there comes as the last error.
func (f *inputFlags) tee(articles iter.Seq2[input.Article, error]) iter.Seq2[input.Article, error] {
	return func(yield func(input.Article, error) bool) {
		out, err := os.Create(f.textOut)
		if err != nil {
			yield(input.Article{}, err)
			return
		}
		b := bufio.NewWriterSize(out, 1<<16)
		enc := json.NewEncoder(b)
		enc.SetEscapeHTML(false)
		more := true
		for a, err := range articles {
			if err == nil {
				if wrong := enc.Encode(textLine{a.ID, a.Text, a.Metadata}); wrong != nil {
					out.Close()
					yield(input.Article{}, fmt.Errorf("--text-out: %w", wrong))
					return
				}
			}
			if more = yield(a, err); !more {
				break
			}
		}
		if err := errors.Join(b.Flush(), out.Close()); err != nil && more {
			yield(input.Article{}, fmt.Errorf("--text-out: %w", err))
		}
	}
}

// textLine is an article in --text-out, which quotes reads again.
type textLine struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	page.Metadata
}

// byteSize is a number of bytes as people write it.
type byteSize int64

var byteUnits = []struct {
	name  string
	bytes int64
}{{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"B", 1}, {"", 1}}

func (s *byteSize) Set(text string) error {
	for _, u := range byteUnits {
		number := strings.TrimSpace(text[:max(0, len(text)-len(u.name))])
		if !strings.EqualFold(text[len(text)-min(len(text), len(u.name)):], u.name) {
			continue
		}
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil || n < 1 || n > 1<<62/u.bytes {
			break
		}
		*s = byteSize(n * u.bytes)
		return nil
	}
	return errors.New("use a number of bytes, or one with KB, MB, GB, KiB, MiB or GiB")
}

func (s *byteSize) String() string {
	for _, u := range []int{5, 4, 3} {
		if b := byteUnits[u].bytes; int64(*s) >= b && int64(*s)%b == 0 {
			return fmt.Sprintf("%d%s", int64(*s)/b, byteUnits[u].name)
		}
	}
	return strconv.FormatInt(int64(*s), 10)
}

func (s *byteSize) Type() string { return "size" }
