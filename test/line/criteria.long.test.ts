import { describe, expect, test } from "vitest";
import { headOf, PATIENCE_MS, raise, submit } from "./rig.ts";
import { entriesOf, expectAsks, standing } from "./standing.ts";

describe.concurrent("what proves a criterion", { timeout: PATIENCE_MS }, () => {
  test("a script older than the kinds names no test: it is published, said so, and a person merges", async () => {
    await using world = await raise({ scripts: ["before-kinds"] });
    const issue = await submit(world);
    await expectAsks(world, issue, {
      stage: "gating",
      says: ["A person merges this.", "AC1: no test names it"],
    });
    const { pulls, ledger } = await standing(world, issue);
    expect(JSON.stringify(pulls)).toContain("0 of 1 criteria proven; AC1: no test names it");
    expect(ledger).toContain("0 of 1 criteria proven, not AC1");
    expect(await headOf(world)).toBe(world.base);
  });

  test("a test that passes on the base goes back once with the reason, then a person is asked", async () => {
    await using world = await raise({ scripts: ["names-old-test"] });
    const issue = await submit(world);
    await expectAsks(world, issue, {
      stage: "gating",
      says: ["A person merges this.", "AC1: greets by name passes on the base too"],
    });
    const { events, ledger } = await standing(world, issue);
    expect(events.filter((kind) => kind === "sent-back")).toHaveLength(1);
    const [back] = entriesOf(ledger).flatMap(({ event }) =>
      event.kind === "sent-back" ? [event.findings] : [],
    );
    expect(back).toEqual(["criterion-unproven: AC1 (AC1: greets by name passes on the base too)"]);
  });

  test("a function that goes with its test is proven gone, and a person confirms the removed test", async () => {
    await using world = await raise({ scripts: ["removal"] });
    const issue = await submit(world);
    await expectAsks(world, issue, {
      stage: "gating",
      says: ["A person merges this.", "parts by name"],
    });
    const { pulls, events } = await standing(world, issue);
    expect(events).not.toContain("sent-back");
    expect(JSON.stringify(pulls)).toContain("every criterion tied to evidence");
  });
});
