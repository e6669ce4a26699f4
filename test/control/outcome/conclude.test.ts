import { describe, expect, test } from "vitest";
import { NO_FILES } from "../../../src/control/observed/files.ts";
import {
  isOnIssue,
  type OnIssue,
  readSituation,
} from "../../../src/control/observed/issue-view.ts";
import type { LedgerState } from "../../../src/control/observed/ledger/ledger.ts";
import { answer, conclude, halt, stayQuiet } from "../../../src/control/outcome/conclude.ts";
import { labelEffects } from "../../../src/control/outcome/labels.ts";
import type { Effect } from "../../../src/domain/github/effect.ts";
import type { Receipt } from "../../../src/domain/github/receipt.ts";
import type { Refusal } from "../../../src/domain/refusal.ts";
import { STAGES } from "../../../src/domain/stage.ts";
import { NO_USAGE } from "../../../src/domain/usage.ts";
import { parseLedgerComment } from "../../../src/wording/issue/ledger-comment.ts";
import { controlInput, newLine, toBuilding } from "../line.ts";

const line = newLine();
const { issue, order, event } = await toBuilding(line);
const snapshot = await line.github.observe({ prefix: "factory:", issues: [issue] });
const input = controlInput(
  "settle",
  { event, issue, order },
  { github: line.github, run: order.runId, sealKey: line.sealKey },
);
const now = "2026-11-20T09:00:00Z";

/** An attempt that is being built, as `settle` sees it. */
function viewOf(parts: Partial<OnIssue> = {}): OnIssue {
  const view = readSituation({ input, snapshot, now, receipts: [], files: NO_FILES });
  if (!isOnIssue(view)) throw new Error("it is on an issue");
  return { ...view, ...parts } as OnIssue;
}

const REFUSAL: Refusal = { code: "gave-up", subject: "implement" };
const FAILURE: Refusal = { code: "worker-failed", subject: "implement" };
const CLOSE: Effect = { kind: "close-issue", key: "close", issue };
const SUSPICIOUS = `ghp_${["Zk4Qw8Lr2Tn6Vx0Bc5", "Md9Fs1Gh7Jp3Ky8Ue4"].join("")}`;

/** What the ledger would hold in the end: stage and kind of the entries that were added. */
function added({ effects }: ReturnType<typeof halt>) {
  const written = effects.find(({ kind }) => kind === "write-comment");
  const body = written?.kind === "write-comment" ? written.body : "";
  const parsed = parseLedgerComment(body);
  if ("fault" in parsed) throw new Error(parsed.fault);
  const before = viewOf().ledger.entries.length;
  return parsed.entries.slice(before).map(({ stage, event: one }) => [stage, one.kind]);
}

function labelsOf({ effects }: ReturnType<typeof halt>) {
  const found = effects.find(({ kind }) => kind === "set-labels");
  return found?.kind === "set-labels" ? { add: found.add, remove: found.remove } : undefined;
}

describe("a decision", () => {
  test("is followed by what is next once everything is done, not before", () => {
    const parts = { headline: "claim-open", effects: [CLOSE], next: "line", order } as const;
    expect(conclude(viewOf(), parts)).toMatchObject({ next: "none", effects: [CLOSE], ok: true });
    expect(conclude(viewOf(), parts)).not.toHaveProperty("order");
    const receipts: readonly Receipt[] = [{ kind: "close-issue", key: "close", outcome: "done" }];
    expect(conclude(viewOf({ receipts }), { ...parts, attempt: 1, stage: "done" })).toMatchObject({
      next: "line",
      issue,
      attempt: 1,
      order,
      stage: "done",
      effects: [],
      refusals: [],
      ok: true,
    });
  });

  test("goes nowhere where GitHub refused, and ends red", () => {
    const receipts: readonly Receipt[] = [
      { kind: "close-issue", key: "close", outcome: "refused", cause: "no-answer", reason: "late" },
    ];
    const parts = { headline: "claim-open", effects: [CLOSE], next: "line" } as const;
    expect(conclude(viewOf({ receipts }), { ...parts, refusals: [REFUSAL] })).toMatchObject({
      next: "none",
      effects: [],
      refusals: [REFUSAL, { code: "effect-unanswered", subject: "close-issue", found: "late" }],
      ok: false,
    });
  });

  test.each([
    [REFUSAL, "none", true],
    [FAILURE, "none", false],
    [FAILURE, "line", true],
  ] as const)("with %j and next %s is well: %j", (refusal, next, ok) => {
    const parts = { headline: "claim-open", effects: [], refusals: [refusal], next } as const;
    expect(conclude(viewOf(), parts).ok).toBe(ok);
  });

  test("says the stage where it stands, and none of an issue that is not in the line", () => {
    const parts = { headline: "claim-open", effects: [] } as const;
    expect(conclude(viewOf(), parts).stage).toBe("building");
    expect(conclude(viewOf({ stage: "new" }), parts)).not.toHaveProperty("stage");
    const nowhere = { ...viewOf(), issue: undefined } as unknown as OnIssue;
    expect(conclude(nowhere, parts)).not.toHaveProperty("issue");
  });

  test("of nothing to write says why in the summary", () => {
    const quiet = stayQuiet(viewOf(), [REFUSAL]);
    expect(quiet).toMatchObject({ next: "none", effects: [], refusals: [REFUSAL] });
    expect(quiet.summary).toContain("`factory:building`");
  });
});

describe("a stop", () => {
  test("asks a person, with the first refusal in the ledger", () => {
    const decision = halt(viewOf(), { refusals: [REFUSAL, FAILURE] });
    expect(decision).toMatchObject({ stage: "needs-human", refusals: [REFUSAL, FAILURE] });
    expect(added(decision)).toEqual([["needs-human", "refused"]]);
    expect(labelsOf(decision)).toEqual({
      add: ["factory:needs-human"],
      remove: ["factory:building"],
    });
  });

  test("goes where it is told if the table allows it, else it stays", () => {
    const stage = (wanted: Parameters<typeof halt>[1]["stage"]) =>
      halt(viewOf(), { refusals: [REFUSAL], ...(wanted === undefined ? {} : { stage: wanted }) })
        .stage;
    expect(stage("ready")).toBe("ready");
    expect(stage("same")).toBe("building");
    expect(stage("done")).toBe("building");
    expect(stage(undefined)).toBe("needs-human");
    expect(answer(viewOf(), REFUSAL).stage).toBe("building");
  });

  test("begins where it stands when nothing is before it", () => {
    expect(added(halt(viewOf(), { refusals: [REFUSAL], before: [] }))).toEqual([
      ["needs-human", "refused"],
    ]);
  });

  test("begins where the entries before it lead to", () => {
    const before = [
      { stage: "ready", event: { kind: "sent-back", attempt: 1, findings: [] } },
    ] as const;
    const entries = before.map((one) => ({ ...one, event: { ...one.event, findings: [] } }));
    const decision = halt(viewOf(), { refusals: [REFUSAL], before: entries, stage: "same" });
    expect(added(decision)).toEqual([
      ["ready", "sent-back"],
      ["ready", "refused"],
    ]);
  });

  test("tells what it cost", () => {
    const usage = { ...NO_USAGE, usd: 2 };
    const { effects } = halt(viewOf(), { refusals: [REFUSAL], usage, durationMs: 7 });
    const [written] = effects;
    const parsed = parseLedgerComment(written?.kind === "write-comment" ? written.body : "");
    if ("fault" in parsed) throw new Error(parsed.fault);
    expect(parsed.entries.at(-1)).toMatchObject({ usage: { usd: 2 }, durationMs: 7 });
  });

  test.each<readonly [Refusal, boolean | undefined, boolean]>([
    [REFUSAL, undefined, false],
    [REFUSAL, true, true],
    [{ code: "secret-leaked", subject: "x" }, undefined, true],
    [{ code: "ledger-invalid", subject: "x" }, undefined, true],
  ])("for %j, andon %j, raises the andon: %j", (refusal, andon, raises) => {
    const stop = { refusals: [REFUSAL, refusal], ...(andon === undefined ? {} : { andon }) };
    expect(labelsOf(halt(viewOf(), stop))?.add.includes("factory:andon")).toBe(raises);
  });

  test("takes off a label that this run put on", () => {
    expect(labelsOf(halt(viewOf(), { refusals: [REFUSAL], left: ["ready"] }))?.remove).toEqual([
      "factory:ready",
      "factory:building",
    ]);
  });

  test("leaves the andon on, whatever stage an issue goes to: a person takes it off", () => {
    const view = viewOf();
    const labels = [...view.issue.labels, "factory:andon"];
    const raised = viewOf({ issue: { ...view.issue, labels } });
    for (const stage of STAGES) {
      for (const andon of [undefined, false, true]) {
        const effects = labelEffects(raised, { stage, ...(andon === undefined ? {} : { andon }) });
        const removed = effects.flatMap((one) => (one.kind === "set-labels" ? one.remove : []));
        expect(removed).not.toContain("factory:andon");
      }
    }
  });

  test("of an issue that is not in the line writes nothing", () => {
    const decision = halt(viewOf({ stage: "new" }), { refusals: [REFUSAL] });
    expect(decision).toMatchObject({ effects: [], refusals: [REFUSAL], next: "none" });
  });

  test("needs a reason, and withholds of it what looks like a secret", () => {
    expect(() => halt(viewOf(), { refusals: [] })).toThrow(
      "Stopping needs a refusal that says why.",
    );
    const withheld = expect.stringMatching(
      /^withheld: it holds what the secret rule \S+ looks for$/,
    );
    const { refusals } = halt(viewOf(), {
      refusals: [{ ...REFUSAL, subject: `key ${SUSPICIOUS}`, found: `key ${SUSPICIOUS}` }],
    });
    expect(refusals).toEqual([{ ...REFUSAL, subject: withheld, found: withheld }]);
  });
});

describe("a stop over a ledger that cannot be trusted", () => {
  const refusal: Refusal = { code: "ledger-invalid", subject: "comment 5", found: "forged" };
  const ledger: LedgerState = { entries: [], comment: 5, refusal };

  test("leaves it as a witness and says so beside it", () => {
    const other: Refusal = { code: "ledger-invalid", subject: "another" };
    const decision = halt(viewOf({ ledger }), { refusals: [other, REFUSAL] });
    expect(decision).toMatchObject({ stage: "needs-human", refusals: [refusal, REFUSAL] });
    expect(decision.effects).toMatchObject([
      {
        kind: "write-comment",
        key: `distrust/${issue}/5`,
        issue,
        comment: null,
        body: expect.stringContaining("forged"),
      },
      { kind: "set-labels", add: ["factory:needs-human", "factory:andon"] },
    ]);
    const gone = halt(viewOf({ ledger: { ...ledger, comment: null } }), { refusals: [REFUSAL] });
    expect(gone.effects[0]?.key).toBe(`distrust/${issue}/0`);
  });
});
