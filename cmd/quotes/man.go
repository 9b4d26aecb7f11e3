package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func manCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "man [COMMAND]",
		Short: "Print the manual page of quotes or of one of its commands",
		Example: `  quotes man | man -l -
  quotes man entities > quotes-entities.1
  quotes man --dir /usr/local/share/man/man1`,
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
			return manPage(page, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "write the pages of all commands into this folder")
	return cmd
}

// manPage writes the page of a command. It has no date, so that the same
// program gives the same page.
func manPage(cmd *cobra.Command, out io.Writer) error {
	cmd.DisableAutoGenTag = true
	cmd.Long = strings.NewReplacer("*", `\*`, "<", `\<`, "_", `\_`).Replace(cmd.Long) // it is read as Markdown
	var b bytes.Buffer
	header := &doc.GenManHeader{Section: "1", Source: "quotes " + version(), Manual: "whosaid", Date: new(time.Time)}
	if err := doc.GenMan(cmd, header, &b); err != nil {
		return err
	}
	_, err := out.Write(bytes.Replace(b.Bytes(), []byte(header.Date.Format(`"Jan 2006"`)), []byte(`""`), 1))
	return err
}

func writeManPages(root *cobra.Command, dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, cmd := range append(root.Commands(), root) {
		if !cmd.IsAvailableCommand() && cmd != root {
			continue
		}
		name := strings.ReplaceAll(cmd.CommandPath(), " ", "-") + ".1"
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		if err := errors.Join(manPage(cmd, f), f.Close()); err != nil {
			return err
		}
	}
	return nil
}
