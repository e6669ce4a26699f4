import { probabilityOfHigher, ratioOf } from "./rank-test.ts";

const DRAWS = 400;

/**
 * The chance that a change of `effect` would be noticed: the share of drawn histories with an alarm, in which the recent runs are drawn from
 * the earlier ones and made worse by this much. The draws are the same for the same runs, so the figure can be recomputed.
 */
export function powerOf(
  before: readonly number[],
  asked: { readonly recent: number; readonly effect: number; readonly threshold: number },
): number {
  const random = createRandom(before.length);
  const draw = () => before[Math.floor(random() * before.length)] ?? 0;
  const drawn = (length: number) => Array.from({ length }, draw);
  let noticed = 0;
  for (let round = 0; round < DRAWS; round += 1) {
    const past = drawn(before.length);
    // Twice the least effect, because half of all estimates of the least effect itself lie below it.
    const worse = drawn(asked.recent).map((value) => value * (1 + 2 * asked.effect));
    const isAlarm = probabilityOfHigher(worse, past) <= asked.threshold;
    if (isAlarm && ratioOf(worse, past) >= 1 + asked.effect) noticed += 1;
  }
  return noticed / DRAWS;
}

/** Numbers from 0 to below 1 that are the same for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
