package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/whosaid-nlp/whosaid/cmd/internal/input"
)

// inputHelp is what commands that read articles say about their FILEs.
const inputHelp = `A FILE is an article as text, Markdown or a web page, or many articles as JSON
Lines ({"id": ..., "text": ...} a line), a table (CSV, TSV) or a web archive
(WARC); each may be compressed (.gz, .zst, .bz2). It may be a folder, which is
read with the folders in it, or a quoted pattern ('news/**/*.html'). Without a
FILE, or for "-", standard input is read. What a file is shows in its first
bytes, else in its name; --input decides.`

// inputFlags are the flags of every command that reads articles: what is read,
// how it is analysed, and what is told about it besides the output.
type inputFlags struct {
	options    input.Options
	format     string
	maxBytes   byteSize
	textOut    string
	errors     string
	model      string
	gazetteers []string
	workers    int
}

// add adds the flags to a command.
func (f *inputFlags) add(cmd *cobra.Command) {
	f.maxBytes = input.DefaultMaxBytes
	var formats []string
	for _, x := range input.Formats {
		formats = append(formats, string(x))
	}
	flags := cmd.Flags()
	flags.StringVar(&f.format, "input", "auto", "`format` of the input: "+strings.Join(formats, ", "))
	flags.StringVar(&f.options.Encoding, "encoding", "", "character `set` of the input, such as windows-1252 (default: found out)")
	flags.StringArrayVar(&f.options.TextFields, "text-field", []string{"text"}, "`field` (a.b for b inside a) or column with the text; repeated: they are joined")
	flags.StringVar(&f.options.IDField, "id-field", "id", "`field` or column with the ID of an article")
	flags.StringVar(&f.options.FilesFrom, "files-from", "", "read the names of files from this `file`, one a line, or from -")
	flags.Var(&f.maxBytes, "max-bytes", "skip articles and records that are longer than this")
	flags.StringVar(&f.textOut, "text-out", "", "also write the texts that offsets count in, with what is known of the articles, to this `file` of JSON Lines; with --shard, those of the part")
	flags.StringVar(&f.errors, "errors", "", "also write what cannot be read to this `file` of JSON Lines: file, line or record, byte, reason")
	addRecognizerFlag(cmd, &f.model)
	flags.StringArrayVar(&f.gazetteers, "gazetteer", nil, "`file` of names of your own, which decide: name, kind, id, aliases by tabs (repeatable); --aliases is the same")
	alsoCalled(flags, "gazetteer", "aliases")
	flags.IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "`number` of articles analysed at a time")
	flags.Lookup("workers").DefValue = "all processors" // the help is the same on every machine
	complete(cmd, "input", formats)
	complete(cmd, "encoding", []string{"utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-15", "windows-1251", "shift_jis", "gb18030", "big5", "euc-kr"})
	complete(cmd, "text-field", []string{"text", "body", "content"})
	complete(cmd, "id-field", []string{"id", "url", "guid"})
	complete(cmd, "max-bytes", []string{"1MB", "16MB", "64MB", "1GB"})
	complete(cmd, "workers", nil)
}

// alsoCalled gives a flag a second name.
func alsoCalled(flags *pflag.FlagSet, name, other string) {
	flags.SetAnnotation(name, alsoAnnotation, []string{other})
	flags.SetNormalizeFunc(func(_ *pflag.FlagSet, given string) pflag.NormalizedName {
		if given == other {
			given = name
		}
		return pflag.NormalizedName(given)
	})
}

// alsoAnnotation holds the other names of a flag.
const alsoAnnotation = "quotes_also_called"

// nothing reports that the user named no input and sits at a terminal.
func (f *inputFlags) nothing(files []string) bool {
	return len(files) == 0 && f.options.FilesFrom == "" && f.format == "auto" && term.IsTerminal(int(os.Stdin.Fd()))
}

// An output is a file that a command writes, by the name of its flag.
type output struct{ flag, name string }

// open checks the flags and opens what they name, for reading. outputs are the
// files that the command writes besides those of these flags.
func (f *inputFlags) open(cmd *cobra.Command, files []string, outputs ...output) (*inputs, error) {
	if f.workers < 1 {
		return nil, errUsage{fmt.Errorf("workers must be 1 or more, not %d", f.workers)}
	}
	outputs = slices.Concat(outputs, []output{{"errors", f.errors}, {"text-out", f.textOut}})
	read := slices.Concat(files, f.gazetteers, []string{f.options.FilesFrom, cmd.Flag("config").Value.String()})
	if f.model != "full" && f.model != "open" {
		read = append(read, f.model)
	}
	if err := checkOutputs(outputs, read); err != nil {
		return nil, err
	}
	o := f.options
	o.Format, o.MaxBytes, o.Workers, o.Stdin = input.Format(f.format), int64(f.maxBytes), f.workers, cmd.InOrStdin()
	for _, out := range outputs {
		if out.name != "" && out.name != "-" {
			o.Outputs = append(o.Outputs, out.name)
		}
	}
	if len(files) == 0 && o.FilesFrom == "" {
		files = []string{"-"}
	}
	source, err := input.New(files, o)
	if err != nil {
		return nil, errUsage{err}
	}
	in := &inputs{source: source}
	if in.gazetteer, err = loadGazetteers(f.gazetteers); err != nil {
		return nil, err
	}
	if in.recognizer, err = loadRecognizer(f.model); err != nil {
		return nil, err
	}
	return in, nil
}

// checkOutputs refuses outputs that would overwrite what is read, or each other.
func checkOutputs(outputs []output, read []string) error {
	for i, out := range outputs {
		if out.name == "" {
			continue
		}
		if out.name == "-" && out.flag != "output" {
			return errUsage{fmt.Errorf("--%s needs the name of a file: standard output is for the results", out.flag)}
		}
		if in := sameFile(out.name, read); in != "" {
			return errUsage{fmt.Errorf("--%s would overwrite the input %s: name another one", out.flag, in)}
		}
		for _, other := range outputs[:i] {
			if other.name != "" && samePath(out.name, other.name) {
				return errUsage{fmt.Errorf("--%s and --%s are the same file: name two", other.flag, out.flag)}
			}
		}
	}
	return nil
}

// sameFile returns which of files is the file or folder of a name, by whatever
// path; "" is none.
func sameFile(name string, files []string) string {
	old, err := os.Stat(name)
	if err != nil || !old.Mode().IsRegular() && !old.IsDir() {
		return ""
	}
	for _, f := range files {
		if in, err := os.Stat(f); err == nil && os.SameFile(old, in) {
			return f
		}
	}
	return ""
}

// samePath reports whether two names are of one file that need not be there yet.
// Devices may be named twice.
func samePath(x, y string) bool {
	if info, err := os.Stat(x); err == nil && !info.Mode().IsRegular() {
		return false
	}
	a, err := filepath.Abs(x)
	b, e := filepath.Abs(y)
	return errors.Join(err, e) == nil && a == b
}
