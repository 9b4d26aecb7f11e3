package wire

import _ "embed"

// JSONSchema describes an Article as JSON Schema, draft 2020-12.
//
//go:embed schema.json
var JSONSchema string
