import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const TEST = join(import.meta.dirname, "..");
/** Tests whose texts are samples of skipped tests, or that say in another way what they need. */
const SAMPLES = /^(?:repository\/(?:promises|skipped)|workers\/proof)/u;
const CONDITION = /\.skipIf\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/gu;

/** Titles of tests that are skipped on a condition and do not say so. */
function silent(text: string): readonly string[] {
  return [...text.matchAll(CONDITION)].flatMap(({ 0: call, index }) => {
    const rest = text.slice(index + call.length);
    const [, title = ""] = /(?:^|\))(?:\.concurrent)?\(\s*(`[^`]*`|"[^"]*"|\w+)/u.exec(rest) ?? [];
    const says = /skipped|\$\{reason\}|bwrap is not installed|without\}|^(?:missing|title)$/u;
    return says.test(title) ? [] : [title];
  });
}

describe("a test that a machine cannot play is skipped, and its title says why", () => {
  test.each([
    ['test.skipIf(a)("does it", f)', ['"does it"']],
    ['test.skipIf(a())("does it (skipped where there is none)", f)', []],
    ["describe.skipIf(a(b(c)))(`does it${skippedFor(a, b)}`, f)", []],
    ['test.skipIf(a).each([["x"]])("does %s", f)', ['"does %s"']],
    ["test.skipIf(a).each(B)(`does %s${skippedFor(a, b)}`, f)", []],
  ])("%j", (text, titles) => {
    expect(silent(text)).toEqual(titles);
  });

  const files = readdirSync(TEST, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".test.ts") && !SAMPLES.test(path),
  );

  test("in every file of tests", () => {
    const found = files.flatMap((path) =>
      silent(readFileSync(join(TEST, path), "utf8")).map((title) => `${path}: ${title}`),
    );
    expect(files.length).toBeGreaterThan(500);
    expect(found).toEqual([]);
  });
});
