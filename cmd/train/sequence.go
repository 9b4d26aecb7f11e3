package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/whosaid-nlp/whosaid/nlp/sequence"
)

// checkOnly is set by -check: nothing is written, the file must have the bytes
// that would be.
var checkOnly bool

// addTrainFlags adds the flags of the learner; the values of opt are their defaults.
func addTrainFlags(flags *flag.FlagSet, opt *sequence.TrainOptions) {
	flags.IntVar(&opt.Epochs, "epochs", opt.Epochs, "passes over the examples")
	flags.Float64Var(&opt.Rate, "rate", opt.Rate, "step size")
	flags.Float64Var(&opt.Damping, "damping", opt.Damping, "damping of the steps")
	flags.Float64Var(&opt.L1, "l1", opt.L1, "L1 regularisation after each epoch")
	flags.Float64Var(&opt.L2, "l2", opt.L2, "L2 regularisation after each epoch")
	flags.Float64Var(&opt.Dropout, "dropout", opt.Dropout, "share of hidden features")
	flags.IntVar(&opt.MinCount, "min", opt.MinCount, "least number of a feature")
	flags.Uint64Var(&opt.Seed, "seed", 1, "seed")
	flags.IntVar(&opt.Average, "average", opt.Average, "average the weights of so many last epochs")
	flags.Float64Var(&opt.Prune, "prune", opt.Prune, "least weight that a feature must have to be kept")
	flags.IntVar(&opt.Ensemble, "ensemble", opt.Ensemble, "models to train and average")
	flags.BoolVar(&checkOnly, "check", false, "write nothing; fail unless the file to write has the same bytes")
	flags.StringVar(&opt.Date, "date", "2026-11-24", "date for the header of the model")
}

// trainSequence trains a BILOU labeller and writes it to the file out, if not
// "", or compares it with that file under -check.
func trainSequence(examples []sequence.Example, labels []string, opt sequence.TrainOptions, out string) (*sequence.Model, error) {
	opt.Allowed = sequence.BILOU
	begin := time.Now()
	opt.Progress = func(epoch int, loss float64) {
		fmt.Fprintf(os.Stderr, "epoch %d: loss %.4f, %.0fs\n", epoch, loss, time.Since(begin).Seconds())
	}
	m, err := sequence.Train(examples, labels, opt)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := m.Save(&b); err != nil {
		return nil, err
	}
	fmt.Printf("%d features, %.1f MB\n", m.Len(), float64(b.Len())/1e6)
	if out == "" {
		return m, nil
	}
	return m, writeOrCompare(out, b.Bytes())
}

// writeOrCompare writes a file or, under -check, compares it.
func writeOrCompare(name string, data []byte) error {
	if checkOnly {
		return compareFile(name, data)
	}
	return os.WriteFile(name, data, 0o644)
}

// compareFile fails unless the file has these bytes.
func compareFile(name string, want []byte) error {
	got, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			return fmt.Errorf("%s is not what this command makes: byte %d is %#02x and should be %#02x: train it again without -check", name, i, got[i], want[i])
		}
	}
	if len(got) != len(want) {
		return fmt.Errorf("%s is not what this command makes: it has %d bytes and should have %d: train it again without -check", name, len(got), len(want))
	}
	return nil
}
