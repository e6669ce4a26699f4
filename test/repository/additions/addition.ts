/** A change to one file: a new file, or a text of it that stands there once and what takes its place. */
export type Edit =
  | { readonly file: string; readonly content: string }
  | { readonly file: string; readonly find: string; readonly replace: string };

/** Something that is added to the project, in the words of AGENTS.md, and what a newcomer writes for it. */
export interface Addition {
  /** As the line of AGENTS.md begins: `a worker`. */
  readonly what: string;
  readonly edits: readonly Edit[];
  /** A module in the root of the project whose export `shown` is what the project now does. */
  readonly proof: string;
  readonly expected: unknown;
}
