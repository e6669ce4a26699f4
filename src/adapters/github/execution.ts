import type { RefusalCode } from "../../domain/refusal.ts";
import type { Client } from "./client/client.ts";
import { isLost, requestErrorOf } from "./client/request-error.ts";
import type { Memory } from "./memory.ts";

/** Needs of executing an effect. */
export interface Execution {
  readonly client: Client;
  /** The identity of the token. Only its own comments and issues count as the factory's. */
  readonly identity: { readonly id: number; readonly login: string };
  readonly memory: Memory;
  /** The effect was sent before, and its result is unknown. */
  readonly wasTried?: true;
}

/** An effect that our own check of GitHub forbids, or that had another result. `code` is the factory's code for it. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly code: RefusalCode;
  /** Whether nothing changed, or something was done that nobody ordered. */
  readonly did: "nothing" | "something-else";

  constructor(refused: {
    readonly code: RefusalCode;
    readonly did: "nothing" | "something-else";
    readonly reason: string;
  }) {
    super(refused.reason);
    this.code = refused.code;
    this.did = refused.did;
  }
}

/** GitHub's answer that means neither yes nor no, because it has not caught up with the last write. */
export class NotYet extends Error {
  override readonly name = "NotYet";
  /** GitHub's answer. */
  readonly answer: unknown;

  constructor(answer: unknown) {
    super("GitHub has not caught up yet");
    this.answer = answer;
  }
}

const TRIES = 3;
/** Each wait is one unit longer: with a unit of one second, 15 seconds in all. */
const TRIES_UNTIL_CAUGHT_UP = 6;

/**
 * Creates something once. `find` looks for it first. After a lost answer it looks again before the next try, because
 * GitHub may still have done it (threats EV-12; DESIGN §5.5). A `NotYet` of `create` is retried for longer.
 */
export async function createOnce<Found>(
  client: Client,
  steps: {
    readonly find: () => Promise<Found | undefined>;
    readonly create: () => Promise<Found>;
  },
): Promise<{ readonly outcome: "done" | "already"; readonly value: Found }> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await steps.find();
    if (found !== undefined) return { outcome: attempt === 1 ? "already" : "done", value: found };
    try {
      return { outcome: "done", value: await steps.create() };
    } catch (error: unknown) {
      throwUnlessAgain(error, attempt);
      await client.wait(attempt * client.retryDelayMs);
    }
  }
}

function throwUnlessAgain(error: unknown, attempt: number): void {
  if (error instanceof NotYet) {
    if (attempt < TRIES_UNTIL_CAUGHT_UP) return;
    throw error.answer;
  }
  const failure = requestErrorOf(error);
  if (failure === undefined || !isLost(failure) || attempt === TRIES) throw error;
}
