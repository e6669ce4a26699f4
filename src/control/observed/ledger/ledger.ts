import { mayCommand } from "../../../domain/actor.ts";
import type { BranchState, CommentState } from "../../../domain/github/snapshot.ts";
import { branchOf, leaseOfBranch } from "../../../domain/lease.ts";
import type { Continues } from "../../../domain/ledger/pages.ts";
import {
  type EventOf,
  isApprovedByPerson,
  type LedgerEvent,
  type LedgerPlace,
  type SealedEntry,
} from "../../../domain/ledger.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { millisecondsBetween } from "../../../domain/text/time.ts";
import { LEDGER_MARKER } from "../../../wording/issue/ledger-comment.ts";
import { readCommand } from "../command.ts";
import { readLedgerBody } from "./ledger-body.ts";
import { ownComments, type Said } from "./own-comments.ts";
import { refuseWithoutLedger, type Shown } from "./without-ledger.ts";

/** The ledger as found. With a refusal none of it is trusted, and nothing is written over it. */
export interface LedgerState {
  /** All entries, those on pages first. */
  readonly entries: readonly SealedEntry[];
  /** The part on pages; absent if there is none. */
  readonly continues?: Continues;
  /** Its comment; null if there is none yet. */
  readonly comment: number | null;
  readonly refusal?: Refusal;
  /** Several comments claim to be the ledger, so a person has to choose. */
  readonly ambiguous?: true;
}

/** Reads the one ledger comment of the factory's own identity. Comments of others are only text. */
export function readLedger(
  comments: readonly Said[],
  context: {
    readonly identity: number;
    readonly place: LedgerPlace;
    readonly key?: string;
  } & Shown,
): LedgerState {
  const candidates = ownComments(comments, context.identity, LEDGER_MARKER);
  const [found, second] = candidates;
  if (found === undefined) {
    const refusal = refuseWithoutLedger(comments, context);
    return { entries: [], comment: null, ...(refusal === undefined ? {} : { refusal }) };
  }
  const broken = (fault: string): LedgerState => ({
    entries: [],
    comment: found.id,
    refusal: {
      code: "ledger-invalid",
      subject: `comment ${found.id}`,
      found: fault,
    },
  });
  if (second !== undefined) return ambiguous(found.id, second.id);
  const bodyOf = (page: number) =>
    comments.find(({ id, author }) => id === page && author.id === context.identity)?.body;
  const read = readLedgerBody(found.body, { place: context.place, key: context.key }, bodyOf);
  if ("fault" in read) return broken(read.fault);
  return { ...read, comment: found.id };
}

function ambiguous(found: number, second: number): LedgerState {
  const refusal: Refusal = {
    code: "ledger-invalid",
    subject: `comment ${found}`,
    found: `comment ${second} claims to be the ledger, too`,
    hint: "delete-the-other-ledger",
  };
  return { entries: [], comment: found, refusal, ambiguous: true };
}

export type EntryOf<Kind extends LedgerEvent["kind"]> = SealedEntry & {
  readonly event: EventOf<Kind>;
};

export function entriesOf<Kind extends LedgerEvent["kind"]>(
  entries: readonly SealedEntry[],
  kind: Kind,
): readonly EntryOf<Kind>[] {
  return entries.filter((entry): entry is EntryOf<Kind> => entry.event.kind === kind);
}

export function lastOf<Kind extends LedgerEvent["kind"]>(
  entries: readonly SealedEntry[],
  kind: Kind,
): EntryOf<Kind> | undefined {
  return entriesOf(entries, kind).at(-1);
}

/** Whether a line of the ledger stands behind another. One that is not there stands before all. */
export function isLater(
  one: Pick<SealedEntry, "sequence"> | undefined,
  other: Pick<SealedEntry, "sequence"> | undefined,
): boolean {
  return one !== undefined && (other === undefined || one.sequence > other.sequence);
}

/** When the stage was reached at which the ledger ends. */
export function sinceOf(entries: readonly SealedEntry[]): string | undefined {
  const stage = entries.at(-1)?.stage;
  const other = entries.findLastIndex((entry) => entry.stage !== stage);
  return entries[other + 1]?.at;
}

/** Whether the ledger's last entry is the same refusal, so that it is not repeated. */
export function isLastSaid(
  { ledger }: { readonly ledger: { readonly entries: readonly SealedEntry[] } },
  { code, subject }: Pick<Refusal, "code" | "subject">,
): boolean {
  const last = ledger.entries.at(-1)?.event;
  return last?.kind === "refused" && last.refusal.code === code && last.refusal.subject === subject;
}

/** The valid approval: of the contract that was proposed last, given after the proposal. */
export function approvalOf(entries: readonly SealedEntry[]): EntryOf<"approved"> | undefined {
  const proposed = lastOf(entries, "proposed");
  const approved = lastOf(entries, "approved");
  if (proposed === undefined || approved === undefined) return undefined;
  const binds =
    isLater(approved, proposed) &&
    approved.event.contract === proposed.event.contract &&
    approved.event.issue === proposed.event.issue;
  return binds ? approved : undefined;
}

const PERSONS_WORD = /^(retry|resume|rework|approve lockfile|approve risk)/;

/**
 * Attempts claimed since the last command of a person. Such a command grants a new series, and the budget limits all of
 * them. Repeating the same change on a moved base does not count, because the change did not fail.
 */
export function attemptsOfSeries(entries: readonly SealedEntry[]): number {
  const spoke = entries.findLastIndex(
    ({ event }) =>
      event.kind === "submitted" ||
      (event.kind === "approved" && isApprovedByPerson(event)) ||
      (event.kind === "commanded" && PERSONS_WORD.test(event.command)),
  );
  return entriesOf(entries.slice(spoke + 1), "claimed").filter(
    ({ event }) => event.rebuilds !== true,
  ).length;
}

/** The highest attempt number in a branch of this issue; 0 if there is none. */
export function highestBranch(branches: readonly BranchState[], issue: number): number {
  const attempts = branches.map(({ name }) => leaseOfBranch(name));
  return Math.max(0, ...attempts.map((lease) => (lease?.issue === issue ? lease.attempt : 0)));
}

const ACKNOWLEDGED = /^retry past attempt ([0-9]+)$/;

/** How a retry records that a person has seen branches that the ledger does not know. */
export function retryPast(attempt: number): string {
  return attempt === 0 ? "retry" : `retry past attempt ${attempt}`;
}

/** The highest attempt that the ledger knows, by a claim or by a person's command. */
export function highestAttempt(entries: readonly SealedEntry[]): number {
  const claimed = entriesOf(entries, "claimed").map(({ event }) => event.attempt);
  const seen = entriesOf(entries, "commanded").map(({ event }) =>
    Number(ACKNOWLEDGED.exec(event.command)?.[1] ?? 0),
  );
  return Math.max(0, ...claimed, ...seen);
}

interface Seen {
  readonly ledger: LedgerState;
  readonly branches: readonly BranchState[];
  readonly comments: readonly CommentState[];
  readonly issue: { readonly number: number };
}

/** Attempt branches beyond those that the ledger knows. */
function unknownBranches({ ledger, branches, issue }: Seen): readonly BranchState[] {
  const known = highestAttempt(ledger.entries);
  return branches.filter(({ name }) => {
    const lease = leaseOfBranch(name);
    return lease?.issue === issue.number && lease.attempt > known;
  });
}

/**
 * Claims that were made and never recorded, because the answer was lost or the run died. Nothing was built on them.
 * Undefined if a branch has content, or if a number before it is missing, because the factory counts without gaps. Also
 * undefined if somebody edited the ledger since its last entry, because it may have been reset to before the attempt.
 */
export function unrecordedClaims(seen: Seen): readonly BranchState[] | undefined {
  const unknown = unknownBranches(seen);
  if (unknown.length === 0) return [];
  const isUntouched = unknown.every(({ untouched }) => untouched === true);
  const known = highestAttempt(seen.ledger.entries);
  const hasGap = highestBranch(unknown, seen.issue.number) !== known + unknown.length;
  return isUntouched && !hasGap && !wasEditedLater(seen) ? unknown : undefined;
}

/** Longer than a control job takes from reading the clock to writing the ledger, in milliseconds. */
const WRITTEN_WITHIN_MS = 3 * 60_000;

/** The factory edits its ledger to add an entry, or without one when a person asks for the status. */
function wasEditedLater({ ledger, comments }: Seen): boolean {
  const comment = comments.find(({ id }) => id === ledger.comment);
  if (comment === undefined) return false;
  const asked = comments.filter(
    ({ author, body }) => mayCommand(author) && readCommand(body)?.name === "status",
  );
  const reasons = [
    ...ledger.entries.slice(-1).map(({ at }) => at),
    ...asked.map((one) => one.createdAt),
  ];
  return !reasons.some((at) => millisecondsBetween(at, comment.updatedAt) <= WRITTEN_WITHIN_MS);
}

/** A branch with content that the ledger does not know: the ledger was rolled back, or lost a claim (DESIGN §3). */
export function refuseRollback(seen: Seen): Refusal | undefined {
  return unrecordedClaims(seen) === undefined ? refuseUnknownBranch(seen) : undefined;
}

/** Like `refuseRollback`, for a run whose own claim was in the ledger before it began. Any branch beyond is a rollback. */
export function refuseUnknownBranch(seen: Seen): Refusal | undefined {
  const issue = seen.issue.number;
  const branch = highestBranch(unknownBranches(seen), issue);
  if (branch === 0) return undefined;
  const known = highestAttempt(seen.ledger.entries);
  return {
    code: "ledger-invalid",
    subject: `branch ${branchOf({ issue, attempt: branch })}`,
    found: `the ledger knows ${known === 0 ? "no attempt" : `attempts up to ${known}`}`,
    hint: "look-at-the-branch",
  };
}
