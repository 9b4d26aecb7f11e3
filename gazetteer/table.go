package gazetteer

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// The compiled form of a gazetteer, little-endian, read in place:
//
//	magic, then one u32 for the length of each section in its units
//	buckets  u32: names of bucket b are slots [buckets[b], buckets[b+1])
//	slots    u32 low half of the hash, u32 value
//	entries  16 bytes each
//	lists    u32: count, entry numbers … of names with several entries
//	classes  u32 each, distinct
//	strings  u32 ends in text: roles, then IDs that have no shorter form
//	countries two letters each
//	pairs    u32 hashes of pairs of given names, sorted
//	text     names, then strings
//
// The value of a slot: whether a longer name continues it (1 bit), its class
// (12 bits, a number in classes), and its entries (19 bits): 0 none, up to the
// number of entries one entry (from 1), above it a place in lists.
const (
	magic     = "whosaid gazetteer 1\n"
	sections  = 9
	headerLen = len(magic) + 4*sections

	slotLen  = 8
	entryLen = 16

	continues  = 1 << 31
	refBits    = 19
	maxRef     = 1<<refBits - 1
	maxClasses = 1 << 12

	bucketSize = 4 // names a bucket, on average
)

// How the ID of an entry is kept.
const (
	idSlug   = iota // made of kind and name; number tells equal ones apart
	idISO           // of the country
	idCity          // GeoNames number
	idAdmin         // up to four letters behind the country
	idPerson        // letter and six digits
	idString        // number in strings
)

type table struct {
	buckets, slots, entries, lists, classes, strings, countries, pairs, text string
	bucketCount                                                              uint64
	entryCount                                                               int
}

func u32(s string, i int) uint32 {
	s = s[i : i+4]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

func u16(s string, i int) uint16 { return uint16(s[i]) | uint16(s[i+1])<<8 }

// openTable checks the lengths of the sections of data and returns the table
// that reads from it.
func openTable(data string) (*table, error) {
	if len(data) < headerLen || !strings.HasPrefix(data, magic) {
		return nil, errors.New("not a compiled gazetteer of this version")
	}
	t := &table{}
	units := [sections]int{4, slotLen, entryLen, 4, 4, 4, 2, 4, 1}
	rest := data[headerLen:]
	for i, s := range [sections]*string{&t.buckets, &t.slots, &t.entries, &t.lists, &t.classes, &t.strings, &t.countries, &t.pairs, &t.text} {
		n := int(u32(data, len(magic)+4*i)) * units[i]
		if n > len(rest) {
			return nil, fmt.Errorf("section %d is cut off: %d bytes of %d", i, len(rest), n)
		}
		*s, rest = rest[:n], rest[n:]
	}
	if len(rest) != 0 || len(t.buckets) < 8 {
		return nil, errors.New("the sections do not fill the table")
	}
	t.bucketCount = uint64(len(t.buckets)/4 - 1)
	t.entryCount = len(t.entries) / entryLen
	return t, nil
}

// find returns the value of the name with hash h.
func (t *table) find(h uint64) (value uint32, ok bool) {
	b, _ := bits.Mul64(h, t.bucketCount)
	i := int(u32(t.buckets, int(b)*4))
	end := int(u32(t.buckets, int(b)*4+4))
	slots := t.slots[i*slotLen : end*slotLen]
	low := uint32(h)
	for len(slots) >= slotLen {
		if u32(slots, 0) == low {
			return u32(slots, 4), true
		}
		slots = slots[slotLen:]
	}
	return 0, false
}

func (t *table) class(value uint32) Class {
	return Class(u32(t.classes, int(value&^continues>>refBits)*4))
}

func (t *table) ref(value uint32) uint32 { return value & maxRef }

// firstEntry returns the number of the first entry of ref, which is not 0.
func (t *table) firstEntry(ref uint32) int {
	if int(ref) <= t.entryCount {
		return int(ref) - 1
	}
	return int(u32(t.lists, (int(ref)-t.entryCount-1)*4+4))
}

func (t *table) appendEntries(dst []Entry, ref uint32) []Entry {
	switch {
	case ref == 0:
		return dst
	case int(ref) <= t.entryCount:
		return append(dst, t.entry(int(ref)-1))
	}
	at := (int(ref) - t.entryCount - 1) * 4
	n := int(u32(t.lists, at))
	dst = slices.Grow(dst, n)
	for range n {
		at += 4
		dst = append(dst, t.entry(int(u32(t.lists, at))))
	}
	return dst
}

func (t *table) entry(i int) Entry {
	r := t.entries[i*entryLen : (i+1)*entryLen]
	name := int(u32(r, 0) & 0xffffff)
	meta := r[4]
	e := Entry{
		Name:   t.text[name : name+int(r[3])],
		Kind:   Kind(meta & 3),
		Gender: Gender(meta >> 2 & 3),
		Class:  Class(u32(t.classes, int(u16(r, 6))*4)),
	}
	if r[5] > 0 {
		c := (int(r[5]) - 1) * 2
		e.Country = t.countries[c : c+2]
	}
	if role := u16(r, 8); role > 0 {
		e.Role = t.string(int(role) - 1)
	}
	pop := u16(r, 14)
	e.Population = int(pop & 0x1fff)
	for range pop >> 13 {
		e.Population *= 10
	}
	e.ID = t.id(e, int(meta>>4), u32(r, 10))
	return e
}

// string returns a string of the table strings.
func (t *table) string(i int) string {
	start := 0
	if i > 0 {
		start = int(u32(t.strings, (i-1)*4))
	}
	return t.text[start:u32(t.strings, i*4)]
}

func (t *table) id(e Entry, how int, number uint32) string {
	switch how {
	case idISO:
		return "ISO3166:" + e.Country
	case idCity:
		return "geonames:" + strconv.Itoa(int(number))
	case idAdmin:
		b := [4]byte{byte(number), byte(number >> 8), byte(number >> 16), byte(number >> 24)}
		return "geonames-admin1:" + e.Country + "." + strings.TrimRight(string(b[:]), "\x00")
	case idPerson:
		return fmt.Sprintf("bioguide:%c%06d", number>>24, number&0xffffff)
	case idString:
		return t.string(int(number))
	}
	return slugID(e, int(number))
}

// slugID makes an ID of kind and name; the entries that would have the same one
// have different numbers.
func slugID(e Entry, number int) string {
	var b strings.Builder
	b.WriteString("whosaid:")
	b.WriteString(e.Kind.String())
	b.WriteByte('/')
	gap := false
	start := b.Len()
	write := func(s string) {
		if gap && b.Len() > start {
			b.WriteByte('-')
		}
		gap = false
		b.WriteString(s)
	}
	for _, r := range e.Name {
		s, ok := fold(r)
		switch {
		case ok && s != "'" && s != "-":
			if s != "" {
				write(strings.ToLower(s))
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			write(string(unicode.ToLower(r)))
		case r != '.' && r != '\'' && s != "'":
			gap = true
		}
	}
	if number > 0 && e.Country != "" {
		b.WriteByte('-')
		b.WriteString(strings.ToLower(e.Country))
		number--
	}
	if number > 0 {
		b.WriteByte('-')
		b.WriteString(strconv.Itoa(number + 1))
	}
	return b.String()
}

// hasPair reports whether the table holds the pair of given names.
func (t *table) hasPair(p uint64) bool {
	want := uint32(p)
	lo, hi := 0, len(t.pairs)/4
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		switch v := u32(t.pairs, mid*4); {
		case v == want:
			return true
		case v < want:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return false
}
