package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/nlp/sequence"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// A quotationCorpus is a file that the content tagger learns from.
type quotationCorpus struct {
	file   string
	use    string
	weight float64
	guide  int
}

var quotationCorpora = []quotationCorpus{
	{"gold/train.jsonl", "open", 2, 0},
	{"quotes/polnear.train.jsonl", "research", 1, 1},
}

// trainQuotations makes quotes/data/content.bin.
func trainQuotations(args []string) error {
	flags := flag.NewFlagSet("quotations", flag.ExitOnError)
	data := flags.String("data", "../shared/data", "folder of the corpora")
	out := flags.String("out", "quotes/data/content.bin", "file to write")
	uses := flags.String("use", "open,share-alike,research", "which corpora to train on")
	goldWeight := flags.Float64("gold", 0, "another weight of gold")
	fold := flags.String("fold", "", "leave out the articles of gold that leave I divided by N: I/N")
	unknown := flags.Bool("unknown", true, "learn nothing from attributions that are not speech; else they are no quotations")
	opt := sequence.TrainOptions{Epochs: 6, Rate: 0.02, Damping: 1e-2, Dropout: 0.2, MinCount: 3, Average: 2, Prune: 0.05, Ensemble: 4}
	addTrainFlags(flags, &opt)
	flags.Parse(args)

	var examples []sequence.Example
	var used []string
	for _, c := range quotationCorpora {
		if !strings.Contains(*uses, c.use) {
			continue
		}
		if *goldWeight > 0 && c.use == "open" {
			c.weight = *goldWeight
		}
		articles, err := corpus.ReadFile(filepath.Join(*data, c.file))
		if err != nil {
			return err
		}
		for k, a := range articles {
			if leftOut(*fold, k) && c.use == "open" {
				continue
			}
			doc := nlp.Parse(a.Text)
			annotation := quotationTokens(doc, a, *unknown)
			annotation.Guide = c.guide
			list := quotes.Examples(doc, entities.Find(doc, nil), annotation)
			for i := range list {
				list[i].Weight = float32(c.weight)
			}
			examples = append(examples, list...)
		}
		used = append(used, strings.TrimSuffix(filepath.Base(c.file), ".jsonl"))
		fmt.Fprintf(os.Stderr, "%s: %d paragraphs so far\n", c.file, len(examples))
	}
	opt.Corpora = strings.Join(used, " ")
	_, err := trainSequence(examples, quotes.Labels, opt, *out)
	return err
}

// leftOut reports whether article k is in the fold I/N that is kept for scores.
func leftOut(fold string, k int) bool {
	var i, n int
	if _, err := fmt.Sscanf(fold, "%d/%d", &i, &n); err != nil || n == 0 {
		return false
	}
	return k%n == i
}

// quotationTokens returns the annotated quotations of a as token ranges,
// without the complementiser and the marks of the sentence around an indirect one.
func quotationTokens(doc *nlp.Document, a *corpus.Article, unknown bool) quotes.Annotation {
	var out quotes.Annotation
	for _, q := range a.Quotes {
		if !q.IsSpeech() {
			if unknown {
				out.Unknown = appendTokens(out.Unknown, doc, q.Spans, true)
				out.Unknown = appendTokens(out.Unknown, doc, q.Cue, false)
				out.Unknown = appendTokens(out.Unknown, doc, q.Speaker, false)
			}
			continue
		}
		out.Contents = appendTokens(out.Contents, doc, q.Spans, true)
		out.Cues = appendTokens(out.Cues, doc, q.Cue, false)
		out.Sources = appendTokens(out.Sources, doc, q.Speaker, false)
	}
	return out
}

// appendTokens appends the token ranges of spans; contents without a leading
// “that” and a trailing comma or full stop.
func appendTokens(dst [][2]int, doc *nlp.Document, spans []corpus.Span, content bool) [][2]int {
	for _, s := range spans {
		first, last := corpus.TokensAt(doc, s[0], s[1])
		if content {
			for last-first > 1 && doc.Lower(first) == "that" && !doc.Tokens[first+1].Tag.IsVerb() {
				first++
			}
			for last-first > 1 && (doc.Norm(last-1) == "," || doc.Norm(last-1) == ".") {
				last--
			}
		}
		if first < last {
			dst = append(dst, [2]int{first, last})
		}
	}
	return dst
}
