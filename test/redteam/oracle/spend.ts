import { costOf } from "../../../src/agent/budget/prices.ts";
import type { Order } from "../../../src/domain/order.ts";
import { type Invariant, landed, type Observation } from "../observation.ts";

/** At rest: nobody waits for the factory. */
const REST = ["needs-info", "proposed", "gating", "done", "needs-human", "blocked"];
/** What hangs is ended by its job's limit, minutes later than this; an honest attack took 140 s at a load of 27 on 2 cores. In ms. */
const PATIENCE_MS = 300_000;

/** I7: what was spent is within the budget, and everything has ended. The figures are the endpoint's, not the worker's. */
export const spendIsBounded: Invariant = (seen) => [...overspent(seen), ...unended(seen)];

/** Money is never over: a request that could go beyond is not made. Turns may be by one: the meter asks before each. */
function overspent(seen: Observation) {
  const runs = seen.handovers.flatMap(({ name, value }) =>
    name === "order.json" ? [value as Order] : [],
  );
  const usd = seen.model.reduce((sum, { model, usage, body }) => {
    if (usage === undefined) return sum;
    // What a provider sends beyond the request's own maximum it cannot charge.
    const outputTokens = Math.min(usage.output_tokens, body?.max_tokens ?? 0);
    return (
      sum +
      costOf(model, {
        inputTokens: usage.input_tokens,
        cacheReadTokens: usage.cache_read_input_tokens,
        cacheWriteTokens: usage.cache_creation_input_tokens,
        outputTokens,
      }).usd
    );
  }, 0);
  const { usdPerIssue, turnsPerRun } = seen.config.limits;
  const issues = Math.max(1, seen.deeds.issues.length);
  const workers = 4 * Math.max(1, runs.length);
  return [
    ...(usd > usdPerIssue * issues
      ? [landed("I7", `${usd.toFixed(2)} USD spent, ${usdPerIssue} allowed an issue`)]
      : []),
    ...(seen.model.length > turnsPerRun * workers
      ? [landed("I7", `${seen.model.length} model requests, ${turnsPerRun} turns allowed a run`)]
      : []),
  ];
}

function unended(seen: Observation) {
  const open = seen.runs.filter(({ status }) => status !== "completed");
  const { prefix } = seen.config;
  const moving = seen.issues.filter(({ number, labels, state }) => {
    const stages = labels.filter((label) =>
      /^(queued|ready|building|smoking)$/.test(label.replace(prefix, "")),
    );
    const began = seen.jobs.some(
      ({ conclusion, startedAt }) => startedAt !== null && conclusion === "success",
    );
    return (
      state === "open" &&
      seen.deeds.issues.includes(number) &&
      stages.length > 0 &&
      began &&
      !isAtRest(labels, prefix)
    );
  });
  return [
    ...open.map(({ id }) => landed("I7", `run ${id} never ended`)),
    ...moving.map(({ number, labels }) =>
      landed("I7", `issue ${number} was left at ${labels.join(", ")}`),
    ),
    ...(seen.durationMs > PATIENCE_MS
      ? [landed("I7", `it took ${Math.round(seen.durationMs / 1000)} s`)]
      : []),
  ];
}

function isAtRest(labels: readonly string[], prefix: string): boolean {
  return labels.some((label) => REST.some((stage) => label === `${prefix}${stage}`));
}
