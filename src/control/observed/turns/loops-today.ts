import type { Part } from "../../../domain/github/snapshot.ts";
import { isSealed } from "../../../domain/loop/state.ts";
import { LOOP_MARKER, parseLoopIssue } from "../../../wording/loops/issue.ts";
import type { View } from "../issue-view.ts";
import { dayOf } from "./day.ts";

/**
 * Cost of the roles of loops since midnight UTC, in USD, by the sealed state in each loop's issue. Like an untrusted
 * ledger, an untrusted state makes the day's cost unknown.
 */
export function spentByLoops(view: Pick<View, "snapshot" | "input" | "now">): Part<number> {
  const { loopIssues, loopsLately = { unknown: "nobody asked what loops cost" } } = view.snapshot;
  const issues = loopIssues === undefined ? loopsLately : { known: loopIssues };
  if ("unknown" in issues) return issues;
  let spent = 0;
  for (const issue of issues.known) {
    if (!LOOP_MARKER.test(issue.body.trimEnd().split(/\r?\n/).at(-1) ?? "")) continue;
    const own = spentBy(view, issue);
    if ("unknown" in own) return own;
    spent += own.known;
  }
  return { known: spent };
}

function spentBy(
  { snapshot, input, now }: Pick<View, "snapshot" | "input" | "now">,
  { number, body }: { readonly number: number; readonly body: string },
): Part<number> {
  const sealed = parseLoopIssue(body);
  const unknown = (found: string) => ({ unknown: `the loop of issue ${number}: ${found}` });
  if (sealed === undefined) return unknown("its state cannot be read");
  const sealing = { repositoryId: snapshot.repository.id, key: input.sealKey };
  if (!isSealed(sealed, sealing)) return unknown("the seal of its state does not match");
  const today = (sealed.state.spent ?? []).filter(({ day }) => day === dayOf(now));
  return { known: today.reduce((sum, { usd }) => sum + usd, 0) };
}
