//go:build tools

// Package actionlint pins the Go module that the command `actionlint` is built from. It is never compiled: the blank import
// is what makes `go mod tidy` keep the requirement and the sums of what the command needs. See ../actionlint.test.ts.
package actionlint

import _ "github.com/rhysd/actionlint/cmd/actionlint"
