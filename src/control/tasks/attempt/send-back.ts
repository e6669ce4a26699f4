import { receiptOf, wasRefused } from "../../../domain/github/receipt.ts";
import type { Mistake } from "../../../domain/lesson/mistake.ts";
import type { Refusal, RefusalCode } from "../../../domain/refusal.ts";
import { recordable, recordableRefusal } from "../../guard/withhold.ts";
import type { OnIssue, View } from "../../observed/issue-view.ts";
import { refusalOfReceipt } from "../../observed/receipts.ts";
import type { Decision } from "../../observed/situation.ts";
import { anotherRound } from "../../outcome/another-round.ts";
import { conclude, halt } from "../../outcome/conclude.ts";
import { labelEffects } from "../../outcome/labels.ts";
import { ledgerEffect, type NewEntry } from "../../outcome/ledger-entry.ts";
import { remainingUsd } from "../../outcome/orders.ts";
import { refuseAttempts } from "./claim.ts";
import { mistakesOfRefusals } from "./mistakes.ts";
import type { Attempt } from "./publication.ts";

/** Vetoes that another attempt can answer. All others need a person, because another attempt would only cost. */
const ANSWERABLE: readonly RefusalCode[] = [
  "base-moved",
  "change-set-invalid",
  "check-failed",
  "criterion-unproven",
  "limit-exceeded",
  "lines-unnoticed",
  "nothing-produced",
  "path-not-allowed",
  "review-rework",
  "secret-found",
  "tests-not-failing-on-base",
];

export interface Veto {
  readonly attempt: Attempt;
  /** All refusals, the most telling first. */
  readonly refusals: readonly Refusal[];
  /** The reviewer's findings, for the next attempt. */
  readonly findings: readonly string[];
  /** Faults that concern only tests. */
  readonly aboutTests?: readonly string[];
  /** Details of the mistakes, if more is known than the codes tell. */
  readonly mistakes?: readonly Mistake[];
}

/** Sends the issue back to `ready` with its faults, and the next attempt follows; or to a person, if another attempt cannot help. */
export function sendBack(view: OnIssue, veto: Veto): Decision {
  const { attempt, refusals } = veto;
  const asking = needingPerson(refusals);
  if (asking.length > 0) return halt(view, { refusals: asking, ...attempt.spent });
  const entry = sentBack(veto);
  const exhausted = refuseAnother(view, attempt);
  if (exhausted !== undefined) {
    const [first] = refusals;
    const told = first === undefined ? [exhausted] : [exhausted, first];
    return halt(view, { before: [entry], refusals: told });
  }
  return goOn(view, entry, refusals);
}

/** Evidence that is missing beside a failure follows from that failure. If it is missing alone, a worker failed, and building again does not help. */
function needingPerson(refusals: readonly Refusal[]): readonly Refusal[] {
  const asking = refusals.filter(({ code }) => !ANSWERABLE.includes(code));
  const follows = asking.every(({ code }) => code === "evidence-missing");
  return follows && asking.length < refusals.length ? [] : asking;
}

function sentBack({ attempt, refusals, findings, aboutTests = [], mistakes }: Veto): NewEntry {
  const said = [
    ...refusals
      .map(recordableRefusal)
      .map(
        ({ code, subject, found }) =>
          `${code}: ${subject}${found === undefined ? "" : ` (${found})`}`,
      ),
    ...findings.map(recordable),
  ];
  return {
    stage: "ready",
    event: {
      kind: "sent-back",
      attempt: attempt.order.attempt,
      findings: said.slice(0, 10).map(bounded),
      ...(aboutTests.length === 0
        ? {}
        : { aboutTests: aboutTests.slice(0, 6).map(recordable).map(bounded) }),
      ...(attempt.flaky === undefined ? {} : { flaky: attempt.flaky }),
      mistakes: [...(mistakes ?? mistakesOfRefusals(refusals))],
    },
    ...attempt.spent,
  };
}

/** The end of a long finding is kept, because that is where a command says what failed. */
function bounded(text: string): string {
  const letters = [...text];
  if (text.length <= 300) return text;
  return `${letters.slice(0, 80).join("")} … ${letters.slice(-120).join("")}`.slice(0, 300);
}

function refuseAnother(view: View, attempt: Attempt): Refusal | undefined {
  const attempts = refuseAttempts(view);
  if (attempts !== undefined) return attempts;
  const left = remainingUsd(view) - attempt.spent.usage.usd;
  return left > 0
    ? undefined
    : {
        code: "budget-exhausted",
        subject: "USD for this issue",
        accepted: `less than ${view.config.limits.usdPerIssue}`,
      };
}

function goOn(view: OnIssue, entry: NewEntry, refusals: readonly Refusal[]): Decision {
  const { rings, next } = anotherRound(view);
  const receipt = rings.map((rung) => receiptOf(view.receipts, rung)).find(wasRefused);
  if (receipt !== undefined) {
    const left = view.receipts.some(({ kind }) => kind === "set-labels") ? ["ready" as const] : [];
    return halt(view, { before: [entry], refusals: [refusalOfReceipt(receipt)], left });
  }
  return conclude(view, {
    headline: "sent-back",
    effects: [
      ledgerEffect(view, { entries: [entry] }),
      ...labelEffects(view, { stage: "ready" }),
      ...rings,
    ],
    next,
    stage: "ready",
    refusals,
  });
}
