import type { Stage } from "../../domain/stage.ts";
import { sayDuration } from "../figures.ts";

/** What one job of control came to, in a few words. */
const HEADLINES = {
  "alert-dismissed": "nothing is written, because a person closed its issue as not planned",
  "alert-escaped":
    "it came back after its fix was live: the ledger names the change that the defect escaped",
  "alert-is-ours": "nothing is written, because the factory's own probe caused it",
  "alert-opened": "a new incident, an issue was opened",
  "alert-over": "no alarm: nothing is written",
  "alert-returned": "it came back: its issue was opened again",
  "alert-seen": "seen again: its issue says so",
  "alert-too-soon": "written less than a minute ago: this one is not counted",
  "alerts-resolved": "resolved: not seen for long since the fix was live",
  "alerts-unread": "the source of alerts did not answer: an issue says so",
  approval: "an approval",
  "attempt-next": "an attempt is next",
  "audit-next": "the audit is next",
  "checks-flaky": "a check of the repository is flaky: the ledger says so",
  "checks-red": "checks of the repository are red: a person is asked",
  "checks-run-again": "failed jobs of the repository run once more",
  "board-fresh": "the board was written less than an hour ago",
  "board-off": "nothing is written, because the config has no board",
  "board-written": "the board is up to date",
  "claim-open": "the claim is open",
  "contract-approved-by-config": "the contract needs no approval",
  "contract-unwritten": "the contract could not be written",
  "contract-waits": "a contract waits for approval",
  "deploy-not-seen": "the merge was not seen live in time: a person is asked",
  "deploy-waits": "the deploy waits; the factory looks again",
  "done-flaky": "done; a probe is flaky",
  "done-red-before": "done; a probe fails as it failed before the merge",
  "done-unprobed": "done; there was nothing to probe",
  "done-unseen": "done: every probe passed; which commit is live is unknown",
  "intake-next": "the issue is read next",
  "intake-of-transferred":
    "the issue is read next, as a new one: what the factory wrote in another repository does not count",
  assigned: "the person to ask was recorded",
  explained: "the record was explained",
  prioritized: "the priority was set",
  examination: "a check of the pull request was requested",
  "examination-next": "the pull request is checked as it is",
  "examination-written": "the check of the pull request was written",
  "issue-unknown": "the factory does not know this issue yet",
  "ledger-begun-anew": "a new ledger was begun",
  "ledger-distrusted": "stopped: the ledger cannot be trusted",
  "ledger-written-again": "the ledger was written again",
  "loop-filed": "the findings are filed",
  "loop-found-nothing": "nothing was found, no model was asked",
  "loop-next": "a loop is due",
  "loop-none-due": "no loop is due",
  "loop-reached": "nothing is filed, because its exit condition holds",
  "loop-resumes": "the loop continues at its next time",
  "loop-untaken": "nothing was filed; what the judge cost is recorded",
  "loop-unjudged": "the judge gave no answer: nothing is filed, and its cost is recorded",
  "loop-stops":
    "a guard got worse: the loop is stopped, and its last run undone as far as possible",
  "made-anew-next": "the base moved: the same change is made on the new base",
  "merge-found": "an unrecorded merge was found",
  "merge-known": "this merge is recorded already",
  "merge-of-others": "this is not a merge of the factory's work",
  "news-polled": "the source of alerts was asked: its news is on the issues",
  "nothing-forgotten": "nothing was forgotten",
  "no-news-polled": "the source of alerts was asked: no news",
  "nothing-resolved": "no alert is to be resolved",
  "nothing-to-probe": "there was nothing to probe",
  "nothing-waits": "nothing is waiting for the factory",
  "nothing-written": "nothing was written",
  "own-merge": "this is the factory's own merge, settled already",
  "person-merged": "a person merged it",
  "person-merges": "a person merges",
  "person-reminded": "a person is asked again",
  "proof-written": "the proof was written",
  publishing: "the change is being published",
  "left-behind": "the issue is gone, and its pull request says so",
  "lessons-proposed": "lessons are proposed",
  "nothing-learned": "there is no lesson to propose or to judge",
  "quality-proposed": "a new quality.md is proposed",
  "quality-proposed-today": "proposed today already",
  "quality-unchanged": "quality.md is up to date",
  "questions-asked": "questions were asked",
  "operational-review-written": "the operational review of the week is written",
  "review-next": "the review is next",
  "review-unwritten": "no review came of it; what it cost was written down",
  "review-written": "the review was written",
  "revert-next": "failed: the line is stopped, and the merge is reverted next",
  "seen-live": "seen live",
  "sent-back": "sent back: the next attempt follows",
  "smoke-failed": "failed: the line is stopped",
  "smoke-next": "the smoke test is next",
  "smoke-unreachable": "the deployed app could not be reached",
  stopped: "stopped: a person is asked",
  "stopped-by-person": "stopped",
  "unblock-answered": "the pull request was answered already",
  "unblock-next": "the pull request is repaired next",
  "unblock-offered": "a repair of the pull request was offered",
  "unblock-refused": "no repair was offered; the pull request says why",
  "waits-for-turn": "it waits for its turn and spends nothing",
} as const satisfies Readonly<Record<string, string>>;

/** What control came to: a code, with data where the words need it. */
export type Headline =
  | keyof typeof HEADLINES
  | { readonly code: "claimed"; readonly attempt: number }
  | { readonly code: "merged"; readonly commit: string }
  | { readonly code: "taken-back"; readonly commit: string }
  | { readonly code: "restored"; readonly took: number }
  | { readonly code: "sent-on"; readonly stage: Stage }
  | { readonly code: "rung"; readonly rung: number; readonly left: number };

export function sayHeadline(headline: Headline): string {
  if (typeof headline === "string") return HEADLINES[headline];
  switch (headline.code) {
    case "claimed":
      return `attempt ${headline.attempt} is claimed`;
    case "merged":
      return `merged as ${headline.commit.slice(0, 12)}`;
    case "taken-back":
      return `reverted as ${headline.commit.slice(0, 12)}`;
    case "restored":
      return `reverted and seen live, ${sayDuration(headline.took)} after the merge`;
    case "sent-on":
      return `a person sent it on to ${headline.stage}`;
    case "rung":
      return `${headline.rung} forgotten and started again, ${headline.left} left to a person`;
  }
}
