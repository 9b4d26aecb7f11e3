package score

import (
	"slices"
	"strings"

	"github.com/whosaid-nlp/whosaid/cmd/internal/corpus"
)

var (
	pronouns = wordSet("he she they i we it who you him her them")
	titles   = wordSet("mr mrs ms miss dr sir lady lord sen rep gov president senator")

	nameWord       = lazily(`[\p{L}\p{N}_’'\-]+`)
	namePossessive = lazily(`(’s|'s)$`)
)

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// rightSpeaker reports whether the speaker of p is that of the annotation: the
// spans overlap or end in the same word or, where only a name is annotated, the
// names agree.
func rightSpeaker(text string, p, gold *corpus.Quote) bool {
	if len(gold.Speaker) == 0 {
		if gold.SpeakerName != "" {
			return rightName(speakerName(text, p), gold)
		}
		return len(p.Speaker) == 0 && p.SpeakerName == ""
	}
	for _, a := range p.Speaker {
		for _, b := range gold.Speaker {
			if a[0] < b[1] && b[0] < a[1] {
				return true
			}
		}
	}
	written := joined(text, p.Speaker)
	if written == "" {
		written = p.SpeakerName
	}
	last := lastWord(written)
	return last != "" && last == lastWord(joined(text, gold.Speaker)) && !pronouns[last]
}

// rightName reports whether a predicted name is one that the annotation gives:
// the same, with the same last word, or one word of it.
func rightName(name string, gold *corpus.Quote) bool {
	if name == "" {
		return false
	}
	words := wordsOfName(name)
	for _, g := range append([]string{gold.SpeakerName}, gold.SpeakerAliases...) {
		want := wordsOfName(g)
		switch {
		case plainName(name) == plainName(g),
			lastWord(name) != "" && lastWord(name) == lastWord(g),
			len(words) == 1 && slices.Contains(want, words[0]),
			len(want) == 1 && slices.Contains(words, want[0]):
			return true
		}
	}
	return false
}

func joined(text string, spans []corpus.Span) string {
	var parts []string
	for _, s := range spans {
		parts = append(parts, text[s[0]:s[1]])
	}
	return strings.Join(parts, " ")
}

// plainName is a name in lower case without what stands around it.
func plainName(name string) string {
	s := strings.Join(strings.Fields(strings.ReplaceAll(strings.ToLower(name), "_", " ")), " ")
	return namePossessive().ReplaceAllString(strings.Trim(s, " ,.;:“”\""), "")
}

// wordsOfName are the words of a name without titles.
func wordsOfName(name string) []string {
	return slices.DeleteFunc(nameWord().FindAllString(plainName(name), -1), func(w string) bool { return titles[w] })
}

func lastWord(name string) string {
	if w := wordsOfName(name); len(w) > 0 {
		return w[len(w)-1]
	}
	return ""
}
