package entities_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
)

func FuzzFind(f *testing.F) {
	f.Add("Russian Foreign Minister Sergey Lavrov met Ann Lee. “He,” she said, meant Lavrov.")
	f.Add("The International Atomic Energy Agency (IAEA) said it would. The agency's chief, Öncü Keçeli, agreed.\r\nMr Keceli \xff left.")
	f.Add("U.S. US America, Washington, D.C. SMITH Smith Smyth Smith's .A. A.B. ’s the the")
	f.Fuzz(func(t *testing.T, text string) {
		doc := nlp.Parse(text)
		r := entities.Find(doc, gazetteer.Default())
		last := 0
		for i, m := range r.Mentions {
			if m.Start < last || m.Start >= m.End || m.End > len(text) || m.First < 0 || m.Last <= m.First || m.Last > len(doc.Tokens) {
				t.Fatalf("%q: mention %d is %+v, the one before starts at %d", text, i, m, last)
			}
			last = m.Start
			if doc.Tokens[m.First].Start != m.Start || doc.Tokens[m.Last-1].End != m.End {
				t.Fatalf("%q: mention %d is %+v and its tokens are elsewhere", text, i, m)
			}
			if m.Entity < 0 || m.Entity > len(r.Entities) || m.Form > entities.Nominal || !(m.Confidence >= 0 && m.Confidence <= 1) {
				t.Fatalf("%q: mention %d is %+v", text, i, m)
			}
			if m.Entity > 0 && !slices.Contains(r.Entities[m.Entity-1].Mentions, i) {
				t.Fatalf("%q: entity %d does not list its mention %d", text, m.Entity, i)
			}
		}
		first := -1
		for i, e := range r.Entities {
			if e.ID != i+1 || e.Name == "" || e.Kind < entities.Person || e.Kind > entities.Location || e.Gender > entities.Male || len(e.Mentions) == 0 {
				t.Fatalf("%q: entity %d is %+v", text, i, e)
			}
			named := slices.IndexFunc(e.Mentions, func(k int) bool { return r.Mentions[k].Form == entities.Name })
			if named < 0 || e.Mentions[named] <= first {
				t.Fatalf("%q: entity %d is named before the one before, or never", text, e.ID)
			}
			first = e.Mentions[named]
			if !slices.IsSorted(e.Mentions) {
				t.Fatalf("%q: mentions of entity %d are %v", text, e.ID, e.Mentions)
			}
			for _, k := range e.Mentions {
				if k < 0 || k >= len(r.Mentions) || r.Mentions[k].Entity != e.ID {
					t.Fatalf("%q: entity %d lists the mention %d", text, e.ID, k)
				}
			}
		}
		if !reflect.DeepEqual(r, entities.Find(doc, gazetteer.Default())) {
			t.Fatalf("%q: two results for one text", text)
		}
	})
}
