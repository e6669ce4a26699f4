import type { LabelledPull, Part, Scope } from "../../../domain/github/snapshot.ts";
import type { PullWork } from "../../../domain/ledger/pull-work.ts";
import { answersOf } from "../../../wording/pull-request/unblock.ts";
import type { View } from "../issue-view.ts";
import { workOfDay } from "../turns/other-ledgers.ts";
import { readFoundWork } from "../turns/pull-work.ts";
import { isObeyed, wishToUnblock } from "./wish.ts";

/** State of a labeled pull request, by the factory's own comments. */
export type LabelStanding =
  /** Its head got an answer since the label was added. A run that died, or may not remove the label, left it. */
  | { readonly kind: "answered"; readonly at: string }
  /** A run has begun, and recorded no end. */
  | { readonly kind: "begun"; readonly run: number; readonly at: string; readonly ended: number }
  /** `ended` runs since the label recorded an end and no answer. */
  | { readonly kind: "waits"; readonly ended: number }
  | { readonly kind: "unknown"; readonly found: string };

export function standingOf(view: View, label: LabelledPull): LabelStanding {
  const { pull, at = "", said } = label;
  const marker = answersOf(pull.head.sha);
  const answer = said.findLast(
    ({ body, updatedAt }) => body.startsWith(marker) && isSince(updatedAt, at),
  );
  if (answer !== undefined) return { kind: "answered", at: answer.updatedAt };
  // Flooding a pull request with comments does not hide a run of the factory, so it is not mended twice.
  if (label.isCut === true) return { kind: "unknown", found: HIDDEN };
  const read = worksOn(view, { pull, said });
  if ("unknown" in read) return { kind: "unknown", found: read.unknown };
  const open = read.known.filter(({ usage }) => usage === undefined);
  const last = open.toSorted((left, right) => (left.at < right.at ? -1 : 1)).at(-1);
  const since = read.known.filter((work) => work !== last && isSince(work.at, at));
  return last === undefined
    ? { kind: "waits", ended: since.length }
    : { kind: "begun", run: last.run, at: last.at, ended: since.length };
}

const HIDDEN = "so much was said since the label that not all of it is shown";

/** GitHub reports whole seconds. */
function isSince(time: string, at: string): boolean {
  return time.slice(0, 19) >= at.slice(0, 19);
}

function worksOn(
  view: View,
  { pull, said }: Pick<LabelledPull, "pull" | "said">,
): Part<readonly PullWork[]> {
  const works: PullWork[] = [];
  for (const { body } of said) {
    const read = readFoundWork({ pullRequest: pull.number, body }, view);
    if ("unknown" in read) return read;
    works.push(...read.known);
  }
  return { known: works.filter(({ work, head }) => work === "unblock" && head === pull.head.sha) };
}

/** The run that says it mends the pull request for which somebody rings. */
export function runThatMends(view: View): number | undefined {
  const label = wishToUnblock(view)?.label;
  const standing = label === undefined ? undefined : standingOf(view, label);
  return standing?.kind === "begun" ? standing.run : undefined;
}

/** A ring with the number of a pull request asks for the day's budget once its label was seen. */
export function dayToAsk(view: View): Pick<Scope, "ledgers" | "loopsSince"> | undefined {
  const label = view.input.task === "route" ? wishToUnblock(view)?.label : undefined;
  if (label === undefined || !isObeyed(label)) return undefined;
  return standingOf(view, label).kind === "answered" ? undefined : workOfDay(view.now);
}
