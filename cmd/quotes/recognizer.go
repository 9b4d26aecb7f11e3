package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/whosaid-nlp/whosaid/entities"
)

// addRecognizerFlag adds the flag that says which recogniser finds the names.
func addRecognizerFlag(cmd *cobra.Command, model *string) {
	cmd.Flags().StringVar(model, "model", "full", "`recogniser` of names: full, open (learned from open corpora alone), or a file that cmd/train names wrote")
	if err := cmd.RegisterFlagCompletionFunc("model", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"full", "open"}, cobra.ShellCompDirectiveDefault
	}); err != nil {
		panic(err) // no such flag
	}
}

// loadRecognizer returns the recogniser that the flag names.
func loadRecognizer(model string) (*entities.Recognizer, error) {
	switch model {
	case "full":
		return entities.DefaultRecognizer(), nil
	case "open":
		return entities.OpenRecognizer(), nil
	}
	f, err := os.Open(model)
	if err != nil {
		return nil, errUsage{fmt.Errorf("--model is full, open or the file of a model: %w", err)}
	}
	defer f.Close()
	r, err := entities.LoadRecognizer(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", model, err)
	}
	return r, nil
}
