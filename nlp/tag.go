package nlp

// A Tag is a part of speech of the Penn Treebank. The zero Tag means "none".
type Tag uint8

// The tags of the Penn Treebank. Those up to TagOpenQuote are learned from
// text; the others belong to fixed spellings.
const (
	TagDollar     Tag = iota + 1 // $   currency sign
	TagCloseQuote                // ''  closing quotation mark
	TagCC                        // CC  coordinating conjunction: and, but
	TagCD                        // CD  cardinal number: 12, three
	TagDT                        // DT  determiner: the, a, every
	TagEX                        // EX  existential there
	TagFW                        // FW  foreign word
	TagIN                        // IN  preposition, subordinating conjunction
	TagJJ                        // JJ  adjective
	TagJJR                       // JJR adjective, comparative
	TagJJS                       // JJS adjective, superlative
	TagLS                        // LS  list item marker
	TagMD                        // MD  modal: will, could
	TagNN                        // NN  noun, singular or mass
	TagNNP                       // NNP proper noun, singular
	TagNNPS                      // NNPS proper noun, plural
	TagNNS                       // NNS noun, plural
	TagPDT                       // PDT predeterminer: all the
	TagPOS                       // POS possessive ending: 's
	TagPRP                       // PRP personal pronoun: she, them
	TagPRPDollar                 // PRP$ possessive pronoun: her, their
	TagRB                        // RB  adverb
	TagRBR                       // RBR adverb, comparative
	TagRBS                       // RBS adverb, superlative
	TagRP                        // RP  particle: set up
	TagSYM                       // SYM symbol
	TagTO                        // TO  to
	TagUH                        // UH  interjection
	TagVB                        // VB  verb, base form
	TagVBD                       // VBD verb, past tense
	TagVBG                       // VBG verb, gerund or present participle
	TagVBN                       // VBN verb, past participle
	TagVBP                       // VBP verb, present, not third person singular
	TagVBZ                       // VBZ verb, present, third person singular
	TagWDT                       // WDT wh-determiner: which
	TagWP                        // WP  wh-pronoun: who, what
	TagWRB                       // WRB wh-adverb: when, where
	TagOpenQuote                 // ``  opening quotation mark
	TagWPDollar                  // WP$ possessive wh-pronoun: whose
	TagHash                      // #
	TagOpenParen                 // (
	TagCloseParen                // )
	TagComma                     // ,
	TagPeriod                    // .   . ? !
	TagColon                     // :   : ; -- ...
	TagHyphen                    // -   a hyphen that stands alone
	TagTrace                     // -NONE- the treebank's empty elements: 0, *, *-1
	TagLRB                       // -LRB- the treebank's spelling of (
	TagRRB                       // -RRB- the treebank's spelling of )
	TagBracket                   // any other word like -LSB-
	numTags       = iota + 1
)

// lastLearned is the last tag that the perceptron can choose.
const lastLearned = TagOpenQuote

var tagNames = [numTags]string{
	"", "$", "''", "CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "LS", "MD",
	"NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP",
	"SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WRB", "``",
	"WP$", "#", "(", ")", ",", ".", ":", "-", "-NONE-", "-LRB-", "-RRB-", "-BRACKET-",
}

// String returns the name of t in the Penn Treebank, "NNP" for TagNNP, and ""
// for the zero Tag.
func (t Tag) String() string {
	if int(t) < len(tagNames) {
		return tagNames[t]
	}
	return ""
}

// ParseTag returns the tag with the given name. The empty name is that of the
// zero Tag.
func ParseTag(name string) (t Tag, ok bool) {
	for i, n := range tagNames {
		if n == name {
			return Tag(i), true
		}
	}
	return 0, false
}

// IsVerb reports whether t is a form of a verb; modals are not.
func (t Tag) IsVerb() bool { return t >= TagVB && t <= TagVBZ }

// IsNoun reports whether t is a common or a proper noun.
func (t Tag) IsNoun() bool { return t >= TagNN && t <= TagNNS }

// IsProperNoun reports whether t is a proper noun.
func (t Tag) IsProperNoun() bool { return t == TagNNP || t == TagNNPS }

// IsAdjective reports whether t is an adjective.
func (t Tag) IsAdjective() bool { return t >= TagJJ && t <= TagJJS }

// IsAdverb reports whether t is an adverb; wh-adverbs are not.
func (t Tag) IsAdverb() bool { return t >= TagRB && t <= TagRBS }

// IsPronoun reports whether t is a personal, possessive or wh-pronoun.
func (t Tag) IsPronoun() bool {
	return t == TagPRP || t == TagPRPDollar || t == TagWP || t == TagWPDollar
}

// IsPunctuation reports whether t is a mark: a quotation mark, a bracket, a
// comma, the end of a sentence, a colon or a hyphen.
func (t Tag) IsPunctuation() bool {
	return t == TagCloseQuote || t == TagOpenQuote || t >= TagOpenParen && t <= TagHyphen ||
		t == TagLRB || t == TagRRB || t == TagBracket
}
