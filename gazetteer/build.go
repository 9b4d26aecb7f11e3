package gazetteer

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// MaxTokens is the greatest number of tokens of a name.
const MaxTokens = 64

// A Builder collects names and makes a Gazetteer of them. The zero Builder is
// empty and ready for use. The same calls in the same order make the same
// bytes. A Builder is not safe for concurrent use.
type Builder struct {
	entries []builtEntry
	names   map[uint64]*builtName
	pairs   map[uint32]struct{}
	unnamed map[Entry]int // those of Kind 0
}

type builtEntry struct {
	Entry
	rank int
}

type builtName struct {
	class     Class
	entries   []int
	continues bool
}

// Add adds an entry with its name and aliases. The entries of a name are
// ordered by rank, then population, descending. An empty ID is made of kind
// and name. Add returns an error for names without a letter or digit, of more
// than [MaxTokens] tokens, or longer than 255 bytes.
func (b *Builder) Add(e Entry, rank int, aliases ...string) error {
	return b.AddForms(e, rank, append([]string{e.Name}, aliases...)...)
}

// AddForms is Add for an entry whose Name is not one of its forms, such as the
// country of a nationality. Equal entries of Kind 0 are stored once.
func (b *Builder) AddForms(e Entry, rank int, forms ...string) error {
	if len(e.Name) > 255 {
		return fmt.Errorf("the name %.40q… is longer than 255 bytes", e.Name)
	}
	var hashes []uint64
	for _, s := range forms {
		hs, err := b.hashes(s)
		if err != nil {
			return err
		}
		hashes = append(hashes, hs...)
	}
	n := len(b.entries)
	if at, ok := b.unnamed[e]; ok {
		n = at
	} else {
		b.entries = append(b.entries, builtEntry{e, rank})
		if e.Kind == 0 {
			if b.unnamed == nil {
				b.unnamed = map[Entry]int{}
			}
			b.unnamed[e] = n
		}
	}
	for _, h := range hashes {
		if x := b.name(h); !slices.Contains(x.entries, n) {
			x.entries = append(x.entries, n)
		}
	}
	return nil
}

// AddClass adds classes to a word or a name, which need not be the name of an
// entry: words, titles, and what an alias is beyond its entry.
func (b *Builder) AddClass(name string, c Class) error {
	hs, err := b.hashes(name)
	if err != nil {
		return err
	}
	for _, h := range hs {
		b.name(h).class |= c
	}
	return nil
}

// Has reports whether the name or one of its variants was added.
func (b *Builder) Has(name string) bool {
	n := b.names[hashOf(splitName(name))]
	return n != nil && (n.class != 0 || len(n.entries) > 0)
}

// AddGivenNames makes names variants of one given name. A name may belong to
// several groups: Chris to Christopher and to Christine.
func (b *Builder) AddGivenNames(names ...string) {
	if b.pairs == nil {
		b.pairs = map[uint32]struct{}{}
	}
	for i, x := range names {
		for _, y := range names[:i] {
			b.pairs[uint32(pairHash(KeyOfTitle(x), KeyOfTitle(y)))] = struct{}{}
		}
	}
}

func (b *Builder) name(h uint64) *builtName {
	if b.names == nil {
		b.names = map[uint64]*builtName{}
	}
	n := b.names[h]
	if n == nil {
		n = &builtName{}
		b.names[h] = n
	}
	return n
}

// hashes returns the hashes of the forms of a name and marks what they
// continue: as written, without commas, and without the dots of abbreviations
// (Inc, St) in a name of several words.
func (b *Builder) hashes(name string) ([]uint64, error) {
	if strings.IndexFunc(name, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
		return nil, fmt.Errorf("the name %q has no letter and no digit", name)
	}
	tokens := splitName(name)
	if len(tokens) > MaxTokens {
		return nil, fmt.Errorf("the name %.40q… has %d words and marks, more than %d", name, len(tokens), MaxTokens)
	}
	forms := [][]string{tokens}
	if slices.Contains(tokens, ",") {
		if s := slices.DeleteFunc(slices.Clone(tokens), func(s string) bool { return s == "," }); len(s) > 1 {
			forms = append(forms, s)
		}
	}
	if len(tokens) > 1 {
		for _, f := range forms {
			g := slices.Clone(f)
			for i, s := range g {
				if !isDotted(s) && len(s) > 1 {
					g[i] = strings.TrimSuffix(s, ".")
				}
			}
			if !slices.Equal(f, g) {
				forms = append(forms, g)
			}
		}
	}
	hs := make([]uint64, 0, len(forms))
	for _, f := range forms {
		var h uint64
		for i, s := range f {
			h = step(h, KeyOf(s))
			if i+1 < len(f) {
				b.name(h).continues = true
			}
		}
		hs = append(hs, h)
	}
	return hs, nil
}

// Gazetteer returns what was added.
func (b *Builder) Gazetteer() (*Gazetteer, error) {
	data, err := b.compile()
	if err != nil {
		return nil, err
	}
	t, err := openTable(string(data))
	if err != nil {
		return nil, err
	}
	return &Gazetteer{layers: []*table{t}}, nil
}

// WriteTo writes the compiled form of what was added.
func (b *Builder) WriteTo(w io.Writer) (int64, error) {
	data, err := b.compile()
	if err != nil {
		return 0, err
	}
	n, err := w.Write(data)
	return int64(n), err
}

// joined returns the classes of a name: its own, those of its entries, and
// whether it is ambiguous.
func (b *Builder) joined(n *builtName) Class {
	c := n.class
	kinds := 0
	for _, i := range n.entries {
		c |= b.entries[i].Class
		kinds |= 1 << b.entries[i].Kind
	}
	if c&UserDefined != 0 || len(n.entries) == 0 {
		return c
	}
	if bits.OnesCount(uint(kinds)) > 1 {
		c |= Ambiguous
	}
	if c&entity&^PersonName != 0 && c&(CommonWord|GivenFemale|GivenMale|Surname|NationalityAdjective|NationalityNoun|Adherent) != 0 {
		c |= Ambiguous
	}
	if len(n.entries) > 1 && kinds != 1 {
		x, y := b.entries[n.entries[0]], b.entries[n.entries[1]]
		if x.rank == y.rank && x.Population < 10*y.Population || x.rank == y.rank && y.Population == 0 {
			c |= Ambiguous
		}
		if x.Class&Country != 0 && (y.Class&(Country|BigCity) != 0 || y.rank > 4) {
			c |= Ambiguous
		}
	}
	return c
}

func (b *Builder) compile() ([]byte, error) {
	classes := map[Class]int{0: 0}
	classList := []Class{0}
	classNumber := func(c Class) int {
		n, ok := classes[c]
		if !ok {
			n = len(classList)
			classes[c] = n
			classList = append(classList, c)
		}
		return n
	}
	texts := map[string]int{}
	var text []byte
	place := func(s string) int {
		at, ok := texts[s]
		if !ok {
			at = len(text)
			texts[s] = at
			text = append(text, s...)
		}
		return at
	}

	// Roles are few and come first, so that 16 bits hold their numbers.
	var strs []string
	numbers := map[string]int{}
	number := func(s string) int {
		n, ok := numbers[s]
		if !ok {
			n = len(strs)
			numbers[s] = n
			strs = append(strs, s)
		}
		return n
	}
	var countries []string
	for _, e := range b.entries {
		if e.Role != "" {
			number(e.Role)
		}
		if e.Country != "" && !slices.Contains(countries, e.Country) {
			if len(e.Country) != 2 {
				return nil, fmt.Errorf("%s: the country %q has not two letters", e.Name, e.Country)
			}
			countries = append(countries, e.Country)
		}
	}
	if len(strs) > 1<<16-2 || len(countries) > 255 {
		return nil, errors.New("too many roles or countries")
	}
	used := map[string]bool{}
	for _, e := range b.entries {
		used[e.ID] = true
	}
	var records []byte
	for _, e := range b.entries {
		at := place(e.Name)
		if at >= 1<<24 {
			return nil, errors.New("too many names: their text is longer than 16 MB")
		}
		how, num := encodeID(e.Entry)
		switch {
		case e.ID == "":
			for n := 0; ; n++ {
				if id := slugID(e.Entry, n); !used[id] {
					used[id] = true
					num = uint32(n)
					break
				}
			}
		case how == idString:
			num = uint32(number(e.ID))
		}
		country := 0
		if e.Country != "" {
			country = slices.Index(countries, e.Country) + 1
		}
		role := 0
		if e.Role != "" {
			role = numbers[e.Role] + 1
		}
		pop, exp := e.Population, 0
		for pop > 0x1fff {
			pop, exp = (pop+5)/10, exp+1
		}
		if exp > 7 {
			return nil, fmt.Errorf("%s: the population is too large", e.Name)
		}
		records = binary.LittleEndian.AppendUint32(records, uint32(at)|uint32(len(e.Name))<<24)
		records = append(records, byte(e.Kind)|byte(e.Gender)<<2|byte(how)<<4, byte(country))
		records = binary.LittleEndian.AppendUint16(records, uint16(classNumber(e.Class)))
		records = binary.LittleEndian.AppendUint16(records, uint16(role))
		records = binary.LittleEndian.AppendUint32(records, num)
		records = binary.LittleEndian.AppendUint16(records, uint16(pop)|uint16(exp)<<13)
	}

	hashes := slices.Sorted(maps.Keys(b.names))
	buckets := uint64(max(1, (len(hashes)+bucketSize-1)/bucketSize))
	var slots, lists []byte
	starts := make([]byte, 0, 4*(buckets+1))
	next := uint64(0)
	lows := map[uint32]bool{}
	for i, h := range hashes {
		bucket, _ := bits.Mul64(h, buckets)
		for ; next <= bucket; next++ {
			starts = binary.LittleEndian.AppendUint32(starts, uint32(i))
			clear(lows)
		}
		if lows[uint32(h)] {
			return nil, errors.New("two names have the same hash")
		}
		lows[uint32(h)] = true
		n := b.names[h]
		slices.SortStableFunc(n.entries, func(i, j int) int {
			x, y := b.entries[i], b.entries[j]
			return cmp.Or(cmp.Compare(y.rank, x.rank), cmp.Compare(y.Population, x.Population))
		})
		ref := 0
		switch len(n.entries) {
		case 0:
		case 1:
			ref = n.entries[0] + 1
		default:
			ref = len(b.entries) + 1 + len(lists)/4
			lists = binary.LittleEndian.AppendUint32(lists, uint32(len(n.entries)))
			for _, e := range n.entries {
				lists = binary.LittleEndian.AppendUint32(lists, uint32(e))
			}
		}
		if ref > maxRef {
			return nil, fmt.Errorf("too many names: a gazetteer holds about %d", maxRef)
		}
		v := uint32(classNumber(b.joined(n)))<<refBits | uint32(ref)
		if n.continues {
			v |= continues
		}
		slots = binary.LittleEndian.AppendUint32(slots, uint32(h))
		slots = binary.LittleEndian.AppendUint32(slots, v)
	}
	for ; next <= buckets; next++ {
		starts = binary.LittleEndian.AppendUint32(starts, uint32(len(hashes)))
	}
	if len(classList) > maxClasses {
		return nil, errors.New("too many different sets of classes")
	}
	var classData, ends, pairs []byte
	for _, c := range classList {
		classData = binary.LittleEndian.AppendUint32(classData, uint32(c))
	}
	for _, p := range slices.Sorted(maps.Keys(b.pairs)) {
		pairs = binary.LittleEndian.AppendUint32(pairs, p)
	}
	// Strings are cut out by their ends, so they stand at the start of the text.
	var head []byte
	for _, s := range strs {
		head = append(head, s...)
		ends = binary.LittleEndian.AppendUint32(ends, uint32(len(head)))
	}
	if len(head)+len(text) >= 1<<24 {
		return nil, errors.New("too many names: their text is longer than 16 MB")
	}
	for i := 0; i < len(records); i += entryLen {
		binary.LittleEndian.PutUint32(records[i:], binary.LittleEndian.Uint32(records[i:])+uint32(len(head)))
	}
	text = append(head, text...)

	out := []byte(magic)
	for _, n := range [sections]int{len(starts) / 4, len(slots) / slotLen, len(records) / entryLen, len(lists) / 4,
		len(classData) / 4, len(ends) / 4, len(countries), len(pairs) / 4, len(text)} {
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
	}
	return slices.Concat(out, starts, slots, records, lists, classData, ends, []byte(strings.Join(countries, "")), pairs, text), nil
}

// encodeID returns how the ID of e is kept and its number.
func encodeID(e Entry) (how int, number uint32) {
	if e.ID == "" {
		return idSlug, 0
	}
	if e.ID == "ISO3166:"+e.Country {
		return idISO, 0
	}
	if s, ok := strings.CutPrefix(e.ID, "geonames:"); ok {
		if n, err := strconv.ParseUint(s, 10, 32); err == nil && strconv.FormatUint(n, 10) == s {
			return idCity, uint32(n)
		}
	}
	if s, ok := strings.CutPrefix(e.ID, "geonames-admin1:"+e.Country+"."); ok && len(s) <= 4 && e.Country != "" && !strings.Contains(s, "\x00") {
		var b [4]byte
		copy(b[:], s)
		return idAdmin, binary.LittleEndian.Uint32(b[:])
	}
	if s, ok := strings.CutPrefix(e.ID, "bioguide:"); ok && len(s) == 7 && s[0] < 0x80 {
		if n, err := strconv.ParseUint(s[1:], 10, 24); err == nil && fmt.Sprintf("%06d", n) == s[1:] {
			return idPerson, uint32(s[0])<<24 | uint32(n)
		}
	}
	return idString, 0
}
