import { mayCommand } from "../../domain/actor.ts";
import type { Command } from "../../domain/command.ts";
import type { Refusal, RefusalCode } from "../../domain/refusal.ts";
import { readCommand } from "./command.ts";
import type { View } from "./issue-view.ts";
import { type EntryOf, entriesOf, isLater, lastOf } from "./ledger/ledger.ts";

/** Commands of people since the last contract was proposed. */
export function commandedSinceProposal({ ledger }: View): readonly EntryOf<"commanded">[] {
  const proposed = lastOf(ledger.entries, "proposed");
  return entriesOf(ledger.entries, "commanded").filter((said) => isLater(said, proposed));
}

/** Whether its comment still says so: as it is now, never edited, by an author who may still command. */
export function stillSaid(
  { comments }: View,
  { event }: EntryOf<"commanded">,
  says: (command: Command | undefined) => boolean,
): boolean {
  const comment = comments.find(({ id }) => id === event.comment);
  if (comment === undefined) return false;
  const { author, body, createdAt, updatedAt } = comment;
  return (
    author.id === event.by &&
    mayCommand(author) &&
    createdAt === updatedAt &&
    says(readCommand(body))
  );
}

/** The last attempt's refusal, if it was this one. Nothing is approved before it was shown. */
export function shownSinceClaim({ ledger }: View, code: RefusalCode): Refusal | undefined {
  const claimed = lastOf(ledger.entries, "claimed");
  return entriesOf(ledger.entries, "refused").findLast(
    (said) => isLater(said, claimed) && said.event.refusal.code === code,
  )?.event.refusal;
}
