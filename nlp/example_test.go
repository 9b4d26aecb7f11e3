package nlp_test

import (
	"fmt"

	"github.com/whosaid-nlp/whosaid/nlp"
)

func ExampleParse() {
	doc := nlp.Parse("Mr. Lee won’t go. “It’s over,” he said.")
	for i := range doc.Sentences[0].Last {
		fmt.Println(doc.TokenText(i), doc.Tokens[i].Tag)
	}
	for _, s := range doc.Sentences {
		fmt.Println(s.Start, s.End, doc.TextOf(s.Span))
	}
	for _, q := range doc.Quoted {
		fmt.Println(q.Start, q.End, doc.TextOf(q.Span))
	}
	// Output:
	// Mr. NNP
	// Lee NNP
	// wo MD
	// n’t RB
	// go VB
	// . .
	// 0 19 Mr. Lee won’t go.
	// 20 47 “It’s over,” he said.
	// 20 38 “It’s over,”
}
