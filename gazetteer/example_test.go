package gazetteer_test

import (
	"fmt"
	"strings"

	"github.com/whosaid-nlp/whosaid/gazetteer"
)

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

func ExampleLoad() {
	own, err := gazetteer.Load(strings.NewReader("name\tkind\tid\taliases\nAcme Rockets\torganization\tacme:7\tAcme|ARX\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	g := gazetteer.Default().Merge(own)
	fmt.Println(g.Lookup("ARX")[0].ID, g.Lookup("U.S.")[0].ID)
	_, err = gazetteer.Load(strings.NewReader("name\tkind\nAcme\tcompany\n"))
	fmt.Println(err)
	// Output:
	// acme:7 ISO3166:US
	// gazetteer: line 2, column 2: unknown kind "company"; write person, organization or location
}
