import { describe, expect, test } from "vitest";
import {
  DEAD_MARKER,
  deadOnBoard,
  namedAsDead,
  renderDeadAutomations,
  sayAutomations,
} from "../../../src/wording/issue/automations.ts";

const LIVE = { name: "ci.yml", lastRun: "2026-11-20T03:17:00Z", isDead: false };
const DEAD = { ...LIVE, name: "night.yml", isDead: true };

describe("the words about scheduled workflows", () => {
  test.each([
    [[], []],
    [[LIVE], []],
    [
      [DEAD, { ...DEAD, name: "sub/a_b-1.yml" }, LIVE],
      ["night.yml", "sub/a_b-1.yml"],
    ],
  ])("are read again as they were written: %#", (known, names) => {
    expect(deadOnBoard(sayAutomations({ known }).join("\r\n"))).toEqual(names);
  });

  test("say nothing where there are none, and that it is not known where it is not", () => {
    expect(sayAutomations({ known: [] })).toEqual([]);
    expect(sayAutomations({ unknown: "Resource not accessible" })[0]).toBe(
      "The last success of scheduled workflows is unknown: Resource not accessible",
    );
  });

  test("show twenty of many, and every name of those that fail to the next board", () => {
    const many = Array.from({ length: 25 }, (_, index) => ({ ...DEAD, name: `n${index}.yml` }));
    const text = sayAutomations({ known: many }).join("\n");
    expect(text).toContain("And 5 more.");
    expect(deadOnBoard(text)).toHaveLength(25);
  });

  test("are one issue, found again by its last line", () => {
    const { body, marker } = renderDeadAutomations([DEAD]);
    expect(body).toContain("| `night.yml` | none known | 2026-11-20 03:17 UTC |");
    expect(namedAsDead(body)).toEqual(["night.yml"]);
    expect([marker, body.split("\n").at(-1)]).toEqual([DEAD_MARKER, DEAD_MARKER]);
  });
});
