import { describe, expect, test } from "vitest";
import type { TaskInput, TestLine } from "../../line.ts";
import { deliver, doorbell, newLine, orderOf, schedule, smoke } from "../../line.ts";

type Event = TaskInput["event"];
const sender = { id: 100, login: "ada", type: "User" };

const pushed = (after: string): Event => ({ name: "push", payload: { after, sender } });
const deployed = (sha: string, state = "success"): Event => ({
  name: "deployment_status",
  payload: { deployment_status: { state }, deployment: { sha }, sender },
});

async function opened(line: TestLine, event: Event = pushed(line.github.head())) {
  line.nextRun();
  return line.run("smoke-open", { event });
}

describe("a smoke test that belongs to no issue", () => {
  test.each([
    ["a push", (line: TestLine) => pushed(line.github.head())],
    ["a deployment", (line: TestLine) => deployed(line.github.head())],
    ["a person's word", (line: TestLine) => doorbell(line.github, "", "ada")],
    ["a schedule", () => schedule],
  ])("begins with %s, at the head", async (_, event) => {
    const line = newLine();
    const result = await opened(line, event(line));
    expect(result).toMatchObject({ next: "release", effects: [], refusals: [], ok: true });
    expect(orderOf(result)).toMatchObject({
      kind: "release",
      release: { mergeSha: line.github.head(), changedPaths: [] },
    });
  });

  test.each([
    ["a push that another one overtook", () => pushed("a".repeat(40)), "base-moved"],
    ["a branch that was deleted", () => pushed("0".repeat(40)), "base-moved"],
    ["a deployment of something else", () => deployed("b".repeat(40)), "base-moved"],
    [
      "a deployment that did not succeed",
      (line: TestLine) => deployed(line.github.head(), "failure"),
      "event-not-understood",
    ],
    [
      "a stranger's word",
      (line: TestLine) => doorbell(line.github, "", "rea"),
      "actor-not-permitted",
    ],
  ])("does not begin with %s", async (_, event, code) => {
    const line = newLine();
    const result = await opened(line, event(line));
    expect(result).toMatchObject({ next: "none", effects: [] });
    expect(result.order).toBeUndefined();
    expect(result.refusals[0]).toMatchObject({ code });
  });

  test.each([
    ["passed", 0, true],
    ["nothing-to-probe", 0, true],
    ["flaky", 0, true],
    ["red-before", 0, true],
    ["unreachable", 0, false],
    ["not-deployed", 0, false],
    ["failed", 1, false],
  ] as const)("that %s opens %i incidents", async (status, incidents, ok) => {
    const line = newLine();
    const event = pushed(line.github.head());
    const order = orderOf(await opened(line, event));
    const proposals = [deliver("post-merge-smoke", smoke(order, status))];
    const result = await line.run("record", { event, order, proposals });
    expect(result).toMatchObject({ next: "none", ok });
    expect(line.github.applied).toHaveLength(incidents);
    if (incidents === 0) return;
    const found = line.github.issue(1);
    expect(found.labels).toEqual(["factory:andon"]);
    expect(found.body).toContain(`millwright:smoke:${line.github.head()}`);
    expect(found.body).not.toContain("issues/undefined");
  });

  test("is not recorded for an issue that is none", async () => {
    const line = newLine();
    const event = pushed(line.github.head());
    const order = orderOf(await opened(line, event));
    const proposals = [deliver("post-merge-smoke", smoke(order, "failed"))];
    const result = await line.run("record", { event, issue: 7, order, proposals }).catch(String);
    expect(JSON.stringify(result)).not.toContain("open-issue");
    expect(line.github.applied).toEqual([]);
  });
});
