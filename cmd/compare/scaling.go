package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// Inputs are made while they are read: what this process holds would count as
// memory of the ones that it starts.

// printScaling prints tables of words/s and memory of the command quotes: for
// one text by its length, for articles by their number, and by workers.
func printScaling(folder string, texts []string) error {
	program := filepath.Join(folder, "quotes")
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/quotes").CombinedOutput(); err != nil {
		return fmt.Errorf("building quotes: %w\n%s", err, out)
	}
	all := strings.Join(texts, "\n\n") + "\n\n"
	fmt.Println("| one text of | words | words/s by user time | wall | memory |\n|---|---|---|---|---|")
	for _, size := range []int{10_000, 1_000_000, 100_000_000} {
		words := size/len(all)*len(strings.Fields(all)) + len(strings.Fields(all[:size%len(all)]))
		in := io.LimitReader(&repeated{lines: [][]byte{[]byte(all)}, left: size/len(all) + 1}, int64(size))
		if err := printRun(program, 1, fmt.Sprintf("%d bytes", size), words, in, "--input", "text"); err != nil {
			return err
		}
	}
	fmt.Println("\n| articles | words | words/s by user time | wall | memory |\n|---|---|---|---|---|")
	for _, n := range []int{1, 1_000, 100_000} {
		in, words := articles(texts, n)
		if err := printRun(program, 1, strconv.Itoa(n), words, in, "--input", "jsonl"); err != nil {
			return err
		}
	}
	fmt.Println("\n| workers | words | words/s by user time | wall | memory |\n|---|---|---|---|---|")
	for k := 1; k <= runtime.NumCPU(); k *= 2 {
		in, words := articles(texts, 5_000)
		if err := printRun(program, k, strconv.Itoa(k), words, in, "--input", "jsonl"); err != nil {
			return err
		}
	}
	return nil
}

// articles returns n articles as JSON Lines, made as they are read, and the
// number of their words.
func articles(texts []string, n int) (io.Reader, int) {
	lines, words := make([][]byte, len(texts)), 0
	for i, t := range texts {
		lines[i], _ = json.Marshal(map[string]string{"id": strconv.Itoa(i), "text": t})
		lines[i] = append(lines[i], '\n')
	}
	for i := range n {
		words += len(strings.Fields(texts[i%len(texts)]))
	}
	return &repeated{lines: lines, left: n}, words
}

// repeated reads lines over and over.
type repeated struct {
	lines [][]byte
	left  int
	next  int
	rest  []byte
}

func (r *repeated) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		if r.left == 0 {
			return 0, io.EOF
		}
		r.rest = r.lines[r.next%len(r.lines)]
		r.next++
		r.left--
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func printRun(program string, workers int, label string, words int, in io.Reader, args ...string) error {
	cmd := exec.Command(program, append(args, "--format", "jsonl", "--workers", strconv.Itoa(workers))...)
	cmd.Env = append(cmd.Environ(), "GOMAXPROCS="+strconv.Itoa(workers))
	var errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, io.Discard, &errs
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("quotes: %w: %s", err, errs.String())
	}
	wall := time.Since(start)
	fmt.Printf("| %s | %d | %.0f | %.2f s | %s |\n", label, words, float64(words)/cmd.ProcessState.UserTime().Seconds(), wall.Seconds(), memory(cmd.ProcessState))
	return nil
}
