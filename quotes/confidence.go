package quotes

// Confidence is the product of two shares: of quotations found the same way
// that share half of their words or more with an annotated one, and of speakers
// chosen the same way that were the right ones. They were counted on PolNeAR
// dev, which the tagger has not seen, and rounded towards gold/train, whose
// guideline is followed here; those of stories on half of LitBank.

// sayings are the mean probability that the tagger gives to the words of a
// report and the share of such reports that are right, ascending.
var sayings = [...]struct{ inside, right float64 }{{0, 0.45}, {0.3, 0.57}, {0.5, 0.62}, {0.7, 0.7}, {0.85, 0.8}, {0.935, 0.89}, {0.985, 0.97}, {1, 0.98}}

// speakers are the shares of right speakers by what chose them, in news and in stories.
var speakers = [...]struct{ news, story float64 }{
	0:              {0.2, 0.2},
	ByName:         {0.97, 0.7},
	ByApposition:   {0.98, 0.7},
	ByCoreference:  {0.95, 0.5},
	ByDocument:     {0.9, 0.6},
	ByIntroduction: {0.82, 0.6},
	ByDescription:  {0.9, 0.6},
	ByLabel:        {0.95, 0.9},
	ByNarrative:    {0.65, 0.5},
	ByOnlyPerson:   {0.6, 0.4},
	ByLastSpeaker:  {0.8, 0.4},
	ByTurns:        {0.5, 0.4},
	ByNameAfter:    {0.8, 0.5},
	BySameWords:    {0.9, 0.5},
}

// confidence returns how likely it is that q is a quotation and that who says it.
func (q *finding) confidence(e Evidence) float64 {
	speaker := speakers[e.Speaker].news
	if q.who != nil {
		speaker = speakers[e.Speaker].story
	}
	return q.likely(e.Content) * speaker
}

// attitudes are the shares of the words of each kind of attitude that are
// annotated as an attribution in PolNeAR dev.
var attitudes = [...]float64{Belief: 0.86, Plan: 0.83, Hope: 0.75, Finding: 0.8}

// likely returns how likely it is that q is a quotation.
func (q *finding) likely(e ContentEvidence) float64 {
	switch {
	case q.attitude != NoAttitude:
		return attitudes[q.attitude]
	case e == ByTurn:
		return 0.95
	case e == ByColon:
		return 0.8
	case e == ByMarks:
		return 0.88
	case e == ByCue && q.kind == Direct:
		return 0.985
	}
	inside := float64(q.inside)
	k := 1
	for k < len(sayings)-1 && inside > sayings[k].inside {
		k++
	}
	a, b := sayings[k-1], sayings[k]
	return a.right + (b.right-a.right)*(inside-a.inside)/(b.inside-a.inside)
}
