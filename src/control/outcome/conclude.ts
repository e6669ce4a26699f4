import type { Effect } from "../../domain/github/effect.ts";
import { outstanding, receiptOf, wasRefused } from "../../domain/github/receipt.ts";
import { stageLabel } from "../../domain/label.ts";
import type { Order } from "../../domain/order.ts";
import { isAlarm, isFailure, type Refusal } from "../../domain/refusal.ts";
import { refuseTransition, type Stage } from "../../domain/stage.ts";
import type { Usage } from "../../domain/usage.ts";
import { linesOfRefusal } from "../../wording/issue/ask-comment.ts";
import { askForRefusals, DISTRUST_MARKER, renderDistrust } from "../../wording/issue/asks.ts";
import { renderControlSummary } from "../../wording/summaries/control-summary.ts";
import type { Headline } from "../../wording/summaries/headlines.ts";
import { recordableRefusal } from "../guard/withhold.ts";
import { idleAndons } from "../observed/andon.ts";
import { type OnIssue, repositoryUrl, type View } from "../observed/issue-view.ts";
import { refusalOfReceipt } from "../observed/receipts.ts";
import type { Decision, Next } from "../observed/situation.ts";
import { askEffect, askWhenAwake } from "./ask.ts";
import { labelEffects } from "./labels.ts";
import { ledgerEffect, type NewEntry } from "./ledger-entry.ts";

interface Parts {
  readonly headline: Headline;
  /** In the order in which they are carried out. All must succeed for `next` to follow. */
  readonly effects: readonly Effect[];
  readonly next?: Next;
  readonly order?: Order;
  readonly attempt?: number;
  readonly stage?: Stage;
  readonly refusals?: readonly Refusal[];
  /** Remarks that do not fail the job. */
  readonly remarks?: readonly Refusal[];
}

/** A decision: the remaining effects, and the step after them. Nothing follows an effect that GitHub refused. */
export function conclude(view: View, parts: Parts): Decision {
  const { refusals: failures = [], remarks = [] } = parts;
  const pending = outstanding(parts.effects, view.receipts);
  const refused = parts.effects
    .map((effect) => receiptOf(view.receipts, effect))
    .filter(wasRefused)
    .map(refusalOfReceipt);
  const failing = [...failures, ...refused];
  const refusals = [...failing, ...remarks];
  const goesOn = pending.length === 0 && refused.length === 0;
  const next = goesOn ? (parts.next ?? "none") : "none";
  const stage = parts.stage ?? (view.stage === "new" ? undefined : view.stage);
  return {
    next,
    ...(view.issue === undefined ? {} : { issue: view.issue.number }),
    ...(parts.attempt === undefined ? {} : { attempt: parts.attempt }),
    ...(parts.order === undefined || !goesOn ? {} : { order: parts.order }),
    ...(stage === undefined ? {} : { stage }),
    effects: pending,
    refusals,
    summary: summaryOf(view, { headline: parts.headline, next, refusals, stage }),
    ok: refused.length === 0 && !endsInFailure(next, failing),
  };
}

/** A run that continues is no failure, whatever was refused on its way. */
function endsInFailure(next: Next, refusals: readonly Refusal[]): boolean {
  return next === "none" && refusals.some(isFailure);
}

/** Writes nothing; only the summary says why. For strangers, stale rings, and work of another run. */
export function stayQuiet(view: View, refusals: readonly Refusal[]): Decision {
  return conclude(view, { headline: "nothing-written", effects: [], refusals });
}

/**
 * Stops and asks a person. The refusal goes into the ledger, and the issue to `stage` (by default `needs-human` if the
 * table allows it, or else its current stage).
 */
export function halt(
  view: OnIssue,
  stop: {
    readonly refusals: readonly Refusal[];
    readonly before?: readonly NewEntry[];
    readonly stage?: Stage | "same";
    readonly usage?: Usage;
    readonly durationMs?: number;
    readonly andon?: boolean;
    /** Whether a person is called although the issue stays at its stage. */
    readonly asks?: boolean;
    /** Stages whose label this run has already added. */
    readonly left?: readonly Stage[];
  },
): Decision {
  const refusals = stop.refusals.map(recordableRefusal);
  const [first] = refusals;
  if (first === undefined) throw new Error("Stopping needs a refusal that says why.");
  if (view.ledger.refusal !== undefined) return distrust(view, view.ledger.refusal, refusals);
  const from = stop.before?.at(-1)?.stage ?? view.stage;
  if (from === "new") return stayQuiet(view, refusals);
  const wanted = stop.stage === "same" ? from : (stop.stage ?? "needs-human");
  const legal = refuseTransition({ from, to: wanted, by: "control" }) === undefined;
  const stage = legal ? wanted : from;
  const entry: NewEntry = {
    stage,
    event: { kind: "refused", refusal: first },
    ...(stop.usage === undefined ? {} : { usage: stop.usage }),
    ...(stop.durationMs === undefined ? {} : { durationMs: stop.durationMs }),
  };
  const entries = [...(stop.before ?? []), entry];
  const andon = stop.andon === true || refusals.some(raisesAndon);
  return conclude(view, {
    headline: "stopped",
    effects: [
      ledgerEffect(view, { entries, ask: askForRefusals(refusals) }),
      ...labelEffects(view, {
        stage,
        andon,
        ...(stop.left === undefined ? {} : { left: stop.left }),
      }),
      ...askAnew(view, { stage, entries, refusal: first, always: stop.asks === true, andon }),
    ],
    stage,
    refusals,
  });
}

/** A person who gets an answer where they were asked is already there. An issue that starts to wait for a person calls one. */
function askAnew(
  view: OnIssue,
  asked: {
    readonly stage: Stage;
    readonly entries: readonly NewEntry[];
    readonly refusal: Refusal;
    readonly always: boolean;
    /** It stops the whole line, which cannot wait until morning. */
    readonly andon: boolean;
  },
): readonly Effect[] {
  const { stage, entries, refusal, always, andon } = asked;
  if (!always && (stage !== "needs-human" || view.stage === stage)) return [];
  const asking = { entries, lines: linesOfRefusal(refusal) };
  return andon ? [askEffect(view, asking)] : askWhenAwake(view, asking);
}

/** A forged or rolled-back history stops every issue, because its author could change others, too (OUT-07). */
function raisesAndon(refusal: Refusal): boolean {
  return isAlarm(refusal) || refusal.code === "ledger-invalid";
}

/** Answers a person and changes only the ledger, because the request cannot be done from here. */
export function answer(view: OnIssue, refusal: Refusal): Decision {
  return halt(view, { refusals: [refusal], stage: "same" });
}

/** An untrusted ledger is left as it is, as evidence. The message to the person goes beside it. */
function distrust(view: OnIssue, fault: Refusal, refusals: readonly Refusal[]): Decision {
  const { issue, ledger } = view;
  const comment: Effect = {
    kind: "write-comment",
    key: `distrust/${issue.number}/${ledger.comment ?? 0}`,
    issue: issue.number,
    marker: DISTRUST_MARKER,
    body: renderDistrust(fault),
    comment: null,
  };
  return conclude(view, {
    headline: "ledger-distrusted",
    effects: [comment, ...labelEffects(view, { stage: "needs-human", andon: true })],
    stage: "needs-human",
    refusals: [fault, ...refusals.filter(({ code }) => code !== "ledger-invalid")],
  });
}

function summaryOf(
  view: View,
  said: {
    readonly headline: Headline;
    readonly next: Next;
    readonly refusals: readonly Refusal[];
    readonly stage: Stage | undefined;
  },
): string {
  const { stage } = said;
  return renderControlSummary({
    headline: said.headline,
    ...(view.issue === undefined
      ? {}
      : {
          issue: {
            number: view.issue.number,
            ...(stage === undefined ? {} : { stage, label: stageLabel(view.prefix, stage) }),
          },
        }),
    next: said.next,
    refusals: said.refusals,
    receipts: view.receipts,
    idleAndons: idleAndons(view),
    repository: repositoryUrl(view),
  });
}
