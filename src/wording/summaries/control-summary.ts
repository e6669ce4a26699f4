import type { EffectKind } from "../../domain/github/effect.ts";
import { type Receipt, wasDone } from "../../domain/github/receipt.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Stage } from "../../domain/stage.ts";
import { counted } from "../figures.ts";
import { WHO_IS_NEXT } from "../issue/who-is-next.ts";
import { sayRefusal } from "../refusals.ts";
import { ownLink, safeText } from "../safe-text.ts";
import { type Headline, sayHeadline } from "./headlines.ts";

export interface ControlSummary {
  readonly headline: Headline;
  /** The issue's number, the name of its label, and where it stands; absent where there is no issue. */
  readonly issue?:
    | { readonly number: number; readonly label?: string; readonly stage?: Stage }
    | undefined;
  /** What follows in the same run. */
  readonly next: keyof typeof FOLLOWS;
  readonly refusals: readonly Refusal[];
  readonly receipts: readonly Receipt[];
  /** Andon labels that stop nothing. */
  readonly idleAndons?: readonly IdleAndon[];
  /** Its address, https://github.com/OWNER/NAME: all links are below it. */
  readonly repository: string;
}

/** An andon label that stops nothing, who put it there, what that person may do and what would have counted. */
export interface IdleAndon {
  readonly issue: number;
  readonly login: string;
  readonly permission: string;
  readonly floor: string;
}

/** What follows by itself, to be read after "Next in this run:". */
const FOLLOWS = {
  none: "",
  intake: "the issue is read",
  line: "the attempt",
  verify: "a look at the pull request",
  release: "the smoke test",
  nightly: "the audit",
  review: "the review",
  revert: "the merge is taken back",
  unblock: "the pull request is mended",
  loop: "the loop",
  incident: "the alerts",
  board: "the board",
  "incident-and-board": "the alerts, then the board",
} as const;

/**
 * What one job of control decided and wrote, for the summary page of its run, which heads it with the job's name: the outcome,
 * then who is next.
 */
export function renderControlSummary(summary: ControlSummary): string {
  const { refusals } = summary;
  const written = sayWritten(summary);
  const where = [sayIssue(summary), sayNext(summary)].filter((said) => said !== "");
  return [
    `### control: ${sayHeadline(summary.headline)}`,
    "",
    where.join(" "),
    ...(refusals.length === 0 ? [] : ["", ...refusals.map((one) => `- ${sayRefusal(one)}`)]),
    ...sayIdle(summary.idleAndons ?? []),
    ...(written.length === 0 ? [] : ["", `${WRITTEN_LINE}${written.join(" · ")}`]),
    "",
  ].join("\n");
}

/** Begins the line that says what GitHub took. No word of others begins a line of a summary. */
const WRITTEN_LINE = "**Written** ";

/** The same summary for a staged run, in which nothing was written: what would have been is listed below it. */
export function withoutWritten(summary: string): string {
  const lines = summary.split("\n").filter((line) => !line.startsWith(WRITTEN_LINE));
  return `${lines.join("\n").trimEnd()}\n`;
}

function sayIssue({ issue, repository }: ControlSummary): string {
  if (issue === undefined) return "";
  const link = ownLink(`Issue ${issue.number}`, `${repository}/issues/${issue.number}`);
  return issue.label === undefined ? `${link}.` : `${link} stands at \`${issue.label}\`.`;
}

/** What follows by itself, else whose turn it is. */
function sayNext({ issue, next }: ControlSummary): string {
  if (next !== "none") return `Next in this run: ${FOLLOWS[next]}.`;
  return issue?.stage === undefined ? "Nothing follows in this run." : WHO_IS_NEXT[issue.stage];
}

const MOST_NAMED = 5;

/** The person who added the label believes that the line is stopped, so the run that continues says that it is not. */
function sayIdle(idle: readonly IdleAndon[]): readonly string[] {
  if (idle.length === 0) return [];
  const lines = idle
    .slice(0, MOST_NAMED)
    .map(
      ({ issue, login, permission, floor }) =>
        `- The andon label on issue ${issue} does not stop the line: ${safeText(login)} put it there and has \`${permission}\`, and it counts from \`${floor}\` on (\`andonFrom\` in \`.github/factory.yml\`).`,
    );
  const more = idle.length - lines.length;
  return [
    "",
    ...lines,
    ...(more > 0 ? [`- The same is true of ${counted(more, "more label")}.`] : []),
  ];
}

const WRITTEN: Readonly<Record<EffectKind, string>> = {
  "write-comment": "comment",
  "set-labels": "labels",
  "claim-branch": "attempt branch",
  "publish-commit": "commit",
  "open-pull-request": "pull request",
  "update-pull-request": "pull request, written anew",
  "answer-thread": "answer in a thread",
  "resolve-thread": "resolved thread",
  "request-review": "review asked for",
  "write-check-run": "check run",
  "merge-pull-request": "merge",
  "dispatch-workflow": "dispatch",
  "run-jobs-again": "failed jobs run again",
  "close-issue": "issue closed",
  "reopen-issue": "issue reopened",
  "open-issue": "issue",
  "edit-issue": "issue, written anew",
  "pin-issue": "issue pinned",
};

/** What GitHub took, each kind once with its count; what has a number or a commit is linked. */
function sayWritten({ receipts, repository }: ControlSummary): readonly string[] {
  const done = receipts.filter((receipt) => wasDone(receipt));
  return [...new Set(done.map(({ kind }) => kind))].map((kind) => {
    const same = done.filter((receipt) => receipt.kind === kind);
    const word = same.length === 1 ? WRITTEN[kind] : `${WRITTEN[kind]} ×${same.length}`;
    const [first] = same;
    switch (first?.kind) {
      case "open-pull-request":
        return ownLink(`${word} ${first.number}`, `${repository}/pull/${first.number}`);
      case "publish-commit":
        return ownLink(word, `${repository}/commit/${first.sha}`);
      default:
        return word;
    }
  });
}
