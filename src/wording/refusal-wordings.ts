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
    says: "A source of alerts could not be asked",
    advice:
      "look whether it answers, and whether the token may read there; the heartbeat asks again every hour",
  },
  "andon-raised": {
    says: "The line is stopped",
    advice: "read the open issues with the andon label, remove the cause, then take the label off",
  },
  "approval-stale": {
    says: "The approval is for another version",
    advice: `read the contract as it stands now, then comment ${typed("approve")}`,
  },
  "artifact-invalid": {
    says: "A file passed between jobs failed its digest check",
    advice: `run the workflow again, or ${RETRY}`,
  },
  "attempts-exhausted": {
    says: "All attempts are used up",
    advice: `sharpen the issue or raise \`limits.attempts\`, then ${RETRY}`,
  },
  "base-moved": { says: "The default branch moved meanwhile", advice: RETRY },
  "budget-exhausted": {
    says: "The budget is spent",
    advice: `raise \`limits\` in \`.github/factory.yml\`, or split the issue, then ${RETRY}`,
  },
  "change-set-invalid": {
    says: "The change contains a path, mode, size or content that cannot be taken",
    advice: RETRY,
  },
  "changes-requested": { says: "A review asks for changes", advice: "wait for the next attempt" },
  "check-failed": { says: "A check did not pass", advice: RETRY },
  "checks-red": { says: "Checks of the repository are red", advice: SEE_WHY },
  "claim-lost": {
    says: "This attempt is not what it was when it was claimed",
    advice: `look at its branch and its run, then ${RETRY}`,
  },
  "claim-taken": {
    says: "This attempt is taken already",
    advice: `wait for the run that took it, or cancel that and ${RETRY}`,
  },
  "config-invalid": {
    says: "The config cannot be read",
    advice: `correct \`.github/factory.yml\` on the default branch, then ${RETRY}`,
  },
  "contract-changed": {
    says: "The contract is not the one that was approved",
    advice: `read it as it stands now, then comment ${typed("approve")}`,
  },
  "contract-invalid": {
    says: "The contract is invalid",
    advice: `say more precisely in the issue what done means, then ${RETRY}`,
  },
  "criterion-unproven": {
    says: "Nothing proves a criterion of the contract",
    advice: `${REWORK} and what would prove it`,
  },
  "day-spent": {
    says: "The money of this day is spent or promised",
    advice:
      "nothing: the factory goes on by itself; or raise `limits.usdPerDay` in `.github/factory.yml`",
  },
  "dependencies-refused": {
    says: "The change of the dependencies cannot be taken",
    advice: `a person has to make this change; say in the issue to leave the file alone, then ${RETRY}`,
  },
  "dependencies-unapproved": {
    says: "The change touches what the repository depends on, and no person has approved these bytes",
    advice: `read what it adds, then approve its digest, or comment ${typed("rework")}`,
  },
  "dependencies-unfetched": {
    says: "A package of the approved lockfile could not be fetched",
    advice: `look at the registry, then ${RETRY}`,
  },
  "deploy-not-seen": {
    says: "The merge was not seen live in time",
    advice: "look at the deploy; nothing is known of how the merge works",
  },
  "effect-refused": {
    says: "GitHub rejected a write",
    advice: `fix what GitHub names, then ${RETRY}`,
  },
  "effect-unanswered": {
    says: "GitHub did not answer, so nobody knows whether this was done",
    advice: `look whether it was done, then comment ${typed("resume")}`,
  },
  "event-not-understood": {
    says: "Unknown command or event",
    advice: `comment ${typed("status")} to see where the issue stands`,
  },
  "evidence-missing": { says: "There is no evidence for exactly these bytes", advice: RETRY },
  "gave-up": { says: "The worker gave up", advice: `sharpen the issue, then ${RETRY}` },
  "illegal-transition": {
    says: "That step is not possible at this stage",
    advice: "choose one of the steps that are open",
  },
  "issue-changed": {
    says: "The issue was edited meanwhile",
    advice: `${RETRY} to have the new text read`,
  },
  "issue-duplicate": {
    says: "This is a duplicate",
    advice: `go on with the other one; or open this again, or take the mark off, and ${RETRY}`,
  },
  "ledger-invalid": {
    says: "The ledger cannot be trusted",
    advice: `read the comment's edit history, take the andon label off, then ${typed("retry")} starts the issue anew`,
  },
  "limit-exceeded": {
    says: "A limit was exceeded",
    advice: "split the issue, or raise the limit in `.github/factory.yml`",
  },
  "lines-unnoticed": {
    says: "Too few changed source lines are missed by any test when they are taken back",
    advice: `${REWORK} and what a test should show, or lower \`gate.noticed\` in \`.github/factory.yml\``,
  },
  "lines-untried": {
    says: "Too few changed source lines were taken back to see whether a test misses them",
    advice: `raise \`verify.noticeMinutes\` or give \`checks.test.only\` in \`.github/factory.yml\`, then ${RETRY}`,
  },
  ...LOOP_WORDINGS,
  "merge-refused": {
    says: "GitHub refused the merge",
    advice: `read its reason, settle it, then ${RETRY}`,
  },
  "model-failed": {
    says: "The model call failed",
    advice: `look at the provider's status and at the secret, then ${RETRY}`,
  },
  "nothing-produced": {
    says: "A job ended without a result",
    advice: `read the log of the run, then ${RETRY}`,
  },
  "order-invalid": { says: "The work order does not fit this run", advice: RETRY },
  "path-not-allowed": {
    says: "The change touches a path outside the contract",
    advice: `widen the contract by ${typed("rework")}, or leave the path alone`,
  },
  "path-protected": {
    says: "The change touches a protected path",
    advice: "a person has to make or merge this change",
  },
  "permission-missing": {
    says: "The token may not do this",
    advice: "grant the permission in the calling workflow or the repository's settings",
  },
  "probe-failed": {
    says: "The smoke test failed",
    advice: "revert the merge or repair the deploy, then take the andon label off",
  },
  "probe-unreachable": {
    says: "The smoke test could not reach the deployed app",
    advice: `make the address reachable from the runner, then ${RETRY}`,
  },
  "proposal-invalid": {
    says: "A worker returned something that cannot be accepted",
    advice: RETRY,
  },
  "pull-request-open": {
    says: "A pull request of the factory is still open",
    advice: "merge it or close it, then comment again",
  },
  "pull-request-closed": {
    says: "Somebody closed this without a merge",
    advice: `${RETRY} to have it built anew; open it again first, and the next attempt goes on with it; or close the issue`,
  },
  "pull-request-taken": { says: "Others have pushed to this", advice: "merge it or close it" },
  "revert-conflicts": {
    says: "The merge cannot be taken back by itself, because of what came after it",
    advice: "take it back by hand",
  },
  "revert-forbidden": {
    says: "The merge is not taken back by the factory",
    advice: "take it back by hand",
  },
  "review-escalated": {
    says: "The reviewer asks for a person",
    advice: `read the findings, then ${RETRY} or ${typed("rework")} with your decision`,
  },
  "review-rework": { says: "The reviewer sent the change back", advice: RETRY },
  "risk-unapproved": {
    says: "The change is riskier than what was shown before work began, and nothing of it was published",
    advice: `read what it touches, then comment ${typed("approve")}, or ${REWORK} and what to leave alone`,
  },
  "sandbox-missing": {
    says: "There is no sandbox on this machine",
    advice: "install it with `sudo apt-get install -y bubblewrap`",
  },
  "secret-found": {
    says: "Something that looks like a secret would have been published",
    advice: `take it out or make it plainly not real, then ${RETRY}`,
  },
  "secret-leaked": {
    says: "A secret of this run would have left it; nothing was published and the line is stopped",
    advice: "replace the secret with a new one, read the run, then take the andon label off",
  },
  "secret-missing": {
    says: "A secret is not set",
    advice: "set it with `gh secret set NAME` in the repository",
  },
  "tests-not-failing-on-base": {
    says: "No test failed before this change and passes with it",
    advice: `${REWORK} and name the behaviour that a test should show`,
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
    says: "GitHub did not show what this decision needs to know",
    advice: `comment ${typed("resume")} once GitHub answers again, or once what is named is mended`,
  },
  "stopped-by-person": { says: "A person stopped this", advice: `${RETRY} to go on` },
  "trust-too-low": {
    says: "The factory may not merge this by itself",
    advice: "read the pull request and merge it",
  },
  "turn-later": {
    says: "It is not this issue's turn yet",
    advice:
      "nothing: the factory goes on by itself; or raise `limits.wip` in `.github/factory.yml`",
  },
  "worker-failed": { says: "A worker failed", advice: `read the log of the run, then ${RETRY}` },
  "workflow-exposed": {
    says: "A workflow of the repository would run with secrets on what the factory publishes",
    advice: `keep it from branches below \`factory/\`, then ${RETRY}`,
  },
} as const satisfies Record<RefusalCode, Wording>;
