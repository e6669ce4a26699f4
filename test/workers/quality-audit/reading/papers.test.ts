import { describe, expect, test } from "vitest";
import { readMutants } from "../../../../src/workers/quality-audit/reading/mutants.ts";
import { readLocked } from "../../../../src/workers/quality-audit/reading/packages.ts";

describe("readMutants", () => {
  const mutant = (status: string, line = 1) => ({
    status,
    location: { start: { line, column: 1 } },
  });
  const report = (files: Readonly<Record<string, readonly unknown[]>>) =>
    JSON.stringify({
      schemaVersion: "2",
      thresholds: { high: 80, low: 60 },
      files: Object.fromEntries(
        Object.entries(files).map(([path, mutants]) => [
          path,
          { language: "js", source: "", mutants },
        ]),
      ),
    });

  test("counts what tests noticed, what they did not, and leaves out what judges no test", () => {
    const mutants = [
      ...["Killed", "Timeout", "Ignored", "CompileError", "RuntimeError", "Pending"].map((status) =>
        mutant(status),
      ),
      ...[mutant("Survived", 9), mutant("NoCoverage", 4)],
    ];
    expect(readMutants("m.json", report({ "./src/a.ts": mutants, "src/b.ts": [] }))).toEqual({
      source: "m.json",
      files: [
        { path: "src/a.ts", noticed: 2, judged: 4, unnoticedAt: 4 },
        { path: "src/b.ts", noticed: 0, judged: 0 },
      ],
    });
  });

  test.each([
    ["no JSON", "{"],
    ["another form", '{"files":[]}'],
    ["no mutant that was judged", report({ "a.ts": [mutant("Ignored")] })],
    ["a mutant without a place", report({ "a.ts": [{ status: "Killed" }] })],
  ])("%s is no report", (_what, text) => expect(readMutants("m.json", text)).toBeUndefined());
});

describe("readLocked", () => {
  const lock = (packages: object, version = 3) =>
    JSON.stringify({ lockfileVersion: version, packages });
  test.each([
    [
      lock({
        "": {},
        "node_modules/a": {},
        "node_modules/b/node_modules/@c/d": { deprecated: "use e" },
      }),
      ["@c/d"],
    ],
    [
      lock({ "node_modules/z": { deprecated: "x" }, "node_modules/a": { deprecated: true } }, 2),
      ["a", "z"],
    ],
    [lock({ "node_modules/a": { deprecated: false } }), []],
    [lock({}, 1), undefined],
    ["{", undefined],
  ])("%s: %j", (text, expected) => expect(readLocked(text)?.deprecated).toEqual(expected));

  test("tells the versions of what root and workspaces ask for, a workspace's own copy first", () => {
    const text = lock({
      "": { dependencies: { a: "^1" }, devDependencies: { "@b/c": "2" }, workspaces: ["app"] },
      app: { optionalDependencies: { a: "^2", d: "1", lost: "1" } },
      "node_modules/a": { version: "1.5.0", dependencies: { e: "1" } },
      "node_modules/@b/c": { version: "2.0.0" },
      "node_modules/d": { version: "1.0.0" },
      "node_modules/e": { version: "1.0.0" },
      "node_modules/app": { link: true, resolved: "app" },
      "app/node_modules/a": { version: "2.1.0", dependencies: { e: "1" } },
    });
    expect([...(readLocked(text)?.direct ?? [])]).toEqual([
      ["a", "1.5.0"],
      ["@b/c", "2.0.0"],
      ["a (app)", "2.1.0"],
      ["d (app)", "1.0.0"],
    ]);
  });
});
