import { execFile } from "node:child_process";
import { cp, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Language } from "./language.ts";

const TEST = `package weights

import "testing"

func TestPrice(t *testing.T) {
	if Price(2) != 8 {
		t.Fatal("a weight has a price")
	}
}
`;

/** Beside the packages, where tools of JavaScript keep what they may lose: it stays for the next run of the tests. */
const COMPILED = fileURLToPath(
  new URL("../../../../node_modules/.cache/millwright-tests/go", import.meta.url),
);

/**
 * Go compiles its standard library where no cache holds it, for 20 s in each of five workspaces: here it is compiled once
 * for each version of Go, which finds it again by itself, and `setup` copies it to where the sandbox keeps caches.
 */
async function configWithCache(repository: string, folder: string): Promise<string> {
  await mkdir(COMPILED, { recursive: true });
  await promisify(execFile)("go", ["test", "./..."], {
    cwd: repository,
    env: { PATH: process.env.PATH, HOME: folder, GOCACHE: COMPILED, GOTOOLCHAIN: "local" },
  });
  await cp(COMPILED, folder, { recursive: true });
  return `checks:
  setup: mkdir -p "$(go env GOCACHE)" && cp -r ${folder}/. "$(go env GOCACHE)"
  test:
    run: go test -json ./...
    report: { format: go-test }
    only: { run: go test -json "$@", by: suites }
sandbox:
  read: [${folder}]
`;
}

export const go: Language = {
  name: "Go",
  needs: { programs: ["go"] },
  files: {
    "go.mod": "module example.com/weights\n\ngo 1.18\n",
    "weights.go": "package weights\n\nfunc Price(weight int) int { return 4 * weight }\n",
    "weights_test.go": TEST,
  },
  config: configWithCache,
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
  shownBy: "example.com/weights > TestBelowZero",
  failToPass: ["TestBelowZero"],
  passToPass: 1,
};
