import type { Refusal, RefusalCode } from "../domain/refusal.ts";
import { safeText } from "./safe-text.ts";

interface Wording {
  /** The sentence's beginning; the subject follows. */
  readonly says: string;
  /** What a person does when the refusal itself does not say. */
  readonly next: string;
}

const RETRY = "comment `/factory retry`";

/** The one place of wording. A code that is missing here does not compile. */
const WORDINGS = {
  "actor-not-permitted": {
    says: "Only a person with write access commands the factory",
    next: "ask someone with write access to do it",
  },
  "andon-raised": {
    says: "The line is stopped",
    next: "read the open issues with the andon label, remove the cause, then take the label off",
  },
  "approval-stale": {
    says: "The approval is for another version",
    next: "read the contract as it stands now, then comment `/factory approve`",
  },
  "artifact-invalid": {
    says: "A file handed from job to job is not the one that was announced",
    next: `run the workflow again, or ${RETRY}`,
  },
  "attempts-exhausted": {
    says: "No attempts are left",
    next: "sharpen the issue or raise `limits.attempts`, then comment `/factory retry`",
  },
  "base-moved": { says: "The default branch moved meanwhile", next: RETRY },
  "budget-exhausted": {
    says: "The budget is spent",
    next: "raise `limits` in `.github/factory.yml`, or split the issue, then comment `/factory retry`",
  },
  "change-set-invalid": { says: "The change holds something that no tree may hold", next: RETRY },
  "check-failed": { says: "A check did not pass", next: RETRY },
  "claim-taken": {
    says: "Another run holds this attempt",
    next: "wait for that run, or cancel it and comment `/factory retry`",
  },
  "config-invalid": {
    says: "The config cannot be read",
    next: "correct `.github/factory.yml` on the default branch, then comment `/factory retry`",
  },
  "contract-changed": {
    says: "The contract is not the one that was approved",
    next: "read it as it stands now, then comment `/factory approve`",
  },
  "contract-invalid": {
    says: "The contract cannot stand",
    next: "say more precisely in the issue what done means, then comment `/factory retry`",
  },
  "criterion-unproven": {
    says: "Nothing proves a criterion of the contract",
    next: "comment `/factory rework` and what would prove it",
  },
  "dependencies-refused": {
    says: "The change of the dependencies cannot be taken",
    next: "a person has to make this change; say in the issue to leave the file alone, then comment `/factory retry`",
  },
  "dependencies-unapproved": {
    says: "The change touches what the repository depends on, and no person has approved these bytes",
    next: "read what it adds, then approve its digest, or comment `/factory rework: …`",
  },
  "dependencies-unfetched": {
    says: "A package of the approved lockfile could not be fetched",
    next: "look at the registry, then comment `/factory retry`",
  },
  "effect-refused": {
    says: "GitHub did not take what the factory wanted to write",
    next: `mend what GitHub names, then ${RETRY}`,
  },
  "effect-unanswered": {
    says: "GitHub did not answer, so nobody knows whether this was done",
    next: "look whether it was done, then comment `/factory resume`",
  },
  "event-not-understood": {
    says: "This event asks for nothing that the factory knows",
    next: "comment `/factory status` to see what it knows",
  },
  "evidence-missing": { says: "There is no evidence for exactly these bytes", next: RETRY },
  "gave-up": {
    says: "The worker gave up",
    next: "sharpen the issue, then comment `/factory retry`",
  },
  "illegal-transition": {
    says: "The issue cannot go that way",
    next: "choose one of the steps that are open",
  },
  "issue-changed": {
    says: "The issue was edited meanwhile",
    next: "comment `/factory retry` to have the new text read",
  },
  "ledger-invalid": {
    says: "The ledger cannot be trusted",
    next: "read the edit history of its comment, then comment `/factory retry` to start anew",
  },
  "limit-exceeded": {
    says: "A limit was exceeded",
    next: "split the issue, or raise the limit in `.github/factory.yml`",
  },
  "merge-refused": {
    says: "GitHub refused the merge",
    next: "read its reason, settle it, then comment `/factory retry`",
  },
  "model-failed": {
    says: "The model could not be asked",
    next: "look at the provider's status and at the secret, then comment `/factory retry`",
  },
  "nothing-produced": {
    says: "A worker produced nothing",
    next: `read the log of the run, then ${RETRY}`,
  },
  "order-invalid": { says: "The work order does not fit this run", next: RETRY },
  "path-not-allowed": {
    says: "The change touches a path outside the contract",
    next: "widen the contract by `/factory rework`, or leave the path alone",
  },
  "path-protected": {
    says: "The change touches a protected path",
    next: "a person has to make or merge this change",
  },
  "permission-missing": {
    says: "The token may not do this",
    next: "grant the permission in the calling workflow or the repository's settings",
  },
  "probe-failed": {
    says: "The smoke test failed",
    next: "revert the merge or repair the deploy, then take the andon label off",
  },
  "probe-unreachable": {
    says: "Nobody could look at the deployed application",
    next: "make the address reachable from the runner, then comment `/factory retry`",
  },
  "proposal-invalid": { says: "A worker returned something that cannot be accepted", next: RETRY },
  "review-escalated": {
    says: "The reviewer asks for a person",
    next: "read the findings, then comment `/factory retry` or `/factory rework` with your decision",
  },
  "review-rework": { says: "The reviewer sent the change back", next: RETRY },
  "sandbox-missing": {
    says: "There is no sandbox on this machine",
    next: "install it with `sudo apt-get install -y bubblewrap`",
  },
  "secret-found": {
    says: "Something that looks like a secret would have been published",
    next: "take it out or make it plainly not real, then comment `/factory retry`",
  },
  "secret-leaked": {
    says: "A secret of this run would have left it; nothing was published and the line is stopped",
    next: "replace the secret with a new one, read the run, then take the andon label off",
  },
  "secret-missing": {
    says: "A secret is not set",
    next: "set it with `gh secret set NAME` in the repository",
  },
  "tests-not-failing-on-base": {
    says: "No test failed before this change and passes with it",
    next: "comment `/factory rework` and name the behaviour that a test should show",
  },
  "tree-mismatch": {
    says: "The tree on GitHub is not the one that was verified",
    next: RETRY,
  },
  "state-unknown": {
    says: "GitHub did not show what this decision needs to know",
    next: "comment `/factory resume` once GitHub answers again",
  },
  "trust-too-low": {
    says: "The factory may not merge this by itself",
    next: "read the pull request and merge it",
  },
  "worker-failed": { says: "A worker failed", next: `read the log of the run, then ${RETRY}` },
  "workflow-exposed": {
    says: "A workflow of the repository would run with secrets on what the factory publishes",
    next: "keep it from branches below `factory/`, then comment `/factory retry`",
  },
} as const satisfies Record<RefusalCode, Wording>;

/**
 * What was refused, where, why, and what to type next: two sentences of Markdown that are safe wherever they stand.
 * The data of a refusal may come from a worker, so all of it goes through the renderer.
 */
export function sayRefusal(refusal: Refusal): string {
  const wording: Wording = WORDINGS[refusal.code];
  const facts = [
    refusal.found === undefined ? "" : `found ${safeText(foundOf(refusal.code, refusal.found))}`,
    refusal.accepted === undefined ? "" : `accepted is ${safeText(brief(refusal.accepted))}`,
  ].filter((fact) => fact !== "");
  const subject = safeText(refusal.subject);
  const what = `${wording.says}${subject === "" ? "" : `: ${subject}`}`;
  const why = facts.length === 0 ? "" : ` (${facts.join("; ")})`;
  return `${what}${why}. Next: ${safeText(refusal.next ?? wording.next)}.`;
}

/** What a person is asked to approve is shown whole: the listing of packages is bounded where it is made. */
function foundOf(code: RefusalCode, found: string): string {
  return code === "dependencies-unapproved" ? found : brief(found);
}

function brief(text: string): string {
  return text.length <= 400 ? text : `${text.slice(0, 400)} …`;
}
