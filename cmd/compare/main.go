// Command compare prints how fast whosaid is beside other systems, on the same
// texts, in the same run, on one core. Peers that are not there are installed
// from their registries into a temporary folder; one that cannot be installed or
// run is named and left out. Loading and a first pass over the texts are not
// counted, and the best of several rounds is. Peers are only timed: nothing that
// they find is used.
//
//	go run ./cmd/compare
//	go run ./cmd/compare -peers prose,spacy texts.jsonl
//	go run ./cmd/compare -scaling
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/jdkato/prose/v2"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/quotes"
)

func main() {
	peers := flag.String("peers", "prose,spacy,textacy,compromise,corenlp", "systems to compare with, by commas; empty for none")
	rounds := flag.Int("rounds", 5, "passes over the texts, of which the best counts")
	folder := flag.String("folder", "", "folder to install peers in, kept (default: a temporary one)")
	scaling := flag.Bool("scaling", false, "instead, print how speed and memory depend on the length and number of articles and on workers")
	flag.Parse()
	if err := run(*peers, *folder, *rounds, *scaling, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func run(peers, folder string, rounds int, scaling bool, files []string) error {
	if rounds < 1 {
		return fmt.Errorf("rounds must be 1 or more, not %d", rounds)
	}
	texts, err := readTexts(files)
	if err != nil {
		return err
	}
	if folder == "" {
		if folder, err = os.MkdirTemp("", "compare"); err != nil {
			return err
		}
		defer os.RemoveAll(folder)
	}
	if scaling {
		return printScaling(folder, texts)
	}
	return printPeers(peers, folder, rounds, texts)
}

// readTexts returns the texts of JSON Lines files, or the articles of testdata.
func readTexts(files []string) ([]string, error) {
	var texts []string
	if len(files) == 0 {
		files, _ = filepath.Glob("testdata/articles/*.txt")
		if len(files) == 0 {
			return nil, fmt.Errorf("no testdata/articles here: run it in the root of the module, or name JSON Lines files")
		}
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if filepath.Ext(name) == ".txt" {
			texts = append(texts, string(data))
			continue
		}
		lines := bufio.NewScanner(strings.NewReader(string(data)))
		lines.Buffer(nil, len(data)+1)
		for n := 1; lines.Scan(); n++ {
			var a struct{ Text string }
			if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, n, err)
			}
			texts = append(texts, a.Text)
		}
	}
	return texts, nil
}

func wordsOf(texts []string) int {
	n := 0
	for _, t := range texts {
		n += len(strings.Fields(t))
	}
	return n
}

func printPeers(peers, folder string, rounds int, texts []string) error {
	runtime.GOMAXPROCS(1)
	words := wordsOf(texts)
	fmt.Printf("%d texts, %d words, best of %d rounds on one core\n\n", len(texts), words, rounds)
	g, recognizer := gazetteer.Default(), entities.DefaultRecognizer()
	own := map[string]float64{
		"names":      float64(words) / best(rounds, texts, func(t string) { recognizer.Names(nlp.Parse(t), g) }).Seconds(),
		"quotations": float64(words) / best(rounds, texts, func(t string) { quotes.Analyze(t) }).Seconds(),
	}
	fmt.Println("| system | task | words/s | whosaid is faster |\n|---|---|---|---|")
	row := func(system, task string, speed float64) {
		fmt.Printf("| %s | %s | %.0f | %.0f× |\n", system, task, speed, own[task]/speed)
	}
	row("whosaid", "names", own["names"])
	row("whosaid, names, merging and quotations", "quotations", own["quotations"])
	var failed []string
	for name := range strings.SplitSeq(peers, ",") {
		switch {
		case name == "":
		case name == "prose":
			seconds, err := timeProse(rounds, texts)
			if err != nil {
				failed = append(failed, "prose: "+err.Error())
				continue
			}
			row("prose 2", "names", float64(words)/seconds)
		default:
			p, ok := byName(name)
			if !ok {
				return fmt.Errorf("unknown peer %q: known are prose, %s", name, strings.Join(peerNames(), ", "))
			}
			seconds, err := p.time(folder, rounds, texts)
			if err != nil {
				failed = append(failed, name+": "+err.Error())
				continue
			}
			row(p.title, p.task, float64(words)/seconds)
		}
	}
	for _, f := range failed {
		fmt.Fprintln(os.Stderr, "compare: left out", f)
	}
	return nil
}

// best returns the time of the fastest round, after one that is not counted.
func best(rounds int, texts []string, f func(string)) time.Duration {
	fastest := time.Duration(1<<63 - 1)
	for round := range rounds + 1 {
		start := time.Now()
		for _, t := range texts {
			f(t)
		}
		if round > 0 {
			fastest = min(fastest, time.Since(start))
		}
	}
	return fastest
}

func timeProse(rounds int, texts []string) (seconds float64, err error) {
	first, err := prose.NewDocument("A first text loads the model.")
	if err != nil {
		return 0, err
	}
	d := best(rounds, texts, func(t string) {
		if _, e := prose.NewDocument(t, prose.UsingModel(first.Model)); e != nil {
			err = e
		}
	})
	return d.Seconds(), err
}
