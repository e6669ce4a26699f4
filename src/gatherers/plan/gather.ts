import { z } from "zod";
import type { Gathered } from "../../domain/loop/gathered.ts";
import { planItems } from "../../wording/gathered/plan.ts";
import type { GatheredHistory } from "../visible/visible.ts";
import { churnOf, type Fix, fixesIn, type PlanCommit } from "./churn.ts";
import { belowBar, openTasks } from "./pages.ts";

export const PlanOptions = z.strictObject({
  /** The committed page of grades. */
  quality: z.string().min(1).max(200).default("quality.md"),
  /** Pages that specify the product; missing ones are skipped. */
  spec: z.array(z.string().min(1).max(200)).max(20).default(["docs/product.md"]),
  /** Labels of issues that report a defect. */
  bug: z.array(z.string().min(1).max(100)).max(20).default(["bug"]),
  /** At least this many fixes of a file are a finding. */
  least: z.int().min(1).max(1_000).default(3),
  /** The most findings of one kind. */
  most: z.int().min(1).max(50).default(10),
});
export type PlanOptions = z.infer<typeof PlanOptions>;

export interface PlanGiven {
  /** Content of the pages, by path. */
  readonly pages: ReadonlyMap<string, string>;
  /** Undefined: the clone has no history. */
  readonly commits: readonly PlanCommit[] | undefined;
  readonly history: GatheredHistory | undefined;
  readonly options: PlanOptions;
}

/** Facts to begin a plan with: grades below their bars, open tasks of the specification, and often fixed files. */
export function gatherPlan({ pages, commits, history, options }: PlanGiven): Gathered {
  const quality = pages.get(options.quality);
  const specs = options.spec.flatMap((path) => {
    const text = pages.get(path);
    return text === undefined ? [] : [{ path, text }];
  });
  const fixes: readonly Fix[] = fixesIn(commits ?? [], history, options.bug);
  return planItems({
    grades: quality === undefined ? [] : belowBar(options.quality, quality).slice(0, options.most),
    tasks: specs.flatMap(({ path, text }) => openTasks(path, text)).slice(0, options.most),
    churn: churnOf(fixes)
      .filter((file) => file.fixes.length >= options.least)
      .slice(0, options.most),
    fixes: fixes.length,
    isGraded: quality !== undefined,
    specs: specs.length,
  });
}
