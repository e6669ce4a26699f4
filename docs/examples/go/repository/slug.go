// Package slug makes the part of an address from a title.
package slug

import "strings"

// Of answers a title in lower case, with dashes for spaces.
func Of(title string) string {
	return strings.ReplaceAll(strings.ToLower(title), " ", "-")
}
