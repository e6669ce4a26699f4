import { z } from "zod";
import { UNTOLD } from "../../measures/history/history.ts";

const Time = z.string().max(40);
const Numbered = z.int().positive();

function list<Schema extends z.ZodType>(schema: Schema) {
  return z.array(schema).readonly();
}

/** A source's answer, or why there is none. */
function told<Schema extends z.ZodType>(schema: Schema) {
  return z.union([z.object({ known: schema }), z.object({ untold: z.enum(UNTOLD) })]);
}

const Merge = z.object({
  id: z.string(),
  commit: z.string(),
  mergedAt: Time,
  issue: Numbered.optional(),
  lines: list(z.object({ path: z.string(), added: z.int() })).optional(),
});

const OfIssue = z.object({ issue: Numbered, at: Time });

const Work = z.object({
  attempts: list(OfIssue.extend({ attempt: z.int() })),
  sendBacks: list(OfIssue.extend({ attempt: z.int(), reasons: list(z.string()) })),
  refusals: list(OfIssue.extend({ code: z.string() })),
  spendings: list(OfIssue.extend({ usd: z.number() })),
});

const Issue = z.object({
  number: Numbered,
  title: z.string(),
  openedAt: Time,
  updatedAt: Time,
  closedAt: Time.optional(),
  labels: list(z.string()),
});

/** The parts of `History` that gatherers read; they do not know the others. */
const VisibleHistory = z.object({
  repository: z.string(),
  merges: list(Merge),
  work: told(Work),
  issues: told(list(Issue)),
  automations: told(
    list(z.object({ name: z.string(), lastSuccess: z.string().optional(), isDead: z.boolean() })),
  ),
});

/** A loop command's view of GitHub: the document that control put into the order (`control/tasks/loops/visible.ts`). */
export const Visible = z.object({
  version: z.literal(1),
  url: z.string(),
  at: Time,
  history: z.union([z.object({ known: VisibleHistory }), z.object({ unknown: z.unknown() })]),
  /** Open ones. */
  issues: list(
    z.object({
      number: Numbered,
      title: z.string(),
      body: z.string(),
      labels: list(z.string()),
      updatedAt: Time,
    }),
  ),
  /** Open ones with the loop's feedback label; absent if it asks for none. */
  discussions: z
    .object({
      shown: list(
        z.object({
          number: Numbered,
          title: z.string(),
          body: z.string(),
          url: z.string(),
          labels: list(z.string()),
          createdAt: Time,
        }),
      ),
      /** Those that did not fit, and older ones that were not read. */
      left: z.int().nonnegative(),
      unread: z.int().nonnegative(),
    })
    .optional(),
});
export type Visible = z.infer<typeof Visible>;

/** The part of a history that gatherers read; the whole one has it, too. */
export type GatheredHistory = z.infer<typeof VisibleHistory>;

/** The history of the document; undefined if control did not know it. */
export function historyIn({ history }: Visible): GatheredHistory | undefined {
  return "unknown" in history ? undefined : history.known;
}
