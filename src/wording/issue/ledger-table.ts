import { tokensOf } from "../../domain/budget.ts";
import type { CheckCause } from "../../domain/github/repository-check.ts";
import type { FlakyTests } from "../../domain/ledger/flaky-tests.ts";
import type { WhyRebuilt } from "../../domain/ledger/rebuilt.ts";
import { isApprovedByPerson, type LedgerEvent, type SealedEntry } from "../../domain/ledger.ts";
import { spentOn, workedOn } from "../../measures/spent.ts";
import { counted, sayDuration, sayTokens, sayUsd } from "../figures.ts";
import { fold } from "../fold.ts";
import { sayWhy } from "../refusals.ts";
import { ownLink, safeCell } from "../safe-text.ts";

interface LedgerTable {
  readonly entries: readonly SealedEntry[];
  readonly issue: number;
  readonly repository: string;
  /** Logins by their ids, as they were read now: the ledger keeps ids, because a login can change its owner. */
  readonly people?: ReadonlyMap<number, string> | undefined;
  /** How many of the newest entries get a row. */
  readonly rows: number;
  /** Some of the lines for machines lie on pages of their own. */
  readonly isOnPages?: boolean;
}

/** The ledger as lines of a Markdown table, oldest first, with the sum at its end. */
export function renderLedgerTable(table: LedgerTable): readonly string[] {
  const shown = table.rows === 0 ? [] : table.entries.slice(-table.rows);
  const left = table.entries.length - shown.length;
  const where = table.isOnPages === true ? "in the log and on its pages" : "in the log";
  const rows = shown.map((entry) => renderRow(entry, table));
  const earlier = rows.length > OPEN_ROWS ? rows.slice(0, -OPEN_ROWS) : [];
  return [
    ...(left > 0
      ? [`${counted(left, "earlier entry stands", "earlier entries stand")} ${where} only.`, ""]
      : []),
    ...(earlier.length === 0 ? [] : [...fold(EARLIER_FOLD, [...HEAD, ...earlier]), ""]),
    ...HEAD,
    ...rows.slice(earlier.length),
    sumRow(table.entries),
  ];
}

/** The newest rows, as many as a screen shows; those before them are folded. */
const OPEN_ROWS = 12;
export const EARLIER_FOLD = "Earlier entries";
const HEAD = ["| When (UTC) | What | Took, cost |", "|---|---|---:|"];

function renderRow(entry: SealedEntry, table: LedgerTable): string {
  const { at, run, durationMs, usage } = entry;
  const took = durationMs === undefined ? [] : [sayDuration(durationMs)];
  const cost = usage === undefined || usage.requests === 0 ? [] : [sayUsd(usage.usd)];
  const link = ownLink(sayWhen(at, table), `${table.repository}/actions/runs/${run}`);
  return `| ${link} | ${sayEvent(entry.event, table)} | ${[...took, ...cost].join(", ")} |`;
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** `30 Nov 05:22`, which a phone shows in two lines; with its year where that is not the newest entry's. */
function sayWhen(at: string, { entries }: LedgerTable): string {
  const [year = "", month = "", day = ""] = at.slice(0, 10).split("-");
  const isOfThisYear = entries.at(-1)?.at.startsWith(year) === true;
  const date = `${Number(day)} ${MONTHS[Number(month) - 1] ?? month}`;
  return `${date}${isOfThisYear ? "" : ` ${year}`} ${at.slice(11, 16)}`;
}

function sumRow(entries: readonly SealedEntry[]): string {
  const usage = spentOn(entries);
  const took = workedOn(entries);
  return `| **So far** | ${sayTokens(tokensOf(usage))} tokens in ${counted(usage.requests, "model call")} | ${sayDuration(took)}, ${sayUsd(usage.usd)} |`;
}

type Submitted = Extract<LedgerEvent, { kind: "submitted" }>;

function saySubmitter(
  { by, loop }: Submitted,
  say: { readonly person: (id: number) => string; readonly commit: (sha: string) => string },
): string {
  if (loop === undefined) return say.person(by);
  const { name, file, base } = loop;
  return `the loop \`${name}\`, as its file \`${file.slice(0, 12)}\` at ${say.commit(base)} lets it`;
}

/** What happened, as inline Markdown for a table's cell; links are below `repository`, an address. */
export function sayEvent(
  event: LedgerEvent,
  { repository, issue, people }: Omit<LedgerTable, "entries" | "rows" | "isOnPages">,
): string {
  const person = (id: number) => {
    const login = people?.get(id);
    return login === undefined ? `person \`${id}\`` : safeCell(`\`${login}\``);
  };
  const comment = (id: number, label: string) =>
    id === 0 ? label : ownLink(label, `${repository}/issues/${issue}#issuecomment-${id}`);
  const commit = (sha: string) => ownLink(sha.slice(0, 7), `${repository}/commit/${sha}`);
  const pull = (number: number) =>
    ownLink(`pull request ${number}`, `${repository}/pull/${number}`);
  switch (event.kind) {
    case "submitted":
      return `submitted by ${saySubmitter(event, { person, commit })}`;
    case "asked":
      return `asked ${counted(event.questions, "question")}`;
    case "proposed":
      return `proposed ${comment(event.comment, `contract version ${event.version}`)}`;
    case "approved":
      return isApprovedByPerson(event)
        ? `${comment(event.comment, "approved")} by ${person(event.by)}`
        : "approved by the config, which requires no approval of this contract";
    case "claimed":
      return `attempt ${event.attempt}${sayRebuilds(event)} claimed at ${commit(event.base)}`;
    case "sent-back":
      return `attempt ${event.attempt} sent back: ${safeCell(event.findings.join("; ") || "no reason given")}${sayFlaky(event.flaky)}`;
    case "published":
      return `attempt ${event.attempt} published as ${pull(event.pullRequest)}, risk ${event.risk}${sayCriteria(event.criteria)}${sayFlaky(event.flaky)}`;
    case "merged":
      return `${pull(event.pullRequest)} merged by ${event.by === "factory" ? "the factory" : "a person"} as ${commit(event.commit)}`;
    case "reverting":
      return `${pull(event.pullRequest)} opened to take ${commit(event.reverts)} back`;
    case "reverted":
      return `${pull(event.pullRequest)} merged by ${event.by === "factory" ? "the factory" : "a person"} as ${commit(event.commit)}: ${commit(event.reverts)} is taken back`;
    case "smoked":
      return `smoke test of ${commit(event.commit)}: ${event.live === true ? "seen live, " : ""}${event.status.replaceAll("-", " ")}`;
    case "escaped":
      return `it came back${event.release === undefined ? "" : ` in the release ${safeCell(event.release)}`}: a defect that escaped ${pull(event.pullRequest)}, merged as ${commit(event.commit)}`;
    case "commanded":
      return `${comment(event.comment, "command")} by ${person(event.by)}: ${safeCell(event.command)}`;
    case "refused":
      return sayWhy(event.refusal).replaceAll("|", "¦");
    case "base-moved":
      return `the base of attempt ${event.attempt} moved to ${commit(event.onto)}: ${WHY_REBUILT[event.because]}`;
    case "checked":
      return `the repository's own checks of ${commit(event.commit)}: ${safeCell(event.red.map(sayRed).join(", "))}`;
  }
}

function sayRebuilds({ rebuilds }: Extract<LedgerEvent, { kind: "claimed" }>): string {
  return rebuilds === true ? ", the same change on a base that moved," : "";
}

const WHY_REBUILT = {
  "factory-merges": "the factory merges nothing that was verified on another base",
  required: "a rule of the repository asks for the newest one",
  "same-files": "it changed a file of this change, too",
  dependencies: "it changed what the checks install",
  config: "it changed the config that names the checks",
} as const satisfies Record<WhyRebuilt, string>;

const CAUSES = {
  change: "red by this change",
  test: "red in its tests",
  flaky: "failed once and passed once",
  infrastructure: "stopped before its end",
  base: "red on the base, too",
  unknown: "red for an unknown reason",
} as const satisfies Record<CheckCause, string>;

function sayRed({ name, cause }: { readonly name: string; readonly cause: CheckCause }): string {
  return `${name} ${CAUSES[cause]}`;
}

function sayCriteria(criteria: Extract<LedgerEvent, { kind: "published" }>["criteria"]): string {
  if (criteria === undefined) return "";
  const { all, open } = criteria;
  if (open.length === 0) return ", every criterion tied to evidence";
  return `, ${all - open.length} of ${all} criteria proven, not ${safeCell(open.join(", "))}`;
}

function sayFlaky(flaky: FlakyTests | undefined): string {
  if (flaky === undefined) return "";
  const { all, tests } = flaky;
  const more = all > tests.length ? ", …" : "";
  return `; ${counted(all, "flaky test")}: ${safeCell(tests.join(", "))}${more}`;
}
