import { expect, test } from "vitest";
import { findRatchetFindings } from "../../../../../src/workers/proof/ratchet/find-ratchet-findings.ts";
import { syntax } from "../../../syntax.ts";

/** Recordings of which the first ones are others than before. */
function file(kind: "beside" | "inside", count: number, changed: number): string {
  const values = Array.from({ length: count }, (_, at) => (at < changed ? `new ${at}` : `${at}`));
  return values
    .map((value, at) =>
      kind === "beside"
        ? `exports["prices ${at}"] = \`${value}\`;\n`
        : `it("prices ${at}", () => {\n  expect(f(${at})).toMatchInlineSnapshot(\`${value}\`);\n});\n`,
    )
    .join("");
}

const ROWS: readonly (readonly [known: number, changed: number, told: string | undefined])[] = [
  [3, 3, "3/3"],
  [5, 3, "3/5"],
  [6, 3, undefined],
  [6, 4, "4/6"],
  [2, 2, undefined],
  [1, 0, undefined],
];

test.each(
  (["beside", "inside"] as const).flatMap((kind) =>
    ROWS.map(([known, changed, told]) => ({ kind, known, changed, told })),
  ),
)("$changed of $known recordings $kind the tests", async ({ kind, known, changed, told }) => {
  const path = kind === "beside" ? "test/__snapshots__/a.test.ts.snap" : "test/a.test.ts";
  const change = { path, before: file(kind, known, 0), after: file(kind, known, changed) };
  const findings = await findRatchetFindings([change], syntax);
  expect(findings.map(({ rule, before, line }) => [rule, before, line])).toEqual(
    told === undefined ? [] : [["snapshots-rewritten", told, kind === "beside" ? 1 : 2]],
  );
});

test("recordings that come or go are no new recordings of what was there", async () => {
  const path = "test/__snapshots__/a.test.ts.snap";
  const [few, many] = [file("beside", 2, 0), file("beside", 9, 0)];
  for (const [before, after] of [
    [few, many],
    [many, few],
  ] as const)
    expect(await findRatchetFindings([{ path, before, after }], syntax)).toEqual([]);
});

test("a module that only looks like recordings is none", async () => {
  const path = "test/exports.test.ts";
  const change = { path, before: file("beside", 3, 0), after: file("beside", 3, 3) };
  expect(await findRatchetFindings([change], syntax)).toEqual([]);
});

const SNAP = "test/__snapshots__/a.test.ts.snap";

const renamed = (from: string, to: string) => ({
  path: to.startsWith("others") ? SNAP : "test/a.test.ts",
  before: file(to.startsWith("others") ? "beside" : "inside", 4, 0).replaceAll(from, to),
  after: file(to.startsWith("others") ? "beside" : "inside", 4, 4).replaceAll(from, to),
});

const QUIET = [
  {
    name: "under other names",
    changes: [
      {
        path: SNAP,
        before: file("beside", 4, 4),
        after: file("beside", 4, 0).replaceAll("prices", "p"),
      },
    ],
  },
  { name: "of a new file", changes: [{ path: SNAP, after: file("beside", 4, 0) }] },
  {
    name: "two in each of two files",
    changes: ["test/a.test.ts", "test/b.test.ts"].map((path) => ({
      path,
      before: file("inside", 2, 0),
      after: file("inside", 2, 2),
    })),
  },
  { name: "that are no exports", changes: [renamed("exports[", "others[")] },
  {
    name: "that people wrote themselves",
    changes: [renamed("toMatchInlineSnapshot", "toBe")],
  },
];

test.each(QUIET)("nothing to say of recordings $name", async ({ changes }) => {
  expect(await findRatchetFindings(changes, syntax)).toEqual([]);
});
