import { describe, expect, test } from "vitest";
import {
  authorityOverRevert,
  isSealed,
  type RevertGate,
  weighRevert,
} from "../../../src/control/gate/revert-gate.ts";
import type { ChangedFile } from "../../../src/domain/change-set.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import type { CheckRun } from "../../../src/domain/evidence.ts";
import type { Refusal } from "../../../src/domain/refusal.ts";
import type { Risk } from "../../../src/domain/trust/risk.ts";

const BASE = "a".repeat(40);
const TREE = "b".repeat(40);
const OTHER = "c".repeat(40);
const NAMES = [
  ...["base", "something", "shape", "trust", "evidence", "checks ran", "checks passed"],
];

function file(path: string): ChangedFile {
  return { path, mode: "100644", encoding: "utf-8", content: "x\n" };
}

function run(parts: Partial<CheckRun> = {}): CheckRun {
  return {
    ...{ kind: "check", name: "test", on: "change", command: "npm test", status: "passed" },
    ...{ subject: { base: BASE, tree: TREE }, exitCode: 0, durationMs: 1 },
    ...{ tail: "", outputBytes: 0, ...parts },
  };
}

interface Scene {
  readonly base?: string;
  readonly files?: readonly ChangedFile[];
  readonly evidence?: readonly CheckRun[];
  readonly config?: object;
  readonly risk?: Risk;
  readonly sealed?: boolean;
}

/** A revert that every rule lets pass, as far as nothing else is said. */
function gateOf(scene: Scene = {}): RevertGate {
  const { base = BASE, files = [file("src/a.ts")], evidence = [run()], risk = "medium" } = scene;
  const config = Config.parse({
    checks: { setup: "npm ci", test: "npm test" },
    trust: { default: "scoped-autonomy" },
    ...scene.config,
  });
  return {
    order: { base: BASE, config, revert: { risk, changeSet: { base, files } } },
    verify: { subject: { base: BASE, tree: TREE }, evidence },
    sealed: scene.sealed ?? true,
  } as unknown as RevertGate;
}

describe("the gate of a revert", () => {
  test("opens when every rule holds, and names each", () => {
    const outcomes = NAMES.map((rule) => ({ rule, refusal: undefined }));
    expect(weighRevert(gateOf())).toStrictEqual({ refusals: [], outcomes });
  });

  const LONG = `src/${"a".repeat(400)}`;
  const locked = { trust: { scopes: [{ paths: ["src/**"], level: "read-only" }] } };
  const lockedAs = (subject: string): Refusal => ({
    ...{ code: "trust-too-low", subject, found: "read-only" },
    ...{ accepted: "open-pr or more", hint: "raise-the-trust" },
  });
  test.each<readonly [string, string, Scene, Refusal]>([
    [
      "base",
      "for another base",
      { base: OTHER },
      { code: "change-set-invalid", subject: "its base", found: OTHER, accepted: BASE },
    ],
    [
      "something",
      "that changes nothing",
      { files: [] },
      { code: "nothing-produced", subject: "an empty change" },
    ],
    ["trust", "of what nobody may change", { config: locked }, lockedAs("src/a.ts")],
    [
      "trust",
      "of one such path among others",
      { config: locked, files: [file("docs/a.md"), file(LONG)] },
      lockedAs(LONG.slice(0, 300)),
    ],
    [
      "evidence",
      "whose evidence is about other bytes",
      { evidence: [run({ subject: { base: BASE, tree: OTHER } })] },
      {
        ...{ code: "evidence-missing", subject: `tree ${TREE}` },
        found: "1 pieces, not all of them for it",
      },
    ],
    [
      "checks ran",
      "on which a check did not run",
      { evidence: [run({ on: "base" })] },
      { code: "evidence-missing", subject: "the check test", found: "it did not run" },
    ],
  ])("is shut by the rule %s for one %s", (rule, _what, scene, refusal) => {
    const { refusals, outcomes } = weighRevert(gateOf(scene));
    // What a path may be at all is the rule on the shape of a change, which long names here break as well.
    const others = refusals.filter(
      ({ code }) => code !== "change-set-invalid" || refusal.code === code,
    );
    expect(others).toStrictEqual([refusal]);
    expect(outcomes.filter((one) => one.refusal !== undefined).map((one) => one.rule)).toContain(
      rule,
    );
  });

  test("is shut by a check that fails, and by a path that no tree can have", () => {
    const failed = weighRevert(gateOf({ evidence: [run({ status: "failed", exitCode: 1 })] }));
    expect(failed.refusals).toMatchObject([{ code: "check-failed", subject: "test" }]);
    const shapeless = weighRevert(gateOf({ files: [file("../a.ts")] }));
    expect(shapeless.outcomes[2]).toMatchObject({
      rule: "shape",
      refusal: { code: "change-set-invalid" },
    });
  });

  test("takes names that no new file may have: they stood in the tree before", () => {
    expect(weighRevert(gateOf({ files: [file("src/a\u200Bb.ts")] })).refusals).toStrictEqual([]);
  });
});

describe("who merges a revert", () => {
  const trust = (level: string) => ({ trust: { default: level } });
  test.each<readonly [string, Scene, "factory" | "person", string, readonly string[]]>([
    ["of a risk that the trust covers", {}, "factory", "scoped-autonomy", []],
    ["of less risk", { risk: "low" }, "factory", "scoped-autonomy", []],
    ["of more risk", { risk: "high" }, "person", "scoped-autonomy", []],
    [
      "of any risk under full trust",
      { risk: "high", config: trust("full-factory") },
      ...(["factory", "full-factory", []] as const),
    ],
    [
      "where nothing is merged without a person",
      { risk: "low", config: trust("open-pr") },
      ...(["person", "open-pr", []] as const),
    ],
    [
      "of a protected path",
      { files: [file("src/a.ts"), file("Makefile")] },
      ...(["person", "scoped-autonomy", ["Makefile"]] as const),
    ],
    [
      "of a path that the config protects",
      { config: { ...trust("scoped-autonomy"), protect: ["src/**"] } },
      ...(["person", "scoped-autonomy", ["src/a.ts"]] as const),
    ],
  ])("%s: %#", (_what, scene, by, level, protectedPaths) => {
    expect(authorityOverRevert(gateOf(scene))).toStrictEqual({ by, level, protectedPaths });
  });

  test("is a person where the ledger has no seal", () => {
    const { by } = authorityOverRevert(gateOf({ sealed: false, risk: "medium" }));
    expect(by).toBe("person");
  });

  test("is decided by the path of the least trust", () => {
    const config = {
      trust: { default: "full-factory", scopes: [{ paths: ["docs/**"], level: "open-pr" }] },
    };
    const files = [file("src/a.ts"), file("docs/a.md")];
    expect(authorityOverRevert(gateOf({ config, files }))).toMatchObject({
      by: "person",
      level: "open-pr",
    });
  });
});

test("a ledger is sealed where there is a key", () => {
  expect([isSealed(undefined), isSealed(""), isSealed("k".repeat(64))]).toStrictEqual([
    ...[false, false, true],
  ]);
});
