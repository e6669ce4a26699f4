import { z } from "zod";
import { Gathered } from "../../domain/loop/gathered.ts";
import type { ShippedGatherer } from "../../domain/loop/loop.ts";
import type { LoopOrder } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { cut } from "../../domain/text/cut.ts";
import { messageOf } from "../../domain/text/message-of.ts";
import { daysBefore } from "../../domain/text/time.ts";
import { AutomationOptions, gatherAutomation } from "../../gatherers/automation/gather.ts";
import { DocumentationOptions, gatherDocumentation } from "../../gatherers/documentation/gather.ts";
import { gatherFeedback } from "../../gatherers/feedback/gather.ts";
import { FeedbackOptions } from "../../gatherers/feedback/options.ts";
import { feedbackShown } from "../../gatherers/feedback/shown.ts";
import { gatherPlan, PlanOptions } from "../../gatherers/plan/gather.ts";
import { textsOf } from "../../gatherers/texts-of.ts";
import { historyIn, Visible } from "../../gatherers/visible/visible.ts";
import type { Checkout } from "../../ports/checkout.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Syntax } from "../../ports/syntax.ts";

export interface ShippedPorts {
  readonly repository: Repository;
  readonly clock: Clock;
  /** Parses sources into trees. */
  readonly syntax: Syntax;
}

interface Given {
  readonly checkout: Checkout;
  readonly syntax: Syntax;
  /** `gather.with` of the loop file. */
  readonly told: unknown;
  readonly visible: Visible;
  /** Commits of the last ninety days; undefined if the checkout does not have them. */
  readonly recent: () => ReturnType<Repository["recent"]>;
}

/** Those that only read files. */
type Reading = Exclude<ShippedGatherer, "dependencies" | "performance" | "product">;

const GATHERERS: Readonly<Record<Reading, (given: Given) => Promise<Gathered>>> = {
  automation: async ({ checkout, told, visible }) => {
    const options = AutomationOptions.parse(told);
    const paths = checkout.files.filter((path) => WORKFLOW.test(path));
    const workflows = [...(await textsOf(checkout, paths))].map(([path, text]) => ({ path, text }));
    const window = { from: daysBefore(visible.at, options.days), until: visible.at };
    return gatherAutomation({ workflows, history: historyIn(visible), window, options });
  },
  documentation: async ({ checkout, syntax, told }) =>
    gatherDocumentation({
      checkout,
      syntax,
      // The checkout of a worker has none.
      past: undefined,
      options: DocumentationOptions.parse(told),
    }),
  feedback: async ({ checkout, told, visible }) => {
    const options = FeedbackOptions.parse(told);
    return gatherFeedback({
      options,
      texts: await textsOf(
        checkout,
        options.files.map(({ path }) => path),
      ),
      ...feedbackShown(visible, options.label),
    });
  },
  plan: async ({ checkout, told, visible, recent }) => {
    const options = PlanOptions.parse(told);
    const pages = await textsOf(checkout, [options.quality, ...options.spec]);
    const commits = await recent();
    return gatherPlan({ pages, commits, history: historyIn(visible), options });
  },
};

function isReading(use: ShippedGatherer): use is Reading {
  return Object.hasOwn(GATHERERS, use);
}

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;

/** Gathers by the one that the loop file names, from git objects at the base and from what the order shows. Runs nothing. */
export async function gatherShipped(
  { base, loop }: LoopOrder,
  { repository, clock, syntax }: ShippedPorts,
): Promise<
  { readonly gathered: Gathered; readonly durationMs: number } | { readonly refusal: Refusal }
> {
  const { use, with: told = {} } = loop.loop.gather;
  const begin = clock.elapsed();
  try {
    if (use === undefined || !isReading(use)) throw new Error("no gatherer that reads is named");
    const checkout = await checkoutAt(repository, base);
    const visible = Visible.parse(JSON.parse(loop.visible));
    const recent = async () => repository.recent(base);
    const found = await GATHERERS[use]({ checkout, syntax, told, visible, recent });
    return { gathered: Gathered.parse(found), durationMs: Math.max(0, clock.elapsed() - begin) };
  } catch (error) {
    return { refusal: refuseShipped(use ?? "", error) };
  }
}

async function checkoutAt(repository: Repository, commit: string): Promise<Checkout> {
  const entries = (await repository.list(commit)).filter(({ type }) => type !== "tree");
  const regular = entries.filter(({ mode }) => mode.startsWith("100")).map(({ path }) => path);
  const files = new Set(regular);
  return {
    files: regular,
    elsewhere: entries.filter(({ path }) => !files.has(path)).map(({ path }) => path),
    read: async (path) => {
      const bytes = files.has(path) ? await repository.read(commit, path) : undefined;
      return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    },
  };
}

/** The loop file's options, or the gatherer's input, may be wrong: both are reported, and nothing counts as empty. */
export function refuseShipped(use: string, error: unknown): Refusal {
  const [issue] = error instanceof z.ZodError ? error.issues : [];
  const found =
    issue === undefined ? messageOf(error) : `${issue.path.join(".")}: ${issue.message}`;
  return { code: "nothing-produced", subject: `the gatherer ${use}`, found: cut(found, 2_000) };
}
