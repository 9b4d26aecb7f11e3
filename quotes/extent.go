package quotes

// contentEnd returns where the report that begins at i ends: at the end of the
// sentence or where its speaker or somebody else does something new.
func (f *finder) contentEnd(i, last int) int {
	d := f.d
	end := last
	for k := i + 1; k < last; k++ {
		if f.inQuote[k] > 0 {
			k = f.quoteOf(k).Last - 1
			continue
		}
		w := d.Norm(k)
		if (w == "as" || w == "while") && f.inQuote[k-1] > 0 && (f.clauseStarts(k+1, min(last, k+16)) || f.newReport(k+1, min(last, k+22))) { // to “stop moaning” as the row went on
			end = k
			f.stops = append(f.stops, k)
			break
		}
		if w == "but" && k+3 < last && f.tellsNoMore(k+1) { // but did not provide details
			end = k
			f.stops = append(f.stops, k)
			break
		}
		if (w == "and" || w == "but") && k+2 < last && d.Norm(k-1) != "," {
			v := k + 1
			for v+1 < last && (f.tag(v) == "RB" || f.isAuxiliary(v)) {
				v++
			}
			if c := cueVerbs[d.Lower(v)]; c != noCue && c != takesMark && (f.tag(v) == "VBD" || f.tag(v) == "VBZ") && f.nameAt[v] == 0 {
				end = k
				break
			}
			if w == "and" && !f.isPronoun(k+1) && f.newReport(k+1, min(last, k+12)) { // and several said
				end = k
				break
			}
			continue
		}
		if w != "," && w != ";" && w != "--" {
			continue
		}
		if k+1 >= last || f.inQuote[k+1] > 0 {
			continue
		}
		next := d.Lower(k + 1)
		v := k + 2
		for v < last && (f.tag(v) == "RB" || next == "" || d.Lower(v) == "also") && !isFinite(d, v) {
			v++
		}
		switch {
		case f.timeClause(k+1, last):
			end = k
			f.stops = append(f.stops, k)
		case cueVerbs[next] != noCue && f.tag(k+1) == "VBG":
			end = k
		case next == "according":
			end = k
		case (next == "but" || next == "and") && v < last && (f.tag(v) == "VBD" || f.tag(v) == "VBZ") && f.nameAt[v] == 0 && (next == "but" || cueVerbs[d.Lower(v)] != noCue):
			end = k
		case next == "but" && f.silence(k+2, min(last, k+5)):
			end = k
		case (next == "something" || next == "which" || next == "a") && f.cueInside(k+2, min(last, k+8)):
			end = k
		case (next == "while" || next == "as" || next == "and" || next == "but" || next == "though" || next == "although") && f.newReport(k+2, min(last, k+22)):
			end = k
		}
		if end == k {
			break
		}
	}
	for end > i && f.inQuote[end-1] == 0 && (isEnd(d.Norm(end-1)) || d.Norm(end-1) == "," || d.Norm(end-1) == ":") {
		end--
	}
	return end
}

// timeClause reports whether the narrator tells from token i on when something
// was said: hours after his sister called for an inquiry; a day before the vote.
func (f *finder) timeClause(i, last int) bool {
	d := f.d
	if w := d.Lower(i); w == "just" || w == "only" || w == "barely" || w == "a" || w == "two" || w == "three" {
		i++
	}
	if i+1 >= last {
		return false
	}
	switch d.Lower(i) {
	case "minutes", "hours", "days", "weeks", "months", "moments", "hour", "day", "week", "month":
		return d.Lower(i+1) == "after" || d.Lower(i+1) == "before"
	}
	return false
}

// tellsNoMore is true of “did not give details”, “declined to comment” at token i.
func (f *finder) tellsNoMore(i int) bool {
	switch f.d.Lower(i) {
	case "declined", "refused", "gave":
		return true
	case "did", "does", "has", "had", "would":
		if w := f.d.Lower(i + 1); w != "not" && w != "n't" {
			return false
		}
		switch f.d.Lower(i + 2) {
		case "provide", "provided", "give", "given", "elaborate", "elaborated", "say", "said", "specify", "specified", "name", "named", "comment",
			"commented", "offer", "offered", "identify", "identified", "confirm", "disclose", "disclosed", "explain", "explained", "cite", "cited", "go":
			return true
		}
	}
	return false
}

// silence reports whether somebody says nothing: but she refused to comment.
func (f *finder) silence(first, last int) bool {
	for k := first; k < last; k++ {
		switch f.d.Lower(k) {
		case "refused", "declined", "stopped":
			return true
		}
	}
	return false
}

func (f *finder) cueInside(first, last int) bool {
	for k := first; k < last; k++ {
		if w := f.d.Lower(k); w == "said" || w == "says" {
			return true
		}
	}
	return false
}

// newReport reports whether a subject and a reporting verb stand at first.
func (f *finder) newReport(first, last int) bool {
	p := f.phraseAfter(first, last)
	if p.empty() || p.last >= last {
		return false
	}
	k := p.last
	if f.d.Norm(k) == "," { // a Democratic aide, speaking on condition of anonymity, conceded
		if c := f.nextComma(k+1, last); c < last {
			k = c + 1
		}
	}
	for k < last && (f.tag(k) == "RB" || f.isAuxiliary(k)) {
		k++
	}
	return k < last && cueVerbs[f.d.Lower(k)] != noCue && cueVerbs[f.d.Lower(k)] != takesMark
}

func (f *finder) nextComma(i, last int) int {
	for i < last && f.d.Norm(i) != "," {
		i++
	}
	return i
}
