import { describe, expect, test } from "vitest";
import { ProvenNoticing } from "../../../../src/domain/evidence/change-proof.ts";
import type { Evidence } from "../../../../src/domain/evidence.ts";
import { noticedIn } from "../../../../src/workers/verify/prove/noticed-in.ts";

const NONE = { changed: 12, byTests: 0, byCompiler: 0, unnoticed: 0, untried: 12 };

function evidence(lines: object, hunks: readonly object[] = []): readonly Evidence[] {
  const piece = { kind: "noticed", lines: { ...NONE, ...lines }, hunks, more: 0, runs: 3 };
  return [piece as unknown as Evidence];
}

const hunk = (noticed: string, from = 1) => ({ path: "src/a.ts", from, to: from + 2, noticed });

describe("which lines somebody notices", () => {
  test.each([
    ["no evidence of it", []],
    ["nothing taken back", evidence({}, [hunk("untried")])],
    ["evidence that cannot be read", evidence({ changed: -1 })],
  ])("is not known of %s", (_, given) => {
    expect(noticedIn(given)).toBeNull();
  });

  test("is told with the parts that nobody notices, and with no other", () => {
    const lines = { byTests: 8, unnoticed: 3, untried: 1 };
    const found = noticedIn(evidence(lines, [hunk("by-tests"), hunk("unnoticed", 20)]));
    expect(ProvenNoticing.parse(found)).toEqual({
      lines: { ...NONE, ...lines },
      unnoticed: [{ path: "src/a.ts", from: 20, to: 22 }],
      more: 0,
    });
  });

  test.each([
    { byTests: 1 },
    { byCompiler: 1 },
    { unnoticed: 1 },
    { byTests: 1, byCompiler: 1 },
    { byTests: 1, unnoticed: 1 },
  ])("is told of %j", (lines) => {
    expect(noticedIn(evidence(lines))).not.toBeNull();
  });

  test("keeps the end of a long path", () => {
    const long = { ...hunk("unnoticed"), path: `${"x".repeat(300)}.ts` };
    const path = `${"x".repeat(297)}.ts`;
    expect(noticedIn(evidence({ unnoticed: 3 }, [long]))?.unnoticed).toMatchObject([{ path }]);
  });

  test("keeps the first parts of many, and counts the others", () => {
    const many = Array.from({ length: 33 }, (_, index) => hunk("unnoticed", index + 1));
    const found = noticedIn(evidence({ unnoticed: 99 }, many));
    expect(ProvenNoticing.parse(found)).toMatchObject({ more: 3 });
  });
});
