import { describe, expect, test } from "vitest";
import { digestOfOrder, type Order } from "../../../src/domain/order.ts";
import type { AuditProposal } from "../../../src/domain/proposal.ts";
import { NO_USAGE } from "../../../src/domain/usage.ts";
import { LEDGER_MARKER } from "../../../src/wording/issue/ledger-comment.ts";
import { fakeId } from "../../fakes/github.ts";
import {
  deliver,
  deliveries,
  doorbell,
  failed,
  green,
  newLine,
  orderOf,
  schedule,
  type TestLine,
  toBuilding,
  toSmoking,
} from "../line.ts";

const MARKDOWN = "# Quality\n";

function audit(line: TestLine, order: Order, tree?: string): AuditProposal {
  const changeSet = {
    base: order.base,
    files: [{ path: "quality.md", mode: "100644", encoding: "utf-8", content: MARKDOWN } as const],
  };
  return {
    version: 1,
    order: digestOfOrder(order),
    usage: NO_USAGE,
    durationMs: 1,
    worker: "quality-audit",
    report: {
      commit: order.base,
      repository: [],
      areas: [],
      gaps: ["search", "index"].map((area) => ({
        fingerprint: `${area}/tests`,
        area,
        title: `Tests of ${area} @ada`,
        detail: "fixes #1",
      })),
    },
    markdown: MARKDOWN,
    tree: tree ?? line.github.treeWith(changeSet),
    runs: [],
  };
}

async function night(line: TestLine) {
  line.nextRun();
  const open = await line.run("nightly-open", { event: schedule });
  return { event: schedule, order: orderOf(open), open };
}

describe("the night", () => {
  test("orders an audit of the head with the open defects, and writes nothing", async () => {
    const line = newLine();
    line.github.addIssue({ author: "rea", title: "broken", body: "", labels: ["Bug"] });
    line.github.addIssue({ author: "rea", title: "wish", body: "" });
    const { open, order } = await night(line);
    expect(open).toMatchObject({ next: "nightly", effects: [] });
    expect(order).toMatchObject({
      kind: "nightly",
      base: line.github.head(),
      actor: { type: "Bot", permission: "none" },
      audit: { openDefects: [{ number: 1, title: "broken", labels: ["Bug"] }] },
    });
    expect(line.github.applied).toEqual([]);
  });

  test("orders it with what the ledgers say of the factory's work", async () => {
    const line = newLine();
    const { issue, order: built } = await toBuilding(line);
    const answers = green(line.github, built);
    const lines = { changed: 4, byTests: 3, byCompiler: 0, unnoticed: 1, untried: 0 };
    const { subject } = answers.verify;
    const counts = { more: 0, silentLines: 0, runs: 1, durationMs: 1, hunks: [] };
    answers.verify.evidence.push({ kind: "noticed", subject, lines, ran: "only", ...counts });
    const settled = await line.run("settle", {
      event: doorbell(line.github, issue),
      issue,
      order: built,
      proposals: deliveries(answers),
    });
    const commit = line.github.pullRequest(2).head.sha;
    expect(settled.next).toBe("release");
    const { order } = await night(line);
    expect(order).toMatchObject({
      audit: {
        record: {
          known: {
            changes: [{ issue, commit, noticed: lines }],
            attempts: [{ issue, attempt: 1 }],
          },
        },
      },
    });
  });

  test.each([
    [
      "a line was changed",
      /the ledger of issue 1: line/,
      (body: string) => body.replace('"by":"factory"', '"by":"person"'),
    ],
    [
      "its fold is gone",
      /the ledger of issue 1: the fold/,
      () => `${LEDGER_MARKER}\n\nAll is well.\n`,
    ],
  ])("believes no ledger in which %s, and goes on without the record", async (_, said, forge) => {
    const line = newLine();
    const { issue } = await toSmoking(line);
    const ledger = line.github.comments(issue).find(({ body }) => body.startsWith(LEDGER_MARKER));
    if (ledger === undefined) throw new Error("no ledger");
    line.github.editComment(ledger.id, forge(ledger.body));
    const { open, order } = await night(line);
    expect(open.next).toBe("nightly");
    expect(order).toMatchObject({
      audit: { record: { unknown: expect.stringMatching(said) } },
    });
  });

  test("believes none where an issue has two", async () => {
    const line = newLine();
    const { issue } = await toSmoking(line);
    const [ledger] = line.github
      .comments(issue)
      .filter(({ body }) => body.startsWith(LEDGER_MARKER));
    const author = line.github.identity.login;
    line.github.addComment({ issue, author, body: ledger?.body ?? "" });
    expect((await night(line)).order).toMatchObject({
      audit: { record: { unknown: "issue 1 has two ledgers" } },
    });
  });

  test("looks back on 90 days and no more", async () => {
    const line = newLine();
    await toSmoking(line);
    line.pass(91 * 24 * 60 * 60);
    expect((await night(line)).order).toMatchObject({
      audit: { record: { known: { changes: [], attempts: [] } } },
    });
  });

  test("proposes nothing that looks as if it held a secret", async () => {
    const line = newLine();
    const { event, order } = await night(line);
    const token = ["ghp_Wm5Rb1Xk7Hq3Td9Ln2", "Pc6Vz0Jf4Gs8Ay1Eu5"].join("");
    const told = { ...audit(line, order), markdown: `${MARKDOWN}\nFound ${token}.\n` };
    const proposals = [deliver("quality-audit", told)];
    const result = await line.run("nightly-settle", { event, order, proposals });
    expect(result.refusals).toMatchObject([{ code: "secret-found", subject: "quality.md:3" }]);
    expect(line.github.applied).toEqual([]);
  });

  test("proposes quality.md alone, in a pull request that no issue is closed by, then files what is below the bar", async () => {
    const line = newLine();
    const { event, order } = await night(line);
    const proposals = [deliver("quality-audit", audit(line, order))];
    const result = await line.run("nightly-settle", { event, order, proposals });
    expect(result).toMatchObject({ next: "none", ok: true, refusals: [] });
    expect(result.receipts.map(({ kind }) => kind)).toEqual([
      "claim-branch",
      "publish-commit",
      "open-pull-request",
      "open-issue",
      "open-issue",
    ]);
    expect(line.github.pullRequest(1).head.branch).toBe("factory/quality-20261120");
    expect(line.github.pullRequest(1).body).not.toContain("Closes");
    const filed = line.github.issue(2);
    expect(`${filed.title}${filed.body}`).not.toMatch(/[^`]@ada|[^`]fixes #1/);
    expect(filed.body).toContain("Fingerprint: `millwright:quality:search/tests`");
    expect(filed.labels).toEqual([]);
  });

  test("proposes nothing while an earlier proposal waits for a person", async () => {
    const line = newLine();
    const first = await night(line);
    const proposals = [deliver("quality-audit", audit(line, first.order))];
    await line.run("nightly-settle", { ...first, proposals });
    const again = await line.run("nightly-open", { event: first.event });
    expect(again.next).toBe("none");
    expect(again.refusals).toMatchObject([
      { code: "pull-request-open", found: expect.stringContaining("still proposes") },
    ]);
    const twice = await line.run("nightly-settle", { ...first, proposals });
    expect(twice.refusals).toMatchObject([{ code: "pull-request-open" }]);
    expect(() => line.github.issue(4)).toThrow();
  });

  test("says nothing new when the file is as it should be", async () => {
    const line = newLine();
    const { event, order } = await night(line);
    const snapshot = await line.github.observe({ prefix: "factory:", issues: [] });
    const same = audit(line, order, snapshot.repository.headTree);
    const result = await line.run("nightly-settle", {
      event,
      order,
      proposals: [deliver("quality-audit", same)],
    });
    expect(result.summary).toContain("up to date");
    expect(result.receipts.map(({ kind }) => kind)).toEqual(["open-issue", "open-issue"]);
  });

  test("says on every effect what it is of", async () => {
    const line = newLine();
    const { event, order } = await night(line);
    const told = audit(line, order);
    const proposals = [deliver("quality-audit", told)];
    const result = await line.run("nightly-settle", { event, order, proposals });
    const branch = "factory/quality-20261120";
    expect(result.effects).toMatchObject([
      { kind: "claim-branch", key: `claim/${branch}/${order.base}`, branch, sha: order.base },
      {
        kind: "publish-commit",
        key: `publish/${branch}/${told.tree}`,
        branch,
        changeSet: {
          base: order.base,
          files: [{ path: "quality.md", mode: "100644", encoding: "utf-8", content: MARKDOWN }],
        },
        expectedTree: told.tree,
        message: expect.stringContaining(order.base.slice(0, 7)),
      },
      {
        kind: "open-pull-request",
        key: `pull-request/${branch}`,
        head: branch,
        base: "main",
        body: expect.stringContaining(`https://github.com/OWNER/app/actions/runs/${order.runId}`),
      },
      { kind: "open-issue", key: `gap/${order.runId}/search/tests` },
      { kind: "open-issue", key: `gap/${order.runId}/index/tests` },
    ]);
  });

  test("is proposed once a day", async () => {
    const line = newLine();
    const { event, order } = await night(line);
    line.github.addBranch("factory/quality-20261120");
    const proposals = [deliver("quality-audit", audit(line, order))];
    const result = await line.run("nightly-settle", { event, order, proposals });
    expect(result).toMatchObject({
      ok: true,
      refusals: [
        {
          code: "claim-taken",
          subject: "branch factory/quality-20261120",
          hint: "delete-the-branch",
        },
      ],
    });
    expect(result.receipts.map(({ kind }) => kind)).toEqual(["claim-branch"]);
  });

  test("goes no further where GitHub refuses the branch", async () => {
    const line = newLine();
    const { event, order } = await night(line);
    line.github.refuseNext("claim-branch", { status: 403, reason: "no" });
    const proposals = [deliver("quality-audit", audit(line, order))];
    const result = await line.run("nightly-settle", { event, order, proposals });
    expect(result.refusals).toMatchObject([{ code: "permission-missing" }]);
    expect(result.receipts.map(({ kind }) => kind)).toEqual(["claim-branch"]);
  });

  test("proposes the file again where only the head is another", async () => {
    const line = newLine();
    const { event, order } = await night(line);
    const snapshot = await line.github.observe({ prefix: "factory:", issues: [] });
    const same = audit(line, order, snapshot.repository.headTree);
    line.github.moveHead();
    const result = await line.run("nightly-settle", {
      event,
      order,
      proposals: [deliver("quality-audit", same)],
    });
    expect(result.receipts[0]?.kind).toBe("claim-branch");
  });

  test("counts bugs and incidents of its own as defects, and cuts what is long", async () => {
    const line = newLine();
    line.github.addIssue({ author: "ada", title: "t".repeat(400), body: "", labels: ["bug"] });
    line.github.addIssue({ author: "ada", title: "debug", body: "", labels: ["debug"] });
    const { order } = await night(line);
    expect(order).toMatchObject({ audit: { openDefects: [{ title: "t".repeat(300) }] } });
  });

  test("says which proposal waits", async () => {
    const line = newLine();
    line.github.addBranch("factory/quality-20261101");
    const number = line.github.addPullRequest("factory/quality-20261101");
    const open = await line.run("nightly-open", { event: schedule });
    expect(open.refusals).toEqual([
      {
        code: "pull-request-open",
        subject: `pull request ${number}`,
        found: "it still proposes quality.md",
        hint: "merge-or-close",
      },
    ]);
    line.github.changePullRequest(number, { state: "closed" });
    line.github.addBranch("greet");
    line.github.addPullRequest("greet");
    expect((await line.run("nightly-open", { event: schedule })).next).toBe("nightly");
  });

  test("says what is wrong with its order", async () => {
    const line = newLine();
    const result = await line.run("nightly-settle", { event: schedule });
    expect(result.refusals).toMatchObject([
      { code: "order-invalid", accepted: "an order of kind nightly" },
    ]);
  });

  test("files nothing beside a proposal that GitHub refused", async () => {
    const line = newLine();
    const { event, order } = await night(line);
    const lie = audit(line, order, fakeId("lie"));
    const result = await line.run("nightly-settle", {
      event,
      order,
      proposals: [deliver("quality-audit", lie)],
    });
    expect(result).toMatchObject({ ok: false });
    expect(result.refusals).toMatchObject([{ code: "tree-mismatch" }]);
    expect(result.receipts.map(({ kind }) => kind)).toEqual(["claim-branch", "publish-commit"]);
  });

  test.each<readonly [string, string, (line: TestLine) => void]>([
    [
      "the line is stopped",
      "andon-raised",
      ({ github }) =>
        github.addIssue({ author: "ada", title: "", body: "", labels: ["factory:andon"] }),
    ],
    ["the config cannot be read", "config-invalid", ({ github }) => github.setConfig("x: 1")],
  ])("rests while %s", async (_name, code, change) => {
    const line = newLine();
    change(line);
    const result = await line.run("nightly-open", { event: schedule });
    expect(result).toMatchObject({ next: "none", refusals: [{ code }] });
  });

  test("is not for a stranger to ring", async () => {
    const line = newLine();
    const result = await line.run("nightly-open", { event: doorbell(line.github, "", "rea") });
    expect(result).toMatchObject({ next: "none", refusals: [{ code: "actor-not-permitted" }] });
  });

  test.each(["failed", "nothing"])(
    "with %s from the auditor writes nothing and says why",
    async (what) => {
      const line = newLine();
      const { event, order } = await night(line);
      const proposals =
        what === "failed" ? [deliver("quality-audit", failed(order, "quality-audit"))] : [];
      const result = await line.run("nightly-settle", { event, order, proposals });
      expect(result.receipts).toEqual([]);
      expect(result.refusals).toHaveLength(1);
    },
  );
});
