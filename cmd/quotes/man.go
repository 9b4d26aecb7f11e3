package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func manCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "man [COMMAND]",
		Short: "Print the manual page of quotes or of one of its commands",
		Example: `  quotes man | man -l -
  quotes man entities > quotes-entities.1
  quotes man --dir /usr/local/share/man/man1`,
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) (names []string, _ cobra.ShellCompDirective) {
			for _, c := range cmd.Root().Commands() {
				if len(args) == 0 && c.IsAvailableCommand() {
					names = append(names, c.Name())
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			page, rest, err := root.Find(args)
			switch {
			case err != nil || len(rest) > 0:
				return errUsage{fmt.Errorf("no command %q has a manual page", strings.Join(args, " "))}
			case dir != "" && page != root:
				return errUsage{errors.New("man --dir writes the pages of all commands: name none")}
			case dir != "":
				return writeManPages(root, dir)
			}
			_, err = cmd.OutOrStdout().Write(manPage(page))
			return err
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "write the pages of all commands into this `folder`")
	if err := cmd.MarkFlagDirname("dir"); err != nil {
		panic(err) // no such flag
	}
	return cmd
}

func writeManPages(root *cobra.Command, dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, cmd := range append(root.Commands(), root) {
		if !cmd.IsAvailableCommand() && cmd != root {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, manName(cmd)+".1"), manPage(cmd), 0o666); err != nil {
			return err
		}
	}
	return nil
}

func manName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// manPage is the page of a command, in the macros of man(7). It is written here
// and not by cobra's own generator, whose packages cost every start of the
// program 0.6 ms. It has no date, so that the same program gives the same page.
func manPage(cmd *cobra.Command) []byte {
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	var b bytes.Buffer
	name := manName(cmd)
	fmt.Fprintf(&b, ".TH %s 1 \"\" \"quotes %s\" whosaid\n", strings.ToUpper(name), roff(version()))
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", roff(name), roff(cmd.Short))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n%s\n", roff(cmd.CommandPath()), roff(strings.TrimPrefix(cmd.UseLine(), cmd.CommandPath()+" ")))
	b.WriteString(".SH DESCRIPTION\n")
	manText(&b, cmd.Long+"\n\n"+cmd.Short+".", cmd.Long == "")
	if cmd.HasAvailableSubCommands() {
		b.WriteString(".SH COMMANDS\n")
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() {
				fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", roff(c.Name()), roff(c.Short))
			}
		}
	}
	b.WriteString(".SH OPTIONS\n")
	manFlags(&b, cmd.NonInheritedFlags())
	manFlags(&b, cmd.InheritedFlags())
	b.WriteString(`.SH ENVIRONMENT
.TP
.BI QUOTES_ NAME
sets the option of this name, in capitals with _ for \-; the command line overrides it.
.TP
.B NO_COLOR
takes colours away, if it is set.
.SH EXIT STATUS
0: all is done. 1: some inputs failed, or all. 2: the command line is wrong. 130: it was interrupted.
`)
	if cmd.Example != "" {
		b.WriteString(".SH EXAMPLES\n")
		manText(&b, cmd.Example, true)
	}
	b.WriteString(".SH SEE ALSO\n")
	var others []string
	for _, c := range append([]*cobra.Command{cmd.Root()}, cmd.Root().Commands()...) {
		if c != cmd && (c == cmd.Root() || c.IsAvailableCommand()) {
			others = append(others, fmt.Sprintf("\\fB%s\\fR(1)", roff(manName(c))))
		}
	}
	b.WriteString(strings.Join(others, ",\n") + "\n")
	return b.Bytes()
}

// manText writes paragraphs; lines that are indented stay lines. Without all,
// the last paragraph is left out.
func manText(b io.Writer, text string, all bool) {
	paragraphs := strings.Split(strings.Trim(text, "\n"), "\n\n")
	if !all {
		paragraphs = paragraphs[:len(paragraphs)-1]
	}
	for _, p := range paragraphs {
		if !strings.HasPrefix(p, " ") {
			fmt.Fprintf(b, ".PP\n%s\n", roff(p))
			continue
		}
		fmt.Fprintf(b, ".PP\n.nf\n.RS\n%s\n.RE\n.fi\n", roff(strings.TrimRight(p, "\n")))
	}
}

// manFlags lists flags by name.
func manFlags(b io.Writer, flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "\\fB\\-\\-" + roff(f.Name) + "\\fR"
		if f.Shorthand != "" {
			name = "\\fB\\-" + roff(f.Shorthand) + "\\fR, " + name
		}
		if value != "" {
			name += " \\fI" + roff(value) + "\\fR"
		}
		if d := f.DefValue; d != "" && d != "false" && d != "0" && d != "[]" {
			usage += " (default " + strings.Trim(d, "[]") + ")"
		}
		fmt.Fprintf(b, ".TP\n%s\n%s\n", name, roff(usage))
	})
}

// roff is text in which nothing is a command of troff.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}
