import type { Gathered } from "../../domain/loop/gathered.ts";
import { performanceItems } from "../../wording/gathered/performance.ts";
import { judgeProbes, judgeSizes } from "./judge.ts";
import type { PerformanceOptions } from "./options.ts";
import type { MeasuredRun } from "./runs.ts";

/** The performance watch: sizes that grew and probes that got slower, as far as numbers can tell. No model. */
export function gatherPerformance(
  options: PerformanceOptions,
  before: readonly MeasuredRun[],
  now: MeasuredRun,
): Gathered {
  return performanceItems({
    sizes: judgeSizes(options, before, now),
    probes: judgeProbes(options, before, now),
    alpha: options.alpha,
    commit: now.commit,
  });
}
