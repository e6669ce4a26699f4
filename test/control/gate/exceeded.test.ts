import { describe, expect, test } from "vitest";
import { authorityOver } from "../../../src/control/gate/merge-authority.ts";
import type { Gate } from "../../../src/control/gate/rule.ts";
import { digestOfDependencies } from "../../../src/domain/dependencies/files.ts";
import type { Spoil, Spoilable } from "../spoilt.ts";
import { greenGate } from "./green-gate.ts";

const CONFIG = "checks: { test: npm test }\ntrust: { default: full-factory }\n";
const RISKIER = "riskier than was shown before work began";

/** A change of source, where people were shown documentation. */
async function exceeding(spoil: Spoil = () => undefined): Promise<Spoilable<Gate>> {
  const gate = await greenGate(CONFIG);
  gate.order.contract.boundaries.paths = ["docs/**"];
  gate.order.contract.context.files = [];
  spoil(gate);
  return gate;
}

describe("a change beside what was shown of it", () => {
  test("that is no riskier is merged by the factory, and nothing else is said", async () => {
    const gate = await greenGate(CONFIG);
    const authority = authorityOver(gate);
    expect(authority).toStrictEqual({
      by: "factory",
      risk: { risk: "medium", reasons: expect.any(Array) as unknown },
      level: "full-factory",
      protectedPaths: [],
      doubts: [],
    });
    expect(authority.risk.reasons).not.toContain(RISKIER);
  });

  test("that is riskier says what was shown, what was found, and in which files", async () => {
    const gate = await exceeding();
    const paths = gate.implement.changeSet.files.map(({ path }) => path);
    const { by, risk, exceeded } = authorityOver(gate);
    expect({ by, exceeded }).toStrictEqual({
      by: "person",
      exceeded: {
        shown: "low",
        found: { risk: "medium", reasons: expect.any(Array) as unknown },
        paths,
      },
    });
    expect(risk.reasons.filter((reason) => reason === RISKIER)).toHaveLength(1);
  });

  test("names no file that is harmless by itself", async () => {
    const gate = await exceeding(({ implement }) => {
      implement.changeSet.files.push({
        ...{ path: "docs/a.md", mode: "100644", encoding: "utf-8", content: "# A\n" },
      });
    });
    expect(authorityOver(gate).exceeded?.paths).not.toContain("docs/a.md");
  });

  test("names no file where only the whole is riskier", async () => {
    const gate = await greenGate(CONFIG);
    gate.verify.changedLines = 10_000;
    const { exceeded } = authorityOver(gate);
    expect(exceeded).toMatchObject({ shown: "medium", found: { risk: "high" }, paths: [] });
  });

  test.each<readonly [string, Spoil, boolean]>([
    [
      "whose risk people approved",
      (gate) => Object.assign(gate, { approvedRisk: "medium" }),
      false,
    ],
    ["of which people approved less", (gate) => Object.assign(gate, { approvedRisk: "low" }), true],
    [
      "of which nobody was to be shown anything",
      (gate) => {
        gate.order.config.approve = "never";
      },
      false,
    ],
  ])("%s exceeds it: %#", async (_what, spoil, isExceeded) => {
    const { exceeded, by } = authorityOver(await exceeding(spoil));
    expect([exceeded !== undefined, by]).toStrictEqual(
      isExceeded ? [true, "person"] : [false, "factory"],
    );
  });

  test("is weighed without the dependencies whose bytes people approved", async () => {
    const gate = await greenGate(CONFIG);
    const lock = { path: "package-lock.json", mode: "100644", encoding: "utf-8", content: "{}\n" };
    gate.implement.changeSet.files.push(lock as (typeof gate.implement.changeSet.files)[number]);
    const digest = digestOfDependencies(gate.implement.changeSet as Gate["implement"]["changeSet"]);
    if (digest === undefined) throw new Error("a lockfile is a dependency");
    expect(authorityOver(gate).exceeded).toMatchObject({
      shown: "medium",
      found: { risk: "high" },
      paths: ["package-lock.json"],
    });
    gate.approvedDependencies = ["f".repeat(64)];
    expect(authorityOver(gate).exceeded).toBeDefined();
    gate.approvedDependencies = [digest];
    expect(authorityOver(gate)).not.toHaveProperty("exceeded");
  });
});

describe("trust after a merge was taken back", () => {
  const lately = {
    known: [{ pullRequest: 7, mergedAt: "2026-11-20T09:00:00Z", paths: ["lib/a"] }],
  };
  test.each<readonly [string, string, Gate["takenBack"], object]>([
    ["that is known", "full-factory", lately, { level: "scoped-autonomy", fallen: { known: [7] } }],
    ["that allows no more than a request", "open-pr", lately, { level: "open-pr" }],
    ["that nobody knows", "open-pr", { unknown: "too many" }, { level: "open-pr" }],
    [
      "that nobody knows, where trust was higher",
      "auto-merge-low-risk",
      { unknown: "too many" },
      { level: "open-pr", fallen: { unknown: "too many" } },
    ],
    ["of which there was none", "full-factory", { known: [] }, { level: "full-factory" }],
  ])("%s: %s", async (_what, trust, takenBack, expected) => {
    const config = `checks: { test: npm test }\ntrust: { default: ${trust} }\n`;
    const {
      by: _by,
      risk: _risk,
      protectedPaths: _paths,
      doubts: _doubts,
      ...left
    } = authorityOver({ ...(await greenGate(config)), takenBack });
    expect(left).toStrictEqual(expected);
  });
});
