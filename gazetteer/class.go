package gazetteer

import "strings"

// A Class is a set of what a name or a word may be. Names and words have
// several: Paris is a City, a BigCity, a GivenFemale and a Surname.
type Class uint32

// The classes. Those up to PersonName are of entries (names of something),
// the next ones are of words, the last ones of both.
const (
	Country       Class = 1 << iota // states and territories with a code of their own, England
	City                            // cities and towns, districts of cities
	BigCity                         // cities of 300,000 inhabitants and more
	Region                          // states, provinces, continents, seas, rivers, mountains
	Facility                        // buildings, squares, airports, streets
	Body                            // every organisation
	Company                         // companies
	Media                           // newspapers, agencies, broadcasters, networks
	Party                           // political parties
	Agency                          // bodies of a state: ministries, courts, parliaments, forces
	International                   // unions of states and their bodies
	Education                       // universities and schools
	ArmedGroup                      // armed groups that are not of a state
	SportsTeam                      // clubs and teams
	PersonName                      // full (or only) name of a known person

	GivenFemale          // given name of women
	GivenMale            // given name of men
	Surname              // family name
	Title                // stands before a name: President, Sen., Mr.
	Role                 // names an office or relation: spokesman, minister, CEO, wife
	Suffix               // stands behind a name: Jr., III, MP
	TitleFemale          // a Title or Role of a woman
	TitleMale            // a Title or Role of a man
	Plural               // a Title or Role of several: Sens., officials
	NationalityAdjective // Turkish, European, Kurdish
	NationalityNoun      // Turk, Turks
	Adherent             // of a religion or politics: Muslim, Democrats

	Metonym      // stands for a government or body: Kremlin, Downing Street, Moscow
	Abbreviation // a short form: NATO, AP, Calif., TX
	CommonWord   // also an English word: Reading, Apple, Will
	Ambiguous    // names of several kinds or several entries of equal rank, or also a surname …
	UserDefined  // of a list read by Load
)

// names of something; a match of one token has one of these.
const entity = Country | City | Region | Facility | Body | PersonName | UserDefined

// lexical are the classes of words, which stay when a user redefines a name.
const lexical = GivenFemale | GivenMale | Surname | Title | Role | Suffix | TitleFemale | TitleMale |
	Plural | NationalityAdjective | NationalityNoun | Adherent | CommonWord

var classNames = [...]string{
	"Country", "City", "BigCity", "Region", "Facility", "Body", "Company", "Media", "Party", "Agency",
	"International", "Education", "ArmedGroup", "SportsTeam", "PersonName", "GivenFemale", "GivenMale", "Surname",
	"Title", "Role", "Suffix", "TitleFemale", "TitleMale", "Plural", "NationalityAdjective", "NationalityNoun",
	"Adherent", "Metonym", "Abbreviation", "CommonWord", "Ambiguous", "UserDefined",
}

// Has reports whether c has all classes of d.
func (c Class) Has(d Class) bool { return c&d == d }

// Any reports whether c has at least one class of d.
func (c Class) Any(d Class) bool { return c&d != 0 }

// String returns the names of the classes, "Country|Region".
func (c Class) String() string {
	var b strings.Builder
	for i, n := range classNames {
		if c&(1<<i) != 0 {
			if b.Len() > 0 {
				b.WriteByte('|')
			}
			b.WriteString(n)
		}
	}
	return b.String()
}
