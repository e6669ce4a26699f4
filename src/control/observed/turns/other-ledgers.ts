import type { FoundLedger, Part, Scope } from "../../../domain/github/snapshot.ts";
import { refuseLedger, type SealedEntry } from "../../../domain/ledger.ts";
import { RECORD_DAYS } from "../../../domain/quality/record.ts";
import { daysBefore } from "../../../domain/text/time.ts";
import { REVIEW_LEDGER_DAYS } from "../../../measures/review/window.ts";
import { LEDGER_MARKER, parseLedgerComment } from "../../../wording/issue/ledger-comment.ts";
import { nameOf, readPages } from "../../../wording/issue/ledger-page.ts";
import { WORK_MARKERS } from "../../../wording/pull-request/unblock-work.ts";
import type { ControlInput, Situation } from "../situation.ts";
import { ledgersSince } from "./day.ts";

/** Tasks that look further back than the day. */
const DAYS: Readonly<Partial<Record<ControlInput["task"], number>>> = {
  "nightly-open": RECORD_DAYS,
  "operational-review": REVIEW_LEDGER_DAYS,
  "loop-open": REVIEW_LEDGER_DAYS,
  learn: REVIEW_LEDGER_DAYS,
};

/** Tasks that also count costs of pull requests: a review, and a loop before its judge may spend. */
const COUNTS_ALL: readonly ControlInput["task"][] = ["operational-review", "loop-open"];

/** Days of history for a contract's estimate. */
const EXPECTED_DAYS = 30;

/**
 * Ledgers that a task needs. An audit and a review need those of their days, and a task that starts work those of the
 * day's budget. A task that proposes a contract needs some of the newest, for its estimate.
 */
export function ledgersToAsk(
  input: ControlInput,
  now: string,
): Pick<Scope, "ledgers" | "loopsSince"> {
  if (input.task === "propose" && input.order !== undefined) {
    const since = daysBefore(now, EXPECTED_DAYS);
    return { ledgers: { marker: LEDGER_MARKER, since, newest: true } };
  }
  if (asksForDay(input)) return workOfDay(now);
  if (DAYS[input.task] === undefined) return {};
  const work = COUNTS_ALL.includes(input.task) ? { work: WORK_MARKERS } : {};
  return { ledgers: { marker: LEDGER_MARKER, since: sinceAsked(input, now), ...work } };
}

/**
 * Sources for the day's work and cost: ledgers of issues, costs of pull requests, and the issues in which loops record
 * their roles' cost.
 */
export function workOfDay(now: string): Pick<Scope, "ledgers" | "loopsSince"> {
  const since = ledgersSince(now);
  return { ledgers: { marker: LEDGER_MARKER, since, work: WORK_MARKERS }, loopsSince: since };
}

function sinceAsked({ task }: ControlInput, now: string): string {
  const days = DAYS[task];
  return days === undefined ? ledgersSince(now) : daysBefore(now, days);
}

const STARTS_OR_SHOWS: readonly ControlInput["task"][] = [
  "claim",
  "heartbeat",
  "board",
  "review-open",
];

/** Tasks that ask for the day's budget, to start work by it or to show it. Once intake has worked, its cost is spent, and the question is moot. */
function asksForDay({ task, order }: ControlInput): boolean {
  const intake = task === "open" || (task === "propose" && order === undefined);
  return intake || STARTS_OR_SHOWS.includes(task);
}

type Seen = Pick<Situation, "input" | "snapshot" | "now">;

interface Reading extends Seen {
  readonly entries: Part<readonly SealedEntry[]>;
}

/** Keyed by the ledger of one look: several vetoes read it in each decision, and its seals depend on nothing else. */
const readings = new WeakMap<FoundLedger, Reading>();

/**
 * One of the requested ledgers, if it is trusted. Pages without a recent write hold only older entries. The seals of the
 * rest hold without them, and what is left out does not count for those days.
 */
export function readFound(found: FoundLedger, seen: Seen): Part<readonly SealedEntry[]> {
  const { input, snapshot, now } = seen;
  const before = readings.get(found);
  const isSame = before?.input === input && before.snapshot === snapshot && before.now === now;
  if (before !== undefined && isSame) return before.entries;
  const entries = readLedger(found, seen);
  readings.set(found, { input, snapshot, now, entries });
  return entries;
}

function readLedger(
  { issue, body, pages = [] }: FoundLedger,
  { input, snapshot, now }: Seen,
): Part<readonly SealedEntry[]> {
  const unknown = (found: string) => ({ unknown: `the ledger of issue ${issue}: ${found}` });
  const parsed = parseLedgerComment(body);
  if ("fault" in parsed) return unknown(parsed.fault);
  const read = readPages(parsed, (comment) => pages.find(({ id }) => id === comment)?.body);
  if ("fault" in read) return unknown(read.fault);
  const { entries, continues } = read;
  const isGone = continues !== undefined && continues.at >= sinceAsked(input, now);
  if (isGone) return unknown(`${nameOf(continues)} is gone`);
  const place = { repositoryId: snapshot.repository.id, issue };
  const refusal = refuseLedger(entries, { place, key: input.sealKey }, continues);
  return refusal === undefined
    ? { known: entries }
    : unknown(`${refusal.subject}: ${refusal.found}`);
}
