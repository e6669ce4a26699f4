import { ITEMS } from "../../../domain/loop/gathered.ts";
import { type Judgement, tiesOf } from "../../../domain/loop/judgement.ts";
import { NOTHING_STANDS } from "../../../domain/loop/standing.ts";
import { type Taken, takeJudgement } from "../../../domain/loop/take-judgement.ts";
import type { Grounds } from "../../../domain/loop/ties.ts";
import { toJudge } from "../../../domain/loop/to-judge.ts";
import type { LoopOrder } from "../../../domain/order.ts";
import { refusePath } from "../../../domain/path.ts";
import type { LoopProposal } from "../../../domain/proposal.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { isQuotedFrom } from "../../../domain/text/quoted.ts";
import { type FileAt, fileAt, unread } from "../../observed/files.ts";
import type { View } from "../../observed/issue-view.ts";
import { readProposal, spentBy } from "../../observed/proposals.ts";

/** Files that are read to look up what a judge quotes; lines of more than these do not hold. */
const MOST_FILES = 30;

/** What came of a judge: what holds of its word, `null` where nobody had to be asked; or why there is no word. */
export type Judged =
  | { readonly kind: "judged"; readonly taken: Taken | null | undefined; readonly spentUsd: number }
  | { readonly kind: "wants"; readonly wants: readonly FileAt[] }
  | { readonly kind: "silent"; readonly refusal: Refusal; readonly spentUsd: number };

/**
 * Reads what the judge of this run returned, and ties it to what was gathered and to the files at the base. Whether one had to
 * be asked at all is what code says, here as in the worker. `taken` is undefined where the loop has no judge.
 */
export function readJudged(
  view: View,
  { order, found }: { readonly order: LoopOrder; readonly found: LoopProposal },
): Judged {
  const { loop, standing = NOTHING_STANDS } = order.loop;
  if (loop.roles.judge === undefined) return { kind: "judged", taken: undefined, spentUsd: 0 };
  const { gathered } = found;
  const asked = toJudge(loop, { gathered, standing });
  if (asked === undefined) return { kind: "judged", taken: null, spentUsd: 0 };
  const said = readProposal(view, { worker: "judge", order });
  const spentUsd = spentBy(view, { judge: said }, order).usage.usd;
  if (said.kind !== "proposal") return { kind: "silent", refusal: said.refusal, spentUsd };
  const { judgement } = said.proposal;
  const places = quotedIn(judgement, order);
  const wants = unread(view.files, places);
  if (wants.length > 0) return { kind: "wants", wants };
  const taken = takeJudgement(judgement, {
    ...asked,
    items: gathered.items,
    measures: { ...gathered.measures, [ITEMS]: gathered.items.length },
    stands: standsAmong(view, places),
    propose: loop.effects.propose,
  });
  return { kind: "judged", taken, spentUsd };
}

/** What the judge of this run cost, in USD, whatever becomes of its word. `found` is absent where nobody can read it. */
export function spentByJudge(
  view: View,
  { order, found }: { readonly order: LoopOrder; readonly found?: LoopProposal },
): number {
  const { loop, standing = NOTHING_STANDS } = order.loop;
  if (loop.roles.judge === undefined) return 0;
  if (found !== undefined && toJudge(loop, { gathered: found.gathered, standing }) === undefined) {
    return 0;
  }
  return spentBy(view, { judge: readProposal(view, { worker: "judge", order }) }, order).usage.usd;
}

function quotedIn(judgement: Judgement, { base: commit }: LoopOrder): readonly FileAt[] {
  const paths = tiesOf(judgement).flatMap((tie) => (tie.kind === "quote" ? [tie.path] : []));
  // A model's word: what cannot be the path of a file is not asked for.
  const readable = [...new Set(paths)].filter((path) => refusePath(path) === undefined);
  return readable.slice(0, MOST_FILES).map((path) => ({ commit, path }));
}

/** A file that could not be read shows nothing. */
function standsAmong({ files }: View, places: readonly FileAt[]): Grounds["stands"] {
  const texts = new Map(
    places.flatMap((place): [string, string][] => {
      const state = fileAt(files, place);
      const bytes = state !== undefined && "known" in state ? state.known : null;
      return bytes === null ? [] : [[place.path, new TextDecoder().decode(bytes)]];
    }),
  );
  return (quote) => {
    const text = texts.get(quote.path);
    return text !== undefined && isQuotedFrom(text, quote);
  };
}
