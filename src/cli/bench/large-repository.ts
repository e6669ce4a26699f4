import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { layHistory } from "./history.ts";
import { scriptOf } from "./script.ts";

/** Size of the repository on which the factory's own overhead is measured. */
export const LARGE = { files: 10_000, commits: 20_000 } as const;

const FILES_IN_FOLDER = 50;

/** The one check that the criterion needs: what a repository's own commands take is not the factory's. */
const CONFIG = `checks:
  test:
    run: node --test --test-reporter=tap
    report: { format: tap }
`;

interface LargeInput {
  readonly repo: string;
  readonly issue: string;
  readonly script: string;
  readonly config: string;
}

/** Lays a repository of that size, an issue, a script and a config for it into a folder; resolves with their paths. */
export async function layLargeRepository(folder: string): Promise<LargeInput> {
  const paths = {
    repo: join(folder, "large.git"),
    issue: join(folder, "issue.md"),
    script: join(folder, "script.yml"),
    config: join(folder, "factory.yml"),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(
    paths.issue,
    "# double(0) is not there\n\nExport double(n) from src/double.mjs.\n",
  );
  await writeFile(paths.config, CONFIG);
  await writeFile(paths.script, SCRIPT);
  await layHistory(paths.repo, history());
  return paths;
}

/** git-fast-import(1): all files in the first commit, one file changed in each later one. */
function* history(): Generator<string> {
  for (let number = 1; number <= LARGE.commits; number += 1) {
    yield `commit refs/heads/main\ncommitter OWNER <owner@example.com> ${1_700_000_000 + number} +0000\n`;
    yield data(`Change ${number}`);
    if (number > 1) yield file(pathOf(number % LARGE.files), contentOf(number));
    else yield* firstFiles();
  }
  yield "done\n";
}

function* firstFiles(): Generator<string> {
  yield file("package.json", '{ "type": "module", "scripts": { "test": "node --test" } }\n');
  yield file("test/first.test.mjs", 'import test from "node:test";\ntest("first", () => {});\n');
  for (let number = 0; number < LARGE.files - 2; number += 1) {
    yield file(pathOf(number), contentOf(number));
  }
}

function pathOf(number: number): string {
  return `src/part-${Math.floor(number / FILES_IN_FOLDER)}/file-${number}.mjs`;
}

function contentOf(number: number): string {
  return `// File of the bench\n${`export const value${number} = ${number};\n`.repeat(20)}`;
}

function file(path: string, content: string): string {
  return `M 100644 inline ${path}\n${data(content)}`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

const TEST = `import assert from "node:assert/strict";
import test from "node:test";
test("double of 0 is 0", async () => {
  const { double } = await import("../src/double.mjs");
  assert.equal(double(0), 0);
});
`;

const SCRIPT = scriptOf({
  goal: "double(n) is exported from src/double.mjs",
  statement: "When double(0) is called, then it answers 0",
  files: {
    "src/double.mjs": "export const double = (number) => 2 * number;\n",
    "test/double.test.mjs": TEST,
  },
  test: "double of 0 is 0",
});
