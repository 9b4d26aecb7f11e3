// Command licences writes the file of the licences under which the modules in a
// program may be passed on: a table, and the texts. It fails for a licence that
// it does not know or that asks more than attribution.
//
//	go run ./cmd/generate/licences [-check] ./cmd/quotes cmd/quotes/THIRD_PARTY.md
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licenseclassifier/v2/assets"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("licences: ")
	check := flag.Bool("check", false, "only check that the file is current")
	flag.Parse()
	if flag.NArg() != 2 {
		log.Fatal("name a package and the file to write")
	}
	modules, err := modulesOf(flag.Arg(0))
	if err != nil {
		log.Fatal(err)
	}
	page, err := write(modules)
	if err != nil {
		log.Fatal(err)
	}
	if !*check {
		if err := os.WriteFile(flag.Arg(1), page, 0o644); err != nil {
			log.Fatal(err)
		}
		return
	}
	if old, err := os.ReadFile(flag.Arg(1)); err != nil || !bytes.Equal(old, page) {
		log.Fatalf("%s is not current: run go run ./cmd/generate/licences %s %s", flag.Arg(1), flag.Arg(0), flag.Arg(1))
	}
}

// A module is in the program on some system.
type module struct{ path, version, dir string }

// modulesOf lists the modules of a package on all systems that releases are
// for, but for the main one, by their paths; the first is Go itself.
func modulesOf(pkg string) ([]module, error) {
	found := map[string]module{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}", pkg)
		cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("go list for %s: %w", system, err)
		}
		for line := range strings.SplitSeq(string(out), "\n") {
			if f := strings.Split(line, "\t"); len(f) == 3 {
				found[f[0]] = module{f[0], f[1], f[2]}
			}
		}
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	list := []module{{path: "Go", dir: strings.TrimSpace(string(root))}}
	for _, path := range slices.Sorted(maps.Keys(found)) {
		list = append(list, found[path])
	}
	return list, nil
}

// allowed are the licences that ask for attribution alone.
var allowed = []string{"Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Unlicense", "0BSD", "Zlib"}

func write(modules []module) ([]byte, error) {
	classifier, err := assets.DefaultClassifier()
	if err != nil {
		return nil, err
	}
	var table, texts bytes.Buffer
	for _, m := range modules {
		files, err := licenceFiles(m.dir)
		if err != nil {
			return nil, err
		}
		var names []string
		fmt.Fprintf(&texts, "\n## %s\n", strings.TrimSpace(m.path+" "+m.version))
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				return nil, err
			}
			for _, match := range classifier.Match(b).Matches {
				if match.MatchType == "License" && !slices.Contains(names, match.Name) {
					names = append(names, match.Name)
				}
			}
			fmt.Fprintf(&texts, "\n```\n%s\n```\n", strings.TrimSpace(strings.ReplaceAll(string(b), "\r\n", "\n")))
		}
		for _, name := range names {
			if !slices.Contains(allowed, name) {
				return nil, fmt.Errorf("%s %s has the licence %s, which is not among %s", m.path, m.version, name, strings.Join(allowed, ", "))
			}
		}
		if len(names) == 0 {
			return nil, fmt.Errorf("%s %s has no licence that is known in %q", m.path, m.version, files)
		}
		fmt.Fprintf(&table, "| %s | %s | %s |\n", m.path, m.version, strings.Join(names, ", "))
	}
	head := "# Third-party licences\n\nThe modules in the program `quotes`, on all systems. Made by `go run ./cmd/generate/licences`; the data that is\n" +
		"compiled in has its own pages (see the README).\n\n| module | version | licence |\n|---|---|---|\n"
	return slices.Concat([]byte(head), table.Bytes(), texts.Bytes()), nil
}

// licenceFile is how files that state a licence are called.
var licenceFile = regexp.MustCompile(`(?i)^(licen[sc]e|unlicense|copying|notice)([.-].*)?$`)

// licenceFiles are the files of a module that state its licence.
func licenceFiles(dir string) (files []string, err error) {
	list, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		if !e.IsDir() && licenceFile.MatchString(e.Name()) {
			files = append(files, filepath.Join(dir, e.Name()))
		}
	}
	return files, nil
}
