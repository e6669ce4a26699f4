import type { RefusalCode } from "../domain/refusal.ts";
import { typed } from "./commands.ts";
import { RETRY, REWORK, SEE_WHY } from "./hints.ts";
import { LOOP_WORDINGS } from "./loop-wordings.ts";
import type { Wording } from "./wording.ts";

/** The one place of wording. A code that is missing here does not compile. */
export const WORDINGS = {
  "actor-not-permitted": {
    says: "Only people with write access can use /factory commands",
    advice: "ask someone with write access to do it",
  },
  "alerts-unread": {
    says: "A source of alerts did not answer",
    advice:
      "check that it answers, and that the token may read there; the heartbeat asks again every hour",
  },
  "andon-raised": {
    says: "The line is stopped",
    advice: "read the open issues with the andon label, remove the cause, then remove the label",
  },
  "approval-stale": {
    says: "The approval is for another version",
    advice: `read the current version of the contract, then comment ${typed("approve")}`,
  },
  "artifact-invalid": {
    says: "A file passed between jobs failed its digest check",
    advice: `run the workflow again, or ${RETRY}`,
  },
  "attempts-exhausted": {
    says: "All attempts are used up",
    advice: `sharpen the issue or raise \`limits.attempts\`, then ${RETRY}`,
  },
  "base-moved": { says: "The default branch changed meanwhile", advice: RETRY },
  "budget-exhausted": {
    says: "The budget is spent",
    advice: `raise \`limits\` in \`.github/factory.yml\`, or split the issue, then ${RETRY}`,
  },
  "change-set-invalid": {
    says: "The change contains a path, mode, size or content that the factory does not accept",
    advice: RETRY,
  },
  "changes-requested": { says: "A review asks for changes", advice: "wait for the next attempt" },
  "check-failed": { says: "A check did not pass", advice: RETRY },
  "checks-red": { says: "Checks of the repository are red", advice: SEE_WHY },
  "claim-lost": {
    says: "The branch of this attempt is not as it was when the attempt began",
    advice: `check its branch and its run, then ${RETRY}`,
  },
  "claim-taken": {
    says: "Another run has this attempt",
    advice: `wait for that run, or cancel it and ${RETRY}`,
  },
  "config-invalid": {
    says: "The config is invalid",
    advice: `correct \`.github/factory.yml\` on the default branch, then ${RETRY}`,
  },
  "contract-changed": {
    says: "The contract changed after it was approved",
    advice: `read the current version, then comment ${typed("approve")}`,
  },
  "contract-invalid": {
    says: "The contract is invalid",
    advice: `describe in the issue more precisely when it is done, then ${RETRY}`,
  },
  "criterion-unproven": {
    says: "Nothing proves a criterion of the contract",
    advice: `${REWORK} and what would prove it`,
  },
  "day-spent": {
    says: "The budget of the day is used up",
    advice:
      "nothing, the factory continues tomorrow; or raise `limits.usdPerDay` in `.github/factory.yml`",
  },
  "dependencies-refused": {
    says: "The factory does not accept this change of the dependencies",
    advice: `make this change yourself, or say in the issue to leave the file alone, then ${RETRY}`,
  },
  "dependencies-unapproved": {
    says: "The change touches the dependencies, and nobody has approved these bytes",
    advice: `read what it adds, then approve its digest, or comment ${typed("rework")}`,
  },
  "dependencies-unfetched": {
    says: "A package of the approved lockfile could not be fetched",
    advice: `check the registry, then ${RETRY}`,
  },
  "deploy-not-seen": {
    says: "The merge was not seen live in time",
    advice: "check the deploy; whether the merge works is unknown",
  },
  "effect-refused": {
    says: "GitHub rejected a write",
    advice: `fix what GitHub names, then ${RETRY}`,
  },
  "effect-unanswered": {
    says: "GitHub did not answer, so it is unknown whether this was done",
    advice: `check whether it was done, then comment ${typed("resume")}`,
  },
  "event-not-understood": {
    says: "Unknown command or event",
    advice: `comment ${typed("status")} to see where the issue stands`,
  },
  "evidence-missing": { says: "There is no evidence for exactly these bytes", advice: RETRY },
  "gave-up": { says: "The worker gave up", advice: `sharpen the issue, then ${RETRY}` },
  "illegal-transition": {
    says: "That step is not possible at this stage",
    advice: "choose one of the steps that are possible",
  },
  "issue-changed": {
    says: "The issue was edited meanwhile",
    advice: `${RETRY}, and the factory reads the new text`,
  },
  "issue-duplicate": {
    says: "This is a duplicate",
    advice: `continue with the other issue; or open this one again or remove the mark, and ${RETRY}`,
  },
  "ledger-invalid": {
    says: "The ledger cannot be trusted",
    advice: `read the edit history of the comment, remove the andon label, then ${typed("retry")} starts the issue again`,
  },
  "limit-exceeded": {
    says: "A limit was exceeded",
    advice: "split the issue, or raise the limit in `.github/factory.yml`",
  },
  "lines-unnoticed": {
    says: "The tests notice too few of the changed source lines",
    advice: `${REWORK} and what a test should show, or lower \`gate.noticed\` in \`.github/factory.yml\``,
  },
  "lines-untried": {
    says: "Verify could not try enough changed source lines to see whether a test notices them",
    advice: `raise \`verify.noticeMinutes\` or set \`checks.test.only\` in \`.github/factory.yml\`, then ${RETRY}`,
  },
  ...LOOP_WORDINGS,
  "merge-refused": {
    says: "GitHub refused the merge",
    advice: `read the reason, fix it, then ${RETRY}`,
  },
  "model-failed": {
    says: "The model call failed",
    advice: `check the provider's status and the secret, then ${RETRY}`,
  },
  "nothing-produced": {
    says: "A job ended without a result",
    advice: `read the log of the run, then ${RETRY}`,
  },
  "order-invalid": { says: "The work order is not for this run", advice: RETRY },
  "path-not-allowed": {
    says: "The change touches a path outside the contract",
    advice: `widen the contract by ${typed("rework")}, or leave the path alone`,
  },
  "path-protected": {
    says: "The change touches a protected path",
    advice: "make or merge this change yourself",
  },
  "permission-missing": {
    says: "The token lacks a permission",
    advice: "grant the permission in the calling workflow or the repository's settings",
  },
  "probe-failed": {
    says: "The smoke test failed",
    advice: "revert the merge or repair the deploy, then remove the andon label",
  },
  "probe-unreachable": {
    says: "The smoke test could not reach the deployed app",
    advice: `make the address reachable from the runner, then ${RETRY}`,
  },
  "proposal-invalid": {
    says: "A worker returned an invalid result",
    advice: RETRY,
  },
  "pull-request-open": {
    says: "A pull request of the factory is still open",
    advice: "merge it or close it, then comment again",
  },
  "pull-request-closed": {
    says: "Somebody closed the pull request without merging it",
    advice: `${RETRY} to build it again. To continue with this one, open it again first. If you do not want it, close the issue`,
  },
  "pull-request-taken": {
    says: "Somebody else pushed to the pull request",
    advice: "merge it or close it",
  },
  "revert-conflicts": {
    says: "The factory cannot revert the merge, because later changes touch the same place",
    advice: "revert it by hand",
  },
  "revert-forbidden": {
    says: "The factory does not revert this merge",
    advice: "revert it by hand",
  },
  "review-escalated": {
    says: "The reviewer asks for a person",
    advice: `read the findings, then ${RETRY} or ${typed("rework")} with your decision`,
  },
  "review-rework": { says: "The reviewer sent the change back", advice: RETRY },
  "risk-unapproved": {
    says: "The change is riskier than the contract said, so nothing was published",
    advice: `read what it touches, then comment ${typed("approve")}, or ${REWORK} and what to leave alone`,
  },
  "sandbox-missing": {
    says: "This machine has no sandbox",
    advice: "install it with `sudo apt-get install -y bubblewrap`",
  },
  "secret-found": {
    says: "The change contains something that looks like a secret",
    advice: `remove it, or make it clearly a fake, then ${RETRY}`,
  },
  "secret-leaked": {
    says: "A worker's result contains a secret of this run. Nothing was published, and the line is stopped",
    advice: "replace the secret with a new one, read the run, then remove the andon label",
  },
  "secret-missing": {
    says: "A secret is not set",
    advice: "set it with `gh secret set NAME` in the repository",
  },
  "tests-not-failing-on-base": {
    says: "No test failed before this change and passes with it",
    advice: `${REWORK} and name the behavior that a test should show`,
  },
  "tests-not-ready": {
    says: "The tester wrote no tests that show the contract on the base",
    advice: `${REWORK} and say what a test could see, or ${RETRY}`,
  },
  "tests-touched": {
    says: "The coder changed the tester's tests, or what runs them",
    advice: `${RETRY}, or ${REWORK} and name the file among the paths that may change`,
  },
  "tree-mismatch": { says: "The tree on GitHub is not the one that was verified", advice: RETRY },
  "state-unknown": {
    says: "GitHub did not show what the factory needs to know for this decision",
    advice: `comment ${typed("resume")} once GitHub answers again, or once you fixed what is named`,
  },
  "stopped-by-person": { says: "A person stopped this", advice: `${RETRY} to go on` },
  "trust-too-low": {
    says: "The config does not let the factory merge this",
    advice: "read the pull request and merge it",
  },
  "turn-later": {
    says: "It is not this issue's turn yet",
    advice:
      "nothing, the factory continues by itself; or raise `limits.wip` in `.github/factory.yml`",
  },
  "worker-failed": { says: "A worker failed", advice: `read the log of the run, then ${RETRY}` },
  "workflow-exposed": {
    says: "A workflow of the repository would run with secrets on the factory's branches",
    advice: `exclude the branches below \`factory/\` from it, then ${RETRY}`,
  },
} as const satisfies Record<RefusalCode, Wording>;
