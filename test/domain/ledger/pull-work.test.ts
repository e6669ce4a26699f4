import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isPullWorkSealed,
  type PullWork,
  sealPullWork,
} from "../../../src/domain/ledger/pull-work.ts";
import { NO_USAGE } from "../../../src/domain/usage.ts";
import { parseWorkFold, renderWorkFold } from "../../../src/wording/pull-request/work-lines.ts";

const KEY = "k".repeat(40);
const PLACE = { repositoryId: 7, issue: 12 };

const works: fc.Arbitrary<PullWork> = fc
  .record({
    work: fc.constantFrom("unblock" as const, "review" as const),
    run: fc.integer({ min: 1 }),
    most: fc.double({ min: 0, max: 1_000, noNaN: true }),
    usd: fc.option(fc.double({ min: 0, max: 1_000, noNaN: true }), { nil: undefined }),
  })
  .map(({ usd, ...work }) => ({
    ...work,
    head: "a".repeat(40),
    at: "2026-11-20T09:00:02.000Z",
    ...(usd === undefined ? {} : { usage: { ...NO_USAGE, usd } }),
  }));

describe("what was spent on a pull request", () => {
  test("is read from a comment as it was written", () => {
    fc.assert(
      fc.property(fc.array(works, { minLength: 1, maxLength: 5 }), (all) => {
        const lines = all.map((work) => sealPullWork(work, { place: PLACE, key: KEY }));
        const body = ["### Millwright · review", "", "words", "", ...renderWorkFold(lines)].join(
          "\n",
        );
        for (const shown of [body, body.replaceAll("\n", "\r\n"), `${body}\n\n`]) {
          expect(parseWorkFold(shown)).toEqual({ lines });
        }
      }),
    );
  });

  test("is believed by its key, in its place, and not where it was changed", () => {
    fc.assert(
      fc.property(works, (work) => {
        const line = sealPullWork(work, { place: PLACE, key: KEY });
        const holds = (changed: typeof line, place = PLACE, key: string | undefined = KEY) =>
          isPullWorkSealed(changed, { place, key });
        expect(holds(line)).toBe(true);
        expect(holds(line, PLACE, `${"n".repeat(40)} ${KEY}`)).toBe(true);
        expect(holds(line, PLACE, "n".repeat(40))).toBe(false);
        expect(isPullWorkSealed(line, { place: PLACE, key: undefined })).toBe(false);
        expect(holds(line, { ...PLACE, issue: 13 })).toBe(false);
        expect(holds(line, { ...PLACE, repositoryId: 8 })).toBe(false);
        expect(holds({ ...line, most: line.most + 1 })).toBe(false);
        expect(holds({ ...line, run: line.run + 1 })).toBe(false);
      }),
    );
  });

  test("without a key is unsealed, and counts", () => {
    const work = fc.sample(works, 1)[0];
    if (work === undefined) throw new Error("no sample");
    const line = sealPullWork(work, { place: PLACE, key: undefined });
    expect(line.seal).toBe("none");
    expect(isPullWorkSealed(line, { place: PLACE, key: KEY })).toBe(true);
  });

  test("is nothing where a comment has no fold", () => {
    expect(renderWorkFold([])).toEqual([]);
    expect(parseWorkFold("### Millwright · review\n\nwords\n")).toEqual({ lines: [] });
  });

  test.each([
    ["a key stands twice", (fold: string) => fold.replace('{"at"', '{"run":1,"at"')],
    ["a key is unknown", (fold: string) => fold.replace('{"at"', '{"a":1,"at"')],
    ["the fence is gone", (fold: string) => fold.replace("```json\n", "")],
    ["something stands behind it", (fold: string) => `${fold}\nmore\n`],
    ["a line is no JSON", (fold: string) => fold.replace('{"at"', '{at"')],
  ])("is not read where %s", (_, spoil) => {
    const work: PullWork = {
      ...{ work: "unblock", run: 3, head: "a".repeat(40), at: "2026-11-20T09:00:02Z", most: 5 },
    };
    const fold = renderWorkFold([sealPullWork(work, { place: PLACE, key: KEY })]).join("\n");
    expect(parseWorkFold(fold)).toMatchObject({ lines: [{ run: 3 }] });
    expect(parseWorkFold(spoil(fold))).toHaveProperty("fault");
  });
});
