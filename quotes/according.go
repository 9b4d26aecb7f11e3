package quotes

import "github.com/whosaid-nlp/whosaid/entities"

// readAccording reads “According to X, A.”, “Per X, A.” and “A, according to X.”
func (f *finder) readAccording(i, done, first, last int) int {
	d := f.d
	cue := phrase{i, i + 2}
	if d.Lower(i) == "per" {
		cue.last = i + 1
	}
	p := f.phraseAfter(cue.last, last)
	if p.empty() {
		return 0
	}
	q := finding{cue: cue, speaker: p}
	sentenceLast := f.sentenceLast(i, last)
	if i == f.sentenceStart(i, first) {
		k := p.last
		for k < sentenceLast && d.Norm(k) != "," {
			k++
		}
		if k+1 < sentenceLast && (d.Lower(k+1) == "which" || d.Lower(k+1) == "who" || (d.Lower(k+1) == "the" || f.nameAt[k+1] > 0 && f.nameAt[k-1] == 0 && f.ents.Mentions[f.nameAt[k+1]-1].Kind == entities.Person) && f.apposition(k+1, f.nextComma(k+1, sentenceLast))) {
			if c := f.nextComma(k+1, sentenceLast); c+1 < sentenceLast { // according to AFP, which cites him, …
				k = c
			}
		}
		if k+1 >= sentenceLast {
			return 0
		}
		end := f.contentEnd(k+1, sentenceLast)
		if end <= k+1 || !f.hasFinite(k+1, end) && f.kindOf(k+1, end) == Indirect {
			return 0
		}
		q.parts = []phrase{{k + 1, end}}
		q.kind = f.kindOf(k+1, end)
		f.starts = append(f.starts, k+1)
		f.add(q)
		return end
	}
	end := i
	if d.Norm(end-1) == "," {
		end--
	}
	s := f.sentenceStart(i, f.skipLead(max(done, first), end))
	if end < i && p.last+1 < sentenceLast && d.Norm(p.last) == "," && s < end && end-s <= longestReport && !f.used[s] && f.resumes(phrase{s, end}, p.last+1, sentenceLast) {
		if stop := f.contentEnd(p.last+1, sentenceLast); stop > p.last+2 {
			q.parts = []phrase{{s, end}, {p.last + 1, stop}}
			q.kind = f.kindOf(p.last+1, stop)
			f.add(q)
			return stop
		}
	}
	if s >= end || end-s > longestReport || f.used[s] || !f.hasFinite(s, end) && f.kindOf(s, end) == Indirect {
		return 0
	}
	q.parts = []phrase{{s, end}}
	q.kind = f.kindOf(s, end)
	f.add(q)
	return p.last
}

// resumes reports whether the report p that “according to X” interrupts goes on
// at token i.
func (f *finder) resumes(p phrase, i, last int) bool {
	d := f.d
	if f.isAuxiliary(p.last - 1) { // one was, according to X, among the dead
		return true
	}
	if !f.hasFinite(p.first, p.last) {
		return f.kindOf(p.first, p.last) == Indirect && (isFinite(d, i) || f.clauseStarts(i, last)) // the harvest, according to X, is lost
	}
	switch d.Lower(i) {
	case "some", "many", "most", "all", "none", "several":
		return i+2 < last && d.Lower(i+1) == "of" && (d.Lower(i+2) == "whom" || d.Lower(i+2) == "which")
	case "and":
		return f.clauseStarts(i+1, last) && !f.newReport(i+1, min(last, i+22))
	}
	return false
}
