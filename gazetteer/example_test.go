package gazetteer_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/whosaid-nlp/whosaid/gazetteer"
)

func ExampleLoad() {
	own, err := gazetteer.Load(strings.NewReader("name\tkind\tid\taliases\nAcme Rockets\torganization\tacme:7\tAcme|ARX\n"))
	if err != nil {
		log.Fatal(err)
	}
	g := gazetteer.Default().Merge(own)
	for _, name := range []string{"ARX", "U.S."} {
		for _, e := range g.Lookup(name) {
			fmt.Println(name, "is", e.Kind, e.ID, e.Name)
		}
	}
	// Output:
	// ARX is organization acme:7 Acme Rockets
	// U.S. is location ISO3166:US United States
}

// An error says what is wrong, where, and what to do.
func ExampleLoad_error() {
	_, err := gazetteer.Load(strings.NewReader("name\tkind\nAcme\tcompany\n"))
	fmt.Println(err)
	// Output:
	// gazetteer: line 2, column 2: unknown kind "company"; write person, organization or location
}

func ExampleGazetteer_Find() {
	g := gazetteer.Default()
	tokens := gazetteer.Split("Foreign Minister Sergei Lavrov flew to Turkey")
	keys := make([]gazetteer.Key, len(tokens))
	for i, t := range tokens {
		keys[i] = gazetteer.KeyOf(t)
	}
	for _, m := range gazetteer.Longest(g.Find(keys, nil)) {
		fmt.Print(strings.Join(tokens[m.First:m.Last], " "))
		if e, ok := g.Entry(m); ok {
			fmt.Printf(": %s %s %s", e.Kind, e.ID, e.Name)
		}
		fmt.Println()
	}
	// Output:
	// Foreign Minister
	// Sergei Lavrov: person whosaid:person/sergey-lavrov Sergey Lavrov
	// Turkey: location ISO3166:TR Turkey
}
