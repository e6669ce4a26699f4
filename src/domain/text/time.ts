/** Milliseconds between two times in ISO 8601; negative where the second is the earlier. */
export function millisecondsBetween(from: string, to: string): number {
  // biome-ignore lint/style/noRestrictedGlobals: two given times are compared, no clock is read
  const { parse } = Date;
  return parse(to) - parse(from);
}

/** The time so many days before another, in ISO 8601 to the second. */
export function daysBefore(at: string, days: number): string {
  // biome-ignore lint/style/noRestrictedGlobals: a given time is moved, no clock is read
  const before = new Date(at);
  before.setUTCDate(before.getUTCDate() - days);
  return `${before.toISOString().slice(0, 19)}Z`;
}
