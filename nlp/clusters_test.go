package nlp

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestClusters(t *testing.T) {
	said, ok := Clusters("said")
	assert.True(t, ok)
	told, _ := Clusters("told")
	assert.Equal(t, said[0], told[0], "said and told are near each other")
	moscow, _ := Clusters("moscow")
	kiev, _ := Clusters("kiev")
	assert.Equal(t, moscow[1], kiev[1])
	assert.NotEqual(t, said[0], moscow[0])
	for _, w := range []string{"", "qqqzzzxxxy", "Said", "\xff\xfe"} {
		_, ok = Clusters(w)
		assert.False(t, ok, "%q", w)
	}
	for _, w := range []string{"the", "lavrov", "öncü", "2020", ","} {
		c, _ := Clusters(w)
		for k, n := range []uint16{64, 256, 1024, 3000} {
			assert.Less(t, c[k], n)
		}
	}
	assert.Zero(t, testing.AllocsPerRun(10, func() { Clusters("moscow") }))
}

func BenchmarkClusters(b *testing.B) {
	words := []string{"the", "lavrov", "meeting", "istanbul", "unseenword", "ministry"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Clusters(words[i%len(words)])
	}
}
