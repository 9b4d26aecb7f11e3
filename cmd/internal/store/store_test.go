package store_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/cmd/internal/store"
	"github.com/whosaid-nlp/whosaid/cmd/internal/write"
	"github.com/whosaid-nlp/whosaid/quotes"
)

func options(format string) store.Options {
	f, err := write.Lookup(format)
	if err != nil {
		panic(err)
	}
	return store.Options{Format: f, Writer: f.New(write.Options{}), Resume: true, Settings: "format=" + format}
}

var texts = []string{"“We won,” Ann Lee said.", "", "Bob Fox came to Rome.", "“No,” said Bob Fox. “Yes.”", "Ann Lee left."}

// run stores the texts as articles a, b, … and stops before stop. It returns
// how many were done before.
func run(t *testing.T, name string, o store.Options, texts []string, stop int) (done int) {
	t.Helper()
	s, err := store.Open(name, nil, o)
	require.NoError(t, err)
	for i, text := range texts {
		if i == stop {
			require.NoError(t, s.Close(false, 0))
			return done
		}
		k := store.Key{ID: string(rune('a' + i)), Text: sha256.Sum256([]byte(text))}
		ticket, finished, err := s.Done(k)
		require.NoError(t, err)
		if finished {
			done++
			continue
		}
		if text == "Ann Lee left." { // nothing of it is wanted
			require.NoError(t, s.Put(ticket, store.Output{}))
			continue
		}
		a := &write.Article{ID: k.ID, Analysis: quotes.Analyze(text)}
		out := store.Output{Body: o.Writer.Article(nil, a)}
		if w, ok := o.Writer.(write.Sidecar); ok {
			out.Sidecar = w.Sidecar(a)
		}
		require.NoError(t, s.Put(ticket, out))
	}
	require.NoError(t, s.Close(true, 0))
	return done
}

// files are the files of a folder and what they hold.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	list, err := os.ReadDir(dir)
	require.NoError(t, err)
	all := map[string]string{}
	for _, e := range list {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		all[e.Name()] = string(b)
	}
	return all
}

// A run that was interrupted anywhere and one that goes on make what one run
// makes, and the second does not do again what the first has done.
func TestResume(t *testing.T) {
	for _, format := range []string{"jsonl", "json", "csv", "labelstudio", "html"} {
		whole := t.TempDir()
		run(t, filepath.Join(whole, "out"), options(format), texts, -1)
		want := files(t, whole)
		for stop := range texts {
			dir := t.TempDir()
			name := filepath.Join(dir, "out")
			run(t, name, options(format), texts, stop)
			assert.NotContains(t, files(t, dir), "out", "an output that is not whole")
			assert.NotContains(t, files(t, dir), "out.done")
			assert.Equal(t, stop, run(t, name, options(format), texts, -1), "%s, stopped before %d", format, stop)
			assert.Equal(t, want, files(t, dir), "%s, stopped before %d", format, stop)
			assert.Equal(t, len(texts), run(t, name, options(format), texts, -1), "all is done")
			assert.Equal(t, want, files(t, dir))
		}
	}
}

// A crash may cut file and journal off anywhere, and a file may be damaged.
func TestCrash(t *testing.T) {
	o := options("json")
	whole := t.TempDir()
	run(t, filepath.Join(whole, "out"), o, texts, -1)
	want := files(t, whole)

	started := t.TempDir()
	run(t, filepath.Join(started, "out"), o, texts, 4)
	begun := files(t, started)
	for _, cut := range []string{"out.part", "out.journal"} {
		for n := 0; n <= len(begun[cut]); n += 41 {
			dir := t.TempDir()
			for name, content := range begun {
				if name == cut {
					content = content[:n]
				}
				require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644))
			}
			run(t, filepath.Join(dir, "out"), o, texts, -1)
			require.Equal(t, want, files(t, dir), "%s cut off at %d", cut, n)
		}
	}
	for n := 0; n < len(want["out"]); n += 113 {
		dir := t.TempDir()
		for name, content := range want {
			if name == "out" {
				content = content[:n] + "#" + content[n+1:]
			}
			require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644))
		}
		run(t, filepath.Join(dir, "out"), o, texts, -1)
		require.Equal(t, want, files(t, dir), "byte %d damaged", n)
	}
}

// Another input than that of the last run gives what a first run gives.
func TestChangedInput(t *testing.T) {
	for _, format := range []string{"json", "csv"} {
		for _, c := range []struct {
			what     string
			old, new []string
			done     int
		}{
			{"one more", texts[:3], texts, 3},
			{"one less", texts, texts[:3], 3},
			{"none", texts, nil, 0},
			{"from none", nil, texts, 0},
			{"another text", texts, []string{texts[0], "New.", texts[2], texts[3], texts[4]}, 1},
		} {
			want, dir := t.TempDir(), t.TempDir()
			run(t, filepath.Join(want, "out"), options(format), c.new, -1)
			run(t, filepath.Join(dir, "out"), options(format), c.old, -1)
			assert.Equal(t, c.done, run(t, filepath.Join(dir, "out"), options(format), c.new, -1), c.what)
			assert.Equal(t, files(t, want), files(t, dir), "%s, %s", format, c.what)
		}
	}
}

// A size in the journal that the file has not is a difference, whatever it is.
func TestDamagedJournal(t *testing.T) {
	for _, size := range []string{"-1", "1000000", "9000000000000000000"} {
		name := filepath.Join(t.TempDir(), "out")
		run(t, name, options("csv"), texts, -1)
		want, err := os.ReadFile(name)
		require.NoError(t, err)
		journal, err := os.ReadFile(name + ".journal")
		require.NoError(t, err)
		damaged := regexp.MustCompile(`"size":\d+`).ReplaceAll(journal, []byte(`"size":`+size))
		require.NoError(t, os.WriteFile(name+".journal", damaged, 0o644))
		assert.Zero(t, run(t, name, options("csv"), texts, -1), size)
		got, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got), size)
	}
}

func TestFolder(t *testing.T) {
	for _, format := range []string{"json", "brat", "csv"} {
		whole := t.TempDir()
		run(t, whole, options(format), texts, -1)
		want := files(t, whole)
		assert.Contains(t, want, "quotes.done")
		for stop := range texts {
			dir := t.TempDir()
			run(t, dir, options(format), texts, stop)
			assert.NotContains(t, files(t, dir), "quotes.done")
			assert.Equal(t, stop, run(t, dir, options(format), texts, -1))
			assert.Equal(t, want, files(t, dir))
		}
		for name := range want { // a file is damaged or lost
			if strings.HasPrefix(name, "quotes.") {
				continue
			}
			dir := t.TempDir()
			run(t, dir, options(format), texts, -1)
			require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("damaged"), 0o644))
			run(t, dir, options(format), texts, -1)
			got := files(t, dir)
			delete(got, "quotes.journal") // the article stands there twice
			rest := files(t, whole)
			delete(rest, "quotes.journal")
			assert.Equal(t, rest, got, name)
			require.NoError(t, os.Remove(filepath.Join(dir, name)))
			run(t, dir, options(format), texts, -1)
			assert.Contains(t, files(t, dir), name)
		}
	}
}

// Without Resume nothing is left beside the output, and what was put before an
// interruption is a whole file.
func TestPlain(t *testing.T) {
	o := options("json")
	o.Resume = false
	dir := t.TempDir()
	run(t, filepath.Join(dir, "out"), o, texts, 2)
	got := files(t, dir)
	assert.Len(t, got, 1)
	assert.Equal(t, 2, strings.Count(got["out"], `"schema"`))
	assert.True(t, strings.HasSuffix(got["out"], "}\n]\n"))

	run(t, dir+"/articles/", o, texts, -1)
	assert.Len(t, files(t, dir+"/articles"), len(texts)-1)
	assert.True(t, strings.HasPrefix(files(t, dir+"/articles")["a.json"], "{\n"))

	var b bytes.Buffer
	s, err := store.Open("-", &b, o)
	require.NoError(t, err)
	require.NoError(t, s.Close(true, 0))
	assert.Equal(t, "[\n\n]\n", b.String())
}

func TestErrors(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "out")
	require.NoError(t, os.WriteFile(file, nil, 0o644))
	open := func(name, format string, change func(*store.Options)) error {
		o := options(format)
		if change != nil {
			change(&o)
		}
		_, err := store.Open(name, nil, o)
		return err
	}
	assert.EqualError(t, open("", "brat", nil), "the format brat is several files an article: name a folder with --output")
	assert.EqualError(t, open("-", "json", nil), "what went to standard output cannot be resumed: name a file or folder with --output")
	assert.EqualError(t, open(file, "brat", nil), file+": the format brat needs a folder, and this is a file")
	assert.ErrorContains(t, open(filepath.Join(dir, "none", "out"), "json", nil), "none")
	assert.Error(t, open(filepath.Join(file, "x")+"/", "json", nil))

	run(t, file, options("json"), texts, 2)
	err := open(file, "json", func(o *store.Options) { o.Settings = "kind=direct" })
	assert.ErrorIs(t, err, store.ErrUsage)
	assert.EqualError(t, err, file+`.journal: the output was begun by "format=json" and this is "kind=direct": `+
		`give the old flags, or remove the journal to begin anew`)
}

func TestFileName(t *testing.T) {
	for _, c := range [][2]string{
		{"", "~e3b0c442"},
		{"../../etc/passwd", "_.._etc_passwd~"},
		{"a/b", "a_b~c14cddc0"},
		{"\xff", "_~a8100ae6"},
		{"nul", "nul~"},
		{"NUL.txt", "NUL.txt~"},
		{"quotes", "quotes~"},
		{"quotes-1-of-2", "quotes-1-of-2~"},
		{"annotation", "annotation~"},
		{".hidden", "hidden~"},
		{"-x", "x~"},
		{"a~2", "a_2~"},
		{"o\u0308l", "\u00f6l~"},
		{"istanbul-talks_2.v1", "istanbul-talks_2.v1"},
		{"Öl", "Öl"},
	} {
		got := store.FileName(c[0])
		if want, found := strings.CutSuffix(c[1], "~"); found {
			assert.Regexp(t, `^`+regexp.QuoteMeta(want)+`~[0-9a-f]{8}$`, got)
		} else {
			assert.Equal(t, c[1], got, "%q", c[0])
		}
	}
	assert.LessOrEqual(t, len(store.FileName(strings.Repeat("ö", 500))), 109)
}

// Articles with the same ID, but for case, have files of their own.
func TestSameNames(t *testing.T) {
	dir := t.TempDir()
	o := options("jsonl")
	s, err := store.Open(dir, nil, o)
	require.NoError(t, err)
	for i, id := range []string{"a", "A", "a", "a/b", "a_b", "a"} {
		k := store.Key{ID: id, Text: [32]byte{byte(i)}}
		ticket, done, err := s.Done(k)
		require.NoError(t, err)
		require.False(t, done)
		require.NoError(t, s.Put(ticket, store.Output{Body: fmt.Append(nil, i)}))
	}
	require.NoError(t, s.Close(true, 3))
	got := files(t, dir)
	assert.Equal(t, `{"done":"whosaid-done/1","settings":"format=jsonl","articles":6,"failed":3}`+"\n", got["quotes.done"])
	delete(got, "quotes.done")
	delete(got, "quotes.journal")
	for name, content := range map[string]string{"a": "0", "A~2": "1", "a~3": "2", "a_b~c14cddc0": "3", "a_b": "4", "a~4": "5"} {
		assert.Equal(t, content, got[name+".jsonl"], name)
	}
	assert.Len(t, got, 6)
}
