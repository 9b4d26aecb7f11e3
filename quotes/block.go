package quotes

// readBlocks finds paragraphs that a cue with a colon announces at the end of
// the paragraph before them, with or without marks: The governor added: | It is
// typical.
func (f *finder) readBlocks() {
	for k := 0; k+1 < len(f.d.Paragraphs); k++ {
		p, block := paragraphTokens(f.d, k), paragraphTokens(f.d, k+1)
		if p.last-p.first < 3 || block.last-block.first < 6 || f.d.Norm(p.last-1) != ":" {
			continue
		}
		marked := f.inQuote[block.first] > 0 && !f.used[block.first] && f.quoteOf(block.first).Last == block.last
		if !marked && !f.isBlock(block) {
			continue
		}
		low := f.sentenceStart(p.last-1, p.first)
		for c := p.last - 2; c > low && c > p.last-10 && f.inQuote[c] == 0; c-- {
			if class := cueVerbs[f.d.Lower(c)]; class != takesAny && class != takesThat || f.nameAt[c] > 0 || !isVerbal(f.d, c) && !f.surelyCue(c) {
				continue
			}
			if source, _ := f.sourceBefore(c, low); !source.empty() && !f.isNobody(source) && !f.negated(c) {
				f.add(finding{parts: []phrase{block}, cue: phrase{c, c + 1}, speaker: source, kind: Direct, whole: !marked})
			}
			break
		}
	}
}

// isBlock reports whether a paragraph can be what somebody said: sentences
// without marks, no item of a list and no line of a dialogue.
func (f *finder) isBlock(p phrase) bool {
	d := f.d
	if !f.isTitle(p.first) && d.Lower(p.first) != "i" || !isEnd(d.Norm(p.last-1)) || d.Norm(p.last-1) == ";" || f.tag(p.first) == "VBG" || f.used[p.first] {
		return false
	}
	for i := p.first; i < p.last; i++ {
		if f.inQuote[i] > 0 && (i == p.first || i == p.last-1) || i < p.first+6 && d.Norm(i) == ":" {
			return false
		}
	}
	return f.hasVerb(p)
}
