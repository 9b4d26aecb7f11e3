package gazetteer

// fold returns the letters without accents that stand for r, or the straight
// form of an apostrophe or dash. A combining mark folds to nothing.
// ok is false where r stands for itself.
func fold(r rune) (s string, ok bool) {
	switch {
	case r >= 0xc0 && r < 0x250:
		s = latin[r-0xc0]
		return s, s != ""
	case r >= 0x300 && r < 0x370:
		return "", true
	case r >= 0x1e00 && r < 0x1f00:
		s = latinAdditional[r-0x1e00]
		return s, s != ""
	}
	switch r {
	case '‘', '’', '‛', 'ʻ', 'ʼ', 'ʹ', 'ʿ', 'ʾ', '´', '′':
		return "'", true
	case '‐', '‑', '‒', '–', '—', '−':
		return "-", true
	case 'ə':
		return "a", true
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\ufeff':
		return "", true
	}
	return "", false
}

// latin are U+00C0 to U+024F.
var latin = [...]string{
	"A", "A", "A", "A", "A", "A", "Ae", "C", "E", "E", "E", "E", "I", "I", "I", "I",
	"D", "N", "O", "O", "O", "O", "O", "", "O", "U", "U", "U", "U", "Y", "Th", "ss",
	"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
	"d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "y",
	"A", "a", "A", "a", "A", "a", "C", "c", "C", "c", "C", "c", "C", "c", "D", "d",
	"D", "d", "E", "e", "E", "e", "E", "e", "E", "e", "E", "e", "G", "g", "G", "g",
	"G", "g", "G", "g", "H", "h", "H", "h", "I", "i", "I", "i", "I", "i", "I", "i",
	"I", "i", "IJ", "ij", "J", "j", "K", "k", "k", "L", "l", "L", "l", "L", "l", "",
	"", "L", "l", "N", "n", "N", "n", "N", "n", "", "N", "n", "O", "o", "O", "o",
	"O", "o", "Oe", "oe", "R", "r", "R", "r", "R", "r", "S", "s", "S", "s", "S", "s",
	"S", "s", "T", "t", "T", "t", "T", "t", "U", "u", "U", "u", "U", "u", "U", "u",
	"U", "u", "U", "u", "W", "w", "Y", "y", "Y", "Z", "z", "Z", "z", "Z", "z", "s",
	"", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "A",
	"", "", "f", "", "", "", "", "", "", "", "", "", "", "", "", "",
	"O", "o", "", "", "", "", "", "", "", "", "", "", "", "", "", "U",
	"u", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "",
	"", "", "", "", "DZ", "Dz", "dz", "LJ", "Lj", "lj", "NJ", "Nj", "nj", "A", "a", "I",
	"i", "O", "o", "U", "u", "U", "u", "U", "u", "U", "u", "U", "u", "a", "A", "a",
	"A", "a", "", "", "", "", "G", "g", "K", "k", "O", "o", "O", "o", "", "",
	"j", "DZ", "Dz", "dz", "G", "g", "", "", "N", "n", "A", "a", "", "", "", "",
	"A", "a", "A", "a", "E", "e", "E", "e", "I", "i", "I", "i", "O", "o", "O", "o",
	"R", "r", "R", "r", "U", "u", "U", "u", "S", "s", "T", "t", "", "", "H", "h",
	"", "", "", "", "", "", "A", "a", "E", "e", "O", "o", "O", "o", "O", "o",
	"O", "o", "Y", "y", "", "", "", "", "", "", "", "", "", "", "", "",
	"", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "",
}

// latinAdditional are U+1E00 to U+1EFF.
var latinAdditional = [...]string{
	"A", "a", "B", "b", "B", "b", "B", "b", "C", "c", "D", "d", "D", "d", "D", "d",
	"D", "d", "D", "d", "E", "e", "E", "e", "E", "e", "E", "e", "E", "e", "F", "f",
	"G", "g", "H", "h", "H", "h", "H", "h", "H", "h", "H", "h", "I", "i", "I", "i",
	"K", "k", "K", "k", "K", "k", "L", "l", "L", "l", "L", "l", "L", "l", "M", "m",
	"M", "m", "M", "m", "N", "n", "N", "n", "N", "n", "N", "n", "O", "o", "O", "o",
	"O", "o", "O", "o", "P", "p", "P", "p", "R", "r", "R", "r", "R", "r", "R", "r",
	"S", "s", "S", "s", "S", "s", "S", "s", "S", "s", "T", "t", "T", "t", "T", "t",
	"T", "t", "U", "u", "U", "u", "U", "u", "U", "u", "U", "u", "V", "v", "V", "v",
	"W", "w", "W", "w", "W", "w", "W", "w", "W", "w", "X", "x", "X", "x", "Y", "y",
	"Z", "z", "Z", "z", "Z", "z", "h", "t", "w", "y", "", "s", "", "", "SS", "",
	"A", "a", "A", "a", "A", "a", "A", "a", "A", "a", "A", "a", "A", "a", "A", "a",
	"A", "a", "A", "a", "A", "a", "A", "a", "E", "e", "E", "e", "E", "e", "E", "e",
	"E", "e", "E", "e", "E", "e", "E", "e", "I", "i", "I", "i", "O", "o", "O", "o",
	"O", "o", "O", "o", "O", "o", "O", "o", "O", "o", "O", "o", "O", "o", "O", "o",
	"O", "o", "O", "o", "U", "u", "U", "u", "U", "u", "U", "u", "U", "u", "U", "u",
	"U", "u", "Y", "y", "Y", "y", "Y", "y", "Y", "y", "", "", "", "", "", "",
}
