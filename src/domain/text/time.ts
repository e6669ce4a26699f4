/** Milliseconds between two times in ISO 8601; negative where the second is the earlier. */
export function millisecondsBetween(from: string, to: string): number {
  // biome-ignore lint/style/noRestrictedGlobals: two given times are compared, no clock is read
  const { parse } = Date;
  return parse(to) - parse(from);
}
