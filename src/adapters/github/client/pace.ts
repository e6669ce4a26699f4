import type { Clock } from "../../../ports/clock.ts";

/** https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests */
const APART_MS = 1_000;

/** Sends requests that create issues, comments, pull requests and the like one after the other. */
export type Pace = <Answer>(send: () => Promise<Answer>) => Promise<Answer>;

/** A GitHub on this machine, such as the twin, has no limits. */
export function paceFor(apiUrl: string, clock: Clock): Pace {
  const { hostname } = new URL(apiUrl);
  return hostname === "127.0.0.1" ? unpaced : createPace(clock);
}

export const unpaced: Pace = (send) => send();

/** Waits until a second has passed since the last one began, answered or not. */
export function createPace(clock: Clock): Pace {
  let last = Number.NEGATIVE_INFINITY;
  let turn: Promise<unknown> = Promise.resolve();
  const begin = async () => {
    const left = last + APART_MS - clock.elapsed();
    if (left > 0) await clock.wait(left);
    last = clock.elapsed();
  };
  return async (send) => {
    const begun = turn.then(begin);
    turn = begun.catch(() => undefined);
    await begun;
    return await send();
  };
}
