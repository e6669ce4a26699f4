import { counted } from "../figures.ts";
/** A finding that code makes, in the words of a review. */
export interface OwnFinding {
  readonly claim: string;
  readonly howItFails: string;
  readonly suggestion: string;
}

/** What a reader cannot see, or sees otherwise than it is. */
export type Unseen = "reversing" | "invisible";

const SUGGESTION = "Write the characters as escapes, or remove them";

const UNSEEN = {
  reversing: {
    claim: "The line holds characters that reverse the order in which it is shown",
    howItFails: "What a person reads there is not what runs (Trojan Source, CVE-2021-42574)",
    suggestion: SUGGESTION,
  },
  invisible: {
    claim: "The line holds characters that show nothing",
    howItFails: "A name, a parameter or an order to a model stands there that no person sees",
    suggestion: SUGGESTION,
  },
} as const satisfies Record<Unseen, OwnFinding>;

export function sayUnseen(unseen: Unseen): OwnFinding {
  return UNSEEN[unseen];
}

/** What a verdict says of a change that was too large to be shown whole. */
export function sayUnread(size: { readonly changedLines: number; readonly maximumBytes: number }): {
  readonly summary: string;
  readonly notVerified: string;
} {
  const unread = `the diff is longer than ${size.maximumBytes} bytes (${counted(size.changedLines, "changed line")})`;
  return {
    summary: `Not reviewed: ${unread}. A person has to read it, or the issue has to be split.`,
    notVerified: unread,
  };
}

/** What a verdict says of findings that name no line of the diff. */
export function sayDropped(dropped: number): string {
  return `${counted(dropped, "finding")} named no line of the diff and ${dropped === 1 ? "was" : "were"} dropped`;
}

/** What stands of a criterion on which a reviewer said nothing. */
export function sayUnjudged(): string {
  return "the reviewer did not judge it";
}
