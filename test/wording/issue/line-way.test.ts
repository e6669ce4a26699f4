import { describe, expect, test } from "vitest";
import { STAGES } from "../../../src/domain/stage.ts";
import { sayWay } from "../../../src/wording/issue/line-way.ts";

describe("the way of an issue", () => {
  test("shows where it stands", () => {
    expect(sayWay({ stage: "gating" })).toBe(
      "queued → proposed → ready → building → **gating** → smoking → done",
    );
  });

  test("what stands aside is told at the last stage of the way", () => {
    expect(sayWay({ stage: "needs-human", from: "building" })).toBe(
      "queued → proposed → ready → building (aside: **needs-human**) → gating → smoking → done",
    );
  });

  test("an issue that was never on the way stands aside of its beginning", () => {
    expect(sayWay({ stage: "needs-info" })).toMatch(/^queued \(aside: \*\*needs-info\*\*\) → /u);
  });

  test.each(STAGES)("%s is marked, and nothing else", (stage) => {
    const marked = [...sayWay({ stage, from: "ready" }).matchAll(/\*\*([a-z-]+)\*\*/gu)];
    expect(marked.map(([, name]) => name)).toEqual([stage]);
  });
});
