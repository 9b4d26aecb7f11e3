package quotes_test

import (
	"fmt"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/quotes"
)

const article = `Foreign Minister Sergey Lavrov arrived in Qatar on Monday. “We are ready to talk,” Lavrov said.
He added that the meeting in Istanbul would be short.`

func ExampleAnalyze() {
	a := quotes.Analyze(article)
	for _, q := range a.Quotations {
		fmt.Printf("%s (%s, %s)\n", q.Name, a.Document.TextOf(q.Speaker), q.Kind)
		for _, part := range q.Parts {
			fmt.Println("  ", a.Document.TextOf(part))
		}
	}
	for _, e := range a.Entities.Entities {
		fmt.Println(e.Kind, e.Name)
	}
	// Output:
	// Sergey Lavrov (Lavrov, direct)
	//    “We are ready to talk,”
	// Sergey Lavrov (He, indirect)
	//    the meeting in Istanbul would be short
	// person Sergey Lavrov
	// location Qatar
	// location Istanbul
}

func ExampleFind() {
	doc := nlp.Parse(article)
	ents := entities.Find(doc, gazetteer.Default())
	for _, q := range quotes.Find(doc, ents) {
		fmt.Println(q.Name, "→", doc.TextOf(q.Cue))
	}
	// Output:
	// Sergey Lavrov → said
	// Sergey Lavrov → added
}
