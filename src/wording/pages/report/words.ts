import type { Figure } from "../../../measures/figure.ts";
import type { History, Untold } from "../../../measures/history/history.ts";
import type { Attention } from "../../../measures/review/attention.ts";
import { counted, sayDuration, sayUsd } from "../../figures.ts";

/** Why a figure is missing. */
const UNTOLD_WORDS = {
  "no-ledgers": "this source holds no ledgers of the factory",
  "no-issues": "this source holds no issues",
  "no-deployments": "nothing tells of deployments",
  "no-changed-files": "nothing tells which lines each merge put in",
  "no-events": "this source holds no events of issues",
  "no-owners": "there is no checkout to read owners from",
  "no-schedules": "this source holds no runs of schedules",
  "no-config-history": "there is no history of the config to read",
  "no-usage": "no ledger tells of a cost",
  "no-authors": "nothing tells when the first commit of a change was written, or by whom",
  "no-reviews": "this source does not tell who read each change",
  "nothing-merged": "nothing was merged",
  "nothing-deployed": "no deployment was seen",
  "nothing-failed": "no deployment failed",
  "not-recovered": "a deployment that failed has not recovered yet",
  "nothing-attempted": "no attempt was made",
  "nothing-survived": "no merge that became 14 days old was alive then",
  "too-young": "no merge became 14 days old",
} as const satisfies Record<Untold, string>;

export function sayUntold(untold: Untold): string {
  return UNTOLD_WORDS[untold];
}

/** A figure as people read it; one that is not known says so. */
export function sayValue(figure: Figure): string {
  return "unknown" in figure ? "unknown" : sayNumber(figure.unit, figure.value);
}

export function sayNumber(unit: Figure["unit"], value: number): string {
  switch (unit) {
    case "count":
      return value.toLocaleString("en-US");
    case "share":
      return `${sayPercent(value * 100)} %`;
    case "ms":
      return sayLongTime(value);
    case "usd":
      return sayUsd(value);
    case "per-day":
      return `${value.toFixed(value < 10 ? 1 : 0)} a day`;
    case "lines":
      return counted(value, "line");
  }
}

/** What is not all never reads as 100, and what is not nothing never as 0. */
function sayPercent(percent: number): string {
  if (percent === 0 || percent === 100) return `${percent}`;
  if (percent > 99) return Math.min(99.9, percent).toFixed(1);
  return percent < 9.5 ? Math.max(0.1, percent).toFixed(1) : percent.toFixed(0);
}

const DAY_MS = 86_400_000;

/** Days where hours would be many: 3.2 days. */
function sayLongTime(ms: number): string {
  return ms < 2 * DAY_MS ? sayDuration(ms) : `${(ms / DAY_MS).toFixed(1)} days`;
}

/** Where the figures come from. */
export const SOURCE_WORDS = {
  ledgers: "the factory's ledgers and GitHub's API",
  "github-export": "an export of GitHub's API",
  git: "the history of a clone",
} as const satisfies Record<History["source"], string>;

/** The heading of each figure, and how it is counted. */
export const FIGURE_WORDS = {
  deploymentFrequency: [
    "Deployment frequency",
    "Deployments in the window, divided by its days. A commit counts once a smoke test saw it live, or GitHub was told that its deployment ended.",
  ],
  changeLeadTime: [
    "Change lead time",
    "Median time from the first commit of a change to its deployment.",
  ],
  changeFailRate: [
    "Change fail rate",
    "Deployments that failed, of those that somebody could look at.",
  ],
  failedDeploymentRecoveryTime: [
    "Failed deployment recovery time",
    "Median time from a deployment that failed until production was seen well.",
  ],
  deploymentReworkRate: [
    "Deployment rework rate",
    "Deployments that took back what had failed, of all deployments.",
  ],
  merged: ["Merged", "Changes that came onto the default branch."],
  timeToMerge: ["Time to merge", "Median time from the first commit of a change to its merge."],
  takenBack: ["Taken back", "Of the merges, those that were reverted by the end of the window."],
  repairs: ["Repairs", "Of the merges, those that revert or mend an earlier one."],
  spent: ["Spent on models", "USD of all entries of the ledgers in the window."],
  costPerMerged: [
    "Cost per merged pull request",
    "USD spent in the window, divided by the merges in it that repair nothing. What came to nothing is paid, too.",
  ],
  alive: [
    "Alive after 14 days",
    "Of merges that became 14 days old in the window, those that nobody had reverted by then.",
  ],
  costPerSurviving: [
    "Cost per surviving pull request",
    "USD of the issues of all merges that became 14 days old in the window, divided by those still alive.",
  ],
  withoutPeople: [
    "Without people",
    "Of the factory's merges, those where no person commanded, approved, reviewed or merged anything.",
  ],
  byAgents: ["Written by agents", "Of the merges, those that an agent wrote or helped to write."],
  waitedForPeople: [
    "Waited for people",
    "Time that issues stood at a stage where a person is next, all together.",
  ],
  attempts: ["Attempts", "Attempts that began in the window."],
  sentBack: ["Sent back", "Of the attempts, those that were sent back."],
  comprehensionDebt: [
    "Comprehension debt",
    "Lines merged of which no person is on record as a writer, a reviewer or the one who merged.",
  ],
  stopped: ["Line stood still", "Time in the window in which an andon was up."],
  mistakes: ["Mistakes", "What sent work back, refused it or came back from production, by cause."],
  unknownCause: ["Cause unknown", "Of the mistakes, those of which no line tells the cause."],
  repeated: [
    "Repeated mistakes",
    "Of the mistakes with a known cause, those made on another issue in the 28 days before.",
  ],
  escaped: ["Escaped defects", "Defects that were reported again after their fix was live."],
} as const satisfies Record<string, readonly [name: string, how: string]>;
export type FigureName = keyof typeof FIGURE_WORDS;

/** Reasons for sending back that are no codes of refusals. */
const REASONS: Readonly<Record<string, string>> = {
  "taken-back": "its merge broke production and was taken back",
  "own-checks": "the repository's own checks were red",
  person: "a person asked for changes",
  finding: "the reviewer found something",
  unsaid: "the ledger does not say why",
};

export function sayReason(reason: string): string {
  return REASONS[reason] ?? reason;
}

/** One of the three things to look at, in a sentence. */
export function sayAttention({ kind, amount, about = "" }: Attention): string {
  const isOrAre = (count: number) => (count === 1 ? "is" : "are");
  switch (kind) {
    case "line-stands-still":
      return `The line stands still: ${counted(amount, "andon")} ${isOrAre(amount)} up.`;
    case "taken-back":
      return `${counted(amount, "merge")} of this window had to be taken back.`;
    case "escaped":
      return `${counted(amount, "defect")} came back after the fix was live.`;
    case "waits-for-people":
      return `${counted(Number(about), "issue")} ${Number(about) === 1 ? "waits" : "wait"} for a person, the longest for ${sayNumber("ms", amount)}.`;
    case "dead-automation":
      return `${counted(amount, "scheduled workflow")} failed three times in a row.`;
    case "unopened-lines":
      return `${counted(amount, "line")} in ${about} came in without a person on record who read them.`;
    case "often-sent-back":
      return `Attempts were sent back ${amount === 1 ? "once" : `${amount} times`} for one reason: ${sayReason(about)}.`;
    case "stalled-initiative":
      return `${counted(amount, "issue")} of an initiative ${isOrAre(amount)} open with nothing done for 14 days.`;
    case "nobody-owns":
      return `${counted(amount, "file")} ${amount === 1 ? "has" : "have"} no owner.`;
  }
}
