// Command prose compiles the models of github.com/jdkato/prose/v2 into the flat
// tables that package nlp embeds: prose-tagger.bin, the averaged perceptron that
// tags parts of speech, and prose-labels.bin, the maximum entropy classifier
// that labels entities. The same module gives the same bytes.
//
//	prose [-dir nlp/data] [-check]
package main

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/jdkato/prose/v2"
	"github.com/whosaid-nlp/whosaid/nlp"
)

func main() {
	dir := flag.String("dir", "nlp/data", "folder of the tables")
	check := flag.Bool("check", false, "write nothing; fail if the tables differ from what would be written")
	flag.Parse()
	if err := run(*dir, *check); err != nil {
		fmt.Fprintln(os.Stderr, "generate/prose:", err)
		os.Exit(1)
	}
}

func run(dir string, check bool) error {
	for _, t := range []struct {
		name  string
		build func() ([]byte, error)
	}{
		{"prose-tagger.bin", buildTagger},
		{"prose-labels.bin", buildLabels},
	} {
		data, err := t.build()
		if err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		path := filepath.Join(dir, t.name)
		if check {
			have, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if !bytes.Equal(have, data) {
				return fmt.Errorf("%s is not what this command writes; run go generate ./nlp", path)
			}
			continue
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func readAsset(name string, into any) error {
	data, err := prose.Asset("model/" + name)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(into)
}

// Tags that only contexts have; they follow those of package nlp.
var (
	numTags   = countTags()
	tagStart  = numTags
	tagStart2 = numTags + 1
	tagEnd    = numTags + 2
	tagSpace  = numTags + 3
)

func countTags() byte {
	n := byte(1)
	for nlp.Tag(n).String() != "" {
		n++
	}
	return n
}

func tagNumber(name string) (byte, error) {
	switch name {
	case "-START-":
		return tagStart, nil
	case "-START2-":
		return tagStart2, nil
	}
	t, ok := nlp.ParseTag(name)
	if !ok || t == 0 {
		return 0, fmt.Errorf("unknown tag %q", name)
	}
	return byte(t), nil
}

// table is a file in the making: a structure of row lengths, then the entries.
type table struct {
	structure, ids, weights []byte
	entries                 int
}

func (t *table) byte(b int) error {
	if b < 0 || b > 255 {
		return fmt.Errorf("%d does not fit a byte", b)
	}
	t.structure = append(t.structure, byte(b))
	return nil
}

func (t *table) uvarint(n int) { t.structure = binary.AppendUvarint(t.structure, uint64(n)) }

func (t *table) text(s string) error {
	if err := t.byte(len(s)); err != nil {
		return fmt.Errorf("%q is too long", s)
	}
	t.structure = append(t.structure, s...)
	return nil
}

func (t *table) bytes(magic string) []byte {
	out := append([]byte(magic), t.structure...)
	out = binary.AppendUvarint(out, uint64(t.entries))
	out = append(out, t.ids...)
	return append(out, t.weights...)
}

// wordPlaces are the perceptron's features of one word; package nlp reads their
// rows in this order.
var wordPlaces = []string{"i word", "i-1 word", "i-2 word", "i+1 word", "i+2 word"}
var suffixPlaces = []string{"i suffix", "i-1 suffix", "i+1 suffix"}

// emoticons is prose's list, which it does not export; their tag is SYM.
var emoticons = []string{
	"(-8", "(-;", "(-_-)", "(._.)", "(:", "(=", "(o:", "(¬_¬)", "(ಠ_ಠ)", "(╯°□°）╯︵┻━┻", "-__-", "8-)", "8-D", "8D",
	":(", ":((", ":(((", ":()", ":)))", ":-)", ":-))", ":-)))", ":-*", ":-/", ":-X", ":-]", ":-o", ":-p", ":-x", ":-|",
	":-}", ":0", ":3", ":P", ":]", ":`(", ":`)", ":`-(", ":o", ":o)", "=(", "=)", "=D", "=|", "@_@", "O.o", "O_o",
	"V_V", "XDD", "[-:", "^___^", "o_0", "o_O", "o_o", "v_v", "xD", "xDD", `¯\(ツ)/¯`,
}

func buildTagger() ([]byte, error) {
	var fixed map[string]string
	var weights map[string]map[string]float64
	if err := readAsset("AveragedPerceptron/tags.gob", &fixed); err != nil {
		return nil, err
	}
	if err := readAsset("AveragedPerceptron/weights.gob", &weights); err != nil {
		return nil, err
	}
	t := &table{}
	row := func(feature string) error {
		labels := weights[feature]
		delete(weights, feature)
		for _, label := range slices.Sorted(maps.Keys(labels)) {
			if _, ok := bias[label]; !ok {
				return fmt.Errorf("%s: %s has no bias", feature, label)
			}
			tag, err := tagNumber(label)
			if err != nil {
				return err
			}
			if nlp.Tag(tag) > nlp.TagOpenQuote {
				return fmt.Errorf("%s is not among the learned tags", label)
			}
			scaled := math.Round(labels[label] * 1000)
			if math.Abs(scaled-labels[label]*1000) > 1e-6 {
				return fmt.Errorf("%s: weight %v is not a multiple of 1/1000", feature, labels[label])
			}
			t.ids = append(t.ids, tag)
			t.weights = binary.AppendUvarint(t.weights, zigzag(int64(scaled)))
			t.entries++
		}
		return t.byte(len(labels))
	}
	bias = maps.Clone(weights["bias"])

	// The words, with their rows and, for each tag before them, one more.
	words := map[string]bool{}
	suffixes := map[string]bool{}
	var firsts []string
	prevTags := map[string]map[byte]string{}
	for feature := range weights {
		for _, place := range wordPlaces {
			if w, ok := strings.CutPrefix(feature, place+" "); ok {
				words[w] = true
			}
		}
		for _, place := range suffixPlaces {
			if s, ok := strings.CutPrefix(feature, place+" "); ok {
				suffixes[s] = true
			}
		}
		if c, ok := strings.CutPrefix(feature, "i pref1 "); ok {
			firsts = append(firsts, c)
		}
		if rest, ok := strings.CutPrefix(feature, "i-1 tag+i word "); ok {
			name, w, _ := strings.Cut(rest, " ")
			tag, err := tagNumber(name)
			if err != nil {
				return nil, err
			}
			words[w] = true
			if prevTags[w] == nil {
				prevTags[w] = map[byte]string{}
			}
			prevTags[w][tag] = feature
		}
	}
	for w := range fixed {
		words[w] = true
	}
	symbol := map[string]bool{}
	for _, w := range emoticons {
		words[w], symbol[w] = true, true
	}
	delete(words, "")
	delete(suffixes, "")
	all := slices.Sorted(maps.Keys(words))
	t.uvarint(len(all))
	for _, w := range all {
		if err := t.text(w); err != nil {
			return nil, err
		}
	}
	for _, w := range all {
		tag := byte(0)
		if name, ok := fixed[w]; ok {
			var err error
			if tag, err = tagNumber(name); err != nil {
				return nil, err
			}
			if nlp.Tag(tag) == nlp.TagSYM {
				return nil, fmt.Errorf("%q: SYM is kept for emoticons", w)
			}
		}
		if symbol[w] {
			tag = byte(nlp.TagSYM)
		}
		t.structure = append(t.structure, tag)
		for _, place := range wordPlaces {
			if err := row(place + " " + w); err != nil {
				return nil, err
			}
		}
		t.structure = append(t.structure, byte(len(prevTags[w])))
		for _, tag := range slices.Sorted(maps.Keys(prevTags[w])) {
			t.structure = append(t.structure, tag)
			if err := row(prevTags[w][tag]); err != nil {
				return nil, err
			}
		}
	}

	t.uvarint(len(suffixes))
	for _, s := range slices.Sorted(maps.Keys(suffixes)) {
		if err := affixText(t, s); err != nil {
			return nil, err
		}
		for _, place := range suffixPlaces {
			if err := row(place + " " + s); err != nil {
				return nil, err
			}
		}
	}
	slices.Sort(firsts)
	t.structure = append(t.structure, byte(len(firsts)))
	for _, c := range firsts {
		if len(c) != 1 || c[0] >= 128 {
			return nil, fmt.Errorf("first letter %q is not ASCII", c)
		}
		t.structure = append(t.structure, c[0])
		if err := row("i pref1 " + c); err != nil {
			return nil, err
		}
	}

	// The tags before.
	if err := row("bias"); err != nil {
		return nil, err
	}
	for _, place := range []string{"i-1 tag ", "i-2 tag "} {
		tags, err := tagsAfter(weights, place, 1)
		if err != nil {
			return nil, err
		}
		t.structure = append(t.structure, byte(len(tags)))
		for _, feature := range slices.Sorted(maps.Keys(tags)) {
			t.structure = append(t.structure, tags[feature]...)
			if err := row(feature); err != nil {
				return nil, err
			}
		}
	}
	pairs, err := tagsAfter(weights, "i tag+i-2 tag ", 2)
	if err != nil {
		return nil, err
	}
	t.uvarint(len(pairs))
	for _, feature := range slices.Sorted(maps.Keys(pairs)) {
		t.structure = append(t.structure, pairs[feature]...)
		if err := row(feature); err != nil {
			return nil, err
		}
	}
	for feature := range weights {
		return nil, fmt.Errorf("%q was not used", feature)
	}
	return t.bytes("whosaid prose tagger 1\n"), nil
}

// bias is the row of the perceptron's bias. Every class that any row names must
// be in it: then no class can go without a score.
var bias map[string]float64

func zigzag(n int64) uint64 { return uint64(n)<<1 ^ uint64(n>>63) }

func affixText(t *table, s string) error {
	if len(s) == 0 || len(s) > 3 {
		return fmt.Errorf("affix %q: not one to three letters", s)
	}
	for i := range len(s) {
		if s[i] >= 128 {
			return fmt.Errorf("affix %q is not ASCII", s)
		}
	}
	return t.text(s)
}

// tagsAfter returns the features that begin with place, with the tags they name.
func tagsAfter(weights map[string]map[string]float64, place string, n int) (map[string][]byte, error) {
	found := map[string][]byte{}
	for feature := range weights {
		rest, ok := strings.CutPrefix(feature, place)
		if !ok {
			continue
		}
		names := strings.Split(rest, " ")
		if len(names) != n {
			return nil, fmt.Errorf("%q: want %d tags", feature, n)
		}
		for _, name := range names {
			tag, err := tagNumber(name)
			if err != nil {
				return nil, err
			}
			found[feature] = append(found[feature], tag)
		}
	}
	return found, nil
}

// features of the classifier in the order in which it adds them up. A name that
// begins another one follows it, so that keys can be told apart.
var labelFeatures = []string{
	"bias", "en-wordlist", "nextpos", "nextword", "pos+prevtag", "pos", "prefix3", "prevpos", "prevtag", "prevword",
	"shape+prevtag", "shape", "suffix3", "word+nextpos", "word.lower", "wordlen", "word",
}

var histories = []string{"None", "B", "I", "O"}
var shapes = []string{"other", "number", "punct", "downcase", "upcase", "mixedcase"}

const maxWordLen = 64

func buildLabels() ([]byte, error) {
	var mapping map[string]int
	var weights []float64
	var basicWords []string
	for name, into := range map[string]any{"mapping.gob": &mapping, "weights.gob": &weights, "words.gob": &basicWords} {
		if err := readAsset("Maxent/"+name, into); err != nil {
			return nil, err
		}
	}
	// rows[feature][value][label] is the weight.
	rows := map[string]map[string]map[nlp.ProseLabel]float64{}
	for _, f := range labelFeatures {
		rows[f] = map[string]map[nlp.ProseLabel]float64{}
	}
	for key, index := range mapping {
		feature, value, label, err := splitKey(key)
		if err != nil {
			return nil, err
		}
		byLabel := rows[feature][value]
		if byLabel == nil {
			byLabel = map[nlp.ProseLabel]float64{}
			rows[feature][value] = byLabel
		}
		byLabel[label] = weights[index]
	}

	t := &table{}
	row := func(feature, value string) {
		byLabel := rows[feature][value]
		for _, label := range slices.Sorted(maps.Keys(byLabel)) {
			t.ids = append(t.ids, byte(label))
			t.weights = binary.LittleEndian.AppendUint64(t.weights, math.Float64bits(byLabel[label]))
			t.entries++
		}
		t.structure = append(t.structure, byte(len(byLabel)))
	}

	tagNames := make([]string, tagSpace) // as the classifier sees them
	for i := byte(1); i < numTags; i++ {
		tagNames[i] = nlp.Tag(i).String()
	}
	tagNames[tagEnd] = "None"
	lowerTags := map[string]byte{}
	lowerNames := make([]string, tagSpace)
	for i, name := range tagNames {
		if name == "" {
			continue
		}
		if byte(i) != tagEnd {
			name = strings.ToLower(name)
		}
		lowerNames[i] = name
		lowerTags[name] = byte(i)
	}

	words := map[string]bool{"None": true}
	nextTags := map[string]map[byte]string{}
	for _, f := range []string{"word", "word.lower", "prevword", "nextword"} {
		for w := range rows[f] {
			words[w] = true
		}
	}
	basic := map[string]bool{}
	for _, w := range basicWords {
		words[w], basic[w] = true, true
	}
	for value := range rows["word+nextpos"] {
		plus := strings.LastIndexByte(value, '+')
		tag, ok := lowerTags[value[plus+1:]]
		if !ok {
			return nil, fmt.Errorf("word+nextpos %q: unknown tag", value)
		}
		w := value[:plus]
		words[w] = true
		if nextTags[w] == nil {
			nextTags[w] = map[byte]string{}
		}
		nextTags[w][tag] = value
	}
	delete(words, "")
	all := slices.Sorted(maps.Keys(words))
	t.uvarint(len(all))
	for _, w := range all {
		if err := t.text(w); err != nil {
			return nil, err
		}
	}
	for _, w := range all {
		flag := byte(0)
		if basic[w] {
			flag = 1
		}
		t.structure = append(t.structure, flag)
		for _, f := range []string{"word", "word.lower", "prevword", "nextword"} {
			row(f, w)
		}
		t.structure = append(t.structure, byte(len(nextTags[w])))
		for _, tag := range slices.Sorted(maps.Keys(nextTags[w])) {
			t.structure = append(t.structure, tag)
			row("word+nextpos", nextTags[w][tag])
		}
	}
	affixes := map[string]bool{}
	for _, f := range []string{"prefix3", "suffix3"} {
		for s := range rows[f] {
			affixes[s] = true
		}
	}
	delete(affixes, "")
	t.uvarint(len(affixes))
	for _, s := range slices.Sorted(maps.Keys(affixes)) {
		if err := affixText(t, s); err != nil {
			return nil, err
		}
		row("prefix3", s)
		row("suffix3", s)
	}

	// What few values have. Rows that prose trained but cannot reach stay out:
	// it asks for the full tag of a verb and for B, I or O as the label before,
	// and was trained on "V" and on whole labels.
	row("bias", "True")
	row("en-wordlist", "False")
	row("en-wordlist", "True")
	for _, name := range lowerNames {
		row("nextpos", name)
	}
	for i, name := range tagNames {
		if byte(i) == tagEnd {
			name = ""
		}
		rowOfTag(row, "pos", name)
	}
	for i, name := range tagNames {
		for _, h := range histories {
			if name == "" || byte(i) == tagEnd {
				t.structure = append(t.structure, 0)
				continue
			}
			row("pos+prevtag", name+"+"+h)
		}
	}
	for _, name := range tagNames {
		rowOfTag(row, "prevpos", name)
	}
	for _, h := range histories {
		row("prevtag", h)
	}
	for _, s := range shapes {
		row("shape", s)
	}
	for n := range maxWordLen {
		row("wordlen", strconv.Itoa(n))
	}
	return t.bytes("whosaid prose labels 1\n"), nil
}

// rowOfTag writes the row of a tag. The empty name is not that of prose's rows
// for a token without a tag: tokens always have one.
func rowOfTag(row func(feature, value string), feature, name string) {
	if name == "" {
		name = "\x00"
	}
	row(feature, name)
}

func splitKey(key string) (feature, value string, label nlp.ProseLabel, err error) {
	for _, f := range labelFeatures {
		rest, ok := strings.CutPrefix(key, f+"-")
		if !ok {
			continue
		}
		for l := range nlp.ProseLabel(nlp.NumProseLabels) {
			if v, ok := strings.CutSuffix(rest, "-"+l.String()); ok {
				return f, v, l, nil
			}
		}
	}
	return "", "", 0, fmt.Errorf("cannot read key %q", key)
}
