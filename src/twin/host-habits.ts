/** How a host behaves beyond serving what it was given last, as hosts do. */
export interface HostHabits {
  /** By path: how many requests of each release are answered with 503 before it answers for itself. */
  readonly stumbles?: Readonly<Record<string, number>>;
  /** The older release stays until it was asked for this path so often: how long a deploy takes is nobody's to say. */
  readonly staysUntilAsked?: { readonly path: string; readonly times: number };
}

/** Longest that an older release stays because nobody asks it. */
const LONGEST_STAY_MS = 60_000;

/** Counts what is asked of a host, and tells how it answers for its habits. */
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
    /** A request was answered, whole: a release is not taken away from under it. */
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
