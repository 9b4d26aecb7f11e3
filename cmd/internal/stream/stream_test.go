package stream

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func gz(t testing.TB, text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := io.WriteString(z, text)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.String()
}

func zst(t testing.TB, text string) string {
	var b bytes.Buffer
	z, err := zstd.NewWriter(&b)
	require.NoError(t, err)
	_, err = io.WriteString(z, text)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.String()
}

// bz2 is "a\nb\n" as bzip2 packs it, which the standard library cannot do.
func bz2(t testing.TB) string {
	b, err := hex.DecodeString("425a68393141592653593c854112000001410000103000200030cc0c7a8271772453850903c8541120")
	require.NoError(t, err)
	return string(b)
}

// lines takes all lines; what cannot be read is an error in between.
func lines(s *Stream, limit int64) (out []string) {
	for {
		l, err := s.Line(limit)
		var damage *Damage
		switch {
		case err == io.EOF:
			return out
		case err == ErrLong:
			out = append(out, "LONG")
		case errors.As(err, &damage):
			out = append(out, fmt.Sprintf("DAMAGE %d", damage.Byte))
		case err != nil:
			return append(out, "ERROR "+err.Error())
		default:
			out = append(out, string(l))
		}
	}
}

// spoil changes a byte.
func spoil(s string, at int) string {
	b := []byte(s)
	b[at] ^= 0x55
	return string(b)
}

func TestLines(t *testing.T) {
	long := strings.Repeat("x", 200_000)
	for _, c := range []struct {
		name, in string
		limit    int64
		want     []string
	}{
		{"empty", "", 9, nil},
		{"too long, and the next", "0123456789\na\n", 9, []string{"LONG", "a\n"}},
		{"too long at the end", "a\n0123456789", 9, []string{"a\n", "LONG"}},
		{"just right", "012345678\n012345678", 9, []string{"012345678\n", "012345678"}},
		{"longer than any buffer", long + "\n" + long, 1 << 30, []string{long + "\n", long}},
		{"longer than any buffer and the limit", long + "\nb\n", 70_000, []string{"LONG", "b\n"}},
		{"blank lines", "\n\r\n\n", 9, []string{"\n", "\r\n", "\n"}},
	} {
		for _, r := range []io.Reader{strings.NewReader(c.in), iotest.HalfReader(strings.NewReader(c.in)), iotest.DataErrReader(strings.NewReader(c.in))} {
			assert.Equal(t, c.want, lines(New(r), c.limit), c.name)
		}
	}
	broken := io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(io.ErrClosedPipe))
	assert.Equal(t, []string{"a\n", "ERROR " + io.ErrClosedPipe.Error()}, lines(New(broken), 9))
}

// One damaged member costs what stands in it; all others are read.
func TestDamage(t *testing.T) {
	random := make([]byte, 100_000)
	source := rand.NewChaCha8([32]byte{1})
	source.Read(random)
	noise := strings.ReplaceAll(string(random), "\n", " ") + "\n"
	a, b, c := gz(t, "a\n"), gz(t, noise), gz(t, "c\n")
	at := len(a)
	for _, x := range []struct {
		name, in string
		want     []string
	}{
		{"header", a + spoil(b, 2) + c, []string{"a\n", fmt.Sprint("DAMAGE ", at), "c\n"}},
		{"checksum", a + spoil(b, len(b)-6) + c, []string{"a\n", noise, fmt.Sprint("DAMAGE ", at), "c\n"}},
		{"length", a + spoil(b, len(b)-1) + c, []string{"a\n", noise, fmt.Sprint("DAMAGE ", at), "c\n"}},
		{"cut off", a + b[:len(b)/2], []string{"a\n", fmt.Sprint("DAMAGE ", at)}},
		{"cut off, then more", a + b[:len(b)/2] + c, []string{"a\n", fmt.Sprint("DAMAGE ", at), "c\n"}},
		{"garbage between", a + "garbage" + c, []string{"a\n", fmt.Sprint("DAMAGE ", at), "c\n"}},
		{"garbage at the end", a + "garbage", []string{"a\n", fmt.Sprint("DAMAGE ", at)}},
		{"zeros at the end", a + c + strings.Repeat("\x00", 5000), []string{"a\n", "c\n"}},
		{"first member", spoil(a, 12) + c, []string{"DAMAGE 0", "c\n"}},
		{"two in a row are one", a + spoil(c, 12) + spoil(c, 12) + c, []string{"a\n", fmt.Sprint("DAMAGE ", at), "c\n"}},
		{"a line over two members", gz(t, "a") + gz(t, "b\n"), []string{"ab\n"}},
		{"zstd frame", zst(t, "a\n") + spoil(zst(t, "bbbbbbbbbbbbbbbbbbbbbbbbb\n"), 12) + zst(t, "c\n"), []string{"a\n", "DAMAGE 0", "c\n"}},
		{"zstd cut off", zst(t, "a\n") + zst(t, noise)[:9000], []string{"a\n", "DAMAGE 0"}},
		{"bzip2", bz2(t) + spoil(bz2(t), 20) + bz2(t), []string{"a\n", "b\n", "DAMAGE 0", "a\n", "b\n"}},
	} {
		for _, r := range []io.Reader{strings.NewReader(x.in), iotest.HalfReader(strings.NewReader(x.in)), iotest.OneByteReader(strings.NewReader(x.in))} {
			got := lines(New(r), 1<<20)
			assert.Equal(t, shown(x.want), shown(got), x.name)
		}
	}
	s := New(strings.NewReader(spoil(a, 12)))
	_, err := s.Line(9)
	assert.ErrorContains(t, err, "the compressed data that begin at byte 0 are damaged (flate: corrupt input before offset")
	_, err = s.Line(9)
	assert.Equal(t, io.EOF, err)
}

// shown shortens lines for messages.
func shown(lines []string) (out []string) {
	for _, l := range lines {
		out = append(out, fmt.Sprintf("%d %.20q", len(l), l))
	}
	return out
}

// Every compressed member that begins inside random damage is found, whatever
// byte is spoilt.
func TestEveryByteSpoilt(t *testing.T) {
	a, b, c := gz(t, "a\n"), gz(t, "some text, some more text\n"), gz(t, "c\n")
	for i := range len(b) {
		got := lines(New(strings.NewReader(a+spoil(b, i)+c)), 1<<20)
		assert.Equal(t, "a\n", got[0], "byte %d", i)
		assert.Equal(t, "c\n", got[len(got)-1], "byte %d", i)
	}
}

func TestPlaces(t *testing.T) {
	a, b := gz(t, "one\ntwo\n"), gz(t, "three\n")
	s := New(strings.NewReader(a + b))
	var places []string
	for {
		_, err := s.Peek(1)
		if err == io.EOF {
			break
		}
		at, packed := s.Place()
		places = append(places, fmt.Sprint(at, packed, s.Offset(), s.MemberStart()))
		s.Line(9)
	}
	assert.Equal(t, []string{"0 true 0 true", "0 true 4 false", fmt.Sprintf("%d true 8 true", len(a))}, places)
	s = New(strings.NewReader("one\ntwo"))
	s.Line(9)
	at, packed := s.Place()
	assert.EqualValues(t, 4, at)
	assert.False(t, packed)
	assert.False(t, s.MemberStart())
}

// What is put back comes again, whether it fits before the buffer or not.
func TestUnread(t *testing.T) {
	text := strings.Repeat("0123456789", 50_000)
	s := New(strings.NewReader(text))
	b := make([]byte, 400_000)
	_, err := io.ReadFull(s, b)
	require.NoError(t, err)
	s.Unread(b[100:])
	assert.EqualValues(t, 100, s.Offset())
	rest, err := s.All(1 << 20)
	require.NoError(t, err)
	assert.True(t, text[100:] == string(rest))
	_, err = New(strings.NewReader(text)).All(1000)
	assert.Equal(t, ErrLong, err)
	assert.Equal(t, io.ErrUnexpectedEOF, New(strings.NewReader("ab")).Skip(3))
}

// Head does not wait for more than a line.
func TestHead(t *testing.T) {
	r, w := io.Pipe()
	go func() {
		io.WriteString(w, "\n\n{\"text\"")
		io.WriteString(w, ": 1}\n") // the writer now waits for a reader
	}()
	b, err := New(r).Head(4096, "<")
	require.NoError(t, err)
	assert.Equal(t, "\n\n{\"text\": 1}\n", string(b))
	b, err = New(strings.NewReader("<!-- a\n -->\n<html>")).Head(4096, "<")
	assert.Equal(t, io.EOF, err)
	assert.Equal(t, "<!-- a\n -->\n<html>", string(b))
}

// Lines are those of the input, or damage; reading always ends.
func FuzzStream(f *testing.F) {
	f.Add([]byte("a\nb"), uint16(3))
	f.Add([]byte(gz(f, "a\n")+"x"+gz(f, "b")), uint16(100))
	f.Add([]byte(zst(f, "a\n")+zst(f, "b")), uint16(100))
	f.Add([]byte(bz2(f)+"BZh"), uint16(100))
	f.Fuzz(func(t *testing.T, in []byte, limit uint16) {
		s := New(bytes.NewReader(in))
		packed := s.packed != nil
		got := lines(s, int64(limit))
		if !packed && limit == 1<<16-1 && strings.Join(got, "") != string(in) && len(in) < int(limit) {
			t.Fatalf("%q: the lines are %q", in, got)
		}
		if !packed && len(got) > 1+bytes.Count(in, []byte("\n")) {
			t.Fatalf("%q: %d lines", in, len(got))
		}
	})
}
