import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../../src/domain/change-set.ts";
import { Config } from "../../../../src/domain/config/schema.ts";
import type { Touched } from "../../../../src/domain/evidence/frozen.ts";
import type { Look } from "../../../../src/workers/implement/bench.ts";
import {
  asOnBase,
  putBack,
  refuseTouched,
  sayTouched,
  touchedIn,
} from "../../../../src/workers/implement/tester/guard.ts";
import { createFakeRepository } from "../../../fakes/repository.ts";
import { contractOf, lineOrder } from "../../orders.ts";

const file = (path: string, content = "x\n"): ChangedFile => ({
  ...{ path, mode: "100644", encoding: "utf-8", content },
});
const TEST = file("test/a.test.ts");

const config = Config.parse({
  checks: { lint: "node scripts/lint.mjs", test: { run: "npm test", report: "junit.xml" } },
});
const contract = contractOf({});
const paths = ["src/**", "test/**", "vitest.config.ts"];
const bench = {
  order: lineOrder({ config, contract }),
  contract: { ...contract, boundaries: { ...contract.boundaries, paths } },
};

function touched(files: readonly ChangedFile[], rest: Partial<Look> = {}) {
  const look: Look = { dependencies: "untouched", refusals: [], leftOut: [], files, ...rest };
  return touchedIn(bench, [TEST], look).map(({ path, how }) => `${path} ${how}`);
}

describe("what a coder touches", () => {
  test.each<readonly [string, readonly ChangedFile[], Partial<Look>, readonly string[]]>([
    ["nothing of the tester", [TEST, file("src/a.ts")], {}, []],
    ["its file", [file(TEST.path, "y\n")], {}, ["test/a.test.ts edited"]],
    ["its file, gone", [file("src/a.ts")], {}, ["test/a.test.ts removed"]],
    // What cannot be taken as a change goes back by its own reason.
    [
      "a change that cannot be taken",
      [],
      { refusals: [{ code: "secret-leaked", subject: "x" }] },
      [],
    ],
    ["what a check runs", [TEST, file("scripts/lint.mjs")], {}, ["scripts/lint.mjs steers-tests"]],
    ["what the contract names", [TEST, file("vitest.config.ts")], {}, []],
    ["dependencies", [TEST, file("package.json")], {}, ["package.json steers-tests"]],
    [
      "dependencies that a person approved",
      [TEST, file("package.json")],
      { dependencies: "approved" },
      [],
    ],
    [
      "more than was approved",
      [TEST, file("package.json"), file("tsconfig.json")],
      { dependencies: "approved" },
      ["tsconfig.json steers-tests"],
    ],
  ])("is seen: %s", (_what, files, rest, told) => {
    expect(touched(files, rest)).toEqual(told);
  });
});

describe("what is put back", () => {
  const repository = createFakeRepository();
  const base = repository.commit({
    "run.sh": { mode: "100755", content: "go\n" },
    "vitest.config.ts": "old\n",
  });
  const facts = { repository, base };
  const onBase = (path: string, mode: string, text: string) => ({
    ...{ path, mode, encoding: "base64", content: Buffer.from(text).toString("base64") },
  });

  test("is as the tester wrote it, and everything else as the base has it", async () => {
    const told: readonly Touched[] = [
      { path: "vitest.config.ts", how: "steers-tests" },
      { path: TEST.path, how: "edited" },
      { path: "test/__mocks__/a.ts", how: "stands-in" },
      { path: "run.sh", how: "steers-tests" },
    ];
    expect(await putBack(told, [TEST], facts)).toEqual([
      TEST,
      onBase("vitest.config.ts", "100644", "old\n"),
      { path: "test/__mocks__/a.ts", deleted: true },
      onBase("run.sh", "100755", "go\n"),
    ]);
  });

  test("asks for nothing where there is nothing", async () => {
    const list = () => Promise.reject(new Error("listed"));
    expect(await asOnBase([], { repository: { ...repository, list }, base })).toEqual([]);
  });
});

describe("what is said of it", () => {
  test("names each path with what was done, within bounds", () => {
    const told: readonly Touched[] = [
      { path: "a", how: "edited" },
      { path: "b", how: "removed" },
    ];
    expect(refuseTouched(told)).toMatchObject({
      ...{ code: "tests-touched", subject: "a", found: "a: edited; b: removed" },
    });
    const long = refuseTouched([{ path: "x".repeat(2_100), how: "edited" }]);
    expect([long.subject.length, long.found?.length]).toEqual([300, 2_000]);
  });

  test.each<readonly [Touched["how"], string]>([
    ["edited", "your edit was taken back"],
    ["removed", "it was put back"],
    ["steers-tests", "put back as the base has it"],
    ["stands-in", "it was taken away"],
  ])("of a file that is %s: %s", (how, said) => {
    expect(sayTouched({ path: "test/a.test.ts", how })).toMatch(
      new RegExp(`^test/a\\.test\\.ts .*${said}.*corrections`),
    );
  });
});
