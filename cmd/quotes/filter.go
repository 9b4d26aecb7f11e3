package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/pflag"
	"golang.org/x/text/unicode/norm"

	"github.com/whosaid-nlp/whosaid/entities"
	"github.com/whosaid-nlp/whosaid/nlp"
	"github.com/whosaid-nlp/whosaid/quotes"
)

// A filter tells what of an article is written. Its zero value keeps everything.
type filter struct {
	speakers   []string
	kinds      []string
	confidence float64
	grep       string
	entities   string // all, speakers or none

	pattern *regexp.Regexp // of grep; nil: none
}

var quotationKinds = []string{quotes.Direct.String(), quotes.Indirect.String(), quotes.Mixed.String()}

var entityKinds = []string{entities.Person.String(), entities.Organization.String(), entities.Location.String()}

func (f *filter) flags(set *pflag.FlagSet) {
	set.StringArrayVar(&f.speakers, "speaker", nil, "only quotations of those whose `name` has this in it, whatever its case and accents (repeatable)")
	set.StringSliceVar(&f.kinds, "kind", nil, "only quotations of these `kinds`: direct, indirect, mixed")
	set.Float64Var(&f.confidence, "min-confidence", 0, "only quotations with a confidence of this `number`, 0 to 1, and more")
	set.StringVar(&f.grep, "grep", "", "only quotations with this regular `expression` in their words; (?i) before it ignores case")
	set.StringVar(&f.entities, "entities", "all", "`which` entities are written: all, speakers (of the quotations that are written) or none")
}

// entityFlags are the filters of entities alone.
func (f *filter) entityFlags(set *pflag.FlagSet) {
	set.StringSliceVar(&f.kinds, "kind", nil, "only entities of these `kinds`: person, organization, location")
	set.StringVar(&f.grep, "grep", "", "only entities with this regular `expression` in their name; (?i) before it ignores case")
}

// check reads the flags; kinds are those that exist.
func (f *filter) check(kinds []string) (err error) {
	for _, k := range f.kinds {
		if !slices.Contains(kinds, k) {
			return errUsage{fmt.Errorf("unknown kind %q: use %s", k, strings.Join(kinds, ", "))}
		}
	}
	if !(f.confidence >= 0 && f.confidence <= 1) { // NaN, too
		return errUsage{fmt.Errorf("min-confidence must be 0 to 1, not %v", f.confidence)}
	}
	if f.grep != "" {
		if f.pattern, err = regexp.Compile(f.grep); err != nil {
			return errUsage{fmt.Errorf("--grep: %w", err)}
		}
	}
	if f.entities != "" && !slices.Contains([]string{"all", "speakers", "none"}, f.entities) {
		return errUsage{fmt.Errorf("unknown entities %q: use all, speakers or none", f.entities)}
	}
	for i, s := range f.speakers {
		f.speakers[i] = fold(s)
	}
	return nil
}

// quotations is a with what the filter keeps of it; kept is false if there are
// filters of quotations and nothing is left.
func (f *filter) quotations(a *quotes.Analysis) (_ *quotes.Analysis, kept bool) {
	if len(f.speakers)+len(f.kinds) > 0 || f.confidence > 0 || f.pattern != nil {
		list := slices.DeleteFunc(slices.Clone(a.Quotations), func(q quotes.Quotation) bool { return !f.keeps(a, q) })
		if len(list) == 0 {
			return a, false
		}
		some := *a
		some.Quotations = list
		a = &some
	}
	switch f.entities {
	case "none":
		list := slices.Clone(a.Quotations)
		for i := range list {
			list[i].Entities = nil
		}
		return &quotes.Analysis{Document: a.Document, Entities: &entities.Result{Mentions: a.Entities.Mentions}, Quotations: list}, true
	case "speakers":
		speak := map[int]bool{}
		for _, q := range a.Quotations {
			for _, id := range q.Entities {
				speak[id] = true
			}
		}
		return keepEntities(a, func(e entities.Entity) bool { return speak[e.ID] }), true
	}
	return a, true
}

func (f *filter) keeps(a *quotes.Analysis, q quotes.Quotation) bool {
	if len(f.kinds) > 0 && !slices.Contains(f.kinds, q.Kind.String()) || q.Confidence < f.confidence {
		return false
	}
	if len(f.speakers) > 0 {
		name, written := fold(q.Name), fold(a.Document.TextOf(q.Speaker))
		if !slices.ContainsFunc(f.speakers, func(s string) bool { return strings.Contains(name, s) || strings.Contains(written, s) }) {
			return false
		}
	}
	if f.pattern == nil {
		return true
	}
	return slices.ContainsFunc(q.Parts, func(p nlp.Span) bool { return f.pattern.MatchString(a.Document.TextOf(p)) })
}

// names is a with the entities that the filter keeps.
func (f *filter) names(a *quotes.Analysis) (_ *quotes.Analysis, kept bool) {
	if len(f.kinds) == 0 && f.pattern == nil {
		return a, true
	}
	a = keepEntities(a, func(e entities.Entity) bool {
		return (len(f.kinds) == 0 || slices.Contains(f.kinds, e.Kind.String())) && (f.pattern == nil || f.pattern.MatchString(e.Name))
	})
	return a, len(a.Entities.Entities) > 0
}

func keepEntities(a *quotes.Analysis, keep func(entities.Entity) bool) *quotes.Analysis {
	some := &entities.Result{Mentions: a.Entities.Mentions}
	for _, e := range a.Entities.Entities {
		if keep(e) {
			some.Entities = append(some.Entities, e)
		}
	}
	kept := *a
	kept.Entities = some
	return &kept
}

// fold is text without case and accents.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text))
}
