module github.com/whosaid-nlp/whosaid

go 1.26

require (
	github.com/agnivade/levenshtein v1.2.2 // indirect
	github.com/stretchr/testify v1.12.1 // indirect
)
