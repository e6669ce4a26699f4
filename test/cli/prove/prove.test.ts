import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { findProgram } from "../../../src/adapters/sandbox/toolchains/find-program.ts";
import { ProofResult } from "../../../src/cli/prove/result.ts";
import { HAS_BUBBLEWRAP, PROMISES_BUBBLEWRAP } from "../../bubblewrap.ts";
import { skippedFor } from "../../skipped.ts";
import { git } from "../git.ts";
import { typed } from "../typed.ts";

const REPORTED =
  "node --test --test-isolation=none --test-reporter=junit --test-reporter-destination=junit.xml 'test/*.test.mjs'";
const CONFIG = `version: 1\nchecks:\n  test: { run: "${REPORTED}", report: junit.xml }\n`;

const spec = (cases: string) =>
  `import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { quote } from "../src/quote.mjs";\n${cases}`;
const OLD = `test("prices Sweden", () => assert.equal(quote("SE"), 900));\n`;
const NEW = `test("prices Norway", () => assert.equal(quote("NO"), 1140));\n`;

let repo: string;
/** A machine of few programs: asking each toolchain of this one where it lives takes longer than a proof. */
let few: { readonly path: string };

function commit(message: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(repo, path, ".."), { recursive: true });
    writeFileSync(join(repo, path), content);
  }
  git("-C", repo, "add", "-A");
  git("-C", repo, "commit", "-qm", message);
}

beforeAll(() => {
  const programs = mkdtempSync(join(tmpdir(), "millwright-programs-"));
  for (const name of ["git", "bwrap"]) {
    const program = findProgram(name, process.env.PATH ?? "");
    if (program !== undefined) symlinkSync(program, join(programs, name));
  }
  few = { path: [dirname(process.execPath), programs].join(delimiter) };
  repo = mkdtempSync(join(tmpdir(), "millwright-prove-"));
  git("init", "-q", "-b", "main", repo);
  commit("Quote", {
    ".github/factory.yml": CONFIG,
    "src/quote.mjs": "export const quote = () => 900;\n",
    "test/quote.test.mjs": spec(OLD),
  });
  git("-C", repo, "switch", "-qc", "norway");
  commit("Price Norway", {
    "src/quote.mjs": "export const quote = (country) => (country === 'NO' ? 1140 : 900);\n",
    "test/quote.test.mjs": spec(OLD + NEW),
  });
  git("-C", repo, "switch", "-qc", "words", "main");
  commit("Say more", { "README.md": "# Quotes\n" });
  git("-C", repo, "switch", "-qc", "untested", "main");
  commit("Take the config away", { ".github/factory.yml": "version: 1\n", "src/a.mjs": "1;\n" });
  git("-C", repo, "switch", "-qc", "more", "untested");
  commit("More", { "src/b.mjs": "2;\n" });
  git("-C", repo, "switch", "-qc", "shared", "main");
  commit("Let others say how", { ".github/factory.yml": "version: 1\nextends: acme/.github\n" });
  git("-C", repo, "switch", "-qc", "below", "shared");
  commit("Price Norway", {
    "src/quote.mjs": "export const quote = (country) => (country === 'NO' ? 1140 : 900);\n",
    "test/quote.test.mjs": spec(OLD + NEW),
  });
  git("-C", repo, "switch", "-q", "main");
});

/** GitHub with the organisation's file, or with nothing. Names of what was asked for. */
async function organisation(text: string | undefined): Promise<readonly string[]> {
  const asked: string[] = [];
  const server = createServer(({ url = "" }, response) => {
    asked.push(url);
    response.statusCode = text === undefined ? 404 : 200;
    response.end(url.includes("/contents/") ? text : JSON.stringify({ private: false }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  vi.stubEnv("GITHUB_API_URL", `http://127.0.0.1:${port}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  return asked;
}

afterAll(() => {
  const [, programs = ""] = few.path.split(delimiter);
  for (const folder of [repo, programs]) rmSync(folder, { recursive: true, force: true });
});

/** Everything of the repository by path and content, as far as a command could change it. */
function everything(): readonly string[] {
  return readdirSync(repo, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => `${path} ${readFileSync(path).toString("base64")}`);
}

describe("what is asked wrongly ends with exit code 2 and what to type", () => {
  test.each([
    ["no base", [], "--base REV is missing; try `millwright prove --repo . --base main`"],
    ["a base that is none", ["--base", "nowhere"], '--base: .* has no commit "nowhere"'],
    ["a head that is none", ["--base", "main", "--head", "x"], '--head: .* has no commit "x"'],
    ["a head without anything new", ["--base", "main"], "HEAD holds nothing that main has not"],
    ["an option that is none", ["--bse", "main"], "--bse"],
  ])("%s", async (_, words, says) => {
    using done = await typed(["prove", "--repo", repo, ...words]);
    expect(done.stderr).toMatch(new RegExp(says));
    expect(done.stderr).not.toMatch(/^\s+at /m);
    expect(done.code).toBe(2);
    expect(done.temporary).toEqual([]);
  });

  test("help is no error, and names every exit code", async () => {
    using done = await typed(["prove", "--help"]);
    expect(done.code).toBe(0);
    expect(done.stdout).toMatch(
      /Exit codes:\n {2}0 {2}proven\n {2}1 {2}.*\n {2}2 {2}.*\n {2}3 {2}/,
    );
  });
});

const isSkipped = !HAS_BUBBLEWRAP && !PROMISES_BUBBLEWRAP;

describe.skipIf(isSkipped)(
  `on a repository of its own${skippedFor(isSkipped, "there is no bubblewrap")}`,
  () => {
    test("a change that a test shows is proven, and the repository stays as it was", async () => {
      const before = everything();
      using done = await typed(["prove", "--repo", repo, "--base", "main", "--head", "norway"]);
      expect(done.code).toBe(0);
      expect(done.stdout).toContain(
        "✓ Proven: 1 test fails without this change and passes with it, and nothing got worse.",
      );
      expect(done.stdout).toContain("test/quote.test.mjs > prices Norway");
      expect(done.stdout).not.toContain("noticed lines: not measured");
      expect(everything()).toEqual(before);
      expect(done.temporary).toEqual([]);
      expect(done.workingFolder).toEqual([]);
    });

    test("a change that no test shows is unproven; the JSON is of the documented shape", async () => {
      const words = ["prove", "--repo", repo, "--base", "main", "--head", "words", "--json"];
      using done = await typed(words, {}, few);
      expect(ProofResult.parse(JSON.parse(done.stdout))).toMatchObject({
        config: "found",
        outcome: "unproven",
        changed: { files: 1, lines: 1 },
        tests: { source: "per-test", lists: { passToPass: { total: 1 } } },
      });
      expect(done.code).toBe(1);
    });

    test("with --quiet, the verdict is all that is printed", async () => {
      const words = ["prove", "--repo", repo, "--base", "main", "--head", "words", "--quiet"];
      using done = await typed(words, {}, few);
      expect(done.stdout).toMatch(/^ {2}– [^\n]*\n$/);
      expect(done.stderr).toBe("");
      expect(done.code).toBe(1);
    });

    test("a config that extends another is measured by both", async () => {
      const asked = await organisation(CONFIG);
      const words = ["prove", "--repo", repo, "--base", "shared", "--head", "below"];
      using done = await typed(words, {}, few);
      expect(done.stdout).toContain("narrowed by acme/.github");
      expect(done.stdout).toContain("✓ Proven: 1 test fails without this change");
      expect(asked).toContain("/repos/acme/.github/contents/factory.yml");
    });

    test("where the other one is not read it is said, in words and to a machine", async () => {
      await organisation(undefined);
      const words = ["prove", "--repo", repo, "--base", "shared", "--head", "below", "--json"];
      using done = await typed(words, {}, few);
      expect(ProofResult.parse(JSON.parse(done.stdout)).unread).toBe("acme/.github");
      expect(done.stderr).toContain("acme/.github does not count here");
    });

    test("a base without a test check is not measured, and says what to write", async () => {
      const words = ["prove", "--repo", repo, "--base", "untested", "--head", "more"];
      using done = await typed(words, {}, few);
      expect(done.stdout).toContain("? Not measured:");
      expect(done.stdout).toContain("Next: name the command that runs the tests as `checks.test`");
      expect(done.code).toBe(3);
    });
  },
);
