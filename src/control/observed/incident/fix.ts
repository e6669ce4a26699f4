import type { ObjectId } from "../../../domain/digest.ts";
import type { IssueView } from "../issue-view.ts";
import { entriesOf } from "../ledger/ledger.ts";
import { lastLanding } from "../release/landing.ts";

/** The merge that should fix an issue, seen live by its smoke test. */
export interface Fix {
  readonly pullRequest: number;
  readonly commit: ObjectId;
  /** When it was first seen live, ISO 8601. */
  readonly liveSince: string;
  /** Whether it is known not to have fixed it, because a defect escaped. */
  readonly escaped: boolean;
}

/** The fix by a trusted ledger. A reverted merge fixes nothing, and neither does one that was not seen live. */
export function fixOf({ ledger, stage }: Pick<IssueView, "ledger" | "stage">): Fix | undefined {
  if (ledger.refusal !== undefined || stage !== "done") return undefined;
  const landing = lastLanding(ledger.entries)?.event;
  if (landing?.kind !== "merged") return undefined;
  const { pullRequest, commit } = landing;
  const seen = entriesOf(ledger.entries, "smoked").find(
    ({ event }) => event.commit === commit && event.live === true,
  );
  if (seen === undefined) return undefined;
  const escapes = entriesOf(ledger.entries, "escaped");
  const escaped = escapes.some(({ event }) => event.commit === commit);
  return { pullRequest, commit, liveSince: seen.at, escaped };
}
