package quotes

import "slices"

// dropBoilerplate removes what was found in lines that belong to no article:
// credits, calls to read or subscribe, teasers of other articles.
func (f *finder) dropBoilerplate() {
	var bad []phrase
	for k := range f.d.Paragraphs {
		if p := paragraphTokens(f.d, k); !p.empty() && f.isBoilerplate(p) {
			bad = append(bad, p)
		}
	}
	if bad == nil {
		return
	}
	f.found = slices.DeleteFunc(f.found, func(q finding) bool {
		i := q.parts[0].first
		k, _ := slices.BinarySearchFunc(bad, i+1, func(p phrase, i int) int { return p.last - i })
		return k < len(bad) && bad[k].first <= i
	})
}

// isBoilerplate reports whether paragraph p begins as such lines do.
func (f *finder) isBoilerplate(p phrase) bool {
	d := f.d
	i := p.first
	for i+1 < p.last && (d.Norm(i) == "(" || d.Norm(i) == "[" || d.Norm(i) == "*" || d.Norm(i) == "-" || d.Norm(i) == "--" || d.Norm(i) == ">") {
		i++
	}
	next, third := "", ""
	if i+1 < p.last {
		next = d.Lower(i + 1)
	}
	if i+2 < p.last {
		third = d.Lower(i + 2)
	}
	switch d.Lower(i) {
	case "read":
		return next == "more" || next == "also" || next == "the" && (third == "latest" || third == "full") || next == ":" || next == "next"
	case "see", "watch", "listen", "hear":
		return next == "also" || next == ":" || next == "more" || next == "now" && third == ":"
	case "more":
		return next == ":" || (next == "from" || next == "on") && p.last-p.first < 14
	case "related", "recommended", "trending":
		return next == ":" || next == "stories" || next == "articles" || next == "content" || next == "topics"
	case "sign":
		return next == "up"
	case "subscribe", "newsletter", "advertisement":
		return true
	case "follow":
		return next == "us"
	case "click":
		return next == "here" || next == "to"
	case "get":
		return next == "our" || next == "the" && third == "latest"
	case "download":
		return next == "our" || next == "the"
	case "photo", "photos", "photograph", "photography", "picture", "pictures", "image", "images", "credit", "caption", "video", "graphic", "illustration":
		return next == ":" || next == "by" || next == "/" || next == "credit"
	case "reporting", "writing", "editing", "compiled":
		return next == "by" || next == "and" && third == "editing" || next == "and" && third == "writing"
	case "additional":
		return next == "reporting"
	case "written", "edited":
		return next == "by" && p.last-p.first < 20
	case "©", "copyright":
		return true
	}
	return false
}
