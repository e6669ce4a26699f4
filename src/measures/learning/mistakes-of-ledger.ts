import { keyOf, type Mistake, type MistakeCause } from "../../domain/lesson/mistake.ts";
import { causeOfCode, mistakeOfRefusal } from "../../domain/lesson/of-refusal.ts";
import type { RefusalCode } from "../../domain/refusal.ts";
import type { MadeMistake } from "../history/history.ts";
import type { ReadEntry, ReadLedger } from "../history/read-ledger.ts";
import { reasonsOf } from "../history/send-back-reasons.ts";

/** Every mistake in the ledger of an issue. Several entries about one attempt count once. */
export function mistakesOfLedger({ issue, entries }: ReadLedger): readonly MadeMistake[] {
  const made = new Map<string, MadeMistake>();
  let attempt = 0;
  for (const [index, entry] of entries.entries()) {
    // A person's commits correct the attempt before the one that claims them.
    const own = mistakesOfLine(entries, index);
    for (const mistake of own) {
      const key = `${attempt} ${keyOf(mistake)}`;
      if (!made.has(key)) made.set(key, { ...mistake, issue, attempt, at: entry.at });
    }
    if (entry.event.kind === "claimed") attempt = entry.event.attempt;
  }
  return [...made.values()];
}

function mistakesOfLine(entries: readonly ReadEntry[], index: number): readonly Mistake[] {
  const event = entries[index]?.event;
  switch (event?.kind) {
    case "sent-back":
      return event.mistakes ?? mistakesOfOldLine(entries, index);
    case "refused":
      return [mistakeOfRefusal(event.refusal)].flatMap((one) => one ?? []);
    case "reverted":
      return [{ cause: "broke-production" }];
    case "escaped":
      return [{ cause: "escaped-defect" }];
    case "claimed":
      return isPushedOn(entries, index) ? [{ cause: "person-pushed" }] : [];
    case "approved":
      return isEdited(entries, index) ? [{ cause: "contract-edited" }] : [];
    default:
      return [];
  }
}

/** Reasons in older entries that are no codes. */
const OLD_REASONS: Readonly<Record<string, MistakeCause>> = {
  "taken-back": "broke-production",
  "own-checks": "own-check-red",
  person: "person-asked",
  finding: "review-finding",
  unsaid: "unknown",
};

/** For an entry without mistakes: those of its reasons, without a place. */
function mistakesOfOldLine(entries: readonly ReadEntry[], index: number): readonly Mistake[] {
  return reasonsOf(entries, index).flatMap((reason) => {
    const cause = OLD_REASONS[reason] ?? causeOfCode(reason as RefusalCode);
    return cause === undefined ? [] : [{ cause }];
  });
}

/** The attempt continues from another commit than the factory's, so somebody pushed work of their own. */
function isPushedOn(entries: readonly ReadEntry[], index: number): boolean {
  const event = entries[index]?.event;
  if (event?.kind !== "claimed" || event.continues === undefined) return false;
  const { pullRequest, head } = event.continues;
  const published = entries
    .slice(0, index)
    .flatMap((entry) => (entry.event.kind === "published" ? [entry.event] : []))
    .findLast((one) => one.pullRequest === pullRequest);
  return published !== undefined && published.commit !== head;
}

/** A person approved another text than the one proposed last. */
function isEdited(entries: readonly ReadEntry[], index: number): boolean {
  const event = entries[index]?.event;
  if (event?.kind !== "approved") return false;
  const proposed = entries
    .slice(0, index)
    .flatMap((entry) => (entry.event.kind === "proposed" ? [entry.event] : []))
    .at(-1);
  return proposed !== undefined && proposed.contract !== event.contract;
}
