/** The end of a title: why a test is skipped here, and nothing where it is played. */
export function skippedFor(isSkipped: boolean, reason: string): string {
  return isSkipped ? ` (skipped: ${reason})` : "";
}
