import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Disturbance } from "./disturbance.ts";
import type { Life } from "./life.ts";
import type { Thing } from "./likeness.ts";
import type { LineName } from "./lines.ts";

/** A life to be played. */
export interface Ask {
  readonly line: LineName;
  readonly disturbance: Disturbance;
  readonly expected?: readonly Thing[];
}

/** What a thread answers. */
export type Told = { readonly life: Life } | { readonly fault: Error };

/** Plays lives at the same time, one on each processor: a life knows nothing of another one. */
export interface Hands extends AsyncDisposable {
  /** Rejects for a mistake of the play itself. */
  play(ask: Ask): Promise<Life>;
}

interface Waiting {
  readonly ask: Ask;
  readonly resolve: (life: Life) => void;
  readonly reject: (error: Error) => void;
}

export function createHands(count = availableParallelism()): Hands {
  const waiting: Waiting[] = [];
  const hands = new Set<Worker>();
  const idle: Worker[] = [];
  const busy = new Map<Worker, Waiting>();
  const next = () => {
    if (waiting.length === 0) return;
    const hand = idle.pop() ?? (hands.size < count ? begin() : undefined);
    const asked = hand === undefined ? undefined : waiting.shift();
    if (hand === undefined || asked === undefined) return;
    busy.set(hand, asked);
    hand.postMessage(asked.ask);
  };
  const begin = () => {
    const hand = new Worker(new URL(`hand${extname(import.meta.filename)}`, import.meta.url));
    hands.add(hand);
    const settle = (told: Told) => {
      const asked = busy.get(hand);
      busy.delete(hand);
      if ("life" in told) asked?.resolve(told.life);
      else asked?.reject(told.fault);
    };
    hand.on("message", (told: Told) => {
      settle(told);
      idle.push(hand);
      next();
    });
    hand.on("error", (fault: Error) => {
      hands.delete(hand);
      settle({ fault });
      next();
    });
    return hand;
  };
  return {
    play: (ask) =>
      new Promise((resolve, reject) => {
        waiting.push({ ask, resolve, reject });
        next();
      }),
    async [Symbol.asyncDispose]() {
      await Promise.all([...hands].map(dismiss));
    },
  };
}

/** Until its temporary folders are gone. */
function dismiss(hand: Worker): Promise<void> {
  return new Promise((resolve) => {
    hand.once("exit", () => resolve());
    hand.postMessage("done");
  });
}
