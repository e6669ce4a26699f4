import { describe, expect, test } from "vitest";
import { weigh } from "../../../../src/control/gate/gate.ts";
import { authorityOver } from "../../../../src/control/gate/merge-authority.ts";
import type { Gate } from "../../../../src/control/gate/rule.ts";
import { NO_FILES } from "../../../../src/control/observed/files.ts";
import {
  isOnIssue,
  type OnIssue,
  readSituation,
} from "../../../../src/control/observed/issue-view.ts";
import {
  checkEffect,
  commitEffect,
  deployEffects,
  mergeEffect,
  type Passed,
  publishedEntry,
  pullRequestEffect,
} from "../../../../src/control/tasks/attempt/publication.ts";
import { sendBack } from "../../../../src/control/tasks/attempt/send-back.ts";
import type { Refusal } from "../../../../src/domain/refusal.ts";
import { NO_USAGE } from "../../../../src/domain/usage.ts";
import { parseLedgerComment } from "../../../../src/wording/issue/ledger-comment.ts";
import { fakeId } from "../../../fakes/github.ts";
import { controlInput, green, newLine, toBuilding } from "../../line.ts";

const line = newLine();
const { issue, order, event } = await toBuilding(line);
const snapshot = await line.github.observe({ prefix: "factory:", issues: [issue] });
const COMMIT = fakeId("commit");
const gate: Gate = {
  order,
  ...green(line.github, order),
  sealed: true,
  approvedDependencies: [],
  baseFiles: [],
};
const spent = { usage: { ...NO_USAGE, usd: 1.5 }, durationMs: 70 };
const passed: Passed = {
  attempt: { order, spent },
  gate,
  authority: authorityOver(gate),
  outcomes: weigh(gate).outcomes,
};
const published = { ...passed, commit: COMMIT, pullRequest: 9 };
const branch = `factory/${issue}-1`;
const { tree } = gate.verify.subject;

function viewOf(parts: Partial<OnIssue> = {}): OnIssue {
  const input = controlInput(
    "settle",
    { event, issue, order },
    { github: line.github, run: order.runId, sealKey: line.sealKey },
  );
  const now = "2026-11-20T09:00:00Z";
  const view = readSituation({ input, snapshot, now, receipts: [], files: NO_FILES });
  if (!isOnIssue(view)) throw new Error("it is on an issue");
  return { ...view, ...parts } as OnIssue;
}

describe("what is published of a change that passed", () => {
  test("the commit holds the verified tree on the attempt's branch", () => {
    expect(commitEffect(passed)).toEqual({
      kind: "publish-commit",
      key: `publish/${branch}/${tree}`,
      branch,
      changeSet: gate.implement.changeSet,
      expectedTree: tree,
      message: expect.stringContaining("Greet people by their name"),
    });
  });

  test("the pull request names the run and goes into the default branch", () => {
    expect(pullRequestEffect(viewOf(), passed)).toEqual({
      kind: "open-pull-request",
      key: `pull-request/${branch}`,
      head: branch,
      base: "main",
      title: expect.stringContaining("Greet people by their name"),
      body: expect.stringContaining(`https://github.com/OWNER/app/actions/runs/${order.runId}`),
    });
  });

  test.each([
    ["factory", "success"],
    ["person", "action_required"],
  ] as const)("the checklist of what a %s merges is a %s", (by, conclusion) => {
    const doubts = [{ about: "old tests", tests: ["greets"] }] as const;
    const check = checkEffect({ ...published, authority: { ...passed.authority, by, doubts } });
    expect(check).toMatchObject({
      kind: "write-check-run",
      key: `check/${COMMIT}`,
      name: "factory/gate",
      sha: COMMIT,
      conclusion,
      title: expect.stringMatching(/\w/),
    });
    expect(check.summary).toContain("greets");
    expect(check.summary.split("\n").length).toBeGreaterThan(passed.outcomes.length);
  });

  test("the merge says first line and rest of the commit's message, and what it must come to", () => {
    const [subject, ...rest] = commitEffect(passed).message.split("\n");
    expect(mergeEffect(published)).toEqual({
      kind: "merge-pull-request",
      key: `merge/9/${COMMIT}`,
      pullRequest: 9,
      base: "main",
      sha: COMMIT,
      title: `${subject} (#9)`,
      message: rest.join("\n").trim(),
      expectedTree: tree,
      expectedParent: order.base,
    });
    expect(mergeEffect(published).message).toMatch(/^\S[\s\S]*\S$/);
  });

  test("the deploy is the workflow that the order's config names", () => {
    expect(deployEffects(viewOf(), passed, COMMIT)).toEqual([
      {
        kind: "dispatch-workflow",
        key: `deploy/${COMMIT}`,
        workflow: "deploy.yml",
        ref: "main",
        inputs: {},
      },
    ]);
    const config = { ...order.config, smoke: { ...order.config.smoke, deploy: undefined } };
    const without = { order: { ...order, config }, spent } as Passed["attempt"];
    expect(deployEffects(viewOf(), { ...passed, attempt: without }, COMMIT)).toEqual([]);
  });

  test("the ledger's line holds what was published, and what it cost", () => {
    expect(publishedEntry(published)).toEqual({
      stage: "gating",
      event: {
        kind: "published",
        attempt: 1,
        tree,
        commit: COMMIT,
        pullRequest: 9,
        risk: "medium",
      },
      ...spent,
    });
  });
});

describe("what is sent back", () => {
  const CHECK: Refusal = { code: "check-failed", subject: "test", found: "exit code 1" };
  const MISSING: Refusal = { code: "evidence-missing", subject: "the check lint" };
  const ESCALATED: Refusal = { code: "review-escalated", subject: "unsure" };

  function sent(refusals: readonly Refusal[], findings: readonly string[] = [], view = viewOf()) {
    const decision = sendBack(view, { attempt: passed.attempt, refusals, findings });
    const written = decision.effects.find(({ kind }) => kind === "write-comment");
    const parsed = parseLedgerComment(written?.kind === "write-comment" ? written.body : "");
    if ("fault" in parsed) throw new Error(parsed.fault);
    const entries = parsed.entries.slice(viewOf().ledger.entries.length);
    return { decision, entries };
  }

  test("tells the next attempt what was wrong and what the reviewer said", () => {
    const { decision, entries } = sent([CHECK, { ...CHECK, found: undefined } as never], ["a: b"]);
    expect(decision).toMatchObject({ stage: "ready", next: "none" });
    expect(decision.effects.map(({ kind }) => kind)).toEqual([
      "write-comment",
      "set-labels",
      "dispatch-workflow",
    ]);
    expect(entries).toMatchObject([
      {
        stage: "ready",
        event: {
          kind: "sent-back",
          attempt: 1,
          findings: ["check-failed: test (exit code 1)", "check-failed: test", "a: b"],
        },
        usage: { usd: 1.5 },
        durationMs: 70,
      },
    ]);
  });

  test("is ten findings at most, of a long one its beginning and its end", () => {
    const long = `${"a".repeat(200)}${"b".repeat(200)}`;
    const exact = "c".repeat(300);
    const [entry] = sent([], [long, exact, ...Array.from({ length: 12 }, () => "x")]).entries;
    const findings = entry?.event.kind === "sent-back" ? entry.event.findings : [];
    expect(findings.slice(0, 3)).toEqual([`${"a".repeat(80)} … ${"b".repeat(120)}`, exact, "x"]);
    expect(findings).toHaveLength(10);
  });

  test.each<readonly [string, readonly Refusal[], readonly Refusal[] | undefined]>([
    ["a check", [CHECK], undefined],
    ["evidence that is missing beside a failure", [CHECK, MISSING], undefined],
    ["evidence that is missing alone", [MISSING], [MISSING]],
    ["an escalation", [ESCALATED], [ESCALATED]],
    ["an escalation beside a failure", [CHECK, ESCALATED, MISSING], [ESCALATED, MISSING]],
  ])("%s asks a person: %#", (_, refusals, asked) => {
    const { decision } = sent(refusals);
    expect(decision.stage).toBe(asked === undefined ? "ready" : "needs-human");
    expect(decision.refusals).toEqual(asked ?? refusals);
  });

  test.each([
    [1.6, "ready"],
    [1.5, "needs-human"],
    [1, "needs-human"],
  ])("with %d USD left before it, goes to %s", (usdPerIssue, stage) => {
    const view = viewOf();
    const earlier = view.ledger.entries.reduce((sum, { usage }) => sum + (usage?.usd ?? 0), 0);
    const limits = { ...view.config.limits, usdPerIssue: usdPerIssue + earlier };
    const config = { ...view.config, limits };
    const { decision } = sent([CHECK], [], viewOf({ config }));
    expect(decision.stage).toBe(stage);
    if (stage === "needs-human")
      expect(decision.refusals).toEqual([
        {
          code: "budget-exhausted",
          subject: "USD for this issue",
          accepted: `less than ${limits.usdPerIssue}`,
        },
        CHECK,
      ]);
  });

  test("says that no attempt is left", () => {
    const view = viewOf();
    const config = { ...view.config, limits: { ...view.config.limits, attempts: 1 } };
    const { decision, entries } = sent([CHECK], [], viewOf({ config }));
    expect(decision.refusals).toEqual([
      {
        code: "attempts-exhausted",
        subject: "attempts since a person last spoke",
        found: "1",
        accepted: "fewer than 1",
      },
      CHECK,
    ]);
    expect(entries.map(({ event: one }) => one.kind)).toEqual(["sent-back", "refused"]);
  });
});
