import { describe, expect, test } from "vitest";
import { GATE, weigh } from "../../src/control/gate.ts";
import type { Gate } from "../../src/control/gate-rule.ts";
import { authorityOver } from "../../src/control/merge-authority.ts";
import { CONTRACT, type Green, green, newLine, toBuilding } from "./line.ts";
import { SPOILT, type Spoil, type Spoilable } from "./spoilt.ts";

async function greenGate(config?: string): Promise<Spoilable<Gate>> {
  const line = newLine(config === undefined ? {} : { config });
  const { order } = await toBuilding(line);
  const proposals: Green = green(line.github, order);
  return JSON.parse(JSON.stringify({ order, contract: CONTRACT, ...proposals, sealed: true }));
}

describe("the gate", () => {
  test("opens when every rule holds, and says so for each", async () => {
    const { refusals, lines } = weigh(await greenGate());
    expect(refusals).toEqual([]);
    expect(lines).toHaveLength(GATE.length);
    expect(lines.every(({ ok }) => ok)).toBe(true);
  });

  test("has a name of its own for every rule, and a case here in which that rule alone refuses", () => {
    const names = GATE.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(SPOILT.map(([name]) => name))).toEqual(new Set(names));
  });

  test.each(SPOILT)("%s refuses alone with %s", async (name, code, spoil) => {
    const gate = await greenGate();
    spoil(gate);
    const { refusals, lines } = weigh(gate);
    expect(lines.filter(({ ok }) => !ok).map((line) => line.name)).toEqual([name]);
    expect(refusals.map((refusal) => refusal.code)).toEqual([code]);
  });
});

describe("authority to merge", () => {
  const trust = (level: string) => `checks: { test: npm test }\ntrust: { default: ${level} }\n`;
  test.each<readonly [string, string, Spoil | undefined, "factory" | "person"]>([
    ["medium risk under scoped autonomy", "scoped-autonomy", undefined, "factory"],
    ["medium risk under low-risk trust", "auto-merge-low-risk", undefined, "person"],
    ["no trust beyond a pull request", "open-pr", undefined, "person"],
    [
      "no seal key",
      "full-factory",
      (gate) => {
        gate.sealed = false;
      },
      "person",
    ],
    [
      "risk that the reviewer raised",
      "scoped-autonomy",
      (gate) => {
        gate.review.verdict.risk = "high";
      },
      "person",
    ],
    [
      "high risk under full trust",
      "full-factory",
      (gate) => {
        gate.review.verdict.risk = "high";
      },
      "factory",
    ],
    [
      "a protected path under full trust",
      "full-factory",
      (gate) => {
        gate.implement.changeSet.files.push({ path: "src/Package.json", deleted: true });
      },
      "person",
    ],
    [
      "a path that the config protects",
      "full-factory",
      (gate) => {
        gate.order.config.protect = ["src/greet.ts"];
      },
      "person",
    ],
    [
      "one path of lower trust",
      "full-factory",
      (gate) => {
        gate.order.config.trust.scopes = [{ paths: ["test/**"], level: "open-pr" }];
      },
      "person",
    ],
  ])("%s", async (_name, level, spoil, by) => {
    const gate = await greenGate(trust(level));
    spoil?.(gate);
    expect(authorityOver(gate).by).toBe(by);
  });

  test("the reviewer raises the risk and never lowers it", async () => {
    const gate = await greenGate();
    gate.verify.changedLines = 500;
    gate.review.verdict.risk = "low";
    expect(authorityOver(gate).risk.risk).toBe("high");
  });
});
