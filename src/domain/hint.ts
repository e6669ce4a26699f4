import { z } from "zod";
import { Digest, ObjectId } from "./digest.ts";
import { BRANCH_EVENTS } from "./github/branch-event.ts";
import { Risk } from "./trust/risk.ts";

/**
 * What a person does after a refusal, if the refusal's code does not tell. The vocabulary is closed, so that no worker
 * can put its own advice into a refusal. The sentences are in `wording/hints.ts`; some of them name the subject.
 */
export const HINT_CODES = [
  "add-the-check",
  "allow-actions-to-open-pull-requests",
  "allow-merge-commits",
  "allow-user-namespaces",
  "answer-what-waits",
  "bound-the-processes",
  "choose-a-known-architecture",
  "close-by-hand",
  "close-incidents",
  "close-what-blocks",
  "command-anew",
  "command-on-the-issue",
  "correct-models",
  "correct-sandbox-read",
  "delete-the-branch",
  "delete-the-other-ledger",
  "deploy-by-hand",
  "fix-the-error",
  "give-a-report",
  "give-key-access",
  "go-where-it-went",
  "goes-on-by-itself",
  "leave-the-path-to-a-person",
  "let-the-tests-run",
  "list-the-commands",
  "look-at-base-url",
  "look-at-failures",
  "look-at-the-branch",
  "look-at-the-deploy",
  "look-at-the-last-run",
  "look-at-the-rules",
  "lower-the-andon",
  "make-an-approvable-contract",
  "make-a-new-contract",
  "make-a-repository-in-setup",
  "make-the-deploy-reachable",
  "mend-the-pattern",
  "mend-setup",
  "mend-services",
  "merge-or-close",
  "merge-or-close-then-comment",
  "merge-or-rework",
  "nothing-was-published",
  "open-a-new-issue",
  "open-or-unlock",
  "pass-an-issue-number",
  "raise-the-trust",
  "read-how-alerts-are-sent",
  "refuse-the-packages",
  "retry",
  "revert-or-repair",
  "reword-the-issue",
  "run-failed-jobs-again",
  "say-what-done-means",
  "see-the-status",
  "set-sentry-token",
  "set-the-seal-key",
  "set-the-secret",
  "shorten-the-prompt",
  "split-the-issue",
  "start-anew",
  "take-it-back",
  "use-the-job-token",
  "wait-and-retry",
  "wait-or-stop",
] as const;
export const HintCode = z.enum(HINT_CODES);
export type HintCode = z.infer<typeof HintCode>;

/** A hint that needs data beyond the refusal. */
export const HintWithData = z.discriminatedUnion("code", [
  z.strictObject({ code: z.literal("approve-lockfile"), digest: Digest }),
  z.strictObject({ code: z.literal("approve-this-version"), contract: Digest }),
  /** The digest covers the contract and the risk together. Its beginning is the word that approves this risk. */
  z.strictObject({ code: z.literal("approve-risk"), risk: Risk, digest: Digest }),
  /** Another issue of this repository, and its address. */
  z.strictObject({
    code: z.literal("go-on-with-the-other"),
    issue: z.int().positive(),
    url: z.url().max(300),
  }),
  z.strictObject({
    code: z.literal("guard-workflow"),
    /** The file of the workflow. */
    path: z.string().max(300),
    /** The event that starts it; `unreadable` if the file is no readable YAML. */
    event: z.enum([...BRANCH_EVENTS, "unreadable"]),
  }),
  z.strictObject({
    code: z.literal("take-back-by-hand"),
    commit: ObjectId,
    /** Git has to know which side of a merge commit to keep. */
    ofTwo: z.boolean(),
  }),
]);
export type HintWithData = z.infer<typeof HintWithData>;

export const Hint = z.union([HintCode, HintWithData]);
export type Hint = z.infer<typeof Hint>;
