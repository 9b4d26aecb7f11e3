// Command gazetteer compiles the source lists of names into the table that
// package gazetteer embeds. The same lists make the same bytes.
//
//	go generate ./gazetteer
//
// With -check it writes nothing and exits with status 1 when the table on disk
// is not what the lists make.
package main

import (
	"bytes"
	_ "embed"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

//go:embed given_variants.txt
var givenVariants string

//go:embed city_aliases.txt
var cityAliases string

//go:embed generic_bodies.txt
var genericBodies string

//go:embed common_words.txt
var commonWords string

//go:embed dropped.txt
var droppedNames string

func main() {
	source := flag.String("source", filepath.FromSlash("../../shared/data/gazetteer"), "`folder` of the source lists")
	out := flag.String("out", filepath.FromSlash("data/gazetteer.bin"), "`file` to write")
	check := flag.Bool("check", false, "only compare the file with the lists")
	flag.Parse()
	if err := run(*source, *out, *check); err != nil {
		fmt.Fprintln(os.Stderr, "generate gazetteer:", err)
		os.Exit(1)
	}
}

func run(source, out string, check bool) error {
	c := newCompiler(source)
	c.compile()
	if c.err != nil {
		return c.err
	}
	var b bytes.Buffer
	if _, err := c.builder.WriteTo(&b); err != nil {
		return err
	}
	if check {
		old, err := os.ReadFile(out)
		if err != nil {
			return err
		}
		if !bytes.Equal(old, b.Bytes()) {
			return fmt.Errorf("%s is out of date: run go generate ./gazetteer", out)
		}
		return nil
	}
	return os.WriteFile(out, b.Bytes(), 0o644)
}

// lines returns the lines of an embedded list without comments.
func lines(s string) []string {
	var ls []string
	for l := range strings.Lines(s) {
		if l = strings.TrimSpace(l); l != "" && l[0] != '#' {
			ls = append(ls, l)
		}
	}
	return ls
}

// A row is a line of a source list by column name.
type row map[string]string

// list splits a cell that holds alternatives.
func (r row) list(column string) []string {
	var l []string
	for s := range strings.SplitSeq(r[column], "|") {
		if s = strings.TrimSpace(s); s != "" {
			l = append(l, s)
		}
	}
	return l
}

// has reports whether a cell of comma-separated flags holds flag.
func (r row) has(column, flag string) bool {
	for s := range strings.SplitSeq(r[column], ",") {
		if s == flag {
			return true
		}
	}
	return false
}

func (r row) number(column string) int {
	n, _ := strconv.Atoi(r[column])
	return n
}

// read returns the rows of a source list. The first error stays in c.err.
func (c *compiler) read(name string) []row {
	if c.err != nil {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(c.source, name))
	if err != nil {
		c.err = err
		return nil
	}
	return parse(string(data))
}

// parse returns the rows of a list with a line of column names.
func parse(list string) []row {
	var header []string
	var rows []row
	for l := range strings.Lines(list) {
		cells := strings.Split(strings.TrimRight(l, "\r\n"), "\t")
		if header == nil {
			header = cells
			continue
		}
		r := row{}
		for i, h := range header {
			if i < len(cells) {
				r[h] = cells[i]
			}
		}
		rows = append(rows, r)
	}
	return rows
}
