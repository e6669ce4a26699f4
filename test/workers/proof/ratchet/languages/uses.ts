import type { RatchetRule } from "../../../../../src/domain/evidence/ratchet.ts";

/** The tables of a language whose names stand in a text of their own, with the rule that each leads to. */
export const RULE_OF = {
  skip: ["test-skipped"],
  skipWhen: ["test-conditional"],
  focus: ["test-focused"],
  retry: ["retry-added"],
  sleep: ["sleep-added"],
  suppressions: ["suppression-added"],
  suppressionMarks: ["suppression-added"],
  environment: ["test-conditional"],
  reads: ["source-grep"],
  spawns: ["base-told"],
} as const satisfies Readonly<Record<string, readonly RatchetRule[]>>;
export type Table = keyof typeof RULE_OF;

/** What may stand in a test of a language, by the table whose names it uses. */
export interface Uses {
  readonly path: string;
  /** A test: `MARK` stands above it, `LINE` in it. */
  readonly test: string;
  /** A condition around what may be asked of the environment: `ASKED`. */
  readonly condition: string;
  /** Texts for the place of a line; those that begin with `^` for the place of a mark, with `=` for the whole file. */
  readonly texts: Partial<Readonly<Record<Table, readonly string[]>>>;
}

export function withText({ test, condition }: Uses, table: Table, text: string): string {
  if (text.startsWith("=")) return text.slice(1);
  const line = table === "environment" ? condition.replace("ASKED", text) : text;
  const [mark, body] = line.startsWith("^") ? [line.slice(1), ""] : ["", line];
  return test.replace("MARK", () => mark).replace("LINE", () => body);
}

/** The same without: for a whole file, without what the text adds to it. */
export function withoutText(uses: Uses): string {
  return uses.test.replace("MARK", "").replace("LINE", "");
}
