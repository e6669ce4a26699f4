import type { FoundLedger, Part, Scope } from "../../../domain/github/snapshot.ts";
import { refuseLedger, type SealedEntry } from "../../../domain/ledger.ts";
import { RECORD_DAYS } from "../../../domain/quality/record.ts";
import { daysBefore } from "../../../domain/text/time.ts";
import { REVIEW_LEDGER_DAYS } from "../../../measures/review/window.ts";
import { LEDGER_MARKER, parseLedgerComment } from "../../../wording/issue/ledger-comment.ts";
import type { ControlInput, Situation } from "../situation.ts";
import { ledgersSince } from "./day.ts";

/** Tasks that look further back than the day. */
const DAYS: Readonly<Partial<Record<ControlInput["task"], number>>> = {
  "nightly-open": RECORD_DAYS,
  "operational-review": REVIEW_LEDGER_DAYS,
};

/** Which ledgers a task asks for: an audit and a review those of their days, whoever starts work those of the day's money. */
export function ledgersToAsk(input: ControlInput, now: string): Pick<Scope, "ledgers"> {
  const days = DAYS[input.task];
  if (days === undefined && !asksForDay(input)) return {};
  const since = days === undefined ? ledgersSince(now) : daysBefore(now, days);
  return { ledgers: { marker: LEDGER_MARKER, since } };
}

/** Tasks that ask for the day's money, to start work by it or to show it. Where intake has worked, its money is spent, and nobody asks any more. */
function asksForDay({ task, order }: ControlInput): boolean {
  const intake = task === "open" || (task === "propose" && order === undefined);
  return intake || task === "claim" || task === "heartbeat" || task === "board";
}

/** One ledger of those that were asked for, where it is to be believed. */
export function readFound(
  { issue, body }: FoundLedger,
  { input, snapshot }: Pick<Situation, "input" | "snapshot">,
): Part<readonly SealedEntry[]> {
  const parsed = parseLedgerComment(body);
  const unknown = (found: string) => ({ unknown: `the ledger of issue ${issue}: ${found}` });
  if ("fault" in parsed) return unknown(parsed.fault);
  const place = { repositoryId: snapshot.repository.id, issue };
  const refusal = refuseLedger(parsed.entries, { place, key: input.sealKey });
  return refusal === undefined
    ? { known: parsed.entries }
    : unknown(`${refusal.subject}: ${refusal.found}`);
}
