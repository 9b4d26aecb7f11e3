package nlp

import (
	"bufio"
	"encoding/json"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jdkato/prose/v2"
)

// proseModel is prose's own model, loaded once: that takes half a second.
var proseModel = sync.OnceValue(func() *prose.Model { return prose.ModelFromData("shared") })

// documentOf builds a document of one sentence from words that are given.
func documentOf(words ...string) *Document {
	d := &Document{Text: strings.Join(words, " ")}
	in := interner{d: d, index: map[string]int32{}}
	pos := 0
	for _, w := range words {
		in.add(pos, pos+len(w), true)
		pos += len(w) + 1
	}
	if n := len(words); n > 0 {
		d.Sentences = []Sentence{{Span: Span{0, len(d.Text)}, Last: n}}
	}
	return d
}

// withoutRepeats cuts text where a word would be repeated: prose gives repeated
// words the same token, so that the last tag overwrites the others.
func withoutRepeats(text string) []string {
	var parts []string
	seen := map[string]bool{}
	var part []string
	for _, w := range strings.Fields(text) {
		if seen[w] {
			parts = append(parts, strings.Join(part, " "))
			clear(seen)
			part = part[:0]
		}
		seen[w] = true
		part = append(part, w)
	}
	if len(part) > 0 {
		parts = append(parts, strings.Join(part, " "))
	}
	return parts
}

// agreement counts what prose and this package say about the same tokens.
type agreement struct {
	sentences, tokens, ties, cascades, tags, labels, skipped int
}

// compare runs both over text and reports every difference. Where two tags have
// the same score prose takes one at random: such a token counts as a tie, and
// what follows it in the sentence, which saw another tag, as a cascade.
func (a *agreement) compare(t *testing.T, text string) {
	t.Helper()
	doc, err := prose.NewDocument(text, prose.UsingModel(proseModel()), prose.WithSegmentation(false))
	if err != nil {
		t.Fatal(err)
	}
	want := doc.Tokens()
	words := make([]string, len(want))
	for i, tok := range want {
		words[i] = tok.Text
		if strings.IndexFunc(tok.Text, func(r rune) bool { return r >= 128 }) >= 0 {
			a.skipped++ // prose cuts letters in two
			return
		}
	}
	a.sentences++
	d := documentOf(words...)
	tagTokens(d)
	tied := false
	for i := range want {
		a.tokens++
		if got := d.Tokens[i].Tag.String(); got != want[i].Tag {
			switch {
			case d.Tokens[i].Tag == TagBracket && words[i] == want[i].Tag:
				// prose makes a tag of any word like -ABC-
			case tied:
				a.cascades++
			case tiedAt(d, i):
				tied = true
				a.ties++
			default:
				a.tags++
				t.Errorf("%q: token %d %q: tag %s, prose %s", text, i, words[i], got, want[i].Tag)
			}
		}
	}
	// The labels are held to prose's with prose's own tags.
	for i := range want {
		tag, ok := ParseTag(want[i].Tag)
		if !ok {
			tag = TagBracket
		}
		d.Tokens[i].Tag = tag
	}
	for i, l := range d.ProseLabels(nil) {
		if l.String() != want[i].Label {
			a.labels++
			t.Errorf("%q: token %d %q: label %s, prose %s", text, i, words[i], l, want[i].Label)
		}
	}
}

// tiedAt reports whether the two best tags of token i have the same score.
func tiedAt(d *Document, i int) bool {
	m := taggerModel()
	words := make([]tagWord, len(d.Words))
	for k := range words {
		m.set(&words[k], d.Words[k].Norm, d.Words[k].Lower)
	}
	at := func(k int) *tagWord {
		switch {
		case k == -2:
			return &m.start
		case k == -1:
			return &m.start2
		case k == len(d.Tokens):
			return &m.end
		case k > len(d.Tokens):
			return &m.end2
		}
		return &words[d.Tokens[k].Word]
	}
	p1, p2 := tagStart, tagStart2
	if i == 1 {
		p1, p2 = d.Tokens[0].Tag, tagStart
	} else if i > 1 {
		p1, p2 = d.Tokens[i-1].Tag, d.Tokens[i-2].Tag
	}
	var s scores
	m.score(&s, p1, p2, at(i-2), at(i-1), at(i), at(i+1), at(i+2))
	order := slices.Clone(s[1 : lastLearned+1])
	slices.Sort(order)
	return order[len(order)-1] == order[len(order)-2]
}

func (a *agreement) log(t *testing.T) {
	t.Logf("%d sentences, %d tokens: %d tags differ, %d labels differ; %d ties that prose breaks at random, %d after them; %d parts not in ASCII left out",
		a.sentences, a.tokens, a.tags, a.labels, a.ties, a.cascades, a.skipped)
}

func TestAgreesWithProse(t *testing.T) {
	f, err := os.Open("testdata/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var a agreement
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "//") {
			continue
		}
		for _, part := range withoutRepeats(line) {
			a.compare(t, part)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	a.log(t)
	if a.sentences < 200 {
		t.Errorf("only %d sentences", a.sentences)
	}
}

// wikinews returns the texts of the shared corpus, at most n of them.
func wikinews(tb testing.TB, n int) []string {
	f, err := os.Open("../../shared/data/text/wikinews.jsonl")
	if err != nil {
		tb.Skip("no wikinews here")
	}
	defer f.Close()
	var texts []string
	for dec := json.NewDecoder(f); dec.More() && len(texts) < n; {
		var article struct{ Text string }
		if err := dec.Decode(&article); err != nil {
			tb.Fatal(err)
		}
		texts = append(texts, article.Text)
	}
	return texts
}

func TestAgreesWithProseOnWikinews(t *testing.T) {
	if testing.Short() {
		t.Skip("a few seconds")
	}
	var a agreement
	for _, text := range wikinews(t, 200) {
		d := Parse(text)
		for _, s := range d.Sentences {
			for _, part := range withoutRepeats(d.TextOf(s.Span)) {
				a.compare(t, part)
			}
		}
		if a.sentences > 1500 {
			break
		}
	}
	a.log(t)
}

// Words that news rarely has, each of them by a rule of its own, in contexts
// drawn at random.
func TestAgreesWithProseOnOddWords(t *testing.T) {
	odd := strings.Fields(`- -- --- -5 -123 +123 1234 12345 0 0.5 3.55 .5 1e5 1e999 inf Inf NaN nan Infinity infinity 0x1F 0x1p-2 1_000
		* *-1 *-1234 *T*-1 *x* *?* -LRB- -RRB- -NONE- -ABC- -AB- (: :-) 8D xD O.o v_v =) @_@ @user user@example.org a@b
		www.example.org http://example.org/path example.com EXAMPLE.COM U.S. U.S.A. e.g. a.m. Inc. a.b.c x.yy x.y x..yy ..zz
		It's don't can't we'll '90s ' '' [ ] { } < > / // & % # $ $5 5% 5th 10-year mid-1990s X-ray e-mail
		F-16 Boeing's A B c d II XIV iPhone eBay McDonald O'Neill UNICEF NATO Al-Qaeda al-Qaeda Obama Paris Germany None none
		NONE None. True !HYPHEN !YEAR -START- -END- 2,000 1/2 10:30 ... . , ; : ! ? ?! a_b _ __ snake_case Title_Case
		pneumonoultramicroscopicsilicovolcanoconiosis supercalifragilisticexpialidocious-and-much-more-of-the-same-kind-of-word`)
	odd = append(odd, "`", "``", `"`)
	r := rand.New(rand.NewPCG(1, 2))
	var a agreement
	for range 300 {
		r.Shuffle(len(odd), func(i, j int) { odd[i], odd[j] = odd[j], odd[i] })
		a.compare(t, strings.Join(odd[:12], " "))
	}
	a.log(t)
}

func TestTagByRule(t *testing.T) {
	for word, want := range map[string]Tag{
		"-": TagHyphen, ":-)": TagSYM, "(ಠ_ಠ)": TagSYM, "@_@": TagSYM, "@ap": TagNN, "news.example.org": TagNN,
		"me@example.org": TagNN, "0": TagTrace, "*T*-1": TagTrace, "-LRB-": TagLRB, "-LSB-": TagBracket,
		"the": TagDT, ",": TagComma, "(": TagOpenParen,
	} {
		d := documentOf(word)
		tagTokens(d)
		if got := d.Tokens[0].Tag; got != want {
			t.Errorf("%q: %s, want %s", word, got, want)
		}
	}
}

// A curly mark is read like a straight one, a letter outside of ASCII whole.
func TestTagsReadNormalForms(t *testing.T) {
	a := documentOf("“", "It", "’s", "fine", ",", "”", "Angela", "Merkel", "said", "—", "twice", ".")
	b := documentOf(`"`, "It", "'s", "fine", ",", `"`, "Angela", "Merkel", "said", "--", "twice", ".")
	tagTokens(a)
	tagTokens(b)
	la, lb := a.ProseLabels(nil), b.ProseLabels(nil)
	for i := range a.Tokens {
		if a.Tokens[i].Tag != b.Tokens[i].Tag || la[i] != lb[i] {
			t.Errorf("%q: %s %s, straight %s %s", a.TokenText(i), a.Tokens[i].Tag, la[i], b.Tokens[i].Tag, lb[i])
		}
	}
	if got := proseShapeOf("Dembélé", "dembélé"); got != shapeUpcase {
		t.Errorf("Dembélé: shape %d, want %d", got, shapeUpcase)
	}
	if got := proseShapeOf("café", "café"); got != shapeDowncase {
		t.Errorf("café: shape %d, want %d", got, shapeDowncase)
	}
}

func TestProseLabelsAppend(t *testing.T) {
	d := documentOf("Obama", "visited", "Paris", ".")
	tagTokens(d)
	got := d.ProseLabels([]ProseLabel{ProseIPerson})
	if len(got) != 5 || got[0] != ProseIPerson {
		t.Fatalf("got %v", got)
	}
	if n := len((&Document{}).ProseLabels(nil)); n != 0 {
		t.Errorf("empty document: %d labels", n)
	}
	want := slices.Clone(got)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got := d.ProseLabels([]ProseLabel{ProseIPerson}); !slices.Equal(got, want) {
				t.Errorf("concurrent call: %v, want %v", got, want)
			}
		})
	}
	group.Wait()
}

func TestTagNames(t *testing.T) {
	for i := Tag(0); i < numTags; i++ {
		if got, ok := ParseTag(i.String()); !ok || got != i {
			t.Errorf("ParseTag(%q) = %d, %v, want %d", i, got, ok, i)
		}
	}
	for i := range ProseLabel(NumProseLabels) {
		if got, ok := ParseProseLabel(i.String()); !ok || got != i {
			t.Errorf("ParseProseLabel(%q) = %d, %v, want %d", i, got, ok, i)
		}
	}
	if Tag(255).String() != "" || ProseLabel(255).String() != "" {
		t.Error("a name for what is none")
	}
	if !TagNNPS.IsProperNoun() || TagNN.IsProperNoun() || !TagVBZ.IsVerb() || TagMD.IsVerb() ||
		!TagComma.IsPunctuation() || TagHash.IsPunctuation() || !ProseBPerson.Begins() || ProseIPerson.Kind() != "PERSON" {
		t.Error("predicates")
	}
}

func TestIsLinkIsTheExpression(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	letters := []rune("aA1.-_/(:)<,é!\xff?")
	for range 200000 {
		word := make([]rune, 1+r.IntN(8))
		for i := range word {
			word[i] = letters[r.IntN(len(letters))]
		}
		if w := string(word); isLink(w) != linkPattern().MatchString(w) {
			t.Fatalf("isLink(%q) = %v", w, isLink(w))
		}
	}
}

func TestTablesLoadQuickly(t *testing.T) {
	begin := time.Now()
	newTagModel(taggerData)
	tags := time.Since(begin)
	begin = time.Now()
	newLabelModel(labelData)
	t.Logf("tagger %v of %d bytes, labels %v of %d bytes", tags, len(taggerData), time.Since(begin), len(labelData))
	if n := len(taggerData) + len(labelData); n > 4<<20 {
		t.Errorf("tables of %d bytes", n)
	}
}

func FuzzTags(f *testing.F) {
	f.Add("Mr. Obama said -- \"no\" .")
	f.Add("* *-1 -LRB- @ a@ 0 . .. ... ( (. a.( ) a.(b)c é.é́ \xff\xfe\x00 -\xff- +123 \u212a \u0130x")
	f.Fuzz(func(t *testing.T, text string) {
		words := strings.Fields(text)
		d := documentOf(words...)
		tagTokens(d)
		labels := d.ProseLabels(nil)
		if len(labels) != len(words) {
			t.Fatalf("%d labels of %d words", len(labels), len(words))
		}
		for i := range d.Tokens {
			if tag := d.Tokens[i].Tag; tag == 0 || tag >= numTags {
				t.Errorf("%q: tag %d", words[i], tag)
			}
			if labels[i] >= NumProseLabels {
				t.Errorf("%q: label %d", words[i], labels[i])
			}
			if isLink(words[i]) != linkPattern().MatchString(words[i]) {
				t.Errorf("isLink(%q) = %v", words[i], isLink(words[i]))
			}
		}
	})
}

func benchmarkDocuments(b *testing.B) (docs []*Document, tokens int) {
	for _, text := range wikinews(b, 100) {
		d := Parse(text)
		docs = append(docs, d)
		tokens += len(d.Tokens)
	}
	return docs, tokens
}

func BenchmarkTag(b *testing.B) {
	docs, tokens := benchmarkDocuments(b)
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range docs {
			tagTokens(d)
		}
	}
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkProseLabels(b *testing.B) {
	docs, tokens := benchmarkDocuments(b)
	var dst []ProseLabel
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range docs {
			dst = d.ProseLabels(dst[:0])
		}
	}
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkLoadTables(b *testing.B) {
	for b.Loop() {
		runtime.KeepAlive(newTagModel(taggerData))
		runtime.KeepAlive(newLabelModel(labelData))
	}
}
