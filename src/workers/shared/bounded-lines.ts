/** Lines up to the limit of a list. The last one counts those that do not fit, so that none is silently dropped. */
export function boundedLines(lines: readonly string[], most: number): string[] {
  if (lines.length <= most) return [...lines];
  const kept = lines.slice(0, Math.max(0, most - 1));
  return [...kept, `and ${lines.length - kept.length} more`];
}
