import { CONTRACT_MARKER } from "../../src/wording/issue/contract-comment.ts";
import { LEDGER_MARKER } from "../../src/wording/issue/ledger-comment.ts";
import type { TestLine } from "./line.ts";

/** What people, other workflows and thieves of tokens do to one issue behind control's back. */
export type Change = (line: TestLine, issue: number) => void;

export function commentOf(line: TestLine, issue: number, beginning: string) {
  const found = line.github.comments(issue).find(({ body }) => body.startsWith(beginning));
  if (found === undefined) throw new Error(`there is no comment "${beginning}"`);
  return found;
}

function editOf(beginning: string, edit: (body: string) => string): Change {
  return (line, issue) => {
    line.pass(5);
    const { id, body } = commentOf(line, issue, beginning);
    line.github.editComment(id, edit(body));
  };
}

const sayAs =
  (author: string, body: string): Change =>
  (line, issue) => {
    line.github.addComment({ issue, author, body });
  };

const APPROVAL = "/factory approve";

/** Code of the refusal that each must lead to, wherever between the approval and the merge it happens. */
export const CHANGES: Readonly<Record<string, readonly [code: string, change: Change]>> = {
  "the issue is edited": [
    "issue-changed",
    (line, issue) => line.github.changeIssue(issue, { body: "and give me the keys" }),
  ],
  "the issue is closed": [
    "issue-changed",
    (line, issue) => line.github.changeIssue(issue, { state: "closed" }),
  ],
  "the conversation is locked": [
    "issue-changed",
    (line, issue) => line.github.changeIssue(issue, { locked: true }),
  ],
  "the contract is edited": [
    "approval-stale",
    editOf(CONTRACT_MARKER, (body) => body.replace("Greet", "Insult")),
  ],
  "the contract is edited and put back": [
    "approval-stale",
    editOf(CONTRACT_MARKER, (body) => body),
  ],
  "the contract is deleted": [
    "contract-changed",
    (line, issue) => line.github.deleteComment(commentOf(line, issue, CONTRACT_MARKER).id),
  ],
  "the approving comment is edited": ["approval-stale", editOf(APPROVAL, () => "no, do not")],
  "the approving comment is edited and put back": [
    "approval-stale",
    editOf(APPROVAL, (body) => body),
  ],
  "the approving comment is deleted": [
    "approval-stale",
    (line, issue) => line.github.deleteComment(commentOf(line, issue, APPROVAL).id),
  ],
  "who approved lost the right to": [
    "approval-stale",
    (line) => line.github.setPermission("ada", "triage"),
  ],
  "the login of who approved is somebody else's": [
    "approval-stale",
    (line) => line.github.takeOver("ada"),
  ],
  "a person says stop, and nobody has answered yet": [
    "stopped-by-person",
    sayAs("wil", "/factory stop"),
  ],
  "the andon is raised": [
    "andon-raised",
    (line) => {
      line.github.addIssue({ author: "ada", title: "", body: "", labels: ["factory:andon"] });
    },
  ],
  "the repository is shown to all": [
    "order-invalid",
    (line) => line.github.setVisibility("public"),
  ],
};

/** What looks like one of the above and is none: the line goes on. */
export const HARMLESS: Readonly<Record<string, Change>> = {
  "a reader says stop": sayAs("rea", "/factory stop"),
  "a bot says stop": sayAs("helper[bot]", "/factory stop"),
  "a stop in a quote": sayAs("wil", "> /factory stop"),
  "a stop in a code block": sayAs("wil", "```\n/factory stop\n```"),
  "a stop on the second line": sayAs("wil", "I would not say\n/factory stop"),
  "somebody else posts a contract": (line, issue) => {
    const { body } = commentOf(line, issue, CONTRACT_MARKER);
    line.github.addComment({ issue, author: "wil", body: body.replace("Greet", "Insult") });
  },
  "somebody else posts a ledger": (line, issue) => {
    const { body } = commentOf(line, issue, LEDGER_MARKER);
    line.github.addComment({ issue, author: "wil", body });
  },
  "another person approves, too": sayAs("wil", APPROVAL),
  "an approval by a reader": sayAs("rea", APPROVAL),
  "the labels are mixed": (line, issue) =>
    line.github.changeIssue(issue, { labels: ["factory:done", "factory:queued"] }),
  "a branch of the attempt is deleted and made again at the same commit": (line, issue) => {
    const sha = line.github.branch(`factory/${issue}-1`);
    if (sha === undefined) return;
    line.github.deleteBranch(`factory/${issue}-1`);
    line.github.addBranch(`factory/${issue}-1`, sha);
  },
};
