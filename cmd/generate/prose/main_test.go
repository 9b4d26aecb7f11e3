package main

import "testing"

// The tables in the tree are those that the module gives.
func TestTablesAreCurrent(t *testing.T) {
	if testing.Short() {
		t.Skip("reads all of prose's weights")
	}
	if err := run("../../../nlp/data", true); err != nil {
		t.Error(err)
	}
}
