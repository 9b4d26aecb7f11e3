package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
	"github.com/whosaid-nlp/whosaid/cmd/internal/score"
	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// nameDevFiles are for scores only.
var nameDevFiles = []string{"ner/worldwide.dev.jsonl", "ner/gum.dev.jsonl", "gold/dev.jsonl"}

var typeOfKind = [...]string{"", "PER", "ORG", "LOC"}

// scoreNames prints F1 of exact spans and kinds of the recogniser alone on the
// dev files and genres, and how well its confidence is calibrated. With
// predict, what it finds goes to that folder, one .jsonl for each file.
func scoreNames(r *entities.Recognizer, data, genres, predict string) error {
	files, err := filepath.Glob(filepath.Join(genres, "*.names"))
	if err != nil {
		return err
	}
	for i := len(nameDevFiles) - 1; i >= 0; i-- {
		files = append([]string{filepath.Join(data, nameDevFiles[i])}, files...)
	}
	var all calibration
	for _, file := range files {
		articles, err := corpus.ReadFile(file)
		if err != nil {
			return err
		}
		var names score.Names
		var lines bytes.Buffer
		tokens := 0
		var spent time.Duration
		for _, a := range articles {
			doc := nlp.Parse(a.Text)
			begin := time.Now()
			found := r.Names(doc, gazetteer.Default())
			spent += time.Since(begin)
			tokens += len(doc.Tokens)
			predicted := make([]corpus.Name, len(found))
			for i, m := range found {
				predicted[i] = corpus.Name{Start: m.Start, End: m.End, Type: typeOfKind[m.Kind]}
			}
			names.Add(a, predicted)
			all.add(a, found)
			if err := json.NewEncoder(&lines).Encode(inCodePoints(a, predicted)); err != nil {
				return err
			}
		}
		fmt.Printf("%-28s F1 %.1f (P %.1f R %.1f)  PER %.1f  ORG %.1f  LOC %.1f  %.0fk tokens/s\n", filepath.Base(file),
			names.All.F1(), names.All.Precision(), names.All.Recall(), names.PER.F1(), names.ORG.F1(), names.LOC.F1(),
			float64(tokens)/spent.Seconds()/1000)
		if predict != "" {
			name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)) + ".pred.jsonl"
			if err := os.WriteFile(filepath.Join(predict, name), lines.Bytes(), 0o644); err != nil {
				return err
			}
		}
	}
	all.print()
	return nil
}

// inCodePoints returns an article of names alone, as the corpora have them.
func inCodePoints(a *corpus.Article, names []corpus.Name) any {
	at := corpus.NewCodePoints(a.Text)
	out := make([]corpus.Name, len(names))
	for i, n := range names {
		out[i] = corpus.Name{Start: at.Of(n.Start), End: at.Of(n.End), Type: n.Type}
	}
	return map[string]any{"id": a.ID, "text": a.Text, "entities": out}
}

// calibration compares the confidence of names with how many are right.
type calibration [10]struct {
	names, right int
	sum          float64 // of confidences
}

func (c *calibration) add(a *corpus.Article, found []entities.Mention) {
	gold := make(map[corpus.Name]bool)
	for _, e := range a.Entities {
		start, end := trimName(a.Text, e.Start, e.End)
		gold[corpus.Name{Start: start, End: end, Type: e.Type}] = true
	}
	for _, m := range found {
		bin := &c[min(9, int(m.Confidence*10))]
		bin.names++
		bin.sum += float64(m.Confidence)
		if gold[corpus.Name{Start: m.Start, End: m.End, Type: typeOfKind[m.Kind]}] || gold[corpus.Name{Start: m.Start, End: m.End, Type: "TEAM"}] {
			bin.right++
		}
	}
}

// print prints the reliability table and the expected calibration error.
func (c *calibration) print() {
	fmt.Println("\nconfidence   names   mean   right")
	total, wrong := 0, 0.0
	for i, bin := range c {
		if bin.names == 0 {
			continue
		}
		n := float64(bin.names)
		fmt.Printf("%.1f to %.1f   %5d   %.2f   %.2f\n", float64(i)/10, float64(i+1)/10, bin.names, bin.sum/n, float64(bin.right)/n)
		d := float64(bin.right) - bin.sum
		wrong += max(d, -d)
		total += bin.names
	}
	fmt.Printf("expected calibration error %.3f\n", wrong/float64(max(1, total)))
}
