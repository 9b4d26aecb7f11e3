package quotes_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The Go code of the README is that of the examples, which tests run.
func TestReadmeCode(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	var examples strings.Builder
	for _, folder := range []string{"nlp", "gazetteer", "entities", "quotes"} {
		code, err := os.ReadFile("../" + folder + "/example_test.go")
		require.NoError(t, err)
		for line := range strings.Lines(string(code)) {
			examples.WriteString(strings.TrimPrefix(line, "\t"))
		}
	}
	blocks := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	assert.NotEmpty(t, blocks)
	for _, b := range blocks {
		assert.Contains(t, examples.String(), b[1])
	}
}
