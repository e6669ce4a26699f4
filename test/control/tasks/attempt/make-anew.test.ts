import { describe, expect, test } from "vitest";
import {
  deliveries,
  green,
  kindsOf,
  ledgerOf,
  newLine,
  stageShown,
  type TestLine,
  toBuilding,
} from "../../line.ts";

const NAMINGS = [{ criterion: "AC1", tests: ["greets by name"], symbols: [], checks: [] }];

/** Settles a change whose tests are named. */
async function settleNamed(line: TestLine, building: Awaited<ReturnType<typeof toBuilding>>) {
  const made = green(line.github, building.order);
  const implement = { ...made.implement, namings: NAMINGS };
  return await line.run("settle", { ...building, proposals: deliveries({ ...made, implement }) });
}

function shown(line: TestLine): readonly string[] {
  return line.github.applied
    .map(({ effect }) => effect.kind)
    .filter((kind) => /publish|pull-request|dispatch/.test(kind));
}

/** The base moves behind the look of this number: the look has not seen it, every later one has. */
function moveAfterLook(line: TestLine, number: number): void {
  const { observe } = line.github;
  let looks = 0;
  line.github.observe = async (scope) => {
    const snapshot = await observe(scope);
    looks += 1;
    if (looks === number) line.github.moveHead();
    return snapshot;
  };
}

describe("the base moved before the factory could merge", () => {
  test.each([
    ["before it was published", 0],
    ["while it was published", 1],
  ])("%s: its pull request keeps the change, which is made anew", async (_when, look) => {
    const line = newLine();
    const building = await toBuilding(line);
    if (look === 0) line.github.moveHead();
    else moveAfterLook(line, look);
    const result = await settleNamed(line, building);
    expect(result).toMatchObject({ stage: "ready", refusals: [{ code: "base-moved" }] });
    expect(stageShown(line.github, building.issue)).toEqual(["ready"]);
    expect(shown(line)).toEqual(["publish-commit", "open-pull-request", "dispatch-workflow"]);
    const [kept, moved] = ledgerOf(line.github, building.issue).slice(-2);
    const [head] = line.github.checkRuns.map(({ sha }) => sha);
    expect(kept?.event).toMatchObject({ commit: head });
    const said = { summary: "Greets by name.", namings: NAMINGS };
    expect(kept?.event).toMatchObject({ kind: "published", said });
    expect(moved?.event).toMatchObject({
      kind: "base-moved",
      onto: line.github.head(),
      because: "factory-merges",
    });
  });

  test("nobody can ring for the next attempt: a person is asked, and the ledger knows the pull request", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    line.github.moveHead();
    line.github.refuseNext("dispatch-workflow", { status: 403, reason: "not accessible" });
    const result = await settleNamed(line, building);
    expect(result).toMatchObject({ stage: "needs-human", next: "none" });
    expect(stageShown(line.github, building.issue)).toEqual(["needs-human"]);
    expect(kindsOf(line.github, building.issue).slice(-3)).toEqual([
      "published",
      "base-moved",
      "refused",
    ]);
  });
});
