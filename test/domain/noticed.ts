import { linesOf, type NoticedHunk } from "../../src/domain/evidence/noticed.ts";
import type { Noticed, Subject } from "../../src/domain/evidence.ts";

/** What taking back showed, of these parts; each of three lines where nothing else is said. */
export function noticedOf(
  subject: Subject,
  parts: readonly (Partial<NoticedHunk> & Pick<NoticedHunk, "noticed">)[],
  more: Partial<Noticed> = {},
): Noticed {
  const hunks = parts.map((part, index) => ({
    path: "src/greet.ts",
    from: 10 * index + 1,
    to: 10 * index + 3,
    lines: 3,
    ...part,
  }));
  return {
    kind: "noticed",
    subject,
    lines: linesOf(hunks),
    hunks,
    more: 0,
    silentLines: 0,
    ran: "only",
    runs: hunks.length + 1,
    durationMs: 1_200,
    ...more,
  };
}
