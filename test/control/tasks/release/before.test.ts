import { describe, expect, test } from "vitest";
import {
  CONFIG,
  closed,
  commented,
  deliver,
  deliveries,
  doorbell,
  green,
  ledgerOf,
  newLine,
  orderOf,
  PROBE_ID,
  type SmokeStatus,
  type TestLine,
  toBuilding,
  toSmoking,
} from "../../line.ts";
import { smokedLive } from "./revert/lane.ts";

const BY_STATUS = CONFIG.replace("{ workflow: deploy.yml }", "{ status: production }");
const BY_PERSON = CONFIG.replace("scoped-autonomy", "open-pr");

/** One issue from its label to the record of its smoke test; its merge is then what the next one is built on. */
async function lived(line: TestLine, status: SmokeStatus = "passed") {
  const smoking = await toSmoking(line);
  const order = orderOf(smoking.result);
  await line.run("record", {
    ...smoking,
    order,
    proposals: [deliver("post-merge-smoke", smokedLive(order, status))],
  });
  return { ...smoking, merge: line.github.head() };
}

describe("what the smoke test of the commit before recorded", () => {
  test("stands in the order of the next merge, by the ledger of the issue that brought that commit", async () => {
    const line = newLine();
    const before = await lived(line);
    const at = ledgerOf(line.github, before.issue).find(({ event }) => event.kind === "smoked")?.at;
    const { result } = await toSmoking(line);
    expect(orderOf(result)).toMatchObject({
      release: { parent: before.merge, before: { commit: before.merge, passed: [PROBE_ID], at } },
    });
  });

  test.each([
    ["did not pass", async (line: TestLine) => void (await lived(line, "flaky"))],
    [
      "was not made by the factory",
      async (line: TestLine) => {
        await lived(line);
        line.github.moveHead();
      },
    ],
    [
      "is gone with its comment",
      async (line: TestLine) => {
        const { issue } = await lived(line);
        for (const { id } of line.github.comments(issue)) line.github.deleteComment(id);
      },
    ],
  ])("is unknown where it %s: the order names none", async (_what, happen) => {
    const line = newLine();
    await happen(line);
    const order = orderOf((await toSmoking(line)).result);
    expect(order.kind === "release" && order.release).not.toHaveProperty("before");
  });

  test("is unknown where it stands in a ledger that somebody changed meanwhile", async () => {
    const line = newLine();
    const { issue } = await lived(line);
    const building = await toBuilding(line);
    for (const { id, body } of line.github.comments(issue)) {
      line.github.editComment(id, body.replaceAll('"status":"passed"', '"status":"flaky"'));
    }
    const proposals = deliveries(green(line.github, building.order));
    const order = orderOf(await line.run("settle", { ...building, proposals }));
    expect(order.kind === "release" && order.release).not.toHaveProperty("before");
    // Who starts work meanwhile is told which ledger nobody believes.
    await expect(toBuilding(line)).rejects.toThrow(`the ledger of issue ${issue}`);
  });

  test("is asked for again by the ring that finds the deployment live", async () => {
    const line = newLine({ config: BY_STATUS });
    line.github.deploys("success");
    const ring = async () => {
      const { issue } = await toSmoking(line);
      line.nextRun();
      const event = doorbell(line.github, issue);
      return { issue, event, order: orderOf(await line.run("route", { event })) };
    };
    const first = await ring();
    await line.run("record", {
      ...first,
      proposals: [deliver("post-merge-smoke", smokedLive(first.order, "passed"))],
    });
    const merge = line.github.head();
    expect((await ring()).order).toMatchObject({
      release: { before: { commit: merge, passed: [PROBE_ID] } },
    });
  });

  test("is known of a person's merge by its first parent, as GitHub tells it", async () => {
    const line = newLine({ config: BY_PERSON });
    const merge = async () => {
      const building = await toBuilding(line);
      const proposals = deliveries(green(line.github, building.order));
      await line.run("settle", { ...building, proposals });
      const published = ledgerOf(line.github, building.issue).find(
        ({ event }) => event.kind === "published",
      );
      if (published?.event.kind !== "published") throw new Error("nothing was published");
      const { pullRequest } = published.event;
      line.github.mergeByPerson(pullRequest, "ada");
      line.nextRun();
      const event = closed(line.github, pullRequest);
      return { issue: building.issue, event, order: orderOf(await line.run("route", { event })) };
    };
    const first = await merge();
    const before = line.github.head();
    await line.run("record", {
      ...first,
      proposals: [deliver("post-merge-smoke", smokedLive(first.order, "passed"))],
    });
    const { order } = await merge();
    expect(order).toMatchObject({
      release: { parent: before, before: { commit: before, passed: [PROBE_ID] } },
    });
  });

  test("is where programs come from: the commit that the change was made from", async () => {
    const config = CONFIG.replace(/probes: \[/, 'probes: [{ run: "npm run smoke" }, ');
    const line = newLine({ config });
    const base = line.github.head();
    const { issue, result } = await toSmoking(line);
    expect(orderOf(result)).toMatchObject({ release: { programsFrom: base } });
    // A ring that finds the merge in the ledger says the same.
    line.github.moveHead();
    line.nextRun();
    const again = await line.run("route", { event: doorbell(line.github, issue) });
    expect(orderOf(again)).toMatchObject({ release: { programsFrom: base } });
  });

  test("is nobody's question where no probe is a program", async () => {
    const order = orderOf((await toSmoking(newLine())).result);
    expect(order.kind === "release" && order.release).not.toHaveProperty("programsFrom");
  });

  test("is asked for nowhere where nothing is probed", async () => {
    const line = newLine({ config: CONFIG.replace(/, probes: .*\]/, "") });
    const { issue } = await toSmoking(line);
    line.nextRun();
    await line.run("route", { event: doorbell(line.github, issue) });
    line.nextRun();
    const event = commented(line.github, { issue, by: "ada", body: "/factory status" });
    await line.run("route", { event });
    expect(line.github.scopes.filter(({ before }) => before !== undefined)).toEqual([]);
  });
});
