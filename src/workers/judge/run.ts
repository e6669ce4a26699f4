import { repositoryTools } from "../../agent/repository-tools.ts";
import { judgeTask } from "../../agent/roles/judge/task.ts";
import type { Budget } from "../../domain/budget.ts";
import { NOTHING_STANDS } from "../../domain/loop/standing.ts";
import { toJudge } from "../../domain/loop/to-judge.ts";
import { digestOfOrder, type LoopOrder } from "../../domain/order.ts";
import type { FailedProposal, JudgeProposal, LoopProposal } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Model } from "../../ports/model.ts";
import type { Repository } from "../../ports/repository.ts";
import { createAsker } from "../shared/ask.ts";
import { proposalHead, runWorker } from "../shared/proposal.ts";
import { shownItems } from "./shown.ts";

export interface JudgePorts {
  readonly model: Model;
  readonly repository: Repository;
  readonly clock: Clock;
}

const MINUTE_MS = 60_000;
const NOTHING_SAID = { verdicts: [], proposals: [] };

/**
 * Asks a model about the findings, within the budget of the loop file. It sees the instruction, the items as data, and
 * git objects at the base. If code alone shows that nothing can be filed, no model is asked.
 */
export function runJudge(
  order: LoopOrder,
  found: LoopProposal,
  ports: JudgePorts,
): Promise<JudgeProposal | FailedProposal> {
  return runWorker<JudgeProposal>(order, { of: "judge", clock: ports.clock }, async (meter) => {
    const refusal = refuseInput(order, found);
    if (refusal !== undefined) return { refusal };
    const { standing = NOTHING_STANDS, loop } = order.loop;
    const { gathered } = found;
    const asked = toJudge(loop, { gathered, standing });
    const said = (judgement: JudgeProposal["judgement"], unseen: number) => ({
      ...{ worker: "judge" as const, judgement, unseen },
      ...proposalHead(order, meter.spent()),
    });
    if (asked === undefined) return said(NOTHING_SAID, 0);
    const asker = createAsker(allowanceOf(order), { ...ports, meter });
    const items = shownItems(asked.fresh, digestOfOrder(order));
    const answer = await asker.ask(
      judgeTask({
        ...{ order, items, filed: asked.filed, measures: gathered.measures },
        tools: repositoryTools(ports.repository, order.base),
        beforeTurn: asker.beforeTurn,
      }),
    );
    if ("refusal" in answer) return answer;
    return said(answer.answer, asked.fresh.length - items.length);
  });
}

/** The budget of the loop file, and never more than the order's. */
function allowanceOf({ budget, loop }: LoopOrder): Budget {
  const own = loop.loop.budget;
  if (own === undefined) return budget;
  return {
    ...budget,
    usd: Math.min(budget.usd, own.usd),
    wallClockMs: Math.min(budget.wallClockMs, own.minutes * MINUTE_MS),
  };
}

function refuseInput(order: LoopOrder, found: LoopProposal): Refusal | undefined {
  const accepted = digestOfOrder(order);
  if (found.order === accepted) return undefined;
  const refusal = { code: "proposal-invalid", subject: "run-loop" } as const;
  return { ...refusal, found: `answers the order ${found.order}`, accepted };
}
