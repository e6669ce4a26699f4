import { bytesOf, type ChangedFile } from "../../domain/change-set.ts";
import type { Effect, EffectOf } from "../../domain/github/effect.ts";
import { FIRST_STAGED_ID, STAGED_COMMIT } from "../../domain/github/staged.ts";
import { typed } from "../commands.ts";
import { counted, sayUsd } from "../figures.ts";
import { LEDGER_MARKER, parseLedgerComment } from "../issue/ledger-comment.ts";
import { boundBody, safeBlock, safeText } from "../safe-text.ts";
import { withoutWritten } from "./control-summary.ts";
import { hunkOf } from "./staged-diff.ts";

/** GitHub takes 1 MiB of summary a step, and drops a larger one without a word. */
const SUMMARY_BYTES = 900_000;
const DIFF_CHARACTERS = 120_000;

/** What files held before, by path; a path that is missing was not asked for. */
export type BaseTexts = ReadonlyMap<string, string>;

export interface StagedText {
  readonly task: string;
  /** What control says of its decision: Markdown of ours. */
  readonly decided: string;
  readonly effects: readonly Effect[];
  readonly base?: BaseTexts;
  /** A person would be asked here, and the run goes on as if that person had approved. */
  readonly awaitsApproval: boolean;
  readonly tookApproval: boolean;
  /** The part of the line that would follow, and does not in a staged run. */
  readonly omitted?: string;
}

/** The summary of a staged job of control: each effect as it would stand on GitHub, whole, in the order of writing. */
export function renderStaged(text: StagedText): string {
  const blocks = text.effects.map((effect) => sayEffect(effect, text.base));
  const head = [...sayMode(text), withoutWritten(text.decided), ...sayCost(text.effects)].join(
    "\n",
  );
  const title =
    blocks.length === 0
      ? "#### A live run of this job would write nothing"
      : `#### What this job would have written: ${blocks.length}`;
  const kept: string[] = [head, title];
  let room = SUMMARY_BYTES - Buffer.byteLength(kept.join("\n\n"));
  for (const [index, block] of blocks.entries()) {
    room -= Buffer.byteLength(block) + 2;
    if (room < 0) {
      kept.push(
        `_${counted(blocks.length - index, "more does", "more do")} not fit a summary: GitHub takes 1 MiB._`,
      );
      break;
    }
    kept.push(block);
  }
  return `${kept.join("\n\n")}\n`;
}

function sayMode(text: StagedText): readonly string[] {
  return [
    "> [!NOTE]",
    "> **Staged: nothing was written.** This is what a live run would have written.",
    `> Numbers from ${FIRST_STAGED_ID} up and commits that begin with \`${STAGED_COMMIT}\` are made up, in place of GitHub's.`,
    ...(text.awaitsApproval
      ? [
          `> A live run would wait here for a person's ${typed("approve")}. A staged run continues as if you had approved.`,
        ]
      : []),
    ...(text.tookApproval
      ? [
          "> The contract counts as approved by the person who started this run, with that person's permission.",
        ]
      : []),
    ...(text.omitted === undefined
      ? []
      : [`> A staged run ends here. In a live run, \`${text.omitted}\` would follow.`]),
    "",
  ];
}

/** What the model has cost so far, from the ledger that would have been written: it was spent, staged or not. */
function sayCost(effects: readonly Effect[]): readonly string[] {
  const ledger = effects.findLast(
    (effect) => effect.kind === "write-comment" && effect.marker === LEDGER_MARKER,
  );
  if (ledger?.kind !== "write-comment") return [];
  const parsed = parseLedgerComment(ledger.body);
  if ("fault" in parsed) return [];
  const usd = parsed.entries.reduce((sum, { usage }) => sum + (usage?.usd ?? 0), 0);
  const since = parsed.continues === undefined ? "" : ` since line ${parsed.continues.sequence}`;
  return ["", `Spent on models${since} so far, really: ${sayUsd(usd)}.`];
}

function sayEffect(effect: Effect, base: BaseTexts | undefined): string {
  switch (effect.kind) {
    case "write-comment": {
      const how = effect.comment === null ? "A comment" : "A comment, edited in place,";
      // The ledger is long and comes with nearly every write: it opens on a click.
      const open = effect.marker !== LEDGER_MARKER;
      return fold(`${how} on issue ${effect.issue}`, effect.body, open);
    }
    case "set-labels":
      return `**Labels** of issue ${effect.issue}: ${sayLabels(effect)}`;
    case "claim-branch":
      return `**A branch** ${safeText(effect.branch)} at \`${effect.sha.slice(0, 12)}\`, which claims the attempt`;
    case "publish-commit":
      return sayCommit(effect, base);
    case "open-pull-request":
      return sayOpening(effect);
    case "update-pull-request":
      return fold(
        `Pull request ${effect.pullRequest}, written anew`,
        `### ${safeText(effect.title)}\n\n${effect.body}`,
      );
    case "answer-thread":
      return fold(`An answer in a thread of pull request ${effect.pullRequest}`, effect.body);
    case "resolve-thread":
      return `- A thread of pull request ${effect.pullRequest} would be resolved`;
    case "request-review":
      return sayReview(effect);
    case "write-check-run":
      return fold(
        `A check run ${effect.name}: ${effect.conclusion}`,
        `**${safeText(effect.title)}**\n\n${effect.summary}`,
      );
    case "merge-pull-request":
      return fold(
        "The merge",
        `Into ${safeText(effect.base)}, only while the pull request's head is the commit above and the result is the verified tree \`${effect.expectedTree.slice(0, 12)}\`.\n\n${safeBlock(`${effect.title}\n\n${effect.message}`)}`,
      );
    case "dispatch-workflow":
      return `**A start** of the workflow ${safeText(effect.workflow)} on ${safeText(effect.ref)}${sayInputs(effect.inputs)}`;
    case "run-jobs-again":
      return `**Runs again** the failed jobs of run ${effect.run}`;
    case "close-issue":
      return `**Closes** issue ${effect.issue}`;
    case "reopen-issue":
      return `**Reopens** issue ${effect.issue}`;
    case "open-issue":
      return sayIssue(effect);
    case "edit-issue":
      return sayEdit(effect);
    case "pin-issue":
      return `**Pins** issue ${effect.issue}`;
  }
}

function sayIssue(effect: EffectOf<"open-issue">): string {
  const labels = effect.labels.map((label) => safeText(label)).join(", ") || "none";
  const title = `### ${safeText(effect.title)}`;
  return fold("An issue", `${title}\n\nLabels: ${labels}\n\n${effect.body}`);
}

function sayEdit({ issue, title, body }: EffectOf<"edit-issue">): string {
  const head = title === undefined ? "" : `### ${safeText(title)}\n\n`;
  return fold(`Issue ${issue}, written anew`, `${head}${body}`);
}

function sayOpening({ title, body, head, base }: EffectOf<"open-pull-request">): string {
  const way = `${safeText(head)} into ${safeText(base)}`;
  return fold("A pull request", `### ${safeText(title)}\n\n${way}\n\n${body}`);
}

function sayReview({ pullRequest, people, teams }: EffectOf<"request-review">): string {
  const asked = [...people, ...teams].map((name) => safeText(name)).join(", ");
  return `- A review of pull request ${pullRequest} would be asked of ${asked}`;
}

function fold(summary: string, body: string, open = true): string {
  const tag = open ? "<details open>" : "<details>";
  return `${tag}<summary><b>${summary}</b></summary>\n\n${body.trimEnd()}\n\n</details>`;
}

function sayLabels({ add, remove }: EffectOf<"set-labels">): string {
  const said = [
    ...add.map((label) => `adds ${safeText(label)}`),
    ...remove.map((label) => `removes ${safeText(label)}`),
  ];
  return said.join(", ");
}

function sayInputs(inputs: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(inputs).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? "" : `, with ${safeText(pairs.join(" "))}`;
}

function sayCommit(
  { branch, message, changeSet, expectedTree }: EffectOf<"publish-commit">,
  base: BaseTexts | undefined,
): string {
  const diff = safeBlock(changeSet.files.flatMap((file) => sayFile(file, base)).join("\n"));
  const body = [
    `The verified tree \`${expectedTree.slice(0, 12)}\` on \`${changeSet.base.slice(0, 12)}\`, on the branch ${safeText(branch)}.`,
    "",
    safeBlock(message),
    "",
    // A fence of ours, named: GitHub colors a diff, and does nothing else with it.
    diff.replace(/^`+/u, (fence) => `${fence}diff`),
  ].join("\n");
  const whole = "The proposal of `implement`, an artifact of this run, holds all of it.";
  return fold("A commit", boundBody(body, { characters: DIFF_CHARACTERS, whole }));
}

function sayFile(file: ChangedFile, base: BaseTexts | undefined): readonly string[] {
  const before = base?.get(file.path);
  const from = before === undefined || before === "" ? "/dev/null" : `a/${file.path}`;
  const head = [`--- ${from}`, `+++ ${"deleted" in file ? "/dev/null" : `b/${file.path}`}`];
  if ("deleted" in file) return [...head, ...hunkOf(before, undefined)];
  if (file.encoding === "base64") return [...head, `(binary, ${counted(bytesOf(file), "byte")})`];
  return [...head, ...hunkOf(before, file.content)];
}
