import { describe, expect, test } from "vitest";
import {
  commented,
  deliver,
  failed,
  kindsOf,
  newLine,
  orderOf,
  type SmokeStatus,
  smoke,
  stageShown,
  toSmoking,
} from "../../line.ts";

async function recorded(status: SmokeStatus) {
  const line = newLine();
  const { issue, event, result: settled } = await toSmoking(line);
  const order = orderOf(settled);
  const proposals = [deliver("post-merge-smoke", smoke(order, status))];
  const result = await line.run("record", { event, issue, order, proposals });
  return { line, issue, event, order, proposals, result };
}

describe("the record of a smoke test", () => {
  test.each(["passed", "nothing-to-probe", "flaky", "red-before"] as const)(
    "%s: done and closed",
    async (status) => {
      const { line, issue, result } = await recorded(status);
      expect(result).toMatchObject({ stage: "done", next: "none", refusals: [], ok: true });
      expect(line.github.issue(issue).state).toBe("closed");
    },
  );

  test("failed: one incident stops the line, and the issue asks a person", async () => {
    const { line, issue, result } = await recorded("failed");
    expect(result).toMatchObject({ stage: "needs-human", ok: true });
    expect(result.refusals).toMatchObject([{ code: "probe-failed" }]);
    expect(kindsOf(line.github, issue).slice(-2)).toEqual(["smoked", "refused"]);
    const incident = line.github.issue(3);
    expect(incident.labels).toEqual(["factory:andon"]);
    expect(incident.body.trimEnd().split("\n").at(-1)).toMatch(
      /^Fingerprint: `millwright:smoke:[0-9a-f]{40}`$/,
    );
    expect(stageShown(line.github, issue)).toEqual(["needs-human"]);
  });

  test("failed, then repaired: the record works under the andon, because it cures", async () => {
    const { line, issue } = await recorded("failed");
    line.nextRun();
    const event = commented(line.github, { issue, by: "ada", body: "/factory resume" });
    const route = await line.run("route", { event });
    expect(route).toMatchObject({ next: "release", stage: "smoking" });
    const order = orderOf(route);
    const proposals = [deliver("post-merge-smoke", smoke(order, "passed"))];
    const result = await line.run("record", { event, issue, order, proposals });
    expect(result).toMatchObject({ stage: "done" });
  });

  test("unreachable: a person looks, and the line goes on for others", async () => {
    const { line, result } = await recorded("unreachable");
    expect(result).toMatchObject({ stage: "needs-human" });
    expect(result.refusals).toMatchObject([{ code: "probe-unreachable" }]);
    expect(line.github.applied.map(({ effect }) => effect.kind)).not.toContain("open-issue");
  });

  test("is written once: doing it again finds that it is done", async () => {
    const { line, issue, event, order, proposals } = await recorded("passed");
    const before = kindsOf(line.github, issue);
    const again = await line.run("record", { event, issue, order, proposals });
    expect(again.refusals).toMatchObject([{ code: "illegal-transition" }]);
    expect(again.stage).toBe("done");
    expect(kindsOf(line.github, issue)).toEqual([...before, "refused"]);
  });

  test.each([
    ["nothing", []],
    ["a failure", "failed"],
    ["the smoke test of another merge", "other"],
  ] as const)("%s was delivered: a person is asked", async (_name, what) => {
    const line = newLine();
    const { issue, event, result: settled } = await toSmoking(line);
    const order = orderOf(settled);
    const other = { ...smoke(order, "passed"), mergeSha: "1".repeat(40) };
    const proposals =
      what === "failed"
        ? [deliver("post-merge-smoke", failed(order, "post-merge-smoke", "worker-failed"))]
        : what === "other"
          ? [deliver("post-merge-smoke", other)]
          : [];
    const result = await line.run("record", { event, issue, order, proposals });
    expect(result).toMatchObject({ stage: "needs-human", next: "none" });
    expect(line.github.issue(issue).state).toBe("open");
    expect(kindsOf(line.github, issue)).not.toContain("smoked");
  });

  test("of an order for another merge than the ledger's is refused", async () => {
    const line = newLine();
    const { issue, event, result: settled } = await toSmoking(line);
    const made = orderOf(settled);
    if (made.kind !== "release") throw new Error(`an order of kind ${made.kind}`);
    const order = { ...made, release: { ...made.release, mergeSha: "2".repeat(40) } };
    const result = await line.run("record", {
      event,
      issue,
      order: order as typeof made,
      proposals: [deliver("post-merge-smoke", smoke(order as typeof made, "passed"))],
    });
    expect(result.refusals).toMatchObject([{ code: "order-invalid" }]);
    expect(kindsOf(line.github, issue)).not.toContain("smoked");
  });
});
