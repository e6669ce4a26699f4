import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../src/domain/change-set.ts";
import { of, verified } from "./world.ts";

const PATH = "test/price.test.ts";
const TESTS = `it("prices", () => {\n  expect(price(3)).toBe(12);\n});\n`;
const RUST =
  "#[cfg(test)]\nmod tests {\n  #[test]\n  fn prices() { assert_eq!(price(3), 12); }\n}\n";
const base = { "src/price.ts": "export const price = (weight) => weight * 4;\n", [PATH]: TESTS };
const utf8 = { mode: "100644", encoding: "utf-8" } as const;
const written = (path: string, content: string): ChangedFile => ({ path, ...utf8, content });
const SOURCE = written("src/price.ts", "export const price = (weight) => 4 * weight;\n");

async function found(...files: readonly ChangedFile[]) {
  const { proposal } = await verified({ base, files: [SOURCE, ...files] });
  return of(proposal.evidence, "ratchet");
}

describe("what a change takes away from tests", () => {
  test("is evidence about exactly these bytes", async () => {
    const weaker = TESTS.replace("toBe(12)", "toBeDefined()");
    const { proposal } = await verified({ base, files: [SOURCE, written(PATH, weaker)] });
    expect(of(proposal.evidence, "ratchet")).toEqual([
      {
        kind: "ratchet",
        subject: proposal.subject,
        findings: [
          {
            path: PATH,
            line: 2,
            rule: "assertion-weakened",
            before: "expect(price(3)).toBe(12)",
            after: "expect(price(3)).toBeDefined()",
          },
        ],
        more: 0,
      },
    ]);
  });

  test("a deleted file of tests", async () => {
    const [piece] = await found({ path: PATH, deleted: true });
    expect(piece?.findings.map(({ rule }) => rule)).toEqual(["test-deleted"]);
  });

  test("content that came as base64", async () => {
    const content = Buffer.from(TESTS.replace("it(", "it.skip(")).toString("base64");
    const [piece] = await found({ path: PATH, mode: "100644", encoding: "base64", content });
    expect(piece?.findings.map(({ rule }) => rule)).toEqual(["test-skipped"]);
  });

  test("nothing is said of an ordinary change", async () => {
    const more = `${TESTS}it("takes nothing", () => {\n  expect(price(0)).toBe(0);\n});\n`;
    expect(await found(written(PATH, more))).toEqual([]);
  });

  test("a test that no grammar reads is said, a source is judged by its tests", async () => {
    const [piece] = await found(
      written("test/odd.test.ts", "it(("),
      written("src/odd.ts", "const = ;"),
    );
    expect(piece?.findings.map(({ path, rule }) => [path, rule])).toEqual([
      ["test/odd.test.ts", "unreadable"],
    ]);
  });

  test.each([
    ["a file of tests by its name", "test/odd.test.ts", undefined, "it(("],
    ["a config of checks", "vitest.config.ts", undefined, "export default {{"],
    ["a source that held tests", "src/price.rs", RUST, "fn price( {"],
    ["a source that holds tests now", "src/price.rs", undefined, `${RUST}fn price( {`],
  ])("%s that no grammar reads is said", async (_what, path, before, after) => {
    const { proposal } = await verified({
      base: { ...base, ...(before === undefined ? {} : { [path]: before }) },
      files: [written(path, after)],
    });
    const rules = of(proposal.evidence, "ratchet").flatMap(({ findings }) => findings);
    expect(rules.map((finding) => [finding.path, finding.rule])).toContainEqual([
      path,
      "unreadable",
    ]);
  });

  test("more than a hundred are counted", async () => {
    const many = Array.from({ length: 130 }, (_, index) => `it.only("case ${index}", () => {});\n`);
    const [piece] = await found(written("test/many.test.ts", many.join("")));
    expect([piece?.findings.length, piece?.more]).toEqual([100, 30]);
  });

  test.each<readonly [string, Readonly<Record<string, string>>, string, boolean]>([
    ["a file of tests by its name", {}, "test/odd.test.ts", true],
    ["a source", {}, "src/odd.ts", false],
    ["what configures the checks", {}, "vitest.config.ts", true],
  ])("%s that no grammar reads is said, or left to the tests", async (_, before, path, isSaid) => {
    const change = { base: { ...base, ...before }, files: [SOURCE, written(path, "it((")] };
    const { proposal } = await verified(change);
    const said = of(proposal.evidence, "ratchet").flatMap(({ findings }) => findings);
    expect(said.map((finding) => [finding.path, finding.rule])).toEqual(
      isSaid ? [[path, "unreadable"]] : [],
    );
  });

  test.each([
    ["held before", "#[test]\nfn one() { assert!(true); }\n", "fn ((\n"],
    ["hold now", "fn one() {}\n", "#[test]\nfn ((\n"],
  ])("so is a source in which tests %s", async (_, before, after) => {
    const path = "src/lib.rs";
    const { proposal } = await verified({
      base: { ...base, [path]: before },
      files: [SOURCE, written(path, after)],
    });
    const said = of(proposal.evidence, "ratchet").flatMap(({ findings }) => findings);
    expect(said.map((finding) => finding.path)).toContain(path);
  });
});
