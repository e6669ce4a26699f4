import { expect, test } from "vitest";
import { optionsOf } from "../../../src/cli/command/declare.ts";
import { UsageError } from "../../../src/cli/command/usage-error.ts";
import { declareReport, readReportArguments } from "../../../src/cli/report/arguments.ts";

const place = { from: "/home/ada", now: new Date("2026-08-30T12:00:00.500Z") };
const read = (...words: readonly string[]) =>
  readReportArguments(optionsOf(declareReport(), words), place);

test("a window of thirty days until now, unless somebody says otherwise", () => {
  expect(read("--git", "repo")).toMatchObject({
    sources: [{ kind: "git", path: "/home/ada/repo" }],
    window: { from: "2026-07-31T12:00:00Z", until: "2026-08-30T12:00:00Z" },
  });
  expect(read("--twin", "--since", "12h", "--until", "2026-08-01T12:00:00+02:00")).toMatchObject({
    window: { from: "2026-07-31T22:00:00Z", until: "2026-08-01T10:00:00Z" },
  });
  expect(read("--twin", "--agent", "robot", "a@example.com")).toMatchObject({
    agents: ["robot", "a@example.com"],
  });
});

test("several sources stand in the order of their kinds, each as often as it is named", () => {
  const words = ["--import", "a.json", "b.json", "--org", "acme", "--repo", "o/a", "--repo", "o/b"];
  expect(read(...words).sources).toEqual([
    { kind: "repo", name: "o/a" },
    { kind: "repo", name: "o/b" },
    { kind: "org", name: "acme" },
    { kind: "import", path: "/home/ada/a.json" },
    { kind: "import", path: "/home/ada/b.json" },
  ]);
});

test.each([
  ["no source", []],
  ["the twin beside another source", ["--twin", "--git", "."]],
  ["no organisation", ["--org", "acme/notes"]],
  ["no repository", ["--repo", "notes"]],
  ["no length", ["--twin", "--since", "a week"]],
  ["no days", ["--twin", "--since", "0d"]],
  ["no time", ["--twin", "--until", "yesterday"]],
])("%s is refused", (_, words) => {
  expect(() => read(...words)).toThrow(UsageError);
});
