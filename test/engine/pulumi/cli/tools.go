//go:build tools

// Package cli pins the Go module that the command `pulumi` is built from. It is never compiled: the blank import is
// what makes `go mod tidy` keep the requirement and the sums of everything the command needs. See ../provide.mts.
package cli

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
