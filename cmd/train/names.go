package main

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp/sequence"
)

// A nameCorpus is a file that the recogniser learns from.
type nameCorpus struct {
	name   string // for the header of the model
	file   string // below the data folder; "" for the texts written for the project
	names  string // file of stand-off names below entities/data/read, where the project annotated the texts
	use    string // open, share-alike, research, or "" where each article says it
	weight float64
	// recased says that parts of its articles are also learned in capitals and
	// in lower case.
	recased  bool
	replaced bool // its articles are also learned with other names
	misc     bool // nationalities, events and works are annotated
}

// nameCorpora lists what the recogniser is trained on. Dev files that stand
// here are of corpora that are for training as a whole.
var nameCorpora = []nameCorpus{
	{"written", "", "", "open", 1, true, true, true},
	{"read", "text/wikinews.jsonl", "wikinews.jsonl", "open", 1, true, true, false},
	{"read", "text/congress.jsonl.gz", "congress.jsonl", "open", 1, true, true, false},
	{"read-polnear", "quotes/polnear.train.jsonl", "polnear.jsonl", "research", 1, true, true, false},
	{"gold", "gold/train.jsonl", "", "open", 2, true, true, false},
	{"worldwide", "ner/worldwide.train.jsonl", "worldwide.jsonl", "research", 3, true, true, true},
	{"gum", "ner/gum.train.jsonl", "gum.jsonl", "", 1, true, true, false},
	{"uner-ewt", "ner/uner-ewt.dev.jsonl", "uner-ewt.dev.jsonl", "share-alike", 1, false, true, false},
	{"uner-ewt", "ner/uner-ewt.test.jsonl", "uner-ewt.test.jsonl", "share-alike", 1, false, true, false},
	{"crossner-politics", "ner/crossner-politics.train.jsonl", "crossner-politics.train.jsonl", "share-alike", 1, false, true, true},
	{"crossner-politics", "ner/crossner-politics.dev.jsonl", "crossner-politics.dev.jsonl", "share-alike", 1, false, true, true},
	{"crossner-politics", "ner/crossner-politics.test.jsonl", "crossner-politics.test.jsonl", "share-alike", 1, false, true, true},
	{"wnut17", "ner/wnut17.train.jsonl", "", "open", 0.3, false, false, true},
	{"wnut17", "ner/wnut17.dev.jsonl", "", "open", 0.3, false, false, true},
	{"wnut17", "ner/wnut17.test.jsonl", "", "open", 0.3, false, false, true},
}

// read returns the articles of the corpus.
func (c *nameCorpus) read(data, written, read string) ([]*corpus.Article, error) {
	switch {
	case c.names != "":
		return corpus.ReadStandoffFile(filepath.Join(read, c.names), filepath.Join(data, c.file))
	case c.file != "":
		return corpus.ReadFile(filepath.Join(data, c.file))
	}
	files, err := filepath.Glob(filepath.Join(written, "*.names"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no .names files in %s: name their folder with -written", written)
	}
	var articles []*corpus.Article
	for _, f := range files {
		list, err := corpus.ReadFile(f)
		if err != nil {
			return nil, err
		}
		articles = append(articles, list...)
	}
	return articles, nil
}

// trainNames makes entities/data/names.bin.
func trainNames(args []string) error {
	flags := flag.NewFlagSet("names", flag.ExitOnError)
	data := flags.String("data", "../shared/data", "folder of the corpora")
	written := flags.String("written", "entities/data/written", "folder of the texts written for the project")
	read := flags.String("read", "entities/data/read", "folder of the names annotated in texts of the corpora")
	genres := flags.String("genres", "testdata/genres", "folder of .names files to score as well")
	out := flags.String("out", "entities/data/names.bin", "file to write; empty: none")
	uses := flags.String("use", "open,share-alike,research", "which corpora to train on")
	without := flags.String("without", "", "names of corpora to leave out, with commas between")
	weights := flags.String("weights", "", "other weights of corpora: gold=3,wnut17=0.5")
	capitals := flags.Float64("capitals", 0.5, "weight of headlines and articles that are learned in capitals or lower case as well")
	predict := flags.String("predict", "", "folder for the names found in the dev files, one .jsonl for each")
	eval := flags.String("eval", "", "train nothing; score this model")
	opt := sequence.TrainOptions{Epochs: 6, Rate: 0.01, Damping: 1e-4, Dropout: 0.1, MinCount: 2, Average: 1, Ensemble: 2, Prune: 0.08}
	open := flags.Bool("open", false, "make entities/data/names-open.bin: open corpora alone")
	replaced := flags.Float64("replace", 0.5, "weight of articles that are learned with other names in them as well")
	addTrainFlags(flags, &opt)
	flags.Parse(args)
	if *open {
		*uses = "open"
		if *out != "" {
			*out = strings.TrimSuffix(*out, ".bin") + "-open.bin"
		}
	}

	if *eval != "" {
		b, err := os.ReadFile(*eval)
		if err != nil {
			return err
		}
		r, err := entities.LoadRecognizer(bytes.NewReader(b))
		if err != nil {
			return err
		}
		return scoreNames(r, *data, *genres, *predict)
	}

	chosen, err := chooseNames(*data, *written, *read, *uses, *without, *weights)
	if err != nil {
		return err
	}
	var all []*corpus.Article
	for _, c := range chosen {
		all = append(all, c.articles...)
	}
	maker := exampleMaker{gazetteer: gazetteer.Default(), recased: float32(*capitals), replaced: float32(*replaced), pool: newNamePool(all)}
	var examples []sequence.Example
	var used []string
	for _, c := range chosen {
		list, found, lost := maker.examples(&c)
		examples = append(examples, list...)
		fmt.Fprintf(os.Stderr, "%-36s %6d sentences %6d names, %d not at token borders\n", c.name+" "+c.file, len(list), found, lost)
		if !slices.Contains(used, c.name) {
			used = append(used, c.name)
		}
	}
	opt.Corpora = strings.Join(used, " ")
	m, err := trainSequence(examples, entities.Labels, opt, *out)
	if err != nil {
		return err
	}
	r, err := entities.NewRecognizer(m)
	if err != nil {
		return err
	}
	return scoreNames(r, *data, *genres, *predict)
}

// chosenNames are the articles of a corpus that are learned, and their weight.
type chosenNames struct {
	nameCorpus
	articles []*corpus.Article
}

// chooseNames reads the corpora of the uses, without those named in without,
// with other weights where weights has some.
func chooseNames(data, written, read, uses, without, weights string) ([]chosenNames, error) {
	var chosen []chosenNames
	for _, c := range nameCorpora {
		if slices.Contains(strings.Split(without, ","), c.name) {
			continue
		}
		for w := range strings.SplitSeq(weights, ",") {
			if name, v, ok := strings.Cut(w, "="); ok && name == c.name {
				if _, err := fmt.Sscan(v, &c.weight); err != nil {
					return nil, fmt.Errorf("weight of %s: %w", name, err)
				}
			}
		}
		articles, err := c.read(data, written, read)
		if err != nil {
			return nil, err
		}
		articles = slices.DeleteFunc(articles, func(a *corpus.Article) bool {
			return !strings.Contains(uses, useOf(cmp.Or(c.use, a.Licence)))
		})
		if len(articles) > 0 {
			chosen = append(chosen, chosenNames{c, articles})
		}
	}
	return chosen, nil
}
