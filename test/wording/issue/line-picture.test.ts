import { describe, expect, test } from "vitest";
import { STAGES, STRAIGHT_WAY } from "../../../src/domain/stage.ts";
import { drawLine } from "../../../src/wording/issue/line-picture.ts";

describe("the picture of the line", () => {
  test("what is passed, where it stands, and what is still to come", () => {
    expect(drawLine({ stage: "gating" }).slice(0, 3)).toEqual([
      "```mermaid",
      "flowchart LR",
      "  queued:::past --> proposed:::past --> ready:::past --> building:::past --> gating:::here --> smoking --> done",
    ]);
  });

  test("what stands aside hangs on the last stage of the way", () => {
    const lines = drawLine({ stage: "needs-human", from: "building" });
    expect(lines[2]).toMatch(/ready:::past --> building --> gating/);
    expect(lines[3]).toBe('  building -.-> aside(["needs-human"]):::aside');
  });

  test("an issue that was never on the way hangs on its beginning", () => {
    expect(drawLine({ stage: "needs-info" })[3]).toBe(
      '  queued -.-> aside(["needs-info"]):::aside',
    );
  });

  test.each(STAGES)("%s is marked once, and every mark has a class", (stage) => {
    const picture = drawLine({ stage, from: "ready" }).join("\n");
    const marked = [...picture.matchAll(/:::(here|aside)/gu)].map(([, name]) => name);
    expect(marked).toEqual([STRAIGHT_WAY.includes(stage) ? "here" : "aside"]);
    for (const [, name] of picture.matchAll(/:::([a-z]+)/gu)) {
      expect(picture).toContain(`classDef ${name} `);
    }
  });
});
