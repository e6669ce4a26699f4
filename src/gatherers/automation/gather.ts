import { z } from "zod";
import type { Gathered } from "../../domain/loop/gathered.ts";
import type { History, Told, Window, Work } from "../../measures/history/history.ts";
import { automationItems } from "../../wording/gathered/automation.ts";
import { type WorkflowFault, type WorkflowFile, workflowFaults } from "./workflow-faults.ts";

export const AutomationOptions = z.strictObject({
  /** Days to look back. */
  days: z.int().min(1).max(365).default(30),
  /** As many refusals of one code, or send-backs for one reason, are a fact. */
  least: z.int().min(1).max(1_000).default(3),
  /** The share of the money spent on what was not merged, above which that is a fact. */
  unmergedShare: z.number().min(0).max(1).default(0.3),
});
export type AutomationOptions = z.infer<typeof AutomationOptions>;

/** The same thing that happened several times, and what it was counted from. */
export interface Repeated {
  readonly name: string;
  /** `#12` each, once for each time. */
  readonly ids: readonly string[];
}

/** Money by whether it became a merge. */
export interface SpentMoney {
  readonly usd: number;
  readonly unmergedUsd: number;
  /** Issues without a merge that cost something, the dearest first. */
  readonly unmerged: readonly { readonly id: string; readonly usd: number }[];
}

export interface AutomationFacts {
  readonly dead: readonly { readonly name: string; readonly lastSuccess?: string }[];
  readonly refusals: readonly Repeated[];
  readonly rework: readonly Repeated[];
  readonly spent: SpentMoney | undefined;
  readonly faults: readonly WorkflowFault[];
  /** Workflows that could not be read as YAML. */
  readonly unread: readonly string[];
}

export interface AutomationGiven {
  readonly workflows: readonly WorkflowFile[];
  /** Undefined: nobody gave one, and only the workflows are looked at. */
  readonly history: History | undefined;
  readonly window: Window;
  readonly options: AutomationOptions;
}

/** The automation auditor: what the factory's own records and workflows say of it. Every figure lists what it was counted from. */
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

/** The most often first. */
function repeated(counted: Counted, least: number): readonly Repeated[] {
  return [...Map.groupBy(counted, ({ name }) => name)]
    .map(([name, same]) => ({ name, ids: same.map(({ id }) => id) }))
    .filter(({ ids }) => ids.length >= least)
    .toSorted((left, right) => right.ids.length - left.ids.length);
}

/** An issue still in work may be merged yet: of those that are open, nothing is said. */
function spentOf({ spendings }: Work, history: History, given: In): SpentMoney {
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
