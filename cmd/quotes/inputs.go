package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/whosaid-nlp/whosaid/cmd/internal/input"
	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// inputs are what a command reads and analyses with, and what it tells of the
// reading: texts, failures, progress.
type inputs struct {
	source     *input.Source
	gazetteer  *gazetteer.Gazetteer
	recognizer *entities.Recognizer

	texts    *textOut
	failures *failures
	progress *progress
}

// begin creates the files of --errors and --text-out, once nothing else can be
// wrong with the command line. The bar is hidden where results come out on the
// terminal meanwhile.
func (in *inputs) begin(cmd *cobra.Command, f *inputFlags, hidden bool) (err error) {
	if in.texts, err = newTextOut(f.textOut); err != nil {
		return err
	}
	in.progress = newProgress(in.source, hidden)
	if in.failures, err = newFailures(in.progress.above(cmd.ErrOrStderr()), f.errors); err != nil {
		in.progress.finish()
		return errors.Join(err, in.texts.close(false))
	}
	return nil
}

// analyzer finds quotations with the user's names and recogniser.
func (in *inputs) analyzer() *quotes.Analyzer {
	return quotes.NewAnalyzer(in.gazetteer).WithRecognizer(in.recognizer)
}

// end closes the files. Those of the texts stay only if keep is set.
func (in *inputs) end(keep bool) error {
	in.progress.finish()
	return errors.Join(in.failures.close(), in.texts.close(keep))
}
