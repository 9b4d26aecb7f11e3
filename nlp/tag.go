package nlp

// A Tag is a part of speech of the Penn Treebank. The zero Tag means "none".
type Tag uint8
