//go:build tools

// Package languagenodejs pins the Go module that `pulumi-language-nodejs` is built from: the last release of sdk/v3 that
// still holds the host. Apart from ../cli, since the two need different versions of sdk/v3. It is never compiled: the
// blank import is what makes `go mod tidy` keep the requirement and its sums. See ../provide.mts.
package languagenodejs

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
