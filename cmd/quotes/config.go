package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// settle gives each flag that the command line leaves out its value from the
// environment (QUOTES_MIN_CONFIDENCE is --min-confidence), else from the file
// of --config.
func settle(cmd *cobra.Command) error {
	var err error
	unset := func(use func(*pflag.Flag) error) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if err == nil && !f.Changed && f.Name != "help" && f.Name != "version" {
				err = use(f)
			}
		})
	}
	unset(func(f *pflag.Flag) error {
		for _, flag := range append([]string{f.Name}, f.Annotations[alsoAnnotation]...) {
			name := "QUOTES_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
			value := os.Getenv(name)
			if value == "" {
				continue
			}
			values := []string{value}
			if f.Value.Type() == "stringArray" {
				values = filepath.SplitList(value)
			}
			if err := setFlag(cmd, f, values, name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	file := cmd.Flag("config").Value.String()
	if file == "" {
		return nil
	}
	values, err := readConfig(cmd, file)
	if err != nil {
		return err
	}
	unset(func(f *pflag.Flag) error {
		if x, ok := values[f.Name]; ok {
			return setFlag(cmd, f, x, file+": "+f.Name)
		}
		return nil
	})
	return err
}

func setFlag(cmd *cobra.Command, f *pflag.Flag, values []string, from string) error {
	for _, x := range values {
		if err := cmd.Flags().Set(f.Name, x); err != nil {
			return errUsage{fmt.Errorf("%s: %q does not fit: %w", from, x, errors.Unwrap(err))}
		}
	}
	return nil
}

// readConfig returns the values of a file of settings: keys are names of flags,
// those that only a command has stand in a table of its name.
func readConfig(cmd *cobra.Command, file string) (map[string][]string, error) {
	var tree map[string]any
	if _, err := toml.DecodeFile(file, &tree); err != nil {
		var bad toml.ParseError
		if errors.As(err, &bad) {
			return nil, errUsage{fmt.Errorf("%s:%d: %s", file, bad.Position.Line, bad.Message)}
		}
		return nil, err
	}
	values := map[string][]string{}
	tables := map[string]map[string]any{}
	for _, c := range cmd.Root().Commands() {
		tables[c.Name()] = nil
	}
	for key, x := range tree {
		if table, ok := x.(map[string]any); ok {
			if _, known := tables[key]; !known {
				return nil, errUsage{fmt.Errorf("%s: [%s] is no command", file, key)}
			}
			tables[key] = table
			continue
		}
		if cmd.Root().Flag(key) == nil || slices.Contains([]string{"config", "help", "version"}, key) {
			return nil, errUsage{fmt.Errorf("%s: %q is no flag of quotes", file, key)}
		}
		values[cmd.Root().Flag(key).Name] = configValues(x)
	}
	for key, x := range tables[cmd.Name()] {
		if cmd.Flag(key) == nil {
			return nil, errUsage{fmt.Errorf("%s: %q is no flag of quotes %s", file, key, cmd.Name())}
		}
		values[cmd.Flag(key).Name] = configValues(x)
	}
	return values, nil
}

// configValues writes a value of TOML as the command line would.
func configValues(x any) (values []string) {
	if list, ok := x.([]any); ok {
		for _, y := range list {
			values = append(values, fmt.Sprint(y))
		}
		return values
	}
	return []string{fmt.Sprint(x)}
}
