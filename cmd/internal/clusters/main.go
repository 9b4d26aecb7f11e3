// Clusters measures which mentions are merged into one entity: B³ over the
// names that are annotated, and the share of pronouns whose entity is right.
//
//	go run ./cmd/internal/clusters ../shared/data/gold/dev.jsonl
//	go run ./cmd/internal/clusters -given -v ../shared/data/gold/train.jsonl
//
// The table agrees with shared/data/score/coref_score.py, for which -out writes
// the predictions.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
	"github.com/whosaid-nlp/whosaid/cmd/internal/score"
	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
)

func main() {
	given := flag.Bool("given", false, "merge the annotated names, not those that the recogniser finds")
	verbose := flag.Bool("v", false, "print what is wrong")
	out := flag.String("out", "", "write the predicted clusters to this file, for coref_score.py")
	flag.Parse()
	for _, name := range flag.Args() {
		if err := measure(name, *given, *verbose, *out); err != nil {
			fmt.Fprintln(os.Stderr, "clusters:", err)
			os.Exit(1)
		}
	}
}

func measure(name string, given, verbose bool, out string) error {
	articles, err := corpus.ReadFile(name)
	if err != nil {
		return err
	}
	var w *bufio.Writer
	if out != "" {
		f, err := os.Create(out)
		if err != nil {
			return err
		}
		defer f.Close()
		w = bufio.NewWriter(f)
		defer w.Flush()
	}
	var t tally
	for _, a := range articles {
		doc := nlp.Parse(a.Text)
		var r *entities.Result
		if given {
			names, _ := corpus.ClusterNames(doc, a)
			r = entities.Resolve(doc, names, gazetteer.Default())
		} else {
			r = entities.Find(doc, nil)
		}
		p := &prediction{article: a, result: r, verbose: verbose}
		p.score(&t)
		if w != nil {
			w.Write(p.json())
		}
	}
	t.print(filepath.Base(name), given)
	return nil
}

// tally sums the scores of articles.
type tally struct {
	all        score.Coreference
	third, who score.Count // pronouns of the third person; those that speak in quotations
}

func (t *tally) print(name string, given bool) {
	how := "names found"
	if given {
		how = "names given"
	}
	fmt.Printf("%s (%s): names %d found %.1f B3 P %.1f R %.1f F1 %.1f | pronouns %d right %.1f | third person %d right %.1f | speakers %d right %.1f\n",
		name, how, t.all.Found.All, t.all.Found.Percent(), t.all.Precision(), t.all.Recall(), t.all.F1(),
		t.all.Pronoun.All, t.all.Pronoun.Percent(), t.third.Gold, t.third.Recall(), t.who.Gold, t.who.Recall())
}

// prediction compares the result of one article with its annotation.
type prediction struct {
	article *corpus.Article
	result  *entities.Result
	verbose bool
}

// find returns the entity of the mention that overlaps span best, 0 if none does.
func (p *prediction) find(span corpus.Span) int {
	best, id := 0.3, 0
	for _, m := range p.result.Mentions {
		if m.Entity == 0 {
			continue
		}
		if both := min(m.End, span[1]) - max(m.Start, span[0]); both > 0 {
			if share := float64(both) / float64(max(m.End, span[1])-min(m.Start, span[0])); share > best || share == 0.3 {
				best, id = share, m.Entity
			}
		}
	}
	return id
}

func (p *prediction) score(t *tally) {
	t.all.Add(p.article, p.spans())
	predicted := make([][]int, len(p.article.Clusters)) // per cluster: the entities of its names
	for c, cluster := range p.article.Clusters {
		for _, m := range cluster.Mentions {
			if id := p.find(m.HeadSpan); m.Type == "name" && id > 0 {
				predicted[c] = append(predicted[c], id)
			}
		}
	}
	if p.verbose {
		p.printNames(predicted)
	}
	for c, cluster := range p.article.Clusters {
		named := slices.ContainsFunc(cluster.Mentions, func(m corpus.Mention) bool { return m.Type == "name" })
		for _, m := range cluster.Mentions {
			if m.Type != "pronoun" || !named {
				continue
			}
			id := p.find(m.HeadSpan)
			right := id > 0 && slices.Contains(predicted[c], id)
			if !firstOrSecond[strings.ToLower(p.article.Text[m.Start:m.End])] {
				count(&t.third, right)
				if !right {
					p.say("pronoun", m.HeadSpan, cluster.Name, id)
				}
			}
		}
	}
	for _, q := range p.article.Quotes {
		if len(q.Speaker) != 1 || !third[strings.ToLower(p.article.Text[q.Speaker[0][0]:q.Speaker[0][1]])] {
			continue
		}
		id := p.find(q.Speaker[0])
		named := slices.ContainsFunc(p.article.Clusters, func(c corpus.Cluster) bool { return c.Name == q.SpeakerName })
		right := id == 0 && !named // a senior official is no entity
		if id > 0 {
			right = score.SameName(q.SpeakerName, p.result.Entities[id-1].Name)
		}
		count(&t.who, right)
		if !right {
			p.say("speaker", q.Speaker[0], q.SpeakerName, id)
		}
	}
}

func count(c *score.Count, right bool) {
	c.Gold++
	if right {
		c.Right++
	}
}

var third = words("he she it they him her")
var firstOrSecond = words("i me my mine myself you your yours yourself we us our ours ourselves yourselves this that")

func words(list string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// say prints a wrong pronoun in its context.
func (p *prediction) say(what string, s corpus.Span, want string, got int) {
	if !p.verbose {
		return
	}
	name := "-"
	if got > 0 {
		name = p.result.Entities[got-1].Name
	}
	t := p.article.Text
	from, to := max(0, s[0]-160), min(len(t), s[1]+60)
	fmt.Printf("%s: %s: want %s, got %s: %s[[%s]]%s\n", p.article.ID, what, want, name,
		strings.ReplaceAll(t[from:s[0]], "\n", " / "), t[s[0]:s[1]], strings.ReplaceAll(t[s[1]:to], "\n", " / "))
}

// printNames prints the annotated clusters that are split and the entities that mix several.
func (p *prediction) printNames(predicted [][]int) {
	of := make(map[int][]int)
	for c := range predicted {
		ids := slices.Compact(slices.Sorted(slices.Values(predicted[c])))
		if len(ids) > 1 {
			fmt.Printf("%s: split %s:", p.article.ID, p.article.Clusters[c].Name)
			for _, id := range ids {
				fmt.Printf(" | %s", p.forms(id))
			}
			fmt.Println()
		}
		for _, id := range ids {
			of[id] = append(of[id], c)
		}
	}
	for id := range p.result.Entities {
		if cs := of[id+1]; len(cs) > 1 {
			fmt.Printf("%s: mixed %s:", p.article.ID, p.forms(id+1))
			for _, c := range cs {
				fmt.Printf(" | %s", p.article.Clusters[c].Name)
			}
			fmt.Println()
		}
	}
}

// forms returns the canonical name and the distinct forms of an entity.
func (p *prediction) forms(id int) string {
	e := &p.result.Entities[id-1]
	var forms []string
	for _, k := range e.Mentions {
		m := p.result.Mentions[k]
		if s := p.article.Text[m.Start:m.End]; m.Form == entities.Name && !slices.Contains(forms, s) {
			forms = append(forms, s)
		}
	}
	return fmt.Sprintf("%s %s {%s}", e.Kind, e.Name, strings.Join(forms, "; "))
}

// spans returns the spans of the mentions of each entity.
func (p *prediction) spans() [][]corpus.Span {
	out := make([][]corpus.Span, 0, len(p.result.Entities))
	for _, e := range p.result.Entities {
		var c []corpus.Span
		for _, k := range e.Mentions {
			c = append(c, corpus.Span{p.result.Mentions[k].Start, p.result.Mentions[k].End})
		}
		out = append(out, c)
	}
	return out
}

// json returns the line of the prediction in the format of coref_score.py.
func (p *prediction) json() []byte {
	clusters := p.spans()
	at := corpus.NewCodePoints(p.article.Text)
	for _, c := range clusters {
		for k, s := range c {
			c[k] = corpus.Span{at.Of(s[0]), at.Of(s[1])}
		}
	}
	b, err := json.Marshal(struct {
		ID       string          `json:"id"`
		Clusters [][]corpus.Span `json:"clusters"`
	}{p.article.ID, clusters})
	if err != nil {
		panic(err) // the shape holds nothing that JSON lacks
	}
	return append(b, '\n')
}
