package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/nlp/sequence"
)

// A nameCorpus is a file that the recogniser learns from.
type nameCorpus struct {
	name   string // for the header of the model
	file   string // below the data folder
	use    string // open, share-alike, research, or "" where each article says it
	weight float64
	// capitals says that parts of its articles are also learned in capitals
	capitals bool
	misc     bool // nationalities, events and works are annotated
}

var nameCorpora = []nameCorpus{
	{"gold", "gold/train.jsonl", "open", 2, true, false},
	{"worldwide", "ner/worldwide.train.jsonl", "research", 1, true, true},
	{"gum", "ner/gum.train.jsonl", "", 1, true, false},
	{"uner-ewt", "ner/uner-ewt.dev.jsonl", "share-alike", 1, false, false},
	{"uner-ewt", "ner/uner-ewt.test.jsonl", "share-alike", 1, false, false},
	{"crossner-politics", "ner/crossner-politics.train.jsonl", "share-alike", 0.5, false, true},
	{"crossner-politics", "ner/crossner-politics.dev.jsonl", "share-alike", 0.5, false, true},
	{"crossner-politics", "ner/crossner-politics.test.jsonl", "share-alike", 0.5, false, true},
	{"wnut17", "ner/wnut17.train.jsonl", "open", 0.3, false, true},
	{"wnut17", "ner/wnut17.dev.jsonl", "open", 0.3, false, true},
	{"wnut17", "ner/wnut17.test.jsonl", "open", 0.3, false, true},
}

// nameDevFiles are for scores only.
var nameDevFiles = []string{"ner/worldwide.dev.jsonl", "ner/gum.dev.jsonl", "gold/dev.jsonl"}

// trainNames makes entities/data/names.bin.
func trainNames(args []string) error {
	flags := flag.NewFlagSet("names", flag.ExitOnError)
	data := flags.String("data", "../shared/data", "folder of the corpora")
	out := flags.String("out", "entities/data/names.bin", "file to write; empty: none")
	uses := flags.String("use", "open,share-alike,research", "which corpora to train on")
	without := flags.String("without", "", "names of corpora to leave out, with commas between")
	weights := flags.String("weights", "", "other weights of corpora: gold=3,wnut17=0.5")
	capitals := flags.Float64("capitals", 0.5, "weight of headlines and articles that are learned in capitals as well")
	predict := flags.String("predict", "", "folder for the names found in the dev files, one .jsonl for each")
	eval := flags.String("eval", "", "train nothing; score this model")
	flags.BoolVar(&devInCapitals, "devcapitals", false, "score the dev files in capitals")
	opt := sequence.TrainOptions{Epochs: 6, Rate: 0.01, Damping: 1e-4, Dropout: 0.1, MinCount: 2, Average: 1}
	addTrainFlags(flags, &opt)
	flags.Parse(args)

	if *eval != "" {
		b, err := os.ReadFile(*eval)
		if err != nil {
			return err
		}
		r, err := entities.LoadRecognizer(bytes.NewReader(b))
		if err != nil {
			return err
		}
		return scoreNames(r, *data, *predict)
	}

	var examples []sequence.Example
	var used []string
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
		articles, err := corpus.ReadFile(filepath.Join(*data, c.file))
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
			if *capitals > 0 && c.capitals {
				list = append(list, inCapitals(a, g, names.MiscUnknown, number%8 == 0, *capitals)...)
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
			fmt.Fprintf(os.Stderr, "%-36s %6d sentences %6d names, %d not at token borders\n", c.file, sentences, found, lost)
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
	return scoreNames(r, *data, *predict)
}

// inCapitals returns examples from the article with its first paragraph in
// capitals (the first paragraph alone) or, if whole, with all of it in capitals.
func inCapitals(a *corpus.Article, g *gazetteer.Gazetteer, miscUnknown, whole bool, weight float64) []sequence.Example {
	end := strings.IndexByte(a.Text, '\n')
	if whole {
		end = len(a.Text)
	}
	if end < 0 || end > 150 && !whole {
		return nil
	}
	upper := *a
	b := []byte(a.Text)
	for i, c := range b[:end] {
		if c >= 'a' && c <= 'z' {
			b[i] = c - 'a' + 'A'
		}
	}
	upper.Text = string(b)
	doc := nlp.Parse(upper.Text)
	names, _ := tokenNames(doc, &upper)
	names.MiscUnknown = miscUnknown
	names.Before = end
	list := entities.Examples(doc, g, names)
	for i := range list {
		list[i].Weight = float32(weight)
	}
	return list
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

var kindOfType = map[string]entities.Kind{
	"PER": entities.Person, "ORG": entities.Organization, "LOC": entities.Location,
}

var typeOfKind = [...]string{"", "PER", "ORG", "LOC"}

// tokenNames returns the annotated names of a as token ranges, and how many
// do not begin and end at the borders of tokens.
func tokenNames(doc *nlp.Document, a *corpus.Article) (names entities.Annotation, lost int) {
	list := slices.Clone(a.Entities)
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
		first, last := tokensAt(doc, start, end)
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

var devInCapitals bool

type nameKey struct {
	start, end int
	kind       entities.Kind
}

// scoreNames prints precision, recall and F1 of exact spans and kinds on the dev files.
func scoreNames(r *entities.Recognizer, data, predict string) error {
	for _, file := range nameDevFiles {
		articles, err := corpus.ReadFile(filepath.Join(data, file))
		if err != nil {
			return err
		}
		var count [4][3]int // found rightly, found wrongly, missed
		var lines bytes.Buffer
		var bins [10]struct {
			n, right int
			sum      float64
		}
		tokens := 0
		var spent time.Duration
		for _, a := range articles {
			if devInCapitals {
				a.Text = strings.Map(func(r rune) rune {
					if r >= 'a' && r <= 'z' {
						r -= 'a' - 'A'
					}
					return r
				}, a.Text)
			}
			gold := map[nameKey]bool{}
			for _, e := range a.Entities {
				if k := kindOfType[e.Type]; k != 0 {
					s, e := trimName(a.Text, e.Start, e.End)
					gold[nameKey{s, e, k}] = true
				}
			}
			doc := nlp.Parse(a.Text)
			begin := time.Now()
			names := r.Names(doc, gazetteer.Default())
			spent += time.Since(begin)
			tokens += len(doc.Tokens)
			type entity struct {
				Start int    `json:"start"`
				End   int    `json:"end"`
				Type  string `json:"type"`
			}
			list := []entity{}
			for _, m := range names {
				k := nameKey{m.Start, m.End, m.Kind}
				bin := &bins[min(9, int(m.Confidence*10))]
				bin.n++
				bin.sum += float64(m.Confidence)
				if gold[k] {
					count[m.Kind][0]++
					bin.right++
					delete(gold, k)
				} else {
					count[m.Kind][1]++
				}
				at := utf8.RuneCountInString(a.Text[:m.Start])
				list = append(list, entity{at, at + utf8.RuneCountInString(a.Text[m.Start:m.End]), typeOfKind[m.Kind]})
			}
			for k := range gold {
				count[k.kind][2]++
			}
			b, err := json.Marshal(map[string]any{"id": a.ID, "entities": list})
			if err != nil {
				return err
			}
			lines.Write(b)
			lines.WriteByte('\n')
		}
		for k := 1; k < 4; k++ {
			for i := range 3 {
				count[0][i] += count[k][i]
			}
		}
		fmt.Printf("%-24s", file)
		for k, name := range []string{"all", "PER", "ORG", "LOC"} {
			tp, fp, fn := float64(count[k][0]), float64(count[k][1]), float64(count[k][2])
			fmt.Printf("  %s %.1f", name, 200*tp/max(1, 2*tp+fp+fn))
			if k == 0 {
				fmt.Printf(" (P %.1f R %.1f)", 100*tp/max(1, tp+fp), 100*tp/max(1, tp+fn))
			}
		}
		errSum, n := 0.0, 0
		for _, b := range bins {
			n += b.n
			d := float64(b.right) - b.sum
			errSum += max(d, -d)
		}
		fmt.Printf("  calibration error %.3f  %.0fk tokens/s\n", errSum/float64(max(1, n)), float64(tokens)/spent.Seconds()/1000)
		if predict != "" {
			name := strings.ReplaceAll(strings.TrimSuffix(file, ".jsonl"), "/", "-")
			if err := os.WriteFile(filepath.Join(predict, name+".pred.jsonl"), lines.Bytes(), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}
