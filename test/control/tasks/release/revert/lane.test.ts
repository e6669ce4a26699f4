import { describe, expect, test } from "vitest";
import {
  closed,
  commented,
  deliver,
  doorbell,
  kindsOf,
  ledgerOf,
  orderOf,
  smoke,
  stageShown,
  type TaskInput,
  type TestLine,
} from "../../../line.ts";
import { MADE, revertOrderOf, smokedLive, toFailed, verified } from "./lane.ts";

type Failed = Awaited<ReturnType<typeof toFailed>>;

async function settled({ line, issue, event, result }: Failed, failing?: string) {
  const order = revertOrderOf(result);
  return await line.run("revert", {
    event,
    issue,
    order,
    proposals: [verified(line, order, failing)],
  });
}

async function looked(
  { line, issue, event }: Pick<Failed, "line" | "issue"> & { readonly event: TaskInput["event"] },
  reverted: Awaited<ReturnType<typeof settled>>,
  said: (order: ReturnType<typeof orderOf>) => unknown,
) {
  const order = orderOf(reverted);
  const proposals = [deliver("post-merge-smoke", said(order))];
  return await line.run("record", { event, issue, order, proposals });
}

const wrote = (line: TestLine) => line.github.applied.map(({ effect }) => effect.kind);

describe("a merge that broke production", () => {
  test("is taken back by an order of control, under an andon", async () => {
    const { line, issue, result, merge } = await toFailed();
    expect(result).toMatchObject({ next: "revert", stage: "smoking", ok: true, refusals: [] });
    const order = revertOrderOf(result);
    expect(order).toMatchObject({ base: line.github.head() });
    expect(order.revert).toMatchObject({ issue, attempt: 1, mergeSha: merge, risk: "medium" });
    expect(order.revert.changeSet.files).toEqual([
      {
        path: "src/greet.ts",
        mode: "100644",
        encoding: "utf-8",
        content: "export const a = 0;\n",
      },
      { path: "test/greet.test.ts", deleted: true },
    ]);
    const incident = line.github.issue(3);
    expect(incident.labels).toEqual(["factory:andon"]);
    expect(ledgerOf(line.github, issue).at(-1)?.event).toMatchObject({
      kind: "smoked",
      status: "failed",
      incident: 3,
    });
  });

  test("is merged by the factory where the trust of the merge allows, and deployed", async () => {
    const failed = await toFailed();
    const { line, issue, merge } = failed;
    const result = await settled(failed);
    expect(result).toMatchObject({ next: "release", stage: "smoking", refusals: [], ok: true });
    const { event } = ledgerOf(line.github, issue).at(-1) ?? {};
    expect(event).toMatchObject({ kind: "reverted", reverts: merge, by: "factory" });
    expect(line.github.head()).not.toBe(merge);
    expect(orderOf(result)).toMatchObject({ release: { mergeSha: line.github.head() } });
    expect(line.github.dispatches.filter(({ workflow }) => workflow === "deploy.yml")).toHaveLength(
      2,
    );
    expect(line.github.branch("factory/1-1-revert")).toBeDefined();
  });

  test("is over when the smoke test passes: the andon is lowered, the issue waits for its next attempt", async () => {
    const failed = await toFailed();
    const { line, issue } = failed;
    const result = await looked(failed, await settled(failed), (order) =>
      smokedLive(order, "passed"),
    );
    expect(result).toMatchObject({ next: "none", stage: "ready", refusals: [], ok: true });
    expect(line.github.issue(3)).toMatchObject({ state: "closed", labels: [] });
    expect(line.github.issue(issue).state).toBe("open");
    expect(stageShown(line.github, issue)).toEqual(["ready"]);
    const { event } = ledgerOf(line.github, issue).at(-1) ?? {};
    expect(event).toMatchObject({ kind: "sent-back", attempt: 1 });
    expect(event?.kind === "sent-back" && event.findings.at(-1)).toContain(
      "https://example.com/health: it was failed",
    );
    expect(result.summary).toMatch(/seen live, 3\.0 s after the merge/);
  });

  test.each([0, 1, 2, 3])(
    "and is found where the run that ends it dies after %i of its effects",
    async (after) => {
      const failed = await toFailed();
      const { line, issue } = failed;
      const taken = await settled(failed);
      line.github.dieAfter(after);
      const dying = looked(failed, taken, (order) => smokedLive(order, "passed"));
      await expect(dying).rejects.toThrow("The machine is gone");
      line.github.dieAfter(undefined);
      if (ledgerOf(line.github, issue).at(-1)?.stage === "smoking") {
        await looked(failed, taken, (order) => smokedLive(order, "passed"));
      }
      expect(line.github.issue(3)).toMatchObject({ state: "closed", labels: [] });
      expect(ledgerOf(line.github, issue).at(-1)?.stage).toBe("ready");
    },
  );

  test("is found by whoever looks next, where the run that merged it wrote nothing behind the merge", async () => {
    const failed = await toFailed();
    const { line, issue, merge } = failed;
    // Claim, commit, pull request, check run, ledger and merge.
    line.github.dieAfter(6);
    await expect(settled(failed)).rejects.toThrow("The machine is gone");
    line.github.dieAfter(undefined);
    expect(ledgerOf(line.github, issue).at(-1)?.event).toMatchObject({ kind: "reverting" });
    line.nextRun();
    const result = await line.run("route", { event: doorbell(line.github, issue) });
    expect(result).toMatchObject({ next: "release", stage: "smoking", refusals: [] });
    expect(ledgerOf(line.github, issue).at(-1)?.event).toMatchObject({
      kind: "reverted",
      reverts: merge,
      by: "factory",
    });
    expect(orderOf(result)).toMatchObject({ release: { mergeSha: line.github.head() } });
  });

  test("and the next attempt of its issue is told", async () => {
    const failed = await toFailed();
    const { line, issue } = failed;
    await looked(failed, await settled(failed), (order) => smokedLive(order, "passed"));
    line.nextRun();
    const event = commented(line.github, { issue, by: "ada", body: "/factory retry" });
    expect(await line.run("route", { event })).toMatchObject({ next: "line", stage: "ready" });
    const claimed = await line.run("claim", { event, issue });
    expect(orderOf(claimed)).toMatchObject({
      attempt: 2,
      prior: [{ attempt: 1, outcome: "taken back" }],
    });
  });

  test.each(["failed", "flaky", "red-before", "unreachable", "nothing-to-probe"] as const)(
    "stays under the andon when the smoke test of the revert ends %s: a person is asked, and nothing more is taken back",
    async (status) => {
      const failed = await toFailed();
      const { line, issue } = failed;
      const result = await looked(failed, await settled(failed), (order) =>
        smokedLive(order, status),
      );
      expect(result).toMatchObject({ next: "none", stage: "needs-human" });
      expect(result.order).toBeUndefined();
      expect(line.github.issue(3)).toMatchObject({ state: "open", labels: ["factory:andon"] });
      expect(stageShown(line.github, issue)).toEqual(["needs-human"]);
    },
  );

  test("stays under the andon when it passes without being seen live", async () => {
    const failed = await toFailed();
    const result = await looked(failed, await settled(failed), (order) => smoke(order, "passed"));
    expect(result).toMatchObject({ stage: "needs-human" });
    expect(failed.line.github.issue(3).labels).toEqual(["factory:andon"]);
  });

  test("leaves an andon of a person alone", async () => {
    const failed = await toFailed();
    const { line } = failed;
    const other = line.github.addIssue({
      author: "wil",
      title: "stop",
      body: "I want to look",
      labels: ["factory:andon"],
    });
    await looked(failed, await settled(failed), (order) => smokedLive(order, "passed"));
    expect(line.github.issue(other)).toMatchObject({ state: "open", labels: ["factory:andon"] });
    expect(line.github.issue(3).state).toBe("closed");
  });
});

const TRUST_NOBODY =
  'version: 1\nchecks: { lint: npm run lint, test: { run: npm test, report: junit.xml } }\napprove: always\nsmoke: { probes: [{ get: "https://example.com/health" }] }\n';

describe("what the factory may not merge by itself", () => {
  test("is proposed: a person merges it, the factory looks again and ends the incident", async () => {
    const failed = await toFailed();
    const { line, issue, event, result } = failed;
    const made = revertOrderOf(result);
    const trust = { ...made.config.trust, default: "open-pr" as const };
    const order = { ...made, config: { ...made.config, trust } };
    const asked = await line.run("revert", {
      event,
      issue,
      order,
      proposals: [verified(line, order)],
    });
    expect(asked).toMatchObject({ next: "none", stage: "needs-human", refusals: [], ok: true });
    expect(wrote(line).filter((kind) => kind === "merge-pull-request")).toHaveLength(1);
    const reverting = ledgerOf(line.github, issue).at(-1)?.event;
    if (reverting?.kind !== "reverting") throw new Error("nothing was proposed");
    line.github.mergeByPerson(reverting.pullRequest, "ada");
    line.nextRun();
    const routed = await line.run("route", {
      event: closed(line.github, reverting.pullRequest),
    });
    expect(routed).toMatchObject({ next: "release", stage: "smoking" });
    expect(ledgerOf(line.github, issue).at(-1)?.event).toMatchObject({
      kind: "reverted",
      by: "person",
    });
    const seen = await looked(
      { ...failed, event: closed(line.github, reverting.pullRequest) },
      routed,
      (one) => smokedLive(one, "passed"),
    );
    expect(seen).toMatchObject({ stage: "ready" });
    expect(line.github.issue(3).state).toBe("closed");
  });

  test("nothing is merged without a key of the seal", async () => {
    const failed = await toFailed({ sealKey: null, config: TRUST_NOBODY }).catch((error) => error);
    // Without a key no merge of the factory's is there to be taken back.
    expect(String(failed)).toContain("no order");
  });

  test("a check that fails on the tree that is left stops it: a person is asked", async () => {
    const failed = await toFailed();
    const result = await settled(failed, "test");
    expect(result).toMatchObject({ next: "none", stage: "needs-human" });
    expect(result.refusals).toMatchObject([{ code: "check-failed", subject: "test" }]);
    expect(failed.line.github.branch("factory/1-1-revert")).toBeUndefined();
  });

  test("a default branch that moved meanwhile: the pull request stands, a person merges", async () => {
    const failed = await toFailed();
    failed.line.github.moveHead();
    const result = await settled(failed);
    expect(result).toMatchObject({ next: "none", stage: "needs-human" });
    expect(result.refusals).toMatchObject([{ code: "base-moved" }]);
    expect(kindsOf(failed.line.github, failed.issue)).toContain("reverting");
  });

  test("a person's stop holds", async () => {
    const failed = await toFailed();
    const { line, issue } = failed;
    commented(line.github, { issue, by: "ada", body: "/factory stop" });
    const result = await settled(failed);
    expect(result.refusals).toMatchObject([{ code: "stopped-by-person" }]);
    expect(line.github.branch("factory/1-1-revert")).toBeUndefined();
  });

  test("an order that the ledger does not bear out changes nothing", async () => {
    const failed = await toFailed();
    const { line, issue, event, result } = failed;
    const made = revertOrderOf(result);
    const order = { ...made, revert: { ...made.revert, mergeSha: "f".repeat(40) } };
    const refused = await line.run("revert", {
      event,
      issue,
      order,
      proposals: [verified(line, order)],
    });
    expect(refused).toMatchObject({ next: "none", refusals: [{ code: "order-invalid" }] });
    expect(line.github.branch("factory/1-1-revert")).toBeUndefined();
  });
});

describe("whoever wants a good merge taken back", () => {
  test("gets nothing by a pull request that is called like one of the factory's", async () => {
    const { line, issue } = await toFailed({ smoked: (order) => smokedLive(order, "passed") });
    line.github.addBranch("factory/1-1-revert");
    const pull = line.github.addPullRequest("factory/1-1-revert");
    line.github.mergeByPerson(pull, "wil");
    line.nextRun();
    const before = kindsOf(line.github, issue);
    const result = await line.run("route", { event: closed(line.github, pull, "wil") });
    expect(result).toMatchObject({ next: "none", refusals: [{ code: "event-not-understood" }] });
    expect(kindsOf(line.github, issue)).toEqual(before);
  });

  test("gets nothing by a smoke test of a merge that is done", async () => {
    const done = await toFailed({ smoked: (order) => smokedLive(order, "passed") });
    const { line, issue, event } = done;
    const order = orderOf((await toFailed()).result);
    const proposals = [deliver("post-merge-smoke", smokedLive(order, "failed"))];
    const result = await line.run("record", { event, issue, order, proposals });
    expect(result).toMatchObject({ next: "none", stage: "done" });
    expect(wrote(line)).not.toContain("open-issue");
  });

  test("ends no incident but that of its own issue", async () => {
    const failed = await toFailed();
    const { line } = failed;
    const other = line.github.addIssue({
      author: line.github.identity.login,
      title: "Incident",
      body: "of another issue",
      labels: ["factory:andon"],
    });
    await looked(failed, await settled(failed), (order) => smokedLive(order, "passed"));
    expect(line.github.issue(other)).toMatchObject({ state: "open", labels: ["factory:andon"] });
  });
});

const GOOD = { ...MADE, "src/good.ts": "export const good = 1;\n" };

describe("what decides whether a merge is taken back", () => {
  test("a good merge in between survives", async () => {
    const { result, line } = await toFailed({
      meanwhile: ({ github }) => void github.moveHead(),
      history: { head: GOOD },
    });
    const { revert, base } = revertOrderOf(result);
    expect(base).toBe(line.github.head());
    expect(revert.changeSet.files.map(({ path }) => path)).toEqual([
      "src/greet.ts",
      "test/greet.test.ts",
    ]);
  });

  test("another merge on top of it, in the same place: a person, with the smallest rollback", async () => {
    const { result, merge } = await toFailed({
      meanwhile: ({ github }) => void github.moveHead(),
      history: { head: { ...MADE, "src/greet.ts": "export const a = 2;\n" } },
    });
    expect(result).toMatchObject({ next: "none", stage: "needs-human" });
    expect(result.refusals).toMatchObject([
      {
        code: "revert-conflicts",
        subject: "src/greet.ts",
        hint: { code: "take-back-by-hand", commit: merge, ofTwo: true },
      },
      { code: "probe-failed" },
    ]);
  });

  test("a squash is taken back like a merge commit", async () => {
    const { result } = await toFailed({ history: { parents: ["d".repeat(40)] } });
    expect(revertOrderOf(result).revert.changeSet.files).toHaveLength(2);
  });

  test.each(["db/migrate/001.rb", "schema.sql", "package-lock.json", ".github/workflows/ci.yml"])(
    "%s in the merge: a person",
    async (path) => {
      const { result } = await toFailed({ history: { merged: { ...MADE, [path]: "x\n" } } });
      expect(result).toMatchObject({ next: "none", stage: "needs-human" });
      expect(result.refusals[0]).toMatchObject({ code: "revert-forbidden", subject: path });
    },
  );

  test("a merge of which nothing is left: a person", async () => {
    const { result } = await toFailed({
      meanwhile: ({ github }) => void github.moveHead(),
      history: { head: { "src/greet.ts": "export const a = 0;\n" } },
    });
    expect(result.refusals[0]).toMatchObject({ code: "revert-forbidden" });
  });

  test("a pull request that holds more than the factory published: a person", async () => {
    const { result } = await toFailed({
      meanwhile: ({ github }) =>
        github.changePullRequest(2, { head: { branch: "factory/1-1", sha: "9".repeat(40) } }),
    });
    expect(result.refusals[0]).toMatchObject({ code: "revert-forbidden" });
  });

  test.each(["unknown", "failed"] as const)("%s before the merge: no revert", async (before) => {
    const { result, line } = await toFailed({
      smoked: (order) => smokedLive(order, "failed", before),
    });
    expect(result).toMatchObject({ next: "none", stage: "needs-human" });
    expect(result.refusals).toMatchObject([{ code: "probe-failed" }]);
    expect(line.github.issue(3).labels).toEqual(["factory:andon"]);
  });

  test("a pass before at a commit that is not the parent: no revert", async () => {
    const { result } = await toFailed({ history: { parents: ["1".repeat(40)] } });
    expect(result).toMatchObject({ next: "none", stage: "needs-human" });
  });

  test.each(["flaky", "red-before", "nothing-to-probe"] as const)(
    "%s: done, and nothing is taken back",
    async (status) => {
      const { result, line } = await toFailed({ smoked: (order) => smokedLive(order, status) });
      expect(result).toMatchObject({ next: "none", stage: "done" });
      expect(wrote(line)).not.toContain("open-issue");
    },
  );
});
