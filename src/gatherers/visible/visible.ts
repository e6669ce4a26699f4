import { z } from "zod";
import { UNTOLD } from "../../measures/history/history.ts";

const Time = z.string().max(40);
const Numbered = z.int().positive();

function list<Schema extends z.ZodType>(schema: Schema) {
  return z.array(schema).readonly();
}

/** What a source tells, or why it does not. */
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

/** As far as gatherers read it; the fields of `History` that are left out here are not known to them. */
const VisibleHistory = z.object({
  repository: z.string(),
  merges: list(Merge),
  work: told(Work),
  issues: told(list(Issue)),
  automations: told(
    list(z.object({ name: z.string(), lastSuccess: z.string().optional(), isDead: z.boolean() })),
  ),
});

/** What a loop's command may see of GitHub: the document that control put into the order (`control/tasks/loops/visible.ts`). */
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
  /** Open ones with the label of the loop's feedback; absent where it asks for none. */
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
      /** Those that found no room, and older ones that were not read. */
      left: z.int().nonnegative(),
      unread: z.int().nonnegative(),
    })
    .optional(),
});
export type Visible = z.infer<typeof Visible>;

/** The part of a history that gatherers read; the whole one has it, too. */
export type GatheredHistory = z.infer<typeof VisibleHistory>;

/** The history of the document; undefined where control could not tell it. */
export function historyIn({ history }: Visible): GatheredHistory | undefined {
  return "unknown" in history ? undefined : history.known;
}
