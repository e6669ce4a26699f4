import type { Language } from "./language.ts";

const TEST = `package weights

import "testing"

func TestPrice(t *testing.T) {
	if Price(2) != 8 {
		t.Fatal("a weight has a price")
	}
}
`;

export const go: Language = {
  name: "Go",
  needs: { programs: ["go"] },
  files: {
    "go.mod": "module example.com/weights\n\ngo 1.21\n",
    "weights.go": "package weights\n\nfunc Price(weight int) int { return 4 * weight }\n",
    "weights_test.go": TEST,
  },
  change: {
    "weights.go": `package weights

// Price of a weight; a weight below 0 has none.
func Price(weight int) int {
	if weight < 0 {
		return 0
	}
	return 4 * weight
}
`,
    "weights_test.go": `${TEST}
func TestBelowZero(t *testing.T) {
	if Price(-1) != 0 {
		t.Fatal("a weight below 0 has no price")
	}
}
`,
  },
  failToPass: ["TestBelowZero"],
  passToPass: 1,
};
