module github.com/whosaid-nlp/whosaid

go 1.26
