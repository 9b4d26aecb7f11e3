package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whosaid-nlp/whosaid/cmd/internal/write"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// What the README shows of the main job is what the command prints; "…" stands
// for lines that it leaves out.
func TestReadmeOutput(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	text, err := os.ReadFile("../../testdata/articles/istanbul-talks.txt")
	require.NoError(t, err)
	_, shown, found := strings.Cut(string(readme), "```\n$ go run ./cmd/quotes testdata/articles/istanbul-talks.txt\n")
	require.True(t, found)
	shown, _, _ = strings.Cut(shown, "```")
	format, err := write.Lookup("text")
	require.NoError(t, err)
	writer := format.New(write.Options{})
	rest := string(writer.Article(nil, &write.Article{ID: "istanbul-talks", Analysis: quotes.Analyze(string(text))}))
	for part := range strings.SplitSeq(shown, "…\n") {
		_, after, found := strings.Cut(rest, part)
		assert.True(t, found, "the command does not print\n%s", part)
		rest = after
	}
}

// So is what it shows of the speakers command.
func TestReadmeSpeakers(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	const command = "$ go run ./cmd/quotes speakers --top 3 testdata/articles/*.txt\n"
	_, shown, found := strings.Cut(string(readme), command)
	require.True(t, found)
	shown, _, _ = strings.Cut(shown, "```")
	articles, err := filepath.Glob("../../testdata/articles/*.txt")
	require.NoError(t, err)
	var out strings.Builder
	cmd := rootCommand()
	cmd.SetOut(&out)
	cmd.SetArgs(append([]string{"speakers", "--top", "3"}, articles...))
	require.NoError(t, cmd.ExecuteContext(t.Context()))
	assert.Equal(t, shown, out.String())
}

// The page on the JSON shape shows what the command prints.
func TestJSONPage(t *testing.T) {
	page, err := os.ReadFile("JSON.md")
	require.NoError(t, err)
	_, rest, found := strings.Cut(string(page), "Of the article a.txt, “")
	require.True(t, found)
	text, rest, _ := strings.Cut(rest, "”:")
	_, rest, _ = strings.Cut(rest, "```json\n")
	shown, _, _ := strings.Cut(rest, "```")
	format, err := write.Lookup("json")
	require.NoError(t, err)
	writer := format.New(write.Options{})
	got := writer.Article(nil, &write.Article{ID: "a", Analysis: quotes.Analyze(text + "\n")})
	assert.Equal(t, shown, string(format.Whole(writer, got)))
}
