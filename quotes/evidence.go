package quotes

import "github.com/whosaid-nlp/whosaid/entities"

// Evidence is why something is a quotation and why it is credited to its
// speaker. The zero Evidence tells nothing.
type Evidence struct {
	Content ContentEvidence
	Speaker SpeakerEvidence
	// RunnerUp is the ID of the entity that would be the speaker if the evidence
	// misled, the next likely one; 0: nobody else comes into question. Its
	// RunnerUpEvidence is what speaks for it.
	RunnerUp         int
	RunnerUpEvidence SpeakerEvidence
}

// A ContentEvidence tells how a quotation was found. The zero value is not known.
type ContentEvidence uint8

// What makes words a quotation.
const (
	ByCue     ContentEvidence = iota + 1 // a cue with a source beside it, by rules
	ByMarks                              // quotation marks alone
	ByColon                              // a cue and a colon before a paragraph
	ByTurn                               // a turn of an interview or transcript
	ByLearned                            // the content tagger alone
)

// String returns “cue”, “marks”, “colon”, “turn”, “tagger” or "".
func (e ContentEvidence) String() string {
	return [...]string{"", "cue", "marks", "colon", "turn", "tagger", "", ""}[e&7]
}

// A SpeakerEvidence tells what chose a speaker. The zero value means nobody was chosen.
type SpeakerEvidence uint8

// What makes somebody the speaker.
const (
	ByName         SpeakerEvidence = iota + 1 // the source names them
	ByApposition                              // the source is followed by their name: the mayor, Ann Lee,
	ByCoreference                             // a pronoun or nominal source that means them
	ByDocument                                // they are behind the document that is the source
	ByIntroduction                            // the source takes up an unnamed one from before
	ByDescription                             // an unnamed source, as written
	ByLabel                                   // a label of a turn
	ByNarrative                               // the sentence before is about them
	ByOnlyPerson                              // nobody else is named in the sentence before
	ByLastSpeaker                             // they spoke last
	ByTurns                                   // it is their turn in a dialogue
	ByNameAfter                               // they are named after the pronoun
	BySameWords                               // they say the same in the article, of a headline
)

var speakerEvidence = [...]string{"", "name", "apposition", "coreference", "document", "introduction", "description", "label", "narrative",
	"only person", "last speaker", "turns", "name after", "same words", "", ""}

// String returns a word or two for e, such as “apposition”; "" for the zero value.
func (e SpeakerEvidence) String() string { return speakerEvidence[e&15] }

// evidence returns what tells that q is a quotation of who, after those before.
func (f *finder) evidence(q *finding, who referent, before []Quotation) Evidence {
	e := Evidence{Content: ByCue, Speaker: who.why}
	switch {
	case q.turn != nil:
		e.Content = ByTurn
	case q.whole:
		e.Content = ByColon
	case q.cue.empty():
		e.Content = ByMarks
	case q.learned:
		e.Content = ByLearned
	}
	e.RunnerUp, e.RunnerUpEvidence = f.runnerUp(q, who, before)
	return e
}

// runnerUp returns who comes into question beside who: another one who is named
// with the source; of a pronoun or of a quotation without a source the last
// speaker or the person who was named last.
func (f *finder) runnerUp(q *finding, who referent, before []Quotation) (int, SpeakerEvidence) {
	other := func(id int) bool { return id > 0 && (len(who.ids) == 0 || who.ids[0] != id) }
	if len(who.ids) > 1 || q.turn != nil {
		return 0, 0
	}
	if !q.speaker.empty() {
		for i := q.speaker.first; i < q.speaker.last; i++ {
			if m := f.nameAt[i]; m > 0 && other(f.ents.Mentions[m-1].Entity) {
				return f.ents.Mentions[m-1].Entity, ByName
			}
		}
	}
	switch who.why {
	case ByName, ByDescription, ByLabel:
		return 0, 0
	}
	if n := len(before); n > 0 && len(before[n-1].Entities) == 1 && other(before[n-1].Entities[0]) {
		return before[n-1].Entities[0], ByLastSpeaker
	}
	at := q.parts[0].first
	if !q.speaker.empty() {
		at = q.speaker.first
	}
	for i := at - 1; i >= 0 && i > at-longestPhrase; i-- {
		m := f.nameAt[i]
		if m > 0 && f.inQuote[i] == 0 && f.ents.Mentions[m-1].Kind == entities.Person && other(f.ents.Mentions[m-1].Entity) {
			return f.ents.Mentions[m-1].Entity, ByNarrative
		}
	}
	return 0, 0
}
