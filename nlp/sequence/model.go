// Package sequence is a linear sequence labeller over integer features. It
// knows no text: a caller turns each position into a list of feature numbers
// (usually hashes), and the labeller finds the best path of labels by the
// Viterbi algorithm over weights that Train learned.
package sequence
