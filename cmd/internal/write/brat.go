package write

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/whosaid-nlp/whosaid/cmd/internal/wire"
	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// brat writes the stand-off format of the brat annotation tool: text-bound
// annotations (T) for contents, cues, speakers and mentions, relations (R) from
// a content to its cue and speaker, attributes (A), notes (#) with canonical
// names, normalizations (N) with IDs, and equivalences (*) of the mentions of
// an entity. Offsets are code points of the .txt file beside the .ann file.
type brat struct{}

func newBrat(Options) Writer { return brat{} }

func (brat) Begin(b []byte) []byte { return b }
func (brat) End(b []byte) []byte   { return b }

func (brat) Sidecar(a *Article) []byte { return []byte(bratText(a.Document.Text)) }

func (brat) Shared() map[string]string {
	return map[string]string{"annotation.conf": bratConfiguration}
}

const bratConfiguration = `[entities]
PER
ORG
LOC
MENTION
DIRECT
INDIRECT
MIXED
BELIEF
PLAN
HOPE
FINDING
CUE
SPEAKER

[relations]
Cue Arg1:DIRECT|INDIRECT|MIXED|BELIEF|PLAN|HOPE|FINDING, Arg2:CUE
Speaker Arg1:DIRECT|INDIRECT|MIXED|BELIEF|PLAN|HOPE|FINDING, Arg2:SPEAKER
Coreference Arg1:PER|ORG|LOC|MENTION, Arg2:PER|ORG|LOC|MENTION, <REL-TYPE>:symmetric-transitive
<OVERLAP> Arg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
Denied Arg:DIRECT|INDIRECT|MIXED|BELIEF|PLAN|HOPE|FINDING
`

func (brat) Article(b []byte, a *Article) []byte {
	text := bratText(a.Document.Text)
	f := bratFile{out: bytes.NewBuffer(b), text: text, runes: wire.NewIndex(a.Document.Text, wire.Codepoint), bytes: newBytesOf(text)}
	for _, q := range a.Quotations {
		content := f.bound(labelOfContent(&q), q.Parts...)
		if content == 0 {
			continue
		}
		for _, x := range []struct {
			label, relation string
			span            nlp.Span
		}{{labelCue, "Cue", q.Cue}, {labelSpeaker, "Speaker", q.Speaker}} {
			if t := f.bound(x.label, x.span); t != 0 {
				f.relations++
				fmt.Fprintf(f.out, "R%d\t%s Arg1:T%d Arg2:T%d\n", f.relations, x.relation, content, t)
			}
		}
		f.note(content, q.Name)
		if q.Denied {
			f.attributes++
			fmt.Fprintf(f.out, "A%d\tDenied T%d\n", f.attributes, content)
		}
	}
	for _, e := range a.Entities.Entities {
		f.entity(a, e)
	}
	return f.out.Bytes()
}

// A bratFile is a file of annotations with the numbers given out so far.
type bratFile struct {
	out                                              *bytes.Buffer
	text                                             string
	runes                                            *wire.Index // of the article's text
	bytes                                            *bytesOf    // of the text as written
	bounds, relations, attributes, notes, normalized int
}

// entity writes the mentions of an entity, what it is called and that they are
// one.
func (f *bratFile) entity(a *Article, e entities.Entity) {
	var same []string
	for _, k := range e.Mentions {
		m := a.Entities.Mentions[k]
		label := "MENTION"
		if m.Form == entities.Name {
			label = labelOfName(e.Kind)
		}
		t := f.bound(label, m.Span)
		if t == 0 {
			continue
		}
		if len(same) == 0 {
			f.note(t, e.Name)
		}
		if m.Form == entities.Name && reference().MatchString(e.Ref) {
			f.normalized++
			fmt.Fprintf(f.out, "N%d\tReference T%d %s\t%s\n", f.normalized, t, e.Ref, OneLine(e.Name))
		}
		same = append(same, fmt.Sprintf(" T%d", t))
	}
	if len(same) > 1 {
		fmt.Fprintf(f.out, "*\tCoreference%s\n", strings.Join(same, ""))
	}
}

// reference is an ID with the source that it is from: geonames:3169070.
var reference = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\w.+-]+:[!-~]+$`) })

// bound writes spans as one text-bound annotation and returns its number, 0 if
// there is nothing to write. A line break cuts a span in two, as brat asks.
func (f *bratFile) bound(label string, spans ...nlp.Span) int {
	var offsets, texts []string
	for _, s := range spans {
		if s.Empty() {
			continue
		}
		start := f.runes.Of(s.Start)
		for line := range strings.SplitAfterSeq(f.bytes.slice(start, f.runes.Of(s.End)), "\n") {
			n := utf8.RuneCountInString(line)
			left := strings.TrimLeftFunc(line, unicode.IsSpace)
			skipped := n - utf8.RuneCountInString(left)
			if kept := strings.TrimRightFunc(left, unicode.IsSpace); kept != "" {
				offsets = append(offsets, fmt.Sprintf("%d %d", start+skipped, start+skipped+utf8.RuneCountInString(kept)))
				texts = append(texts, kept)
			}
			start += n
		}
	}
	if len(offsets) == 0 {
		return 0
	}
	f.bounds++
	fmt.Fprintf(f.out, "T%d\t%s %s\t%s\n", f.bounds, label, strings.Join(offsets, ";"), strings.Join(texts, " "))
	return f.bounds
}

func (f *bratFile) note(of int, text string) {
	if text = OneLine(text); text != "" {
		f.notes++
		fmt.Fprintf(f.out, "#%d\tAnnotatorNotes T%d\t%s\n", f.notes, of, text)
	}
}

// bratText is text as brat can show it, code point for code point: lines end
// with LF, other white space is spaces and tabs are no columns.
func bratText(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for i, r := range text {
		switch {
		case r == '\n':
		case r == '\r' && strings.HasPrefix(text[i+1:], "\n"):
			r = ' '
		case r == '\r':
			r = '\n'
		case unicode.IsSpace(r):
			r = ' '
		default:
			r = printable(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}
