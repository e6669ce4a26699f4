import { z } from "zod";

/** The parts of GitHub's answers that are used. */
export const ShaAnswer = z.object({ sha: z.string() });
export const RefAnswer = z.object({ ref: z.string(), object: ShaAnswer });
export const RefList = z.array(RefAnswer);
export const TreeAnswer = z.object({
  sha: z.string(),
  tree: z.array(z.object({ path: z.string(), mode: z.string(), sha: z.string() })),
});
export const CommitAnswer = z.object({
  sha: z.string(),
  tree: ShaAnswer,
  verification: z.object({ verified: z.boolean(), reason: z.string() }).optional(),
});
export const PullAnswer = z.object({
  number: z.number(),
  head: z.object({ ref: z.string() }),
  base: z.object({ ref: z.string() }),
  merged: z.boolean().optional(),
  mergeable: z.boolean().nullish(),
});
export const PullList = z.array(PullAnswer);
export const CommentAnswer = z.object({ id: z.number(), body: z.string().nullish() });
export const CommentList = z.array(CommentAnswer);
export const CheckAnswer = z.object({ id: z.number(), name: z.string() });
export const CheckList = z.object({ check_runs: z.array(CheckAnswer) });
export const LabelList = z.array(z.object({ name: z.string() }));
export const RunAnswer = z.object({
  id: z.number(),
  event: z.string(),
  status: z.string().nullable(),
  conclusion: z.string().nullable(),
  run_attempt: z.number().optional(),
});
export type RunAnswer = z.infer<typeof RunAnswer>;
export const RunList = z.object({ workflow_runs: z.array(RunAnswer) });
export const RepositoryAnswer = z.object({ default_branch: z.string() });
export const RuleList = z.array(z.object({ type: z.string() }));
