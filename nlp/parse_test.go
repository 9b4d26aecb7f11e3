package nlp

import (
	"reflect"
	"strings"
	"testing"
)

// checkDocument holds a document to what is true of every text.
func checkDocument(t *testing.T, text string) {
	t.Helper()
	d := Parse(text)
	if d.Text != text {
		t.Fatalf("the text was changed: %q is %q", text, d.Text)
	}
	at := 0
	counts := make([]int32, len(d.Words))
	for i, k := range d.Tokens {
		if k.Start < at || k.End <= k.Start || k.End > len(text) {
			t.Fatalf("%q: token %d is %v, the one before ends at %d", text, i, k.Span, at)
		}
		if gap := strings.TrimFunc(text[at:k.Start], isSpace); gap != "" {
			t.Fatalf("%q: no token has %q", text, gap)
		}
		if space := k.Start == 0 || k.Start > at; !space && k.SpaceBefore {
			t.Fatalf("%q: token %d has no space before it", text, i)
		}
		if k.Tag == 0 || k.Tag >= numTags {
			t.Fatalf("%q: token %d has the tag %d", text, i, k.Tag)
		}
		if w := d.TokenText(i); w != text[k.Start:k.End] {
			t.Fatalf("%q: token %d is %q and its word %q", text, i, text[k.Start:k.End], w)
		}
		counts[k.Word]++
		at = k.End
	}
	if gap := strings.TrimFunc(text[at:], isSpace); gap != "" {
		t.Fatalf("%q: no token has %q", text, gap)
	}
	for i, w := range d.Words {
		if w.Count != counts[i] {
			t.Fatalf("%q: word %q is counted %d times, not %d", text, w.Text, w.Count, counts[i])
		}
	}
	token := 0
	for i, s := range d.Sentences {
		if s.First != token || s.Last <= s.First || s.Last > len(d.Tokens) {
			t.Fatalf("%q: sentence %d has the tokens %d to %d, the one before ends at %d", text, i, s.First, s.Last, token)
		}
		if s.Start != d.Tokens[s.First].Start || s.End != d.Tokens[s.Last-1].End {
			t.Fatalf("%q: sentence %d is %v and its tokens are elsewhere", text, i, s.Span)
		}
		if p := d.Paragraphs[s.Paragraph]; i < p.First || i >= p.Last {
			t.Fatalf("%q: sentence %d is not in its paragraph %d", text, i, s.Paragraph)
		}
		token = s.Last
	}
	if token != len(d.Tokens) {
		t.Fatalf("%q: tokens from %d on have no sentence", text, token)
	}
	sentence := 0
	for i, p := range d.Paragraphs {
		if p.First != sentence || p.Last <= p.First || p.Last > len(d.Sentences) {
			t.Fatalf("%q: paragraph %d has the sentences %d to %d, the one before ends at %d", text, i, p.First, p.Last, sentence)
		}
		sentence = p.Last
	}
	if sentence != len(d.Sentences) {
		t.Fatalf("%q: sentences from %d on have no paragraph", text, sentence)
	}
	start := 0
	var around []Quoted
	for i, q := range d.Quoted {
		if q.First >= q.Last || q.Last > len(d.Tokens) || q.Start != d.Tokens[q.First].Start || q.End != d.Tokens[q.Last-1].End {
			t.Fatalf("%q: quoted %d is %+v", text, i, q)
		}
		if q.Start < start || q.Depth < 0 {
			t.Fatalf("%q: quoted %d is %+v, behind one at %d", text, i, q, start)
		}
		start = q.Start
		for len(around) > 0 && around[len(around)-1].Last <= q.First {
			around = around[:len(around)-1]
		}
		if len(around) > 0 && around[len(around)-1].Last < q.Last {
			t.Fatalf("%q: quoted %d ends outside of the one around it", text, i)
		}
		if q.Depth != len(around) {
			t.Fatalf("%q: quoted %d has the depth %d inside of %d others", text, i, q.Depth, len(around))
		}
		around = append(around, q)
		if len(around) > maxDepth {
			t.Fatalf("%q: quoted %d is inside of %d others", text, i, q.Depth)
		}
	}
	if !reflect.DeepEqual(d, Parse(text)) {
		t.Fatalf("%q: two results for one text", text)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("“We won,” Jane Smith said. “It was hard.”")
	f.Add("'We will win the players' cup,' he said.\r\n\r\n\"A\n\"B,\" she told reporters.")
	f.Add("Mr. O'Neill (U.S.) isn't – «here» „dort“ \xff\xfe\x00 …\u2028x.y@z.com http://a.b/c?d 1,000.5%")
	f.Add("((([[[{{{“‘\"'``''")
	f.Add("“a ‘b” c’ “d\n“e")
	f.Fuzz(checkDocument)
}

// A single mark that nothing closes was an apostrophe; what stands after it
// keeps its place and is not inside of it.
func TestUnclosedSingleMark(t *testing.T) {
	d := Parse("“a ‘b” c’ “d\n“e”")
	want := []struct {
		text      string
		depth     int
		continues bool
	}{{"“a ‘b”", 0, false}, {"“d", 0, true}, {"“e”", 0, false}}
	if len(d.Quoted) != len(want) {
		t.Fatalf("quoted are %+v", d.Quoted)
	}
	for i, w := range want {
		if q := d.Quoted[i]; d.TextOf(q.Span) != w.text || q.Depth != w.depth || q.Continues != w.continues {
			t.Errorf("quoted %d is %q, %+v; want %+v", i, d.TextOf(q.Span), q, w)
		}
	}
}
