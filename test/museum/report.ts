/** What goes wrong with machines that write code for a repository; every kind has at least one report. */
export const KINDS = [
  "lost trigger",
  "answers itself",
  "silent green",
  "never ends",
  "orphaned",
  "duplicates",
  "noise",
  "approved with red checks",
  "severity that drifts",
  "huge input",
  "stale approval",
  "refused with a wrong reason",
  "wrong branch or base",
  "closes what it should not",
  "rate limit",
  "token expiry",
  "prompt injection",
  "secrets in logs",
  "strangers",
  "permissions",
  "forks",
  "false proof",
  "tests gamed",
  "flaky tests",
  "bytes and line ends",
  "Git LFS",
  "dependency files",
  "workflow edits",
  "budget overrun",
] as const;
export type Kind = (typeof KINDS)[number];

/** A public report on a comparable tool. Its words are ours, never copied. */
export interface Report {
  readonly kind: Kind;
  /** What went wrong there. */
  readonly what: string;
  /** What happens here, as the scenario of the same name asserts it. */
  readonly here: string;
  /** Left out: it holds. What holds in part or not at all says why in `here`. */
  readonly holds?: "in part" | "no";
  /** Where it stands when it is neither an issue nor a pull request. */
  readonly link?: string;
  /** Why the page itself was not read. */
  readonly unread?: string;
}

/** By `OWNER/REPOSITORY#NUMBER`. */
export type Reports = Readonly<Record<string, Report>>;

/** Rows whose ids stay known to the compiler: a room without one of its scenarios does not compile. */
export function reports<const Rows extends Reports>(rows: Rows): Rows {
  return rows;
}
