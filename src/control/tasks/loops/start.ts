import type { Effect } from "../../../domain/github/effect.ts";
import { receiptOf, wasDone } from "../../../domain/github/receipt.ts";
import { digestOfIssue } from "../../../domain/order.ts";
import type { OnIssue, View } from "../../observed/issue-view.ts";
import { labelEffects } from "../../outcome/labels.ts";
import { ledgerEffect } from "../../outcome/ledger-entry.ts";
import type { LoopAtWork } from "./at-work.ts";

/** Effects that put one issue on the line. */
export interface Start {
  readonly issue: number;
  readonly effects: readonly Effect[];
}

/**
 * Puts issues of the loop on the line, as a person does by the label. Their ledger names the file and the commit that allow it, and the
 * labels say that they wait for their turn. It does not ring: the schedule starts each issue when places, budget and people allow.
 */
export function startsOf(
  view: View,
  { work, issues }: { readonly work: LoopAtWork; readonly issues: readonly number[] },
): readonly Start[] {
  return issues.flatMap((issue) => {
    const seen = view.issues.find((one) => one.issue.number === issue);
    if (seen === undefined) return [];
    const focus: OnIssue = { ...view, ...seen };
    return [{ issue, effects: [...submission(focus, work), ...waits(focus)] }];
  });
}

/** The run that started each issue; none if GitHub refused it. */
export function startedNow({ receipts }: View, starts: readonly Start[]): ReadonlySet<number> {
  const isDone = ({ effects }: Start) =>
    effects.every((effect) => wasDone(receiptOf(receipts, effect)));
  return new Set(starts.filter(isDone).map(({ issue }) => issue));
}

/** Empty if a run that died has already written it. */
function submission(focus: OnIssue, { order }: LoopAtWork): readonly Effect[] {
  const { issue, ledger, input } = focus;
  if (ledger.entries.length > 0) return [];
  const { name, digest: file } = order.loop;
  const event = {
    kind: "submitted",
    by: input.identity.id,
    issue: digestOfIssue(issue),
    loop: { name, file, base: order.base },
  } as const;
  return [ledgerEffect(focus, { entries: [{ stage: "queued", event }] })];
}

function waits(focus: OnIssue): readonly Effect[] {
  return labelEffects(focus, { stage: "queued", waiting: true });
}
