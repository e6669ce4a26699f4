import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { optionsOf } from "../../../src/cli/command/declare.ts";
import { declareReport, readReportArguments } from "../../../src/cli/report/arguments.ts";
import { readHistory } from "../../../src/cli/report/read-history.ts";
import { reviewOf } from "../../../src/measures/review/review.ts";

const CODER = "1+coder[bot]@users.noreply.github.com";
let folder = "";

function git(words: readonly string[], hour = 0, author = "ann@example.com"): string {
  const at = `2026-08-01T${String(hour).padStart(2, "0")}:00:00Z`;
  const who = (role: string) => ({
    [`GIT_${role}_NAME`]: "Somebody",
    [`GIT_${role}_EMAIL`]: author,
    [`GIT_${role}_DATE`]: at,
  });
  const env = {
    ...process.env,
    ...who("AUTHOR"),
    ...who("COMMITTER"),
    GIT_CONFIG_GLOBAL: "/dev/null",
  };
  return execFileSync("git", ["-C", folder, ...words], { env, encoding: "utf8", stdio: "pipe" });
}

function commit(path: string, text: string, message: string, hour: number, author?: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  git(["add", "-A"]);
  git(["commit", "-qm", message], hour, author);
}

const config = (level: string) => `version: 1
trust: { default: ${level} }
quality: { areas: [{ name: quotes, paths: ["src/**"] }] }
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "millwright-report-"));
  git(["init", "-q", "-b", "main"]);
  commit(".github/CODEOWNERS", "/src/ @ann\n", "Name owners", 0);
  commit(".github/factory.yml", config("open-pr"), "Begin", 1);
  git(["switch", "-qc", "topic"]);
  commit('src/a "b.js', "1\n2\n3\n", "Write", 2, CODER);
  commit("docs/b.md", "1\n", "Say\n\nCo-authored-by: Bob <bob@example.com>", 3, CODER);
  git(["switch", "-q", "main"]);
  git(["merge", "-q", "--no-ff", "-m", "Merge topic", "topic"], 5);
  git(["revert", "--no-edit", "-m", "1", "HEAD"], 7);
  commit(".github/factory.yml", config("scoped-autonomy"), "Trust more", 9);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const argumentsOf = (words: readonly string[]) =>
  readReportArguments(optionsOf(declareReport(), words), { from: "/", now: new Date() });

const read = async () => {
  const words = ["--git", folder, "--since", "22h", "--until", "2026-08-01T22:00:00Z"];
  const asked = argumentsOf(words);
  const { history } = await readHistory(asked.sources[0], asked, {
    environment: {},
    shows: () => undefined,
  });
  return { history, review: reviewOf(history, asked.window) };
};

test("a real clone: what landed, who wrote it, what was taken back, which lines came in", async () => {
  const { history, review } = await read();
  expect(
    history.merges.map(({ writer, takenBackAt, repairs }) => [
      writer,
      takenBackAt?.slice(11, 13),
      repairs,
    ]),
  ).toEqual([
    ["person", undefined, undefined],
    ["person", undefined, undefined],
    ["both", "07", undefined],
    ["person", undefined, true],
    ["person", undefined, undefined],
  ]);
  expect(history.merges[2]?.lines?.toSorted((a, b) => a.added - b.added)).toEqual([
    { path: "docs/b.md", added: 1 },
    { path: 'src/a "b.js', added: 3 },
  ]);
  expect(review.delivery.timeToMerge).toMatchObject({ value: 0 });
  expect(review.delivery.takenBack).toMatchObject({ value: 0.2 });
  expect(review.delivery.deploymentFrequency).toEqual({
    unit: "per-day",
    unknown: "no-deployments",
  });
});

test("its head: owners by area, and each change of trust", async () => {
  const { history } = await read();
  expect(history.owners).toEqual({
    known: [{ area: ".github/", files: 2, unowned: [".github/CODEOWNERS", ".github/factory.yml"] }],
  });
  expect(history.trust).toMatchObject({
    known: [
      { scope: "default", to: "open-pr" },
      { from: "open-pr", to: "scoped-autonomy" },
    ],
  });
});

test("a folder that is no clone is refused in words", async () => {
  const asked = argumentsOf(["--git", tmpdir()]);
  await expect(
    readHistory(asked.sources[0], asked, { environment: {}, shows: () => undefined }),
  ).rejects.toThrow(/is no clone/);
});
