import { z } from "zod";
import type { Gathered } from "../../domain/loop/gathered.ts";
import type { Told, Window } from "../../measures/history/history.ts";
import { automationItems } from "../../wording/gathered/automation.ts";
import type { GatheredHistory } from "../visible/visible.ts";
import type { Repeated, SpentMoney } from "./facts.ts";
import { type WorkflowFile, workflowFaults } from "./workflow-faults.ts";

export const AutomationOptions = z.strictObject({
  /** Days to look back. */
  days: z.int().min(1).max(365).default(30),
  /** At least this many refusals of one code, or send-backs for one reason, are a finding. */
  least: z.int().min(1).max(1_000).default(3),
  /** The share of money spent without a merge above which that is a finding. */
  unmergedShare: z.number().min(0).max(1).default(0.3),
});
export type AutomationOptions = z.infer<typeof AutomationOptions>;

export interface AutomationGiven {
  readonly workflows: readonly WorkflowFile[];
  /** Undefined: none was given, and only the workflows are checked. */
  readonly history: GatheredHistory | undefined;
  readonly window: Window;
  readonly options: AutomationOptions;
}

/** The automation auditor: findings from the factory's own records and workflows. Every figure lists its sources. */
export function gatherAutomation(given: AutomationGiven): Gathered {
  const { workflows, history, options } = given;
  const read = workflows.map((file) => ({ path: file.path, faults: workflowFaults(file) }));
  const work = history === undefined ? undefined : known(history.work);
  const automations = history === undefined ? undefined : known(history.automations);
  return automationItems(
    {
      dead: (automations ?? []).filter(({ isDead }) => isDead),
      refusals: work === undefined ? [] : repeated(refusalsOf(work, given), options.least),
      rework: work === undefined ? [] : repeated(reworkOf(work, given), options.least),
      spent:
        work === undefined || history === undefined ? undefined : spentOf(work, history, given),
      faults: read.flatMap(({ faults }) => faults ?? []),
      unread: read.flatMap(({ path, faults }) => (faults === undefined ? [path] : [])),
    },
    options,
  );
}

function known<Value>(told: Told<Value>): Value | undefined {
  return "known" in told ? told.known : undefined;
}

type Counted = readonly { readonly name: string; readonly id: string }[];
type Work = Extract<GatheredHistory["work"], { readonly known: unknown }>["known"];
type In = Pick<AutomationGiven, "window">;

function isIn(at: string, { window }: In): boolean {
  return at >= window.from && at < window.until;
}

function refusalsOf({ refusals }: Work, given: In): Counted {
  return refusals
    .filter(({ at }) => isIn(at, given))
    .map(({ code, issue }) => ({ name: code, id: `#${issue}` }));
}

function reworkOf({ sendBacks }: Work, given: In): Counted {
  return sendBacks
    .filter(({ at }) => isIn(at, given))
    .flatMap(({ reasons, issue }) => reasons.map((reason) => ({ name: reason, id: `#${issue}` })));
}

/** The most frequent first. */
function repeated(counted: Counted, least: number): readonly Repeated[] {
  return [...Map.groupBy(counted, ({ name }) => name)]
    .map(([name, same]) => ({ name, ids: same.map(({ id }) => id) }))
    .filter(({ ids }) => ids.length >= least)
    .toSorted((left, right) => right.ids.length - left.ids.length);
}

/** An issue in progress may still be merged, so open ones are left out. */
function spentOf({ spendings }: Work, history: GatheredHistory, given: In): SpentMoney {
  const merged = new Set(
    history.merges.flatMap(({ issue }) => (issue === undefined ? [] : [issue])),
  );
  const issues = known(history.issues) ?? [];
  const closed = new Set(
    issues.filter(({ closedAt }) => closedAt !== undefined).map(({ number }) => number),
  );
  const within = spendings.filter(({ at }) => isIn(at, given));
  const lost = within.filter(({ issue }) => closed.has(issue) && !merged.has(issue));
  const unmerged = [...Map.groupBy(lost, ({ issue }) => issue)]
    .map(([issue, same]) => ({ id: `#${issue}`, usd: sumOf(same) }))
    .toSorted((left, right) => right.usd - left.usd);
  return { usd: sumOf(within), unmergedUsd: sumOf(lost), unmerged };
}

function sumOf(spendings: readonly { readonly usd: number }[]): number {
  const sum = spendings.reduce((total, { usd }) => total + usd, 0);
  return Number(sum.toFixed(4));
}
