import { tokensOf } from "../../domain/budget.ts";
import type { LedgerEvent, SealedEntry } from "../../domain/ledger.ts";
import { spentOn, workedOn } from "../../measures/spent.ts";
import { sayCount, sayDuration, sayTokens, sayUsd } from "../figures.ts";
import { sayRefusal } from "../refusals.ts";
import { ownLink, safeCell } from "../safe-text.ts";

interface LedgerTable {
  readonly entries: readonly SealedEntry[];
  readonly issue: number;
  readonly repository: string;
  /** Logins by id, as far as they are known: the ledger itself keeps ids, which nobody can take over. */
  readonly people?: ReadonlyMap<number, string>;
  /** How many of the newest entries get a row. */
  readonly rows: number;
}

/** The ledger as lines of a Markdown table, oldest first, with the sum at its end. */
export function renderLedgerTable(table: LedgerTable): readonly string[] {
  const shown = table.rows === 0 ? [] : table.entries.slice(-table.rows);
  const left = table.entries.length - shown.length;
  return [
    ...(left > 0
      ? [
          left === 1
            ? "One earlier entry stands in the fold only."
            : `${left} earlier entries stand in the fold only.`,
          "",
        ]
      : []),
    "| When (UTC) | What | Took | Cost |",
    "|---|---|---:|---:|",
    ...shown.map((entry) => renderRow(entry, table)),
    sumRow(table.entries),
  ];
}

function renderRow(entry: SealedEntry, table: LedgerTable): string {
  const run = ownLink("run", `${table.repository}/actions/runs/${entry.run}`);
  const took = entry.durationMs === undefined ? "" : sayDuration(entry.durationMs);
  const cost = entry.usage === undefined ? "" : sayUsd(entry.usage.usd);
  const when = entry.at.slice(0, 16).replace("T", " ");
  return `| ${when} | ${sayEvent(entry.event, table)} · ${run} | ${took} | ${cost} |`;
}

function sumRow(entries: readonly SealedEntry[]): string {
  const usage = spentOn(entries);
  const took = workedOn(entries);
  return `| **So far** | ${sayTokens(tokensOf(usage))} tokens in ${sayCount(usage.requests, "model call")} | ${sayDuration(took)} | ${sayUsd(usage.usd)} |`;
}

/** What happened, as inline Markdown for a table's cell; links are below `repository`, an address. */
export function sayEvent(
  event: LedgerEvent,
  { repository, issue, people }: Pick<LedgerTable, "repository" | "issue" | "people">,
): string {
  const comment = (id: number, label: string) =>
    id === 0 ? label : ownLink(label, `${repository}/issues/${issue}#issuecomment-${id}`);
  const person = (id: number) => {
    const login = people?.get(id);
    return login === undefined ? `person \`${id}\`` : `\`${login.replaceAll("`", "")}\``;
  };
  const commit = (sha: string) => ownLink(sha.slice(0, 7), `${repository}/commit/${sha}`);
  const pull = (number: number) =>
    ownLink(`pull request ${number}`, `${repository}/pull/${number}`);
  switch (event.kind) {
    case "submitted":
      return `submitted by ${person(event.by)}`;
    case "asked":
      return event.questions === 1 ? "asked one question" : `asked ${event.questions} questions`;
    case "proposed":
      return `proposed ${comment(event.comment, `contract version ${event.version}`)}`;
    case "approved":
      return event.comment === 0
        ? "approved by the config, which asks for no approval of this contract"
        : `${comment(event.comment, "approved")} by ${person(event.by)}`;
    case "claimed":
      return `attempt ${event.attempt} claimed at ${commit(event.base)}`;
    case "sent-back":
      return `attempt ${event.attempt} sent back: ${safeCell(event.findings.join("; ") || "no reason given")}`;
    case "published":
      return `attempt ${event.attempt} published as ${pull(event.pullRequest)}, risk ${event.risk}`;
    case "merged":
      return `${pull(event.pullRequest)} merged by ${event.by === "factory" ? "the factory" : "a person"} as ${commit(event.commit)}`;
    case "smoked":
      return `smoke test of ${commit(event.commit)}: ${event.status.replaceAll("-", " ")}`;
    case "commanded":
      return `${comment(event.comment, "command")} by ${person(event.by)}: ${safeCell(event.command)}`;
    case "refused":
      return sayRefusal(event.refusal).replaceAll("|", "¦");
  }
}
