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
import { flakyTests } from "../../../../src/control/outcome/flaky-tests.ts";
import {
  checkEffect,
  checkRunEffects,
  commitEffect,
  mergeEffect,
  type Passed,
  publishedEntry,
  pullRequestEffect,
} from "../../../../src/control/tasks/attempt/publication.ts";
import { publish } from "../../../../src/control/tasks/attempt/publish.ts";
import { sendBack } from "../../../../src/control/tasks/attempt/send-back.ts";
import { deployEffects } from "../../../../src/control/tasks/release/deploy-effects.ts";
import type { CheckRun, Evidence } from "../../../../src/domain/evidence.ts";
import type { Failure, Receipt } from "../../../../src/domain/github/receipt.ts";
import { LedgerEvent } from "../../../../src/domain/ledger.ts";
import type { Refusal } from "../../../../src/domain/refusal.ts";
import { NO_USAGE } from "../../../../src/domain/usage.ts";
import { parseLedgerComment } from "../../../../src/wording/issue/ledger-comment.ts";
import { fakeId } from "../../../fakes/github.ts";
import { controlInput, deliveries, green, newLine, toBuilding } from "../../line.ts";

const line = newLine();
const { issue, order, event } = await toBuilding(line);
const snapshot = await line.github.observe({ prefix: "factory:", issues: [issue], paths: true });
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
        once: COMMIT,
      },
    ]);
    const config = { ...order.config, smoke: { ...order.config.smoke, deploy: undefined } };
    const without = { order: { ...order, config }, spent } as Passed["attempt"];
    expect(deployEffects(viewOf(), { ...passed, attempt: without }, COMMIT)).toEqual([]);
  });

  test("the ledger's line holds what was published, and what it cost", () => {
    expect(publishedEntry(viewOf(), published)).toEqual({
      stage: "gating",
      event: {
        kind: "published",
        attempt: 1,
        tree,
        commit: COMMIT,
        pullRequest: 9,
        risk: "medium",
        // The second is a matter of judgement: no machine proves it.
        criteria: { all: 2, open: ["AC2"] },
      },
      ...spent,
    });
  });
});

test("the ledger's line says who notices the changed lines, where one piece of evidence does", () => {
  const lines = { changed: 9, byTests: 4, byCompiler: 1, unnoticed: 4, untried: 0 };
  const piece = { kind: "noticed", lines } as unknown as Evidence;
  const entryWith = (...pieces: readonly Evidence[]) => {
    const verify = { ...gate.verify, evidence: [...gate.verify.evidence, ...pieces] };
    return publishedEntry(viewOf(), { ...published, gate: { ...gate, verify } }).event;
  };
  expect(entryWith(piece)).toMatchObject({ noticed: lines });
  expect(LedgerEvent.safeParse(entryWith(piece)).success).toBe(true);
  for (const pieces of [[], [piece, piece]]) {
    expect(entryWith(...pieces)).not.toHaveProperty("noticed");
  }
});

test("the ledger's line names what was flaky, and withholds what looks like a secret", () => {
  const flaky = [
    "waits",
    `ghp_${["Zk4Qw8Lr2Tn6Vx0Bc5", "Md9Fs1Gh7Jp3Ky8Ue4"].join("")}`,
    ...Array.from("cdefg"),
    "x".repeat(400),
  ];
  const comparison = { kind: "test-comparison", flaky } as unknown as Evidence;
  const seen = flakyTests([comparison]);
  expect(seen).toMatchObject({
    all: 8,
    tests: ["waits", expect.stringMatching(/^withheld/), "c", "d", "e"],
  });
  const entry = publishedEntry(viewOf(), {
    ...published,
    attempt: { ...published.attempt, ...(seen && { flaky: seen }) },
  });
  expect(entry.event).toMatchObject({ flaky: { all: 8 } });
  expect(LedgerEvent.safeParse(entry.event).success).toBe(true);
  expect(flakyTests([])).toBeUndefined();
});

describe("check runs of the checks", () => {
  const withRun = (parts: Partial<CheckRun>) => {
    const evidence = gate.verify.evidence.map((piece) =>
      piece.kind === "check" && piece.name === "test" && piece.on === "change"
        ? { ...piece, ...parts }
        : piece,
    );
    const verify = { ...gate.verify, evidence };
    return checkRunEffects(viewOf(), { ...published, gate: { ...gate, verify } });
  };
  const place = (path: string, message = "odd") =>
    ({ path, line: 3, column: 7, level: "warning", message }) as const;

  test("are one for each that ran on the change, in their order, and say what it did", () => {
    const effects = withRun({ durationMs: 2_000 });
    expect(effects.map(({ name, sha, key }) => [name, sha, key])).toEqual([
      ["factory/lint", COMMIT, `check/${COMMIT}/lint`],
      ["factory/test", COMMIT, `check/${COMMIT}/test`],
    ]);
    expect(effects[1]).toMatchObject({
      conclusion: "success",
      title: expect.stringMatching(/^Passed in 2\.0 s/),
      summary: expect.stringMatching(
        /the artifact `evidence-…` of \[the run\]\(.*End of its output/s,
      ),
    });
  });

  test("are none for the setup, and none for a check that ran on another side alone", () => {
    const { evidence } = gate.verify;
    const ran = evidence.filter((piece) => piece.kind === "check" && piece.on === "change");
    const [one] = ran;
    if (one === undefined) throw new Error("no check ran on the change");
    const setup = { ...one, name: "setup" } as const;
    const elsewhere = { ...one, name: "build", on: "base" } as const;
    const named = { ...one, kind: "comparison", name: "types" } as unknown as Evidence;
    const verify = { ...gate.verify, evidence: [setup, elsewhere, named, ...evidence] };
    const effects = checkRunEffects(viewOf(), { ...published, gate: { ...gate, verify } });
    expect(effects.map(({ name }) => name)).toEqual(["factory/lint", "factory/test"]);
  });

  test("mark places in files of the published tree alone, in words that mention nobody", () => {
    const [changed] = gate.implement.changeSet.files;
    const path = changed?.path ?? "";
    const problems = [
      place(path, "`x` breaks, @someone, see #1"),
      place("no/such/file.ts"),
      place("../out.ts"),
      place("AGENTS.md"),
    ];
    const [, shown] = withRun({ problems, moreProblems: 2 });
    expect(shown?.annotations).toMatchObject([
      { path, line: 3, column: 7, level: "warning" },
      { path: "AGENTS.md" },
    ]);
    expect(shown?.annotations?.[0]?.message).not.toMatch(/@someone|#1/);
    expect(shown?.title).toContain("6 places");
  });

  test.each<[string, Partial<CheckRun>, string, RegExp]>([
    ["failed", { status: "failed", exitCode: 1 }, "failure", /^Failed after/],
    ["was killed for its time", { status: "timed-out", exitCode: null }, "failure", /^Timed out/],
  ])("of a check that %s are red", (_what, parts, conclusion, title) => {
    const [, shown] = withRun(parts);
    expect(shown).toMatchObject({ conclusion, title: expect.stringMatching(title) });
  });
});

describe("the way from a change that passed to its merge", () => {
  const done = { outcome: "done" } as const;
  const committed: Receipt = {
    kind: "publish-commit",
    key: commitEffect(passed).key,
    ...done,
    sha: COMMIT,
    tree,
  };
  const opened: Receipt = {
    kind: "open-pull-request",
    key: pullRequestEffect(viewOf(), passed).key,
    ...done,
    number: 9,
  };
  const check = checkEffect(published);
  const shown = [check, ...checkRunEffects(viewOf(), published)];
  const [checked, ...others] = shown.map(
    ({ key }): Receipt => ({ kind: "write-check-run", key, ...done, number: 5 }),
  );
  if (checked === undefined) throw new Error("the gate is shown");
  const unchecked: Receipt = {
    kind: "write-check-run",
    key: check.key,
    outcome: "refused",
    cause: "refused-by-github",
    status: 403,
    reason: "checks",
  };
  const merging = { kind: "merge-pull-request", key: mergeEffect(published).key } as const;
  const merged: Receipt = { ...merging, ...done, sha: "e".repeat(40), tree };
  const notMerged = (failure: Failure) =>
    ({ ...merging, outcome: "refused", ...failure }) as Receipt;
  const before = [committed, opened, checked, ...others];
  const checks = shown.map(({ kind }) => kind);

  function next(receipts: readonly Receipt[], parts: Partial<Passed> = {}) {
    const decision = publish(viewOf({ receipts }), { ...passed, ...parts });
    return { ...decision, kinds: decision.effects.map(({ kind }) => kind) };
  }
  const asked = { ...passed.authority, by: "person" } as const;
  const MOVED: Refusal = { code: "base-moved", subject: "main" };
  const CHANGED: Refusal = { code: "issue-changed", subject: "issue 1" };
  const recorded = ["write-comment", "set-labels"];
  /** The ledger knows of what is published before it is merged. */
  const merges = ["write-comment", "merge-pull-request"];
  /** Where a person is next, they are called by a comment. */
  const told = [...recorded, "write-comment"];

  test.each<readonly [string, readonly Receipt[], Partial<Passed>, readonly string[], string]>([
    ["nothing is done", [], {}, ["publish-commit"], "building"],
    ["the commit is", [committed], {}, ["open-pull-request"], "building"],
    ["the pull request is", [committed, opened], {}, [...checks, ...merges], "building"],
    [
      "the checklist alone is, too",
      [committed, opened, checked],
      {},
      [...checks.slice(1), ...merges],
      "building",
    ],
    ["every check run is, too", before, {}, merges, "building"],
    ["the checklist was refused", [committed, opened, unchecked], {}, merges, "building"],
    ["it is merged", [...before, merged], {}, [...recorded, "dispatch-workflow"], "smoking"],
    [
      "a person merges",
      [committed, opened],
      { authority: asked },
      [...checks, "write-comment"],
      "building",
    ],
    ["a person is told", before, { authority: asked }, told, "gating"],
    ["the base moved", before, { moved: MOVED }, told, "gating"],
    ["something changed", before, { changed: CHANGED }, told, "needs-human"],
    [
      "the merge was withheld",
      [...before, notMerged({ cause: "withheld", refusal: CHANGED })],
      {},
      told,
      "needs-human",
    ],
    [
      "the merge was not answered",
      [...before, notMerged({ cause: "no-answer", reason: "late" })],
      {},
      told,
      "needs-human",
    ],
    [
      "GitHub refused the merge",
      [...before, notMerged({ cause: "refused-by-github", status: 405, reason: "no" })],
      {},
      told,
      "gating",
    ],
    ...(["nothing", "something-else"] as const).map((did) => {
      const failure = { cause: "refused-by-us", code: "tree-mismatch", did, reason: "b" } as const;
      const stage = did === "nothing" ? "gating" : "needs-human";
      return [
        `we refused the merge, which did ${did}`,
        [...before, notMerged(failure)],
        {},
        told,
        stage,
      ] as const;
    }),
  ])("where %s: %#", (_, receipts, parts, kinds, stage) => {
    expect(next(receipts, parts)).toMatchObject({ kinds, stage });
  });

  test("a person who merges is asked with one line in the ledger, or with the reason in two", () => {
    const entries = (parts: Partial<Passed>) => {
      const [written] = next(before, parts).effects;
      const parsed = parseLedgerComment(written?.kind === "write-comment" ? written.body : "");
      if ("fault" in parsed) throw new Error(parsed.fault);
      return parsed.entries
        .slice(viewOf().ledger.entries.length)
        .map(({ event: { kind } }) => kind);
    };
    expect(entries({ authority: asked })).toEqual(["published"]);
    expect(entries({ moved: MOVED })).toEqual(["published", "refused"]);
    expect(next(before, { moved: MOVED }).refusals).toEqual([MOVED]);
    const without = [committed, opened, unchecked];
    expect(next(without, { authority: asked, moved: undefined }).refusals).toMatchObject([
      { code: "permission-missing", subject: "write-check-run" },
    ]);
  });

  test("of many changed paths 300 go with the order to look for the merge", () => {
    const files = Array.from({ length: 301 }, (_, index) => ({
      path: `src/${index}.ts`,
      deleted: true as const,
    }));
    const changeSet = { ...gate.implement.changeSet, files };
    const wide = { ...gate, implement: { ...gate.implement, changeSet } };
    const after: readonly Receipt[] = [
      ...before,
      merged,
      { kind: "dispatch-workflow", key: `deploy/${"e".repeat(40)}`, outcome: "done" },
    ];
    const pending = next(after, { gate: wide }).effects;
    const receipts = [
      ...after,
      ...pending.map(({ kind, key }) => ({ kind, key, outcome: "done", number: 1 }) as Receipt),
    ];
    const { order: release } = next(receipts, { gate: wide });
    expect(release?.kind === "release" && release.release.changedPaths).toEqual(
      files.slice(0, 300).map(({ path }) => path),
    );
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
    const [wide] = sent([], ["\u{1F600}".repeat(400)]).entries;
    expect(wide?.event.kind === "sent-back" && wide.event.findings[0]?.length).toBe(300);
  });

  test("takes off the label that it put on before the doorbell was refused, and no other", () => {
    const rung = sent([CHECK]).decision.effects.find(({ kind }) => kind === "dispatch-workflow");
    const refused: Receipt = {
      kind: "dispatch-workflow",
      key: rung?.key ?? "",
      outcome: "refused",
      cause: "no-answer",
      reason: "late",
    };
    const labelled: Receipt = { kind: "set-labels", key: "x", outcome: "done" };
    const removed = (receipts: readonly Receipt[]) => {
      const { effects } = sent([CHECK], [], viewOf({ receipts })).decision;
      const found = effects.find(({ kind }) => kind === "set-labels");
      return found?.kind === "set-labels" ? found.remove : undefined;
    };
    expect(removed([refused])).toEqual(["factory:building"]);
    expect(removed([labelled, refused])).toEqual(["factory:ready", "factory:building"]);
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

test("a repository that takes no merge commits: the ask says so, and not that all is met", async () => {
  const line = newLine();
  const building = await toBuilding(line);
  const proposals = deliveries(green(line.github, building.order));
  const reason = "Merge commits are not allowed on this repository.";
  line.github.refuseNext("merge-pull-request", { status: 405, reason });
  await line.run("settle", { ...building, proposals });
  const ledger = line.github.comments(building.issue).find(({ body }) => body.includes("· ledger"));
  const ask = ledger?.body.split("Stands at")[0];
  expect(ask).toContain("Merge commits are not allowed on this repository.");
  expect(ask).toContain("Allow merge commits");
  expect(ask).not.toContain("Every condition");
});
