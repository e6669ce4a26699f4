/** The machine's places for jobs: a limited number at once, the rest in the order of arrival. */
export interface Slots {
  /** Resolves with the function that frees the place; undefined if the signal ended the wait. */
  take(signal: AbortSignal): Promise<(() => void) | undefined>;
}

export function createSlots(count: number): Slots {
  let free = count;
  let waiting: ((granted: boolean) => void)[] = [];

  function release(): void {
    const next = waiting.shift();
    if (next === undefined) {
      free += 1;
    } else {
      next(true);
    }
  }

  return {
    async take(signal) {
      if (signal.aborted) {
        return undefined;
      }
      if (free > 0) {
        free -= 1;
        return release;
      }
      const turn = Promise.withResolvers<boolean>();
      const giveUp = () => {
        waiting = waiting.filter((resolve) => resolve !== turn.resolve);
        turn.resolve(false);
      };
      waiting.push(turn.resolve);
      signal.addEventListener("abort", giveUp, { once: true });
      const granted = await turn.promise;
      signal.removeEventListener("abort", giveUp);
      return granted ? release : undefined;
    },
  };
}
