/** A stop request that can be queried, observed, and passed down. */
export interface Cancellation {
  /** The reason; undefined while nobody has asked. */
  readonly reason: string | undefined;
  /** Nothing more may start, `if: always()` included: the runner is closing. */
  readonly forced: boolean;
  /** Asks to stop. A second call can only add force. */
  request(reason: string, forced?: boolean): void;
  /** Called for every request, at once if there has been one. Returns the function that unsubscribes. */
  listen(listener: (reason: string, forced: boolean) => void): () => void;
}

export function createCancellation(): Cancellation {
  const listeners = new Set<(reason: string, forced: boolean) => void>();
  let reason: string | undefined;
  let forced = false;
  return {
    get reason() {
      return reason;
    },
    get forced() {
      return forced;
    },
    request(why, force = false) {
      if (reason !== undefined && (forced || !force)) {
        return;
      }
      reason ??= why;
      forced = force;
      for (const listener of [...listeners]) {
        listener(reason, forced);
      }
    },
    listen(listener) {
      listeners.add(listener);
      if (reason !== undefined) {
        listener(reason, forced);
      }
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/**
 * A cancellation that also follows its parent. While `goesOn` holds, only force passes: a job with `if: always()`
 * survives the cancellation of its run.
 */
export function deriveCancellation(
  parent: Cancellation,
  goesOn: () => boolean = () => false,
): { readonly cancellation: Cancellation; unlink(): void } {
  const cancellation = createCancellation();
  const unlink = parent.listen((reason, forced) => {
    if (forced || !goesOn()) {
      cancellation.request(reason, forced);
    }
  });
  return { cancellation, unlink };
}

/** The same request as an AbortSignal. */
export function signalOf(cancellation: Cancellation): AbortSignal {
  const controller = new AbortController();
  cancellation.listen(() => controller.abort());
  return controller.signal;
}
