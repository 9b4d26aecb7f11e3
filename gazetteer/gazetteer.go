// Package gazetteer knows names of people, organisations and locations with
// their kind and a stable ID, and finds the longest of them in a run of tokens.
package gazetteer
