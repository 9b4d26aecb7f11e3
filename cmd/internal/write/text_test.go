package write_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/whosaid-nlp/whosaid/cmd/internal/write"
)

func TestText(t *testing.T) {
	text := "Ann Lee \x1b[31mcame to Rome, where Bob Fox and Ann Lee's friends, all of them from Rome, met.\n“We won,” Lee said."
	assert.Equal(t, `a
1 quotation

  1  Ann Lee (Lee)
     direct, said, line 2, column 1
     “We won,”

People
  Ann Lee ×3, also
      Lee
  Bob Fox ×1

Locations
  Rome ×2

`, written("text", write.Options{Style: write.Style{Width: 20}}, "a", text))
	assert.Equal(t, "empty\nno quotations\n\n", written("text", write.Options{}, "empty", ""))
	assert.Contains(t, written("text", write.Options{Style: write.Style{Color: true}}, "a", text), "\x1b[1mAnn Lee\x1b[0m")
}
