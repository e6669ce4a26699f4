const DAY_MS = 86_400_000;

/** Milliseconds between two times in ISO 8601; negative if the second is the earlier. */
export function millisecondsBetween(from: string, to: string): number {
  // biome-ignore lint/style/noRestrictedGlobals: two given times are compared, no clock is read
  const { parse } = Date;
  return parse(to) - parse(from);
}

/** The time in ISO 8601, to the second, this many milliseconds before another. */
export function earlierBy(milliseconds: number, than: string): string {
  // biome-ignore lint/style/noRestrictedGlobals: a given time is reckoned with, no clock is read
  const earlier = new Date(Date.parse(than) - milliseconds);
  return `${earlier.toISOString().slice(0, 19)}Z`;
}

/** The time this many days before another, in ISO 8601 to the second. */
export function daysBefore(at: string, days: number): string {
  return earlierBy(days * DAY_MS, at);
}
