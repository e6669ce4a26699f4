package slug

import "testing"

func TestSpacesBecomeDashes(t *testing.T) {
	if got := Of("A Title"); got != "a-title" {
		t.Fatalf("got %q", got)
	}
}
