import type { Refusal } from "../../domain/refusal.ts";
import { askForRefusals } from "../../wording/issue/asks.ts";
import { recordableRefusal } from "../guard/withhold.ts";
import type { OnIssue } from "../observed/issue-view.ts";
import { isLastSaid } from "../observed/ledger/ledger.ts";
import type { Decision } from "../observed/situation.ts";
import { conclude, stayQuiet } from "./conclude.ts";
import { labelEffects } from "./labels.ts";
import { ledgerEffect, type NewEntry } from "./ledger-entry.ts";

/**
 * Nothing is wrong and nothing is spent. The issue waits at its stage and says in place what for, because nobody is
 * asked. The same reason is not written again, however often a ring comes.
 */
export function waitForTurn(
  view: OnIssue,
  wait: { readonly refusal: Refusal; readonly before: readonly NewEntry[] },
): Decision {
  const refusal = recordableRefusal(wait.refusal);
  const stage = wait.before.at(-1)?.stage ?? view.stage;
  if (stage === "new") return stayQuiet(view, [refusal]);
  const entries: NewEntry[] = [...wait.before, { stage, event: { kind: "refused", refusal } }];
  const isSaid = wait.before.length === 0 && isLastSaid(view, refusal);
  const ledger = isSaid ? [] : [ledgerEffect(view, { entries, ask: askForRefusals([refusal]) })];
  return conclude(view, {
    headline: "waits-for-turn",
    effects: [...ledger, ...labelEffects(view, { stage, waiting: true })],
    stage,
    refusals: [refusal],
  });
}
