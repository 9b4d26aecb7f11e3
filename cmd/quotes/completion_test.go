package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/stretchr/testify/assert"
)

// The values of every flag are completed: from a list, or as names of files.
func TestCompletion(t *testing.T) {
	files := []string{"config", "output", "errors", "text-out", "files-from", "gazetteer", "state", "predictions", "model", "dir"}
	root := rootCommand()
	for _, cmd := range append(root.Commands(), root) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Value.Type() != "bool" && !slices.Contains(files, f.Name) {
				_, found := cmd.GetFlagCompletionFunc(f.Name)
				assert.True(t, found, "%s --%s", cmd.CommandPath(), f.Name)
			}
		})
	}
}

// Every command has three examples, which begin with it or a pipe into it.
func TestExamples(t *testing.T) {
	root := rootCommand()
	for _, cmd := range append(root.Commands(), root) {
		if !cmd.IsAvailableCommand() && cmd != root {
			continue
		}
		lines := strings.Split(cmd.Example, "\n")
		assert.GreaterOrEqual(t, len(lines), 3, cmd.CommandPath())
		for _, l := range lines {
			assert.Contains(t, l, "quotes", cmd.CommandPath())
			known(t, cmd, l)
		}
	}
}

// known checks the flags of an example.
func known(t *testing.T, cmd *cobra.Command, line string) {
	_, line, _ = strings.Cut(line, cmd.CommandPath())
	line, _, _ = strings.Cut(line, "&&")
	line, _, _ = strings.Cut(line, "|")
	for _, word := range strings.Fields(line) {
		if name, isFlag := strings.CutPrefix(word, "--"); isFlag {
			assert.True(t, cmd.Flag(name) != nil || name == "version", "%s has no %s", cmd.CommandPath(), word)
		}
	}
}
