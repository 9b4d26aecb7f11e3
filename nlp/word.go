package nlp

// A Shape is how a word is written: its capitals, digits and punctuation.
type Shape uint8

// The shapes of words.
const (
	ShapeOther   Shape = iota // symbols and what fits nowhere else
	ShapeLower                // visit, co-operate
	ShapeTitle                // Lavrov
	ShapeUpper                // NATO, AP (two letters or more)
	ShapeInitial              // J, J.
	ShapeDotted               // U.S., U.N.
	ShapeMixed                // McDonald, iPhone, KGaA
	ShapeNumber               // 2024, 3.5, 1,000
	ShapeAlnum                // 5th, G20, B-52
	ShapePunct                // , . “
)
