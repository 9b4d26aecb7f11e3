package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestColumns(t *testing.T) {
	for width, want := range map[int]int{-1: 0, 0: 0, 1: 20, 20: 20, 39: 39, 80: 80, 500: 120} {
		assert.Equal(t, want, columns(width), width)
	}
}
