/**
 * What chance alone makes of a queue with so many places (A. K. Erlang, 1917): arrivals come by chance, and each holds a place for a time
 * that is as much left to chance. A schedule that leaves no place free while somebody waits chooses who waits, not how many.
 */
export interface Places {
  readonly slots: number;
  /** The part of the places that is busy on average; below 1. */
  readonly load: number;
  /** How long one issue holds its place, on average, in seconds. */
  readonly heldFor: number;
}

/** A promise about waiting: this share has started after so many seconds. */
export interface Promised {
  readonly share: number;
  readonly seconds: number;
}

/** More places than anybody configures. */
const MOST_SLOTS = 10_000;

/** The share of arrivals that find every place taken, in whatever order these start: Erlang's C. */
export function shareWaiting({ slots, load }: Pick<Places, "slots" | "load">): number {
  if (load >= 1) return 1;
  const offered = load * slots;
  let blocked = 1;
  for (let place = 1; place <= slots; place += 1) {
    blocked = (offered * blocked) / (place + offered * blocked);
  }
  return blocked / (1 - load * (1 - blocked));
}

/** Seconds after which this share has started, first in, first out; endless where more comes than is done. */
export function startedAfter(places: Places, share: number): number {
  const { slots, load, heldFor } = places;
  if (load >= 1) return Number.POSITIVE_INFINITY;
  const late = shareWaiting(places) / (1 - share);
  return late <= 1 ? 0 : (Math.log(late) * heldFor) / (slots * (1 - load));
}

/**
 * The share that waits longer than this in any order: whoever finds all places taken waits for the next that ends, even where it
 * may go before all others.
 */
export function shareLate(places: Places, seconds: number): number {
  return shareWaiting(places) * Math.exp((-seconds * places.slots) / places.heldFor);
}

/** How many places keep the promise at this load; undefined where none would. */
export function slotsToKeep(places: Places, { share, seconds }: Promised): number | undefined {
  if (places.load >= 1) return undefined;
  for (let slots = 1; slots <= MOST_SLOTS; slots += 1) {
    if (startedAfter({ ...places, slots }, share) <= seconds) return slots;
  }
  return undefined;
}

/** The highest load, in whole per cent, at which these places keep it; 0 where they keep it at none. */
export function loadToKeep(places: Places, { share, seconds }: Promised): number {
  for (let percent = 99; percent > 0; percent -= 1) {
    if (startedAfter({ ...places, load: percent / 100 }, share) <= seconds) return percent / 100;
  }
  return 0;
}
