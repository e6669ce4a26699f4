/** As many lines as a list may hold. What does not fit is counted in the last of them, not dropped in silence. */
export function boundedLines(lines: readonly string[], most: number): string[] {
  if (lines.length <= most) return [...lines];
  const kept = lines.slice(0, Math.max(0, most - 1));
  return [...kept, `and ${lines.length - kept.length} more`];
}
