import { describe, expect, test } from "vitest";
import { weigh } from "../../../src/control/gate/gate.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import { greenGate } from "./green-gate.ts";

const PARTS = [
  { run: "test src", paths: ["src/**"] },
  { run: "test docs", paths: ["docs/**"] },
  { run: "test root", paths: ["*"] },
];

/** The gate's word on a change of these paths, of which the tests ran for those scopes. */
async function foundFor(paths: readonly string[], scopes: readonly string[] | undefined) {
  const gate = await greenGate();
  const [file] = gate.implement.changeSet.files;
  if (file === undefined) throw new Error("the green gate has no change");
  gate.order.config.checks = Config.parse({ checks: { test: PARTS } }).checks;
  gate.implement.changeSet.files = paths.map((path) => ({ ...file, path }));
  gate.verify.evidence = gate.verify.evidence
    .filter((piece) => piece.kind !== "check" || piece.name === "test")
    .map((piece) =>
      piece.kind === "check" && scopes !== undefined ? { ...piece, scopes: [...scopes] } : piece,
    );
  return weigh(gate).outcomes.find(({ rule }) => rule === "checks ran")?.refusal?.found;
}

const SHORT = "it did not run for every package that the change touches";

describe("the rule on checks that ran", () => {
  test.each<
    readonly [string, readonly string[], readonly string[] | undefined, string | undefined]
  >([
    ["what is touched", ["src/a.ts"], ["src/**"], undefined],
    ["more than that", ["src/a.ts"], ["src/**", "docs/**"], undefined],
    ["less than that", ["src/a.ts", "docs/b.md"], ["src/**"], SHORT],
    ["another package", ["src/a.ts"], ["docs/**"], SHORT],
    ["a scope that nobody knows", ["src/a.ts"], undefined, SHORT],
    ["less than all, for a file of no package", ["src/a.ts", "other/c.ts"], ["src/**"], SHORT],
    ["all, for a file of no package", ["other/c.ts"], ["src/**", "docs/**", "*"], undefined],
  ])("takes a run for %s", async (_title, paths, scopes, expected) => {
    expect(await foundFor(paths, scopes)).toBe(expected);
  });
});
