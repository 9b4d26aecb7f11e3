package quotes_test

import (
	"fmt"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/quotes"
)

func ExampleAnalyze() {
	a := quotes.Analyze(`Foreign Minister Sergey Lavrov arrived in Qatar on Monday. “We are ready to talk,” Lavrov said.
He added that the meeting in Istanbul would be short.`)
	for _, q := range a.Quotations {
		fmt.Printf("%s (%s, %s):\n", q.Name, a.Document.TextOf(q.Speaker), q.Kind)
		for _, part := range q.Parts {
			fmt.Println("  ", a.Document.TextOf(part))
		}
	}
	for _, e := range a.Entities.Entities {
		fmt.Println(e.Kind, e.Name)
	}
	// Output:
	// Sergey Lavrov (Lavrov, direct):
	//    “We are ready to talk,”
	// Sergey Lavrov (He, indirect):
	//    the meeting in Istanbul would be short
	// person Sergey Lavrov
	// location Qatar
	// location Istanbul
}

func ExampleFind() {
	doc := nlp.Parse("“We won,” Ann Lee said. She added that it was hard.")
	ents := entities.Find(doc, gazetteer.Default())
	for _, q := range quotes.Find(doc, ents) {
		fmt.Println(q.Name, doc.TextOf(q.Cue), doc.TextOf(q.Parts[0]), q.Entities)
	}
	// Output:
	// Ann Lee said “We won,” [1]
	// Ann Lee added it was hard [1]
}

func ExampleSpeakers() {
	speakers := quotes.NewSpeakers(nil)
	for _, article := range []string{
		"“We are ready to talk,” Foreign Minister Sergey Lavrov said in Ankara.",
		"“Nothing was agreed,” Lavrov told reporters.",
	} {
		speakers.Add(quotes.Analyze(article))
	}
	for _, s := range speakers.All() {
		fmt.Println(s.Kind, s.Name, s.Articles, s.Quotations(), s.Words)
	}
	// Output:
	// person Sergey Lavrov 2 2 8
	// location Ankara 1 0 0
}
