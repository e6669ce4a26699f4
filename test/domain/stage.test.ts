import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isInFlight, refuseTransition, STAGES, TRANSITIONS } from "../../src/domain/stage.ts";

describe("the stage table", () => {
  test("names only stages, and says for each what must be true", () => {
    for (const { from, to, by, when } of TRANSITIONS) {
      expect(["new", ...STAGES]).toContain(from);
      expect(STAGES).toContain(to);
      expect(by.length).toBeGreaterThan(0);
      expect(when).not.toBe("");
    }
  });

  test("every stage can be left, done by a person alone, and a person can always be asked", () => {
    for (const stage of STAGES.filter((stage) => stage !== "done")) {
      expect(TRANSITIONS.some(({ from }) => from === stage)).toBe(true);
      if (stage === "needs-human" || stage === "blocked") continue;
      expect(refuseTransition({ from: stage, to: "needs-human", by: "control" })).toBeUndefined();
    }
    const onward = TRANSITIONS.filter(({ from }) => from === "done");
    expect(onward).toMatchObject([{ to: "queued", by: ["person"] }]);
  });

  test("done is reached from new by legal steps alone", () => {
    const path = ["queued", "proposed", "ready", "building", "gating", "smoking", "done"] as const;
    let from: "new" | (typeof path)[number] = "new";
    for (const to of path) {
      const by = to === "queued" || to === "ready" ? "person" : "control";
      expect(refuseTransition({ from, to, by })).toBeUndefined();
      from = to;
    }
  });

  test("a refusal says what is legal from here", () => {
    const refusal = refuseTransition({ from: "proposed", to: "done", by: "control" });
    expect(refusal).toMatchObject({ subject: "proposed → done", found: "caused by control" });
    expect(refusal?.code).toBe("illegal-transition");
    expect(refusal?.accepted).toContain("needs-human");
    expect(refusal?.accepted).not.toContain("ready (");
  });

  test("only a person approves a contract", () => {
    expect(refuseTransition({ from: "proposed", to: "ready", by: "control" })).toBeDefined();
    expect(refuseTransition({ from: "proposed", to: "ready", by: "person" })).toBeUndefined();
  });

  test("what the table does not list is refused; staying is legal", () => {
    fc.assert(
      fc.property(fc.constantFrom(...STAGES), fc.constantFrom(...STAGES), (from, to) => {
        const listed = TRANSITIONS.some(
          (each) => each.from === from && each.to === to && each.by.includes("control"),
        );
        const refused = refuseTransition({ from, to, by: "control" }) !== undefined;
        expect(refused).toBe(!(listed || from === to));
      }),
    );
  });

  test("in flight are the stages that the line moves on by itself", () => {
    expect(STAGES.filter(isInFlight)).toEqual(["building", "gating", "smoking"]);
  });
});
