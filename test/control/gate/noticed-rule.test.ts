import { describe, expect, test } from "vitest";
import { weigh } from "../../../src/control/gate/gate.ts";
import { authorityOver } from "../../../src/control/gate/merge-authority.ts";
import { noticedOf } from "../../domain/noticed.ts";
import { greenGate } from "./green-gate.ts";

type Parts = Parameters<typeof noticedOf>[1];
const config = (more: string, trust = "open-pr") =>
  `checks: { test: npm test }\ntrust: { default: ${trust} }\n${more}`;

async function gateWith(text: string, parts: Parts | undefined) {
  const gate = await greenGate(text);
  if (parts !== undefined) gate.verify.evidence.push(noticedOf(gate.verify.subject, parts));
  return gate;
}

const HALF: Parts = [{ noticed: "by-tests" }, { noticed: "unnoticed" }];

describe("a share that the config asks for", () => {
  test.each<readonly [string, string, Parts | undefined, readonly string[]]>([
    ["is not asked for by itself", "", HALF, []],
    ["is not asked for where nobody looked", "", undefined, []],
    ["is met", "gate: { noticed: 0.5 }\n", HALF, []],
    ["is met by the compiler, too", "gate: { noticed: 1 }\n", [{ noticed: "by-compiler" }], []],
    ["is met where no source was changed", "gate: { noticed: 1 }\n", [], []],
    ["is missed", "gate: { noticed: 0.6 }\n", HALF, ["lines-unnoticed"]],
    [
      "may be missed: some was not tried",
      "gate: { noticed: 0.6 }\n",
      [{ noticed: "by-tests" }, { noticed: "untried", because: "time" }],
      ["lines-untried"],
    ],
    [
      "is missed whatever was not tried would show",
      "gate: { noticed: 0.6 }\n",
      [{ noticed: "unnoticed" }, { noticed: "unnoticed" }, { noticed: "untried", because: "time" }],
      ["lines-unnoticed"],
    ],
    ["is not known where nobody looked", "gate: { noticed: 0 }\n", undefined, ["evidence-missing"]],
  ])("%s", async (_title, text, parts, codes) => {
    const gate = await gateWith(config(text), parts);
    expect(weigh(gate).refusals.map(({ code }) => code)).toEqual(codes);
  });

  test("is told with what is missing", async () => {
    const gate = await gateWith(config("gate: { noticed: 0.6 }\n"), HALF);
    expect(weigh(gate).refusals).toEqual([
      {
        code: "lines-unnoticed",
        subject: "6 changed source lines",
        found:
          "named tests notice 3 of 6 changed source lines (3 runs, 1.2 s); nobody notices src/greet.ts:11-13",
        accepted: "a share of 0.6 or more",
      },
    ]);
  });

  test("is not known where two answers stand", async () => {
    const gate = await gateWith(config("gate: { noticed: 0 }\n"), HALF);
    gate.verify.evidence.push(noticedOf(gate.verify.subject, HALF));
    expect(weigh(gate).refusals).toMatchObject([{ code: "evidence-missing", found: "2 answers" }]);
  });
});

/** A part that does not build without, and in it a statement that nobody misses. */
const SPLIT: Parts = [
  {
    noticed: "by-compiler",
    pieces: {
      tried: [{ as: "statement", from: 2, to: 2, lines: 1, noticed: "unnoticed" }],
      left: 0,
    },
  },
];

describe("source that nobody notices", () => {
  test("a statement that nobody notices raises no risk: its part does not build without it", async () => {
    const gate = await gateWith(config("gate: { noticed: 1 }\n"), SPLIT);
    const without = authorityOver(await gateWith(config(""), [{ noticed: "by-compiler" }]));
    expect(authorityOver(gate).risk).toEqual(without.risk);
    expect(weigh(gate).refusals).toEqual([]);
  });

  test("makes the risk at least medium, is named, and refuses nothing", async () => {
    const gate = await gateWith(config(""), HALF);
    const { risk, doubts } = authorityOver(gate);
    expect(risk.risk).toBe("medium");
    expect(risk.reasons).toContain("no test notices src/greet.ts:11-13");
    expect(doubts).toEqual([]);
    expect(weigh(gate).refusals).toEqual([]);
  });

  test("takes a change of low risk from the factory that may merge no more than that", async () => {
    const low = async (parts: Parts) => {
      const gate = await gateWith(config("", "auto-merge-low-risk"), parts);
      gate.implement.changeSet.files = [{ path: "README.md", deleted: true }];
      return authorityOver(gate);
    };
    expect(await low([{ noticed: "by-tests" }])).toMatchObject({ by: "factory" });
    expect(await low(HALF)).toMatchObject({ by: "person", risk: { risk: "medium" } });
  });

  test("lowers no risk", async () => {
    const gate = await gateWith(config(""), HALF);
    gate.implement.changeSet.files.push({ path: "src/auth/login.ts", deleted: true });
    expect(authorityOver(gate).risk.risk).toBe("high");
  });

  test("is no source that was not tried", async () => {
    const gate = await gateWith(config(""), [{ noticed: "untried", because: "time" }]);
    expect(authorityOver(gate).risk.reasons.join()).not.toContain("no test notices");
  });
});
