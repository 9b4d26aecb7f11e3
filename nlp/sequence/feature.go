package sequence

const (
	mulA = 0x9e3779b97f4a7c15
	mulB = 0xd6e8feb86659fd93
)

// Hash returns the value of a string for [Feature] and [Pair].
func Hash(s string) uint64 {
	h := uint64(0xcbf29ce484222325)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 0x100000001b3
	}
	return (h ^ h>>32) * mulA
}

// Pair returns one value for two, in this order.
func Pair(a, b uint64) uint64 { return (a*mulB ^ b>>7 ^ b) * mulA }

// Feature returns the number of the feature that a template makes of a value.
func Feature(template uint32, value uint64) uint32 {
	h := (value ^ uint64(template)*mulB) * mulA
	return uint32(h>>32) ^ uint32(h>>9)
}
