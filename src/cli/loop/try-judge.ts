import { createClock } from "../../adapters/clock/clock.ts";
import { createModel } from "../../adapters/model/providers.ts";
import { costOf } from "../../agent/budget/prices.ts";
import { ITEMS } from "../../domain/loop/gathered.ts";
import { tiesOf } from "../../domain/loop/judgement.ts";
import { NOTHING_STANDS } from "../../domain/loop/standing.ts";
import { type Taken, takeJudgement } from "../../domain/loop/take-judgement.ts";
import { toJudge } from "../../domain/loop/to-judge.ts";
import type { LoopOrder } from "../../domain/order.ts";
import type { FailedProposal, JudgeProposal, LoopProposal } from "../../domain/proposal.ts";
import type { Repository } from "../../ports/repository.ts";
import { runJudge } from "../../workers/judge/run.ts";
import { findQuotes } from "../../workers/review/quotes.ts";

/** The model that a trial may ask; an empty key: none. */
export interface TrialModel {
  readonly apiKey: string;
  readonly baseUrl?: string | undefined;
}

/** What came of the judge of a loop in a trial. */
export interface TriedJudge {
  /** Items that it is asked about. */
  readonly items: number;
  /** The most that it may spend, in USD. */
  readonly usd: number;
  /** Absent without a key. */
  readonly said?: JudgeProposal | FailedProposal;
  /** What of it holds; null where nobody was asked. */
  readonly taken: Taken | null;
}

/** Asks the judge of a loop where there is a key, and ties what it says as control does. Undefined where none has to be asked. */
export async function tryJudge(
  order: LoopOrder,
  found: LoopProposal,
  { repository, model }: { readonly repository: Repository; readonly model: TrialModel },
): Promise<TriedJudge | undefined> {
  const { loop, standing = NOTHING_STANDS } = order.loop;
  const { gathered } = found;
  const asked = toJudge(loop, { gathered, standing });
  if (asked === undefined) return undefined;
  const head = { items: asked.fresh.length, usd: loop.budget?.usd ?? 0, taken: null };
  const { apiKey, baseUrl } = model;
  if (apiKey === "") return head;
  const access = { apiKey, ...(baseUrl === undefined ? {} : { baseUrl }), prices: costOf };
  const said = await runJudge(order, found, {
    ...{ model: createModel(access), repository, clock: createClock() },
  });
  if (said.worker === "failed") return { ...head, said };
  const { judgement } = said;
  const quotes = tiesOf(judgement).flatMap((tie) => (tie.kind === "quote" ? [tie] : []));
  const taken = takeJudgement(judgement, {
    ...asked,
    items: gathered.items,
    measures: { ...gathered.measures, [ITEMS]: gathered.items.length },
    stands: await findQuotes(order.base, quotes, repository),
    propose: loop.effects.propose,
  });
  return { ...head, said, taken };
}
