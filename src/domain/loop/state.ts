import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { canonicalJson, Digest } from "../digest.ts";
import { sealKeysOf } from "../ledger/seal-key.ts";
import { MeasureName, Measures } from "./gathered.ts";
import { LoopName } from "./loop.ts";

/** Bound on what a loop remembers of its own open issues: more than it may ever have open. */
export const MOST_FINDINGS = 60;

/** An open issue of the loop. */
export const Finding = z.strictObject({
  issue: z.int().positive(),
  /** Of the item's key. */
  key: Digest,
  /** The run that filed it; what a worsened guard undoes is what the last run did. */
  run: z.int().nonnegative(),
  /** When its item was gathered last, ISO 8601. */
  seenAt: z.iso.datetime(),
  /** The run that put it on the line, where the loop itself did: it never does so twice. */
  started: z.int().nonnegative().optional(),
});
export type Finding = z.infer<typeof Finding>;

/** Why a loop stands still until a person resumes it. */
export const Stopped = z.strictObject({
  at: z.iso.datetime(),
  run: z.int().nonnegative(),
  measure: MeasureName,
  /** The figure before the loop acted, and now. */
  from: z.number(),
  to: z.number(),
  /** Issues that were closed again, and those that were left to people. */
  undone: z.array(z.int().positive()).max(MOST_FINDINGS),
  left: z.array(z.int().positive()).max(MOST_FINDINGS),
});
export type Stopped = z.infer<typeof Stopped>;

/** What a loop knows of itself from run to run: it stands in its one rolling issue. */
export const LoopState = z.strictObject({
  version: z.literal(1),
  loop: LoopName,
  /** The last run that came to an end. */
  last: z.strictObject({
    run: z.int().nonnegative(),
    at: z.iso.datetime(),
    items: z.int().nonnegative(),
  }),
  /** Guarded measures as they were at the first run, or when a person let it go on: drift in small steps is seen, too. */
  baseline: Measures,
  /** All measures of the last run. */
  measures: Measures,
  findings: z.array(Finding).max(MOST_FINDINGS),
  stopped: Stopped.optional(),
});
export type LoopState = z.infer<typeof LoopState>;

export const SealedState = z.strictObject({
  state: LoopState,
  seal: z.union([z.literal("none"), z.string().regex(/^v1:[0-9a-f]{64}$/)]),
});
export type SealedState = z.infer<typeof SealedState>;

interface Sealing {
  readonly repositoryId: number;
  /** The secret as it is configured: one key, or the newest and older ones. */
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
