package write_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"golang.org/x/net/html"

	"github.com/whosaid-nlp/whosaid/cmd/internal/wire"
	"github.com/whosaid-nlp/whosaid/cmd/internal/write"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// checks tell what is wrong with a file of one article, by format.
var checks = map[string]func(file string, a *write.Article) error{
	"text":          checkText,
	"jsonl":         checkJSONLines(checkShape),
	"json":          checkArray(checkShape),
	"csv":           checkTable(','),
	"tsv":           checkTable('\t'),
	"html":          checkHTML,
	"markdown":      checkMarkdown,
	"brat":          checkBrat,
	"conll":         checkCoNLL,
	"webannotation": checkJSONLines(checkWebAnnotation),
	"schemaorg":     checkJSONLines(func(b []byte, a *write.Article) error { return nil }),
	"labelstudio":   checkArray(checkLabelStudio),
	"prodigy":       checkJSONLines(checkProdigy),
	"displacy":      checkJSONLines(checkDisplacy),
}

// Any text gives a file that is valid in its format and says of the text what
// stands there.
func FuzzWriters(f *testing.F) {
	f.Add("a", "“We \x1b[31mwon,” Ann \xff Lee said.\r\nShe \u202e added that “no one” came to Rome.\x00")
	f.Add("<b>\"\n=1+1", "SEN. LEE: A\x07.\n\n\u2028Ann\x85Lee (R-Ind.) said “</script>\r“&amp; *x* [y](z) `code`,” and left. 😀 “Öl,” he\tsaid.")
	f.Add("\xff\x00", "# Bob\r> “1. one\r\n\r\n“2) two\n- three,” said Bob Fox of Acme\tCorp. According to Bob Fox, “it’s\r\nover”.")
	f.Add("", "")
	f.Fuzz(func(t *testing.T, id, text string) {
		a := &write.Article{ID: id, Metadata: &wire.Metadata{Title: text, URL: id}, Analysis: quotes.Analyze(text)}
		for _, f := range write.Formats() {
			got := file(f, write.Options{}, a)
			if !utf8.ValidString(got) {
				t.Fatalf("%s of %q: not UTF-8: %q", f.Name, text, got)
			}
			if err := checks[f.Name](got, a); err != nil {
				t.Fatalf("%s of %q: %v: %q", f.Name, text, err, got)
			}
		}
		for _, name := range []string{"text", "csv", "tsv", "markdown"} {
			if err := checks[name](file(format(name), write.Options{Names: true}, a), a); err != nil {
				t.Fatalf("names as %s of %q: %v", name, text, err)
			}
		}
	})
}

func TestValid(t *testing.T) {
	for _, f := range write.Formats() {
		if err := checks[f.Name](file(f, write.Options{}, sample[0]), sample[0]); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

// plain is text as a reader of JSON has it: an invalid byte is one U+FFFD.
func plain(text string) []rune { return []rune(text) }

func checkText(file string, _ *write.Article) error {
	if i := strings.IndexFunc(file, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }); i >= 0 {
		return fmt.Errorf("control character %q", file[i:])
	}
	if !strings.HasSuffix(file, "\n\n") {
		return fmt.Errorf("the end is missing")
	}
	return nil
}

func checkJSONLines(check func([]byte, *write.Article) error) func(string, *write.Article) error {
	return func(file string, a *write.Article) error {
		if strings.Count(file, "\n") != 1 || !strings.HasSuffix(file, "\n") || !json.Valid([]byte(file)) {
			return fmt.Errorf("not one line of JSON")
		}
		return check([]byte(file), a)
	}
}

func checkArray(check func([]byte, *write.Article) error) func(string, *write.Article) error {
	return func(file string, a *write.Article) error {
		var list []json.RawMessage
		if err := json.Unmarshal([]byte(file), &list); err != nil || len(list) != 1 {
			return fmt.Errorf("not an array of one: %v", err)
		}
		return check(list[0], a)
	}
}

func checkShape(b []byte, a *write.Article) error {
	var x wire.Article
	if err := json.Unmarshal(b, &x); err != nil {
		return err
	}
	if len(x.Quotes) != len(a.Quotations) || len(x.Entities) != len(a.Entities.Entities) {
		return fmt.Errorf("%d quotes, %d entities", len(x.Quotes), len(x.Entities))
	}
	return nil
}

func checkTable(comma rune) func(string, *write.Article) error {
	return func(file string, a *write.Article) error {
		r := csv.NewReader(strings.NewReader(file))
		r.Comma = comma
		rows, err := r.ReadAll() // all rows have as many cells as the first
		if err != nil {
			return err
		}
		if want := 1 + len(a.Quotations); len(rows) != want && rows[0][1] == "quotation" {
			return fmt.Errorf("%d rows", len(rows))
		}
		if strings.Count(file, "\n") != len(rows) {
			return fmt.Errorf("%d rows in %d lines", len(rows), strings.Count(file, "\n"))
		}
		return checkControl(strings.ReplaceAll(file, string(comma), ""))
	}
}

func checkControl(file string) error {
	if i := strings.IndexFunc(file, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }); i >= 0 {
		return fmt.Errorf("control character %q", file[i:])
	}
	return nil
}

// checkHTML finds the text of the article, and no element that is not the
// page's own.
func checkHTML(file string, a *write.Article) error {
	doc, err := html.Parse(strings.NewReader(file))
	if err != nil {
		return err
	}
	count := map[string]int{}
	var text *html.Node
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		count[n.Data]++
		for _, x := range n.Attr {
			if x.Key == "class" && x.Val == "text" {
				text = n
			}
			if n.Data == "a" && (x.Key == "rel" || x.Key == "href" && x.Val == a.Metadata.URL && strings.HasPrefix(x.Val, "http")) {
				continue // the address that the input tells
			}
			if !slices.Contains([]string{
				"lang", "charset", "name", "content", "http-equiv", "id", "hidden", "value", "type", "checked", "min", "max", "step",
				"class", "title", "data-q", "data-speaker", "data-kind", "data-confidence",
			}, x.Key) {
				return fmt.Errorf("attribute %s", x.Key)
			}
		}
	}
	if count["script"] != 1 || count["style"] != 1 || count["article"] != 1 || count["h2"] != 1 || text == nil {
		return fmt.Errorf("elements %v", count)
	}
	for name := range count {
		if !slices.Contains([]string{
			"html", "head", "meta", "title", "style", "body", "header", "h1", "form", "label", "select", "option", "input", "output",
			"a", "main", "article", "h2", "p", "div", "span", "aside", "ol", "li", "b", "small", "blockquote", "h3", "ul", "script",
		}, name) {
			return fmt.Errorf("element %s", name)
		}
	}
	got := []rune(textOf(text))
	want := plain(strings.ReplaceAll(strings.ReplaceAll(a.Document.Text, "\r\n", "\n"), "\r", "\n"))
	if len(got) != len(want) {
		return fmt.Errorf("%d characters of text for %d", len(got), len(want))
	}
	for i, r := range got {
		if r != want[i] && r != utf8.RuneError {
			return fmt.Errorf("%q for %q", r, want[i])
		}
	}
	return nil
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for x := range n.Descendants() {
		if x.Type == html.TextNode {
			b.WriteString(x.Data)
		}
	}
	return b.String()
}

// checkMarkdown renders the file: quotations are block quotes with the words
// of the text, and nothing else became markup.
func checkMarkdown(file string, a *write.Article) error {
	var b bytes.Buffer
	if err := goldmark.Convert([]byte(file), &b); err != nil {
		return err
	}
	doc, err := html.Parse(&b)
	if err != nil {
		return err
	}
	var quoted []string
	names := strings.Contains(file, "\n> ")
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.CommentNode:
			return fmt.Errorf("markup %s", n.Data)
		case n.Type != html.ElementNode:
		case n.Data == "blockquote":
			for p := range n.ChildNodes() {
				if p.Data == "p" {
					quoted = append(quoted, strings.Join(strings.Fields(textOf(p)), " "))
				}
			}
		case !slices.Contains([]string{"html", "head", "body", "h2", "h3", "p", "strong", "ul", "li"}, n.Data):
			return fmt.Errorf("element %s", n.Data)
		}
	}
	if !names {
		return nil
	}
	var want []string
	for _, q := range a.Quotations {
		for _, p := range q.Parts {
			want = append(want, strings.Join(strings.Fields(strings.Map(visible, a.Document.TextOf(p))), " "))
		}
	}
	if !slices.Equal(quoted, want) {
		return fmt.Errorf("quoted %q for %q", quoted, want)
	}
	return nil
}

// visible is r, or U+FFFD where a writer may put it.
func visible(r rune) rune {
	if !unicode.IsSpace(r) && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
		return utf8.RuneError
	}
	return r
}

var bratLine = regexp.MustCompile(`^(?:T(\d+)\t[A-Z]+ ([0-9; ]+)\t([^\t]+)|R\d+\t(?:Cue|Speaker) Arg1:T(\d+) Arg2:T(\d+)|` +
	`#\d+\tAnnotatorNotes T(\d+)\t[^\t]+|A\d+\tDenied T(\d+)|N\d+\tReference T(\d+) [!-~]+\t[^\t]+|\*\tCoreference T(\d+)(?: T\d+)+)$`)

// checkBrat reads the lines of an .ann file by the .txt file beside it.
func checkBrat(file string, a *write.Article) error {
	content := format("brat").New(write.Options{}).(write.Sidecar).Sidecar(a)
	text := []rune(string(content))
	if len(text) != len(plain(a.Document.Text)) || !utf8.Valid(content) {
		return fmt.Errorf("a text of %d characters", len(text))
	}
	if err := checkControl(string(content)); err != nil {
		return err
	}
	if file == "" {
		return nil
	}
	bounds := 0
	for line := range strings.SplitSeq(strings.TrimSuffix(file, "\n"), "\n") {
		m := bratLine.FindStringSubmatch(line)
		if m == nil {
			return fmt.Errorf("line %q", line)
		}
		if m[1] != "" {
			bounds++
			var parts []string
			for s := range strings.SplitSeq(m[2], ";") {
				from, to, _ := strings.Cut(s, " ")
				i, _ := strconv.Atoi(from)
				j, _ := strconv.Atoi(to)
				if i >= j || j > len(text) || strings.ContainsRune(string(text[i:j]), '\n') {
					return fmt.Errorf("span %s", s)
				}
				parts = append(parts, string(text[i:j]))
			}
			if got := strings.Join(parts, " "); m[1] != strconv.Itoa(bounds) || got != m[3] {
				return fmt.Errorf("T%s is %q and not %q", m[1], got, m[3])
			}
		}
		for _, t := range m[4:] {
			if n, err := strconv.Atoi(t); t != "" && (err != nil || n < 1 || n > bounds) {
				return fmt.Errorf("%q: no T%s above", line, t)
			}
		}
	}
	return nil
}

var conllLine = regexp.MustCompile(`^[^\s\pC]+ \S+ (O|[BI]-(?:DIRECT|INDIRECT|MIXED|CUE|SPEAKER)) (O|[BI]-(?:PER|ORG|LOC))$`)

func checkCoNLL(file string, a *write.Article) error {
	file, found := strings.CutPrefix(file, "-DOCSTART- -X- O O\n\n")
	if !found {
		return fmt.Errorf("no start")
	}
	tokens, names := 0, 0
	before := []string{"", "O", "O"}
	for line := range strings.Lines(file) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" {
			before = []string{"", "O", "O"}
			continue
		}
		m := conllLine.FindStringSubmatch(line)
		if m == nil && !strings.ContainsFunc(line, func(r rune) bool { return unicode.Is(unicode.C, r) }) {
			return fmt.Errorf("line %q", line)
		}
		if m == nil { // format characters are part of tokens
			m = conllLine.FindStringSubmatch("x" + line[strings.Index(line, " "):])
		}
		for k := 1; k <= 2; k++ {
			if m[k][0] == 'I' && m[k][1:] != before[k][min(1, len(before[k])):] {
				return fmt.Errorf("%s behind %s", m[k], before[k])
			}
		}
		before = m
		tokens++
		if m[2][0] == 'B' {
			names++
		}
	}
	if tokens != len(a.Document.Tokens) {
		return fmt.Errorf("%d of %d tokens", tokens, len(a.Document.Tokens))
	}
	return nil
}

// checkSpan holds offsets in code points to what is said to stand there.
func checkSpan(text []rune, start, end int, want string) error {
	if start < 0 || start >= end || end > len(text) || string(text[start:end]) != want {
		return fmt.Errorf("%d to %d is not %q", start, end, want)
	}
	return nil
}

func checkWebAnnotation(b []byte, a *write.Article) error {
	var page struct {
		Items []struct {
			ID     string
			Target []struct {
				Selector []struct {
					Start, End            int
					Exact, Prefix, Suffix string
				}
			}
		}
	}
	if err := json.Unmarshal(b, &page); err != nil {
		return err
	}
	text := plain(a.Document.Text)
	ids := map[string]bool{}
	for _, x := range page.Items {
		if ids[x.ID] {
			return fmt.Errorf("the ID %s twice", x.ID)
		}
		ids[x.ID] = true
		for _, t := range x.Target {
			s, q := t.Selector[0], t.Selector[1]
			if err := checkSpan(text, s.Start, s.End, q.Exact); err != nil {
				return err
			}
			if !strings.HasSuffix(string(text[:s.Start]), q.Prefix) || !strings.HasPrefix(string(text[s.End:]), q.Suffix) {
				return fmt.Errorf("%q and %q are not around %d to %d", q.Prefix, q.Suffix, s.Start, s.End)
			}
		}
	}
	return nil
}

func checkLabelStudio(b []byte, a *write.Article) error {
	var task struct {
		Data        struct{ Text string }
		Predictions []struct {
			Result []struct {
				ID    string
				Type  string
				Value struct {
					Start, End int
					Text       string
				}
				From string `json:"from_id"`
				To   string `json:"to_id"`
			}
		}
	}
	if err := json.Unmarshal(b, &task); err != nil {
		return err
	}
	text := []rune(task.Data.Text)
	ids := map[string]bool{}
	for _, r := range task.Predictions[0].Result {
		if r.Type == "relation" {
			if !ids[r.From] || !ids[r.To] {
				return fmt.Errorf("relation of %s and %s", r.From, r.To)
			}
			continue
		}
		ids[r.ID] = true
		if err := checkSpan(text, r.Value.Start, r.Value.End, r.Value.Text); err != nil {
			return err
		}
	}
	return nil
}

func checkProdigy(b []byte, a *write.Article) error {
	var task struct {
		Text   string
		Tokens []struct {
			Text       string
			Start, End int
			ID         int
		}
		Spans []struct {
			Start, End int
			TokenStart int `json:"token_start"`
			TokenEnd   int `json:"token_end"`
		}
	}
	if err := json.Unmarshal(b, &task); err != nil {
		return err
	}
	text := []rune(task.Text)
	for i, t := range task.Tokens {
		if err := checkSpan(text, t.Start, t.End, t.Text); err != nil || t.ID != i {
			return fmt.Errorf("token %d with ID %d: %v", i, t.ID, err)
		}
	}
	for _, s := range task.Spans {
		if s.TokenStart < 0 || s.TokenStart > s.TokenEnd || s.TokenEnd >= len(task.Tokens) {
			return fmt.Errorf("span %+v", s)
		}
		if task.Tokens[s.TokenStart].Start != s.Start || task.Tokens[s.TokenEnd].End != s.End {
			return fmt.Errorf("span %+v does not end with its tokens", s)
		}
	}
	return nil
}

func checkDisplacy(b []byte, a *write.Article) error {
	var doc struct {
		Text   string
		Ents   []struct{ Start, End int }
		Tokens []string
		Spans  []struct {
			Start int `json:"start_token"`
			End   int `json:"end_token"`
		}
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		return err
	}
	end := 0
	for _, e := range doc.Ents {
		if e.Start < end || e.End <= e.Start || e.End > len([]rune(doc.Text)) {
			return fmt.Errorf("name %+v behind %d", e, end)
		}
		end = e.End
	}
	for _, s := range doc.Spans {
		if s.Start < 0 || s.Start >= s.End || s.End > len(doc.Tokens) {
			return fmt.Errorf("span %+v", s)
		}
	}
	return nil
}
