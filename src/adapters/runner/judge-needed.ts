import { NOTHING_STANDS } from "../../domain/loop/standing.ts";
import { toJudge } from "../../domain/loop/to-judge.ts";
import type { LoopOrder } from "../../domain/order.ts";
import type { FailedProposal, LoopProposal } from "../../domain/proposal.ts";
import type { Runner } from "../../ports/runner.ts";

/** Reports in an output of the job whether a judge is needed: the job with the model key starts only then. */
export function sayJudgeNeeded<Found extends LoopProposal | FailedProposal>(
  runner: Runner,
  { loop }: Pick<LoopOrder, "loop">,
  found: Found,
): Found {
  const { standing = NOTHING_STANDS } = loop;
  const isNeeded =
    found.worker === "run-loop" &&
    toJudge(loop.loop, { gathered: found.gathered, standing }) !== undefined;
  runner.output("judge", isNeeded ? "needed" : "");
  return found;
}
