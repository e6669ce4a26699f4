import { expect } from "vitest";
import { digestOfOrder, type Order } from "../../src/domain/order.ts";
import type { AuditProposal } from "../../src/domain/proposal.ts";
import { NO_USAGE } from "../../src/domain/usage.ts";
import {
  commented,
  deliver,
  deliveries,
  doorbell,
  failed,
  green,
  intake,
  labeled,
  lineOrderOf,
  newLine,
  orderOf,
  schedule,
  smoke,
  submit,
  type TestLine,
  toBuilding,
  toSmoking,
} from "../control/line.ts";
import { DOUBLES } from "./reports/doubles.ts";
import { room } from "./room.ts";

const count = ({ github }: TestLine, kind: string) =>
  github.applied.filter(({ effect }) => effect.kind === kind).length;

const incidents = ({ github }: TestLine) =>
  github.applied.flatMap(({ effect, receipt }) =>
    effect.kind === "open-issue" && receipt.outcome === "done" ? [effect] : [],
  );

/** The audit of one night that found two areas below the bar. */
function audit(line: TestLine, order: Order): AuditProposal {
  const content = "# Quality\n";
  const file = { path: "quality.md", mode: "100644", encoding: "utf-8", content } as const;
  const gaps = ["search", "index"].map((area) => ({
    fingerprint: `${area}/tests`,
    area,
    title: `Tests of ${area}`,
    detail: "3 of 9 functions",
  }));
  return {
    version: 1,
    order: digestOfOrder(order),
    usage: NO_USAGE,
    durationMs: 1,
    worker: "quality-audit",
    report: { commit: order.base, repository: [], areas: [], gaps },
    markdown: content,
    tree: line.github.treeWith({ base: order.base, files: [file] }),
    runs: [],
  };
}

room(DOUBLES, {
  "Factory-AI/droid-action#117": async () => {
    const line = newLine();
    const issue = submit(line);
    line.nextRun();
    const event = labeled(line.github, issue);
    const order = orderOf(await line.run("open", { event, issue }));
    const proposals = [deliver("intake-normalize", intake(order))];
    await line.run("propose", { event, issue, order, proposals });
    const once = line.github.comments(issue).length;
    for (let time = 1; time < 5; time += 1)
      await line.run("propose", { event, issue, order, proposals });
    expect(line.github.comments(issue)).toHaveLength(once);
    expect(once).toBe(2);
  },

  "microsoft/vstest#15787": async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const { issue } = building;
    const first = building.order.runId;
    for (const rings of [1, 2]) {
      line.nextRun();
      const event = doorbell(line.github, issue);
      const claim = await line.run("claim", { event, issue });
      expect(claim.order, `ring ${rings}`).toBeUndefined();
      expect(claim.refusals).not.toEqual([]);
    }
    line.backTo(first);
    const proposals = deliveries(green(line.github, building.order));
    await line.run("settle", { ...building, proposals });
    await line.run("settle", { ...building, proposals });
    line.nextRun();
    const again = commented(line.github, { issue, by: "wil", body: "/factory approve" });
    expect((await line.run("claim", { event: again, issue })).order).toBeUndefined();
    expect(count(line, "open-pull-request")).toBe(1);
    expect(count(line, "merge-pull-request")).toBe(1);
  },

  "github/gh-aw#33060": async () => {
    const line = newLine();
    const { issue, event, result } = await toSmoking(line);
    const order = orderOf(result);
    const record = async (of: Order) =>
      line.run("record", {
        event,
        issue,
        order: of,
        proposals: [deliver("post-merge-smoke", smoke(of, "failed"))],
      });
    await record(order);
    expect(incidents(line)).toHaveLength(1);
    const [first] = incidents(line);
    line.nextRun();
    const resume = commented(line.github, { issue, by: "ada", body: "/factory resume" });
    const route = await line.run("route", { event: resume });
    await record(orderOf(route));
    expect(incidents(line)).toHaveLength(1);

    const other = newLine();
    other.github.moveHead();
    const { issue: second, event: told, result: merged } = await toSmoking(other);
    const of = orderOf(merged);
    const proposals = [deliver("post-merge-smoke", smoke(of, "failed"))];
    await other.run("record", { event: told, issue: second, order: of, proposals });
    expect(incidents(other)[0]?.marker).not.toBe(first?.marker);
  },

  "Azure/azure-dev#10120": async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const { issue } = building;
    let { order } = building;
    for (let attempt = 1; attempt < 3; attempt += 1) {
      const red = green(line.github, order);
      red.review.verdict.decision = "rework";
      await line.run("settle", { ...building, order, proposals: deliveries(red) });
      line.nextRun();
      const event = doorbell(line.github, issue);
      order = lineOrderOf(await line.run("claim", { event, issue }));
    }
    const last = deliver("implement", failed(order, "implement", "gave-up"));
    const result = await line.run("settle", { ...building, order, proposals: [last] });
    expect(result.stage).toBe("needs-human");
    expect(count(line, "open-issue")).toBe(0);
    const own = line.github.comments(issue).filter(({ author }) => author.type === "Bot");
    // The contract, the ledger, and the one question to a person: none for each attempt that failed.
    expect(own).toHaveLength(3);
  },

  "fullsend-ai/fullsend#3638": async () => {
    const line = newLine();
    line.nextRun();
    const order = orderOf(await line.run("nightly-open", { event: schedule }));
    const proposals = [deliver("quality-audit", audit(line, order))];
    await line.run("nightly-settle", { event: schedule, order, proposals });
    expect(incidents(line).map(({ marker }) => marker)).toEqual([
      expect.stringContaining("search/tests"),
      expect.stringContaining("index/tests"),
    ]);
    await line.run("nightly-settle", { event: schedule, order, proposals });
    line.nextRun();
    const next = await line.run("nightly-open", { event: schedule });
    expect(next.order).toBeUndefined();
    expect(incidents(line)).toHaveLength(2);
  },
});
