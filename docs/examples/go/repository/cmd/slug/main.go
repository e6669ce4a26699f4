package main

import (
	"fmt"
	"os"
	"strings"

	"example.com/slug"
)

func main() {
	fmt.Println(slug.Of(strings.Join(os.Args[1:], " ")))
}
