package sequence

// A Cache keeps what groups of features add up to, by keys of which each tells
// all that the features of its group are made of. It holds those that were asked
// for last, serves one model, and is used by one goroutine at a time.
type Cache struct {
	keys  []uint64 // inverted, so that 0 is an empty entry
	sums  []Sum    // several for each entry
	width int
	shift uint
}

// NewCache returns a cache of 2^log entries of width sums each.
func NewCache(log uint, width int) *Cache {
	return &Cache{keys: make([]uint64, 1<<log), sums: make([]Sum, width<<log), width: width, shift: 64 - log}
}

// Find returns the sums of a key, and whether they are known. Where they are
// not, they are zero, and the caller adds the features to them. The slice holds
// until the next call. The key with all bits set is not allowed.
func (c *Cache) Find(key uint64) (sums []Sum, known bool) {
	k := key * mulA >> c.shift
	sums = c.sums[int(k)*c.width : (int(k)+1)*c.width]
	if c.keys[k] == ^key {
		return sums, true
	}
	c.keys[k] = ^key
	clear(sums)
	return sums, false
}
