import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { AskedName, OWNERS_NAMED } from "./config/asked.ts";
import { canonicalJson, Digest, ObjectId } from "./digest.ts";
import { NoticedLines } from "./evidence/noticed.ts";
import { CheckedEvent } from "./ledger/checked.ts";
import { ClaimedEvent } from "./ledger/claimed.ts";
import { FlakyTests } from "./ledger/flaky-tests.ts";
import { EscapedEvent, SmokedEvent } from "./ledger/production.ts";
import { BaseMovedEvent, SaidOfChange } from "./ledger/rebuilt.ts";
import { sealKeysOf } from "./ledger/seal-key.ts";
import { SubmittedEvent } from "./ledger/submitted.ts";
import { MISTAKES_NAMED, Mistake } from "./lesson/mistake.ts";
import { Refusal } from "./refusal.ts";
import { Stage } from "./stage.ts";
import { Risk } from "./trust/risk.ts";
import { Usage } from "./usage.ts";

const ActorId = z.int().positive();

/** The most paths of a contract that an entry names, and the longest of them. More limit nothing. */
export const SCOPE_NAMED = 12;
export const SCOPE_LENGTH = 150;

/** One event, in the closed vocabulary of the ledger. */
export const LedgerEvent = z.discriminatedUnion("kind", [
  SubmittedEvent,
  z.strictObject({ kind: z.literal("asked"), questions: z.int().positive() }),
  z.strictObject({
    kind: z.literal("proposed"),
    contract: Digest,
    issue: Digest,
    /** 0: the comment was written with this entry, and its digest identifies it. */
    comment: z.int().nonnegative(),
    version: z.int().positive(),
    /** Paths and globs that its contract names. Absent: none or too many, or an older ledger. */
    scope: z.array(z.string().max(SCOPE_LENGTH)).max(SCOPE_NAMED).optional(),
  }),
  z.strictObject({
    kind: z.literal("approved"),
    by: ActorId,
    contract: Digest,
    issue: Digest,
    comment: z.int().nonnegative(),
  }),
  ClaimedEvent,
  z.strictObject({
    kind: z.literal("sent-back"),
    attempt: z.int().positive(),
    findings: z.array(z.string().max(300)).max(10),
    /** The part about tests alone, for the next tester. Absent: none. */
    aboutTests: z.array(z.string().max(300)).max(6).optional(),
    /** Absent: none was seen, as below. */
    flaky: FlakyTests.optional(),
    /** Mistakes that code found; empty if a person's command sent it back to continue. Absent: an older ledger. */
    mistakes: z.array(Mistake).max(MISTAKES_NAMED).optional(),
  }),
  z.strictObject({
    kind: z.literal("published"),
    attempt: z.int().positive(),
    tree: ObjectId,
    commit: ObjectId,
    pullRequest: z.int().positive(),
    risk: Risk,
    /** Number of criteria in the contract, and the unproven ones. Absent in older ledgers. */
    criteria: z
      .strictObject({ all: z.int().positive(), open: z.array(z.string().max(20)).max(15) })
      .optional(),
    flaky: FlakyTests.optional(),
    /** Number of changed lines that a test or the compiler notices. Absent: not tried, or an older ledger. */
    noticed: NoticedLines.optional(),
    /** Absent if it names no tests or is too long, and in older ledgers. The change then cannot be repeated on another base. */
    said: SaidOfChange.optional(),
    /** Owners of its paths, by `CODEOWNERS` at its base. Absent: the config asks no owners, there are none, or an older ledger. */
    owners: z.array(AskedName).max(OWNERS_NAMED).optional(),
  }),
  z.strictObject({
    kind: z.literal("merged"),
    pullRequest: z.int().positive(),
    commit: ObjectId,
    tree: ObjectId,
    by: z.enum(["factory", "person"]),
  }),
  /** A revert was published; its merge is `reverted`. */
  z.strictObject({
    kind: z.literal("reverting"),
    /** Observations in production, for the next attempt. */
    findings: z.array(z.string().max(300)).max(5),
    attempt: z.int().positive(),
    reverts: ObjectId,
    tree: ObjectId,
    commit: ObjectId,
    pullRequest: z.int().positive(),
  }),
  z.strictObject({
    kind: z.literal("reverted"),
    reverts: ObjectId,
    pullRequest: z.int().positive(),
    commit: ObjectId,
    tree: ObjectId,
    by: z.enum(["factory", "person"]),
  }),
  SmokedEvent,
  EscapedEvent,
  z.strictObject({
    kind: z.literal("commanded"),
    by: ActorId,
    command: z.string().max(100),
    comment: z.int().nonnegative(),
  }),
  z.strictObject({ kind: z.literal("refused"), refusal: Refusal }),
  CheckedEvent,
  BaseMovedEvent,
]);
export type LedgerEvent = z.infer<typeof LedgerEvent>;
export type EventOf<Kind extends LedgerEvent["kind"]> = Extract<LedgerEvent, { kind: Kind }>;

/** Whether a person approved the contract, by a comment. Where the config asks for no approval, the event names none. */
export function isApprovedByPerson({ comment }: Pick<EventOf<"approved">, "comment">): boolean {
  return comment > 0;
}

/** One numbered entry. `usage` is the cost of this step; absent for steps without a model. */
export const LedgerEntry = z.strictObject({
  sequence: z.int().positive(),
  at: z.iso.datetime(),
  run: z.int().nonnegative(),
  stage: Stage,
  event: LedgerEvent,
  usage: Usage.optional(),
  /** Wall clock of the workers of this step, in ms. */
  durationMs: z.number().nonnegative().optional(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

export const SealedEntry = LedgerEntry.extend({
  seal: z.union([z.literal("none"), z.string().regex(/^v1:[0-9a-f]{64}$/)]),
});
export type SealedEntry = z.infer<typeof SealedEntry>;

/** Place of a ledger: part of every seal, so that it cannot be moved elsewhere. */
export interface LedgerPlace {
  readonly repositoryId: number;
  readonly issue: number;
}

export interface SealContext {
  readonly place: LedgerPlace;
  /** The configured secret: one key, or the newest and older ones. */
  readonly key: string | undefined;
}

/**
 * HMAC-SHA256 over place, previous seal and entry, chained so that a deleted or reordered entry breaks all later ones.
 * Without a key the seal is `none`, and trust is capped at `open-pr`.
 */
export function sealEntry(
  entry: LedgerEntry,
  context: SealContext & { readonly previousSeal: string },
): SealedEntry {
  const [key] = sealKeysOf(context.key);
  return { ...entry, seal: key === undefined ? "none" : sealOf(entry, { ...context, key }) };
}

function sealOf(
  entry: LedgerEntry,
  context: { readonly place: LedgerPlace; readonly previousSeal: string; readonly key: string },
): string {
  const text = canonicalJson({
    version: 1,
    ...context.place,
    previous: context.previousSeal,
    entry,
  });
  return `v1:${createHmac("sha256", context.key).update(text).digest("hex")}`;
}

/** Appends an event with its number and seal. */
export function appendEntry(
  ledger: readonly SealedEntry[],
  entry: Omit<LedgerEntry, "sequence">,
  context: SealContext,
): readonly SealedEntry[] {
  const last = ledger.at(-1);
  const numbered = { ...entry, sequence: (last?.sequence ?? 0) + 1 };
  return [...ledger, sealEntry(numbered, { ...context, previousSeal: last?.seal ?? "start" })];
}

/**
 * Undefined if every entry is in order and, with a key, sealed by it. An entry is never sealed by an older key than the
 * one before it: an old key that leaks later can add nothing to a ledger that a newer key has continued. If entries
 * continue `on` from another, their first seal says which.
 */
export function refuseLedger(
  ledger: readonly SealedEntry[],
  context: SealContext,
  on?: Pick<SealedEntry, "sequence" | "seal">,
): Refusal | undefined {
  let keys = sealKeysOf(context.key);
  let previousSeal = on?.seal ?? "start";
  for (const [index, { seal, ...entry }] of ledger.entries()) {
    if (entry.sequence !== (on?.sequence ?? 0) + index + 1)
      return broken(entry.sequence, "lines are missing or out of order");
    const seals = keys.map((key) => sealOf(entry, { place: context.place, previousSeal, key }));
    const by = Math.max(0, seals.indexOf(seal));
    const expected = seals[by] ?? "none";
    if (!sameText(seal, expected)) return broken(entry.sequence, "the seal does not match");
    keys = keys.slice(0, by + 1);
    previousSeal = seal;
  }
  return undefined;
}

function broken(sequence: number, found: string): Refusal {
  return {
    code: "ledger-invalid",
    subject: `line ${sequence} of the ledger`,
    found,
  };
}

function sameText(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}

/** The stage of an issue by its ledger; labels only show it. */
export function stageOfLedger(ledger: readonly SealedEntry[]): Stage | undefined {
  return ledger.at(-1)?.stage;
}
