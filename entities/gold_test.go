package entities_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// TestCollectionOfGold merges the names of all gold articles, where they are at hand, and
// scores who is one over all of them: B³ over mentions, as they are annotated. An
// annotated name is the same in two articles if it is spelt the same or
// testdata/gold-same.tsv says so.
func TestCollectionOfGold(t *testing.T) {
	same := make(map[string]string)
	data, err := os.ReadFile("../testdata/gold-same.tsv")
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		names := strings.Split(strings.TrimSpace(line), "\t")
		for _, n := range names[1:] {
			same[n] = names[0]
		}
	}
	c := entities.NewCollection(nil)
	type mention struct {
		gold  string
		group int
	}
	var mentions []mention
	for _, name := range []string{"train", "dev"} {
		f, err := os.Open("../../shared/data/gold/" + name + ".jsonl")
		if errors.Is(err, fs.ErrNotExist) {
			t.Skip("needs the gold articles")
		}
		require.NoError(t, err)
		defer f.Close()
		in := bufio.NewScanner(f)
		in.Buffer(nil, 1<<24)
		for in.Scan() {
			var a goldArticle
			require.NoError(t, json.Unmarshal(in.Bytes(), &a))
			doc, names, gold := a.names(same)
			r := entities.Resolve(doc, names, nil)
			groups := c.Add(doc, r)
			for _, m := range r.Mentions {
				if id, ok := gold[m.Start]; ok && m.Form == entities.Name {
					mentions = append(mentions, mention{id, groups[m.Entity-1]})
				}
			}
		}
	}
	entityOf := make(map[int]int)
	for i, e := range c.Entities() {
		for _, g := range e.Groups {
			entityOf[g] = i
		}
	}
	both := make(map[string]int)
	inGold, found := make(map[string]int), make(map[int]int)
	for _, m := range mentions {
		both[fmt.Sprint(entityOf[m.group], "\t", m.gold)]++
		inGold[m.gold]++
		found[entityOf[m.group]]++
	}
	precision, recall := 0.0, 0.0
	for _, m := range mentions {
		n := float64(both[fmt.Sprint(entityOf[m.group], "\t", m.gold)])
		precision += n / float64(found[entityOf[m.group]]) / float64(len(mentions))
		recall += n / float64(inGold[m.gold]) / float64(len(mentions))
	}
	f1 := 2 * precision * recall / (precision + recall)
	t.Logf("%d names: B³ P %.1f R %.1f F1 %.1f", len(mentions), 100*precision, 100*recall, 100*f1)
	require.Greater(t, precision, 0.99)
	require.Greater(t, f1, 0.98)
}

// A goldArticle is an annotated text; its offsets count code points.
type goldArticle struct {
	ID, Text string
	Clusters []struct {
		Kind, Name string
		Mentions   []struct {
			Start, End int
			Type       string
		}
	}
}

// names returns the annotated names of an article, and whom that at each offset names.
func (a *goldArticle) names(same map[string]string) (*nlp.Document, []entities.Mention, map[int]string) {
	var at []int
	for i := range a.Text {
		at = append(at, i)
	}
	at = append(at, len(a.Text))
	kinds := map[string]entities.Kind{"PER": entities.Person, "ORG": entities.Organization, "LOC": entities.Location}
	gold := make(map[int]string)
	var all []entities.Mention
	for _, c := range a.Clusters {
		id := c.Kind + ":" + strings.TrimPrefix(strings.ToLower(c.Name), "the ")
		if s, ok := same[a.ID+"/"+id]; ok {
			id = s
		} else if s, ok := same[id]; ok {
			id = s
		}
		for _, m := range c.Mentions {
			if m.Type == "name" {
				all = append(all, entities.Mention{Span: nlp.Span{Start: at[m.Start], End: at[m.End]}, Kind: kinds[c.Kind], Confidence: 1})
				gold[at[m.Start]] = id
			}
		}
	}
	slices.SortFunc(all, func(x, y entities.Mention) int { return x.Start - y.Start })
	doc := nlp.Parse(a.Text)
	return doc, atTokens(doc, all), gold
}
