package write_test

import (
	"cmp"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/cmd/internal/wire"
	"github.com/whosaid-nlp/whosaid/cmd/internal/write"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// TestReaders reads what the writers write with the programs that read these
// formats in use: Python packages, where they are installed for the python3 on
// the path or that of the variable READERS_PYTHON.
func TestReaders(t *testing.T) {
	python, err := exec.LookPath(cmp.Or(os.Getenv("READERS_PYTHON"), "python3"))
	if err != nil {
		t.Skip("no Python")
	}
	names, err := filepath.Glob("../../../testdata/articles/*.txt")
	require.NoError(t, err)
	articles := sample
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		articles = append(articles, &write.Article{ID: filepath.Base(name), Analysis: quotes.Analyze(string(text))})
	}
	for _, f := range write.Formats() {
		if f.Name == "text" {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			dir := t.TempDir()
			schema := filepath.Join(dir, "schema")
			require.NoError(t, os.WriteFile(schema, []byte(wire.JSONSchema), 0o644))
			read := func(articles ...*write.Article) string {
				name := filepath.Join(dir, "file"+f.Extension)
				require.NoError(t, os.WriteFile(name, []byte(file(f, write.Options{}, articles...)), 0o644))
				require.NoError(t, os.WriteFile(name+".xml", []byte(write.LabelStudioInterface), 0o644))
				if w, ok := f.New(write.Options{}).(write.Sidecar); ok {
					require.NoError(t, os.WriteFile(filepath.Join(dir, "file"+write.SidecarExtension), w.Sidecar(articles[0]), 0o644))
				}
				out, err := exec.Command(python, "testdata/readers.py", f.Name, name, schema).CombinedOutput()
				var exit *exec.ExitError
				if errors.As(err, &exit) && exit.ExitCode() == 77 {
					t.Skipf("%s", out)
				}
				require.NoError(t, err, "%s", out)
				return strings.TrimSpace(string(out))
			}
			if f.Folder { // a file an article
				for _, a := range articles {
					read(a)
				}
				return
			}
			require.Equal(t, len(articles), atoi(t, read(articles...)))
		})
	}
}

func atoi(t *testing.T, text string) int {
	n, err := strconv.Atoi(text)
	require.NoError(t, err)
	return n
}
