import { isPageOf } from "../../domain/ledger/pages.ts";
import { refuseLedger, type SealContext, type SealedEntry } from "../../domain/ledger.ts";
import { IN_WORDS, sayFault } from "../../domain/text/say-fault.ts";
import { areasBy } from "../../measures/history/areas.ts";
import {
  type ExportFacts,
  historyOfExport,
  type Surroundings,
} from "../../measures/history/assemble.ts";
import { GitHubExport } from "../../measures/history/github-export.ts";
import type { History } from "../../measures/history/history.ts";
import type { ReadLedger } from "../../measures/history/read-ledger.ts";
import { LEDGER_MARKER, parseLedgerComment } from "../../wording/issue/ledger-comment.ts";
import { nameOf, readPages } from "../../wording/issue/ledger-page.ts";
import { UsageError } from "../command/usage-error.ts";
import { spentOnPulls } from "./spent-on-pulls.ts";

/** What is not in the export: what a clone tells where there is one. */
export const NOTHING_AROUND: Surroundings = {
  owners: { untold: "no-owners" },
  trust: { untold: "no-config-history" },
  automations: { untold: "no-schedules" },
  areaOf: areasBy([]),
};

/** @throws UsageError that names the first field that is not as GitHub's API answers it */
export function parseExport(value: unknown, name: string): GitHubExport {
  const parsed = GitHubExport.safeParse(value, IN_WORDS);
  if (parsed.success) return parsed.data;
  throw new UsageError(`${name}: ${sayFault(parsed.error.issues[0])}`);
}

interface Asked {
  readonly agents: readonly string[];
  readonly prefix: string;
  /** With it, a ledger counts only where its seals are right; without it, seals are not checked, and the report says so. */
  readonly sealKey?: string | undefined;
}

/** The history in an export, and the ledgers that were not believed, each with the reason. */
export function historyIn(
  found: GitHubExport,
  asked: Asked,
  more: { readonly around?: Surroundings; readonly linesOf?: ExportFacts["linesOf"] } = {},
): { readonly history: History; readonly disbelieved: readonly string[] } {
  const { ledgers, disbelieved } = ledgersIn(found, asked.sealKey);
  const onPulls = spentOnPulls(found, asked.sealKey);
  const { agents, prefix } = asked;
  const { around = NOTHING_AROUND, linesOf = () => undefined } = more;
  return {
    history: historyOfExport(
      { found, ledgers, onPulls: onPulls.spendings, agents, prefix, linesOf },
      around,
    ),
    disbelieved: [...disbelieved, ...onPulls.disbelieved],
  };
}

/** Only an app writes ledgers: a comment that a person wrote is none, whatever it says. */
function ledgersIn(
  { comments = [], repository }: GitHubExport,
  key: string | undefined,
): { readonly ledgers: readonly ReadLedger[]; readonly disbelieved: readonly string[] } {
  const ledgers: ReadLedger[] = [];
  const disbelieved: string[] = [];
  const own = comments.filter(({ user }) => user?.type === "Bot");
  const bodies = new Map(own.map(({ id, body }) => [id, body ?? ""]));
  for (const { issue_url, body } of own) {
    if (body?.startsWith(LEDGER_MARKER) !== true || isPageOf(LEDGER_MARKER, body)) continue;
    const issue = Number(/\/([0-9]+)$/.exec(issue_url)?.[1]);
    const place = { repositoryId: repository.id, issue };
    const read = readOne(body, (page) => bodies.get(page), { place, key });
    if (typeof read === "string") disbelieved.push(`#${issue}: ${read}`);
    else ledgers.push({ issue, entries: read });
  }
  return { ledgers: ledgers.toSorted((left, right) => left.issue - right.issue), disbelieved };
}

function readOne(
  body: string,
  bodyOf: (page: number) => string | undefined,
  context: SealContext,
): readonly SealedEntry[] | string {
  const parsed = parseLedgerComment(body);
  const read = "fault" in parsed ? parsed : readPages(parsed, bodyOf);
  if ("fault" in read) return read.fault;
  if (read.continues !== undefined) return `${nameOf(read.continues)} is not in the export`;
  // Without the key the numbers of the lines are all that can be checked; the report says so.
  if (context.key === undefined) return read.entries;
  const refusal = refuseLedger(read.entries, context);
  return refusal === undefined ? read.entries : `${refusal.subject}: ${refusal.found}`;
}
