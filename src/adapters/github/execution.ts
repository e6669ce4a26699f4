import type { Effect, EffectKind, Receipt } from "../../domain/effect.ts";
import type { Client } from "./client.ts";
import { failureOf, isLost } from "./failures.ts";

/** What an effect is executed with. */
export interface Execution {
  readonly client: Client;
  /** Whom the token writes as: only its own comments and issues are taken for the factory's. */
  readonly identity: { readonly id: number; readonly login: string };
}

export type EffectOf<Kind extends EffectKind> = Extract<Effect, { kind: Kind }>;

/** What an executed effect found or made; the receipt without its name. */
export type Result = Omit<Extract<Receipt, { outcome: "done" | "already" }>, "kind" | "key">;

/** An effect that is refused by our own look at what GitHub answered, not by GitHub. */
export class Refused extends Error {
  override readonly name = "Refused";
  /** 0 where something was done that is not what was wanted; 409 where it was not done, as GitHub answers a conflict. */
  readonly status: 0 | 409;

  constructor(message: string, status: 0 | 409 = 0) {
    super(message);
    this.status = status;
  }
}

const TRIES = 3;

/**
 * Creates something once. `find` looks for it first; after an answer that was lost it looks again before the next try,
 * because GitHub may have done it all the same (threats EV-12; DESIGN §5.5).
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
      const failure = failureOf(error);
      if (failure === undefined || !isLost(failure) || attempt === TRIES) throw error;
      await client.wait(attempt * client.retryDelayMs);
    }
  }
}
