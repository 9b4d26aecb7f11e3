package entities_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/gazetteer"
	"github.com/whosaid-nlp/whosaid/nlp"
)

func ExampleFind() {
	doc := nlp.Parse("Foreign Minister Sergey Lavrov flew to the U.S. on Monday. Lavrov said he would return.")
	found := entities.Find(doc, gazetteer.Default())
	for _, e := range found.Entities {
		fmt.Printf("%s %s (%s):", e.Kind, e.Name, e.Ref)
		for _, k := range e.Mentions {
			m := found.Mentions[k]
			fmt.Printf(" %s %q", m.Form, doc.TextOf(m.Span))
		}
		fmt.Println()
	}
	// Output:
	// person Sergey Lavrov (whosaid:person/sergey-lavrov): name "Sergey Lavrov" name "Lavrov" pronoun "he"
	// location United States (ISO3166:US): name "U.S."
}

// A list of names of your own decides at once, also where the recogniser takes a
// name for something else (Marvel) or does not know it (quux dao).
func ExampleFind_ownNames() {
	own, err := gazetteer.Load(strings.NewReader("name\tkind\tid\n" +
		"Marvel\torganization\tisin:US2546871060\nquux dao\torganization\t\nMonday Blue\tperson\t\n"))
	if err != nil {
		log.Fatal(err)
	}
	doc := nlp.Parse("Members of quux dao met Marvel in Blue Yard, Monday Blue said.")
	for _, g := range []*gazetteer.Gazetteer{gazetteer.Default(), gazetteer.Default().Merge(own)} {
		var names []string
		for _, e := range entities.Find(doc, g).Entities {
			names = append(names, e.Kind.String()+" "+e.Name)
		}
		fmt.Println(strings.Join(names, ", "))
	}
	// Output:
	// person Marvel, location Blue Yard, person Monday Blue
	// organization quux dao, organization Marvel, location Blue Yard, person Monday Blue
}

func ExampleCollection() {
	c := entities.NewCollection(nil)
	for _, text := range []string{
		"Foreign Minister Sergey Lavrov flew to Ankara. Lavrov met Öncü Keçeli.",
		"“We agreed,” Lavrov said in Moscow. Oncu Keceli was there.",
	} {
		doc := nlp.Parse(text)
		c.Add(doc, entities.Find(doc, nil))
	}
	for _, e := range c.Entities() {
		fmt.Println(e.Kind, e.Name, e.Articles)
	}
	// Output:
	// person Sergey Lavrov 2
	// person Oncu Keceli 2
	// location Ankara 1
	// location Moscow 1
}
