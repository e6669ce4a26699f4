/** Behavior of a host beyond serving its last release, as hosts show it. */
export interface HostHabits {
  /** By path: how many requests to each release are answered with 503 first. */
  readonly stumbles?: Readonly<Record<string, number>>;
  /** The older release stays until it was asked for this path this often, because a deploy's duration is unknown. */
  readonly staysUntilAsked?: { readonly path: string; readonly times: number };
}

/** Longest time that an unused older release stays, in ms. */
const LONGEST_STAY_MS = 60_000;

/** Counts a host's requests, and tells how it answers by its habits. */
export function createHabits({ stumbles = {}, staysUntilAsked }: HostHabits) {
  let asked = new Map<string, number>();
  let leaving: { left: number; readonly go: () => void } | undefined;
  return {
    /** Whether the host stumbles over this request. */
    stumblesOver(path: string): boolean {
      const before = asked.get(path) ?? 0;
      asked.set(path, before + 1);
      return before < (stumbles[path] ?? 0);
    },
    /** A request was fully answered; a release is not removed during one. */
    answered(path: string): void {
      if (leaving === undefined || path !== staysUntilAsked?.path) return;
      leaving.left -= 1;
      if (leaving.left <= 0) leaving.go();
    },
    /** Resolves when the older release may go. */
    async leave(): Promise<void> {
      if (staysUntilAsked === undefined) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LONGEST_STAY_MS).unref();
        leaving = {
          left: staysUntilAsked.times,
          go: () => {
            clearTimeout(timer);
            resolve();
          },
        };
      });
      leaving = undefined;
    },
    /** A new release begins. */
    begin(): void {
      asked = new Map();
    },
  };
}
