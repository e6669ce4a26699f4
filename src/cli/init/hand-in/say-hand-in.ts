import type { Terminal } from "../../shared/terminal.ts";
import type { NextStep } from "../github/next-step.ts";
import type { HandedIn } from "./hand-in.ts";
import { pullSteps } from "./pull-request.ts";
import { quoted } from "./quoted.ts";

/** What is left for a person to do about the branch. */
export function stepsOfBranch(handed: HandedIn): readonly NextStep[] {
  const { branch, base, remote = "origin", pullRequest, fate } = handed;
  if (fate === "planned") return [];
  const isOpen = pullRequest?.fate === "opened" || pullRequest?.fate === "there";
  const name = quoted(branch);
  if (isOpen) {
    const command = `gh pr view --web ${quoted(pullRequest.url ?? branch)}`;
    return [{ what: "Read the pull request, and merge it", command }];
  }
  const read = { what: "Read the branch", command: `git diff ${base.slice(0, 12)} ${name}` };
  return [read, ...pullSteps(branch, remote)];
}

/** Says what came of the branch and of its pull request. */
export function sayHandedIn(terminal: Terminal, handed: HandedIn): void {
  const { branch, fate, files, base, commit = "", pullRequest, remote } = handed;
  const count = `${files} ${files === 1 ? "file" : "files"}`;
  const off = `off commit ${base.slice(0, 7)}`;
  const said = {
    made: `The branch ${branch} has ${count}, in commit ${commit.slice(0, 7)}, ${off}. Your own branch, index and files are as they were. No hooks ran.`,
    there: `The branch ${branch} is there already, with ${count}; nothing was changed.`,
    planned: `The branch ${branch} would have ${count}, ${off}.`,
  }[fate];
  terminal.line(said);
  if (pullRequest === undefined) return;
  const { url = branch, because = "" } = pullRequest;
  const pull = {
    opened: `Its pull request is open: ${url}`,
    there: `Its pull request is there already: ${url}`,
    left: `There is no pull request: ${because}.`,
    planned: `It would be pushed to ${remote}, and its pull request opened with gh.`,
  }[pullRequest.fate];
  terminal.line(pull);
}
