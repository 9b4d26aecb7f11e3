// Command quotes prints who said what in news articles.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx))
}

// errSome says that some inputs failed and were reported already.
var errSome = errors.New("some inputs failed")

// errUsage marks an error of the command line.
type errUsage struct{ error }

func run(ctx context.Context) int {
	root := extractCommand()
	root.AddCommand(evalCommand(), speakersCommand())
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return errUsage{err} })
	err := root.ExecuteContext(ctx)
	var usage errUsage
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errSome):
		return 1
	case errors.As(err, &usage):
		fmt.Fprintf(os.Stderr, "quotes: %v\nTry 'quotes --help'.\n", err)
		return 2
	}
	fmt.Fprintln(os.Stderr, "quotes:", err)
	return 1
}

// version is the module's version, as the build recorded it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
