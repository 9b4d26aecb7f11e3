package store

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// names gives each article of a folder the name of its file, without an
// extension: the ID, made safe for every system. IDs that are the same, or
// differ in case only (which some systems do not tell apart), are numbered in
// the order of the input.
type names map[string]int

func (n names) of(id string) string {
	name := FileName(id)
	for {
		key := strings.ToLower(name)
		n[key]++
		if n[key] == 1 {
			return name
		}
		name = fmt.Sprintf("%s~%d", name, n[key])
	}
}

// longest is how many bytes of an ID its file name keeps.
const longest = 100

// FileName is an ID as the name of a file: letters and digits in NFC, _, and
// - and . inside; what else it has becomes _. A name that is changed ends with ~ and a hash of
// the ID, so that different IDs have different names.
func FileName(id string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError:
			return '_'
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '-', r == '.', r == '_':
			return r
		}
		return '_'
	}, norm.NFC.String(id))
	name = strings.Trim(name, ".-")
	if len(name) > longest {
		cut := longest
		for !utf8.RuneStart(name[cut]) {
			cut--
		}
		name = name[:cut]
	}
	if name == id && !reserved(name) {
		return name
	}
	h := sha256.Sum256([]byte(id))
	return fmt.Sprintf("%s~%x", name, h[:4])
}

// reserved reports whether a name means something else: to Windows, or to a
// folder with a journal.
func reserved(name string) bool {
	name, _, _ = strings.Cut(strings.ToLower(name), ".")
	switch name {
	case "", "con", "prn", "aux", "nul", "quotes", "annotation":
		return true
	}
	if len(name) == 4 && (name[:3] == "com" || name[:3] == "lpt") && '0' <= name[3] && name[3] <= '9' {
		return true
	}
	return strings.HasPrefix(name, "quotes-")
}
