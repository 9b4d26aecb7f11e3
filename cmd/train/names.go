package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
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
	recased bool
	misc    bool // nationalities, events and works are annotated
}

// nameCorpora lists what the recogniser is trained on. Dev files that stand
// here are of corpora that are for training as a whole.
var nameCorpora = []nameCorpus{
	{"written", "", "", "open", 1, true, true},
	{"read", "text/wikinews.jsonl", "wikinews.jsonl", "open", 1, false, false},
	{"read", "text/congress.jsonl.gz", "congress.jsonl", "open", 1, false, false},
	{"read-polnear", "quotes/polnear.train.jsonl", "polnear.jsonl", "research", 1, false, false},
	{"gold", "gold/train.jsonl", "", "open", 2, true, false},
	{"worldwide", "ner/worldwide.train.jsonl", "worldwide.jsonl", "research", 2, true, true},
	{"gum", "ner/gum.train.jsonl", "gum.jsonl", "", 1, true, false},
	{"uner-ewt", "ner/uner-ewt.dev.jsonl", "", "share-alike", 1, false, false},
	{"uner-ewt", "ner/uner-ewt.test.jsonl", "", "share-alike", 1, false, false},
	{"crossner-politics", "ner/crossner-politics.train.jsonl", "", "share-alike", 0.5, false, true},
	{"crossner-politics", "ner/crossner-politics.dev.jsonl", "", "share-alike", 0.5, false, true},
	{"crossner-politics", "ner/crossner-politics.test.jsonl", "", "share-alike", 0.5, false, true},
	{"wnut17", "ner/wnut17.train.jsonl", "", "open", 0.3, false, true},
	{"wnut17", "ner/wnut17.dev.jsonl", "", "open", 0.3, false, true},
	{"wnut17", "ner/wnut17.test.jsonl", "", "open", 0.3, false, true},
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
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no .names files in %s: %v", written, err)
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
	opt := sequence.TrainOptions{Epochs: 6, Rate: 0.01, Damping: 1e-4, Dropout: 0.1, MinCount: 2, Average: 1, Ensemble: 4, Prune: 0.03}
	open := flags.Bool("open", false, "make entities/data/names-open.bin: open corpora alone, smaller")
	replace := flags.Float64("replace", 0, "weight")
	every := flags.Int("every", 1, "share")
	addTrainFlags(flags, &opt)
	flags.Parse(args)
	if *open {
		*uses, opt.Ensemble, opt.Prune = "open", 2, 0.05
		*out = strings.TrimSuffix(*out, ".bin") + "-open.bin"
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

	var examples []sequence.Example
	var used []string
	var pool *namePool
	if *replace > 0 {
		var all []*corpus.Article
		for _, c := range nameCorpora {
			articles, err := c.read(*data, *written, *read)
			if err != nil {
				return err
			}
			all = append(all, articles...)
		}
		pool = newNamePool(all)
	}
	g := gazetteer.Default()
	for _, c := range nameCorpora {
		if slices.Contains(strings.Split(*without, ","), c.name) {
			continue
		}
		weight := c.weight
		for _, w := range strings.Split(*weights, ",") {
			if name, v, ok := strings.Cut(w, "="); ok && name == c.name {
				if _, err := fmt.Sscan(v, &weight); err != nil {
					return err
				}
			}
		}
		articles, err := c.read(*data, *written, *read)
		if err != nil {
			return err
		}
		sentences, found, lost := 0, 0, 0
		for number, a := range articles {
			use := c.use
			if use == "" {
				use = a.Licence
			}
			if !strings.Contains(*uses, useOf(use)) {
				continue
			}
			doc := nlp.Parse(a.Text)
			names, skipped := tokenNames(doc, a)
			names.MiscUnknown = !c.misc
			list := entities.Examples(doc, g, names)
			if *capitals > 0 && c.recased {
				list = append(list, recased(a, number, g, names.MiscUnknown, *capitals)...)
			}
			if pool != nil && c.name != "wnut17" && number%*every == 0 {
				b := pool.replaced(a)
				doc := nlp.Parse(b.Text)
				names, _ := tokenNames(doc, b)
				names.MiscUnknown = !c.misc
				more := entities.Examples(doc, g, names)
				for i := range more {
					more[i].Weight = float32(*replace)
				}
				list = append(list, more...)
			}
			for i := range list {
				if list[i].Weight == 0 {
					list[i].Weight = 1
				}
				list[i].Weight *= float32(weight)
			}
			examples = append(examples, list...)
			sentences += len(list)
			found += len(names.Names)
			lost += skipped
		}
		if sentences > 0 {
			fmt.Fprintf(os.Stderr, "%-36s %6d sentences %6d names, %d not at token borders\n", c.name+" "+c.file, sentences, found, lost)
			if !slices.Contains(used, c.name) {
				used = append(used, c.name)
			}
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

// recased returns examples from the article in other letters: its first
// paragraph in capitals and, for some articles by their number, all of it in
// capitals or in lower case.
func recased(a *corpus.Article, number int, g *gazetteer.Gazetteer, miscUnknown bool, weight float64) []sequence.Example {
	change, end := upperASCII, strings.IndexByte(a.Text, '\n')
	switch {
	case number%8 == 0:
		end = len(a.Text)
	case number%8 == 4:
		change, end = lowerASCII, len(a.Text)
	case end > 150:
		end = -1
	}
	if end < 0 {
		return nil
	}
	copied := *a
	copied.Text = strings.Map(change, a.Text[:end]) + a.Text[end:]
	doc := nlp.Parse(copied.Text)
	names, _ := tokenNames(doc, &copied)
	names.MiscUnknown = miscUnknown
	names.Before = end
	list := entities.Examples(doc, g, names)
	for i := range list {
		list[i].Weight = float32(weight)
	}
	return list
}

func upperASCII(r rune) rune {
	if r >= 'a' && r <= 'z' {
		return r - 'a' + 'A'
	}
	return r
}

func lowerASCII(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r - 'A' + 'a'
	}
	return r
}

// useOf maps the licence of an article to a use.
func useOf(licence string) string {
	switch l := strings.ToLower(licence); {
	case l == "open" || l == "research" || l == "share-alike":
		return l
	case strings.Contains(l, "sa"):
		return "share-alike"
	case strings.Contains(l, "nc") || strings.Contains(l, "nd"):
		return "none"
	}
	return "open"
}

// kindOfType maps annotated types. A country that stands for its team is a
// location in most corpora.
var kindOfType = map[string]entities.Kind{
	"PER": entities.Person, "ORG": entities.Organization, "LOC": entities.Location, "TEAM": entities.Location,
}

// tokenNames returns the annotated names of a as token ranges, and how many
// do not begin and end at the borders of tokens.
func tokenNames(doc *nlp.Document, a *corpus.Article) (names entities.Annotation, lost int) {
	var list []corpus.Name
	for _, e := range a.Entities {
		list = appendPlaces(list, a.Text, e)
	}
	slices.SortStableFunc(list, func(x, y corpus.Name) int {
		if x.Start != y.Start {
			return x.Start - y.Start
		}
		return y.End - x.End
	})
	for _, e := range list {
		kind := kindOfType[e.Type]
		if kind == 0 && e.Type != "MISC" {
			continue
		}
		start, end := trimName(a.Text, e.Start, e.End)
		first, last := corpus.TokensAt(doc, start, end)
		if first >= last {
			lost++
			continue
		}
		if doc.Tokens[first].Start != start || doc.Tokens[last-1].End != end {
			lost++
		}
		if kind == 0 {
			names.Misc = append(names.Misc, [2]int{first, last})
			continue
		}
		if n := len(names.Names); n > 0 && names.Names[n-1].Last > first {
			continue // inside of the name before
		}
		names.Names = append(names.Names, entities.Mention{First: first, Last: last, Kind: kind})
	}
	return names, lost
}

// appendPlaces appends a name; one that holds several locations, as some
// annotators have it (Lhasa, Tibet; Sudan's Blue Nile; southern Africa), as the
// guideline wants it: each on its own, without the words in lower case around.
func appendPlaces(list []corpus.Name, text string, e corpus.Name) []corpus.Name {
	if e.Type != "LOC" {
		return append(list, e)
	}
	rest := text[e.Start:e.End]
	for start := e.Start; ; {
		end, next := len(rest), -1
		for _, between := range []string{", ", "'s ", "’s "} {
			if i := strings.Index(rest[:end], between); i > 0 {
				end, next = i, i+len(between)
			}
		}
		part := rest[:end]
		if capital := strings.IndexFunc(part, unicode.IsUpper); capital > 0 && part[capital-1] == ' ' {
			part = part[capital:]
		}
		if part != "" {
			list = append(list, corpus.Name{Start: start + end - len(part), End: start + end, Type: e.Type})
		}
		if next < 0 {
			return list
		}
		start += next
		rest = rest[next:]
	}
}

// trimName takes a leading "the" and a trailing possessive off.
func trimName(text string, start, end int) (int, int) {
	for start < end && strings.IndexByte(" \t\r\n", text[start]) >= 0 {
		start++
	}
	for end > start && strings.IndexByte(" \t\r\n", text[end-1]) >= 0 {
		end--
	}
	s := text[start:end]
	if len(s) > 4 && strings.EqualFold(s[:4], "the ") {
		start += 4
		s = s[4:]
	}
	for _, tail := range []string{"'s", "’s", "'S", "’S"} {
		if strings.HasSuffix(s, tail) && len(s) > len(tail) {
			s = strings.TrimRight(s[:len(s)-len(tail)], " ")
			return start, start + len(s)
		}
	}
	return start, end
}
