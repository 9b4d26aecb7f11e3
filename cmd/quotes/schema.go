package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/whosaid-nlp/whosaid/cmd/internal/wire"
)

func schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of the output of --format jsonl and json",
		Example: `  quotes schema > whosaid.schema.json
  quotes schema | jq '."$defs".quote.properties | keys'
  quotes --format json --output article.json article.txt && check-jsonschema --schemafile whosaid.schema.json article.json`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := io.WriteString(cmd.OutOrStdout(), wire.JSONSchema)
			return err
		},
	}
}
