// Command quotes prints who said what in news articles.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)   // a second signal ends the program at once
	signal.Ignore(syscall.SIGPIPE) // a reader that has seen enough is no failure
	os.Exit(run(ctx))
}

// errSome says that some inputs failed and were reported already.
var errSome = errors.New("some inputs failed")

// errUsage marks an error of the command line.
type errUsage struct{ error }

// The exit status tells what happened.
const (
	statusDone        = 0
	statusFailed      = 1 // some inputs, or all
	statusUsage       = 2
	statusInterrupted = 130
)

func run(ctx context.Context) int {
	err := rootCommand().ExecuteContext(ctx)
	var usage errUsage
	switch {
	case err == nil:
		return statusDone
	case errors.Is(err, errSome):
		return statusFailed
	case errors.Is(err, context.Canceled):
		return statusInterrupted
	case errors.As(err, &usage):
		fmt.Fprintf(os.Stderr, "quotes: %v\nTry 'quotes --help'.\n", err)
		return statusUsage
	}
	fmt.Fprintln(os.Stderr, "quotes:", err)
	return statusFailed
}

// rootCommand is the extract command with all others below it.
func rootCommand() *cobra.Command {
	root := extractCommand()
	root.AddCommand(entitiesCommand(), speakersCommand(), evalCommand(), manCommand(), schemaCommand(), versionCommand())
	// Flags stand in the order of their subjects; their lines are not longer than those above.
	root.SetUsageFunc(usage)
	for _, c := range append(root.Commands(), root) {
		c.Flags().SortFlags = false
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return errUsage{err} })
	root.PersistentFlags().String("config", "", "`file` of settings: flags by their names, in TOML")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return settle(cmd) }
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			c.Example = `  source <(quotes completion bash)
  quotes completion zsh > "${fpath[1]}/_quotes"
  quotes completion fish > ~/.config/fish/completions/quotes.fish`
		}
	}
	return root
}

// noArguments refuses arguments.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return errUsage{fmt.Errorf("%s takes no arguments, and %q is one", cmd.Name(), args[0])}
	}
	return nil
}
