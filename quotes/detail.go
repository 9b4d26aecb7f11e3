package quotes

import (
	"sort"
	"strings"
	"unicode"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
)

// isDenial is true of the cues denied, denies, denying, denial.
func (f *finder) isDenial(cue phrase) bool {
	for i := cue.first; i < cue.last; i++ {
		if w := f.d.Lower(i); strings.HasPrefix(w, "deny") || strings.HasPrefix(w, "deni") {
			return true
		}
	}
	return false
}

// nested returns the stretches in marks inside the marks of the parts.
func (f *finder) nested(parts []phrase) []nlp.Span {
	var out []nlp.Span
	quoted := f.d.Quoted
	for _, p := range parts {
		for k := sort.Search(len(quoted), func(k int) bool { return quoted[k].First >= p.first }); k < len(quoted) && quoted[k].Last <= p.last; k++ {
			if quoted[k].Depth > 0 {
				out = append(out, quoted[k].Span)
			}
		}
	}
	return out
}

// roleOf returns the role of a person that was written last before the end of
// the quotation q: next to the speaker, or in the text before.
func (f *finder) roleOf(e *entities.Entity, q *finding) string {
	if len(e.Roles) == 0 {
		return ""
	}
	if len(e.Roles) > 1 && !q.speaker.empty() { // the one that stands in the speaker
		as := f.textOf(q.speaker)
		for _, r := range e.Roles {
			if strings.Contains(as, r) {
				return r
			}
		}
	}
	end := f.d.Tokens[q.parts[len(q.parts)-1].last-1].End
	if !q.speaker.empty() {
		end = max(end, f.d.Tokens[q.speaker.last-1].End)
	}
	best, at := "", -1
	for _, r := range e.Roles[:min(len(e.Roles), 8)] {
		if !strings.ContainsFunc(r, unicode.IsLetter) {
			continue
		}
		if k := f.firstOf(r, e); k >= 0 && k < end && k > at {
			best, at = r, k
		}
	}
	return best
}

// firstOf returns where the role stands beside a name of e, or -1.
func (f *finder) firstOf(role string, e *entities.Entity) int {
	for _, k := range e.Mentions[:min(len(e.Mentions), 20)] {
		m := &f.ents.Mentions[k]
		if m.Form != entities.Name {
			continue
		}
		from, to := max(0, m.Start-80), min(len(f.d.Text), m.End+80)
		if i := strings.Index(f.d.Text[from:to], role); i >= 0 {
			return from + i
		}
	}
	return -1
}
