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

/** The most files read to check a judge's quotations. A quotation from a file beyond these is not accepted. */
const MOST_FILES = 30;

/** Result of a judge: the statements that hold, `null` if nobody had to be asked, or why there is no result. */
export type Judged =
  | { readonly kind: "judged"; readonly taken: Taken | null | undefined; readonly spentUsd: number }
  | { readonly kind: "wants"; readonly wants: readonly FileAt[] }
  | { readonly kind: "silent"; readonly refusal: Refusal; readonly spentUsd: number };

/**
 * Reads the judge's answer, and ties it to the gathered facts and the files at the base. Code decides whether a judge
 * was needed, here as in the worker. `taken` is undefined if the loop has no judge.
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

/** Cost of this run's judge in USD, whatever becomes of its answer. `found` is absent if it cannot be read. */
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
  // A model's output: text that cannot be a file path is not requested.
  const readable = [...new Set(paths)].filter((path) => refusePath(path) === undefined);
  return readable.slice(0, MOST_FILES).map((path) => ({ commit, path }));
}

/** A file that could not be read proves nothing. */
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
