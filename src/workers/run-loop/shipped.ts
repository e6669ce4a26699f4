import { z } from "zod";
import { Gathered } from "../../domain/loop/gathered.ts";
import type { ShippedGatherer } from "../../domain/loop/loop.ts";
import type { LoopOrder } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { cut } from "../../domain/text/cut.ts";
import { messageOf } from "../../domain/text/message-of.ts";
import { DocumentationOptions, gatherDocumentation } from "../../gatherers/documentation/gather.ts";
import { gatherFeedback } from "../../gatherers/feedback/gather.ts";
import { FeedbackOptions } from "../../gatherers/feedback/options.ts";
import type { Checkout, Past } from "../../ports/checkout.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Syntax } from "../../ports/syntax.ts";

export interface ShippedPorts {
  readonly repository: Repository;
  readonly clock: Clock;
  /** Reads sources as trees. */
  readonly syntax: Syntax;
}

/** Of what the order shows of GitHub, as much as these gatherers read. */
const Visible = z.object({
  url: z.string(),
  issues: z.array(
    z.object({
      number: z.int().positive(),
      title: z.string(),
      body: z.string(),
      labels: z.array(z.string()),
      updatedAt: z.string(),
    }),
  ),
});

interface Given {
  readonly checkout: Checkout;
  readonly syntax: Syntax;
  /** `gather.with` of the loop file. */
  readonly told: unknown;
  /** Unread. */
  readonly visible: string;
}

const GATHERERS: Readonly<Record<ShippedGatherer, (given: Given) => Promise<Gathered>>> = {
  documentation: async ({ checkout, syntax, told }) =>
    gatherDocumentation({
      checkout,
      syntax,
      past: NO_PAST,
      options: DocumentationOptions.parse(told),
    }),
  feedback: async ({ checkout, told, visible }) => {
    const options = FeedbackOptions.parse(told);
    const label = options.label.toLowerCase();
    const { url, issues } = Visible.parse(JSON.parse(visible));
    const texts = await Promise.all(
      options.files.map(async ({ path }) => [path, await checkout.read(path)] as const),
    );
    return gatherFeedback({
      options,
      texts: new Map(texts.flatMap(([path, text]) => (text === undefined ? [] : [[path, text]]))),
      issues: issues
        .filter(({ labels }) => labels.some((one) => one.toLowerCase() === label))
        .map(({ number, title, body, updatedAt }) => ({
          ...{ number, title, body, url: `${url}/issues/${number}` },
          openedAt: updatedAt,
        })),
    });
  },
};

/** The checkout of a worker has no history, so that what is missing counts as undecided. */
const NO_PAST: Past = {
  removed: async () => undefined,
  removedFrom: async () => undefined,
  ignores: async () => true,
};

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
    if (use === undefined) throw new Error("no gatherer is named");
    const checkout = await checkoutAt(repository, base);
    const found = await GATHERERS[use]({ checkout, syntax, told, visible: loop.visible });
    return { gathered: Gathered.parse(found), durationMs: Math.max(0, clock.elapsed() - begin) };
  } catch (error) {
    return { refusal: refuse(use ?? "", error) };
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

/** What the loop file says to a gatherer, or what it was to read, may be wrong: both are told, and nothing is called empty. */
function refuse(use: string, error: unknown): Refusal {
  const [issue] = error instanceof z.ZodError ? error.issues : [];
  const found =
    issue === undefined ? messageOf(error) : `${issue.path.join(".")}: ${issue.message}`;
  return { code: "nothing-produced", subject: `the gatherer ${use}`, found: cut(found, 2_000) };
}
