import type { TwinEvent } from "../github/twin-github.ts";

/** How GitHub's events reach the runner: fairly at once, each once and in their order. */
export interface Delivery {
  /** Those that came within this time arrive together after it, the last one first. */
  readonly lateMs?: number;
  /** How often each of them arrives, but for dispatches: those are no webhooks. */
  readonly times?: number;
}

const DISPATCHES = ["workflow_dispatch", "repository_dispatch"];

/** Takes events as GitHub sends them and hands them on as they arrive; `track` is told of what is still on its way. */
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
