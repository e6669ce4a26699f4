import type { TwinEvent } from "../github/twin-github.ts";

/** How GitHub's events reach the runner: in fair weather at once, each once and in order. */
export interface Delivery {
  /** Events within this time arrive together after it, in reverse order. */
  readonly lateMs?: number;
  /** How often each of them arrives, except dispatches, which are no webhooks. */
  readonly times?: number;
}

const DISPATCHES = ["workflow_dispatch", "repository_dispatch"];

/** Receives events from GitHub and passes them on as they arrive; `track` hears of those still on their way. */
export function createDelivery(
  { lateMs, times = 1 }: Delivery,
  arrive: (event: TwinEvent) => void,
  track: (work: Promise<void>) => void,
): (event: TwinEvent) => void {
  let waiting: TwinEvent[] = [];
  const arriveAll = () => {
    const arriving = waiting.toReversed();
    waiting = [];
    for (const event of arriving) arrive(event);
  };
  return (event) => {
    const isFirst = waiting.length === 0;
    const arrivals = DISPATCHES.includes(event.name) ? 1 : times;
    for (let time = 0; time < arrivals; time += 1) {
      if (lateMs === undefined) arrive(event);
      else waiting.push(event);
    }
    if (lateMs === undefined || !isFirst) return;
    track(new Promise<void>((resolve) => setTimeout(resolve, lateMs)).then(arriveAll));
  };
}
