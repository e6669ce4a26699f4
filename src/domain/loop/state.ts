import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { canonicalJson, Digest } from "../digest.ts";
import { sealKeysOf } from "../ledger/seal-key.ts";
import { MeasureName, Measures } from "./gathered.ts";
import { LoopName } from "./loop.ts";

/** The most open issues that a loop remembers: more than it may have open. */
export const MOST_FINDINGS = 60;

/** An open issue of the loop. */
export const Finding = z.strictObject({
  issue: z.int().positive(),
  /** Digest of the item's key. */
  key: Digest,
  /** The run that filed it. A worsened guard undoes the last run's work. */
  run: z.int().nonnegative(),
  /** When its item was last gathered, ISO 8601. */
  seenAt: z.iso.datetime(),
  /** The loop's run that put it on the line; it does so only once. */
  started: z.int().nonnegative().optional(),
});
export type Finding = z.infer<typeof Finding>;

/** Why a loop is stopped until a person resumes it. */
export const Stopped = z.strictObject({
  at: z.iso.datetime(),
  run: z.int().nonnegative(),
  measure: MeasureName,
  /** The figure before the loop acted, and now. */
  from: z.number(),
  to: z.number(),
  /** Issues that were closed again, and those left to people. */
  undone: z.array(z.int().positive()).max(MOST_FINDINGS),
  left: z.array(z.int().positive()).max(MOST_FINDINGS),
});
export type Stopped = z.infer<typeof Stopped>;

/** Days of cost that a loop remembers; only the current day's is asked for. */
const DAYS_OF_SPENDING = 7;

const SpentOnDay = z.strictObject({ day: z.iso.date(), usd: z.number().nonnegative() });

/** State of a loop between runs, kept in its one rolling issue. */
export const LoopState = z.strictObject({
  version: z.literal(1),
  loop: LoopName,
  /** The last run that finished. */
  last: z.strictObject({
    run: z.int().nonnegative(),
    at: z.iso.datetime(),
    items: z.int().nonnegative(),
  }),
  /** Guarded measures of the first run, or after a person resumed it, so that drift in small steps is noticed. */
  baseline: Measures,
  /** All measures of the last run. */
  measures: Measures,
  findings: z.array(Finding).max(MOST_FINDINGS),
  /** Cost of its roles on the last days, by the day in UTC; absent if none was asked. */
  spent: z.array(SpentOnDay).max(DAYS_OF_SPENDING).optional(),
  stopped: Stopped.optional(),
});
export type LoopState = z.infer<typeof LoopState>;

/** The earlier days, newest first, with this cost added to a day (UTC, like 2026-11-20). */
export function spentWith(
  state: Pick<LoopState, "spent"> | undefined,
  { day, usd }: { readonly day: string; readonly usd: number },
): Pick<LoopState, "spent"> {
  const before = state?.spent ?? [];
  if (usd === 0) return before.length === 0 ? {} : { spent: before };
  const sum = before.filter((one) => one.day === day).reduce((all, one) => all + one.usd, usd);
  const others = before.filter((one) => one.day !== day);
  return { spent: [{ day, usd: sum }, ...others].slice(0, DAYS_OF_SPENDING) };
}

export const SealedState = z.strictObject({
  state: LoopState,
  seal: z.union([z.literal("none"), z.string().regex(/^v1:[0-9a-f]{64}$/)]),
});
export type SealedState = z.infer<typeof SealedState>;

interface Sealing {
  readonly repositoryId: number;
  /** The configured secret: one key, or the newest and older ones. */
  readonly key: string | undefined;
}

/** HMAC-SHA256 over repository and state, by the newest key; `none` without one. */
export function sealState(state: LoopState, { repositoryId, key }: Sealing): SealedState {
  const [newest] = sealKeysOf(key);
  return { state, seal: newest === undefined ? "none" : sealOf(state, repositoryId, newest) };
}

/** Whether one of the keys made this seal, or there is no key and no seal. */
export function isSealed({ state, seal }: SealedState, { repositoryId, key }: Sealing): boolean {
  const keys = sealKeysOf(key);
  if (keys.length === 0) return seal === "none";
  return keys.some((one) => sameText(seal, sealOf(state, repositoryId, one)));
}

function sealOf(state: LoopState, repositoryId: number, key: string): string {
  const text = canonicalJson({ version: 1, kind: "loop", repositoryId, state });
  return `v1:${createHmac("sha256", key).update(text).digest("hex")}`;
}

function sameText(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}
