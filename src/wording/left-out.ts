import type { LeftOutFile } from "../domain/proposal.ts";

/** A file that is no part of a change, and why. */
export function sayLeftOutFile({ path, rule }: Pick<LeftOutFile, "path" | "rule">): string {
  return `${path} (${rule})`;
}

/** The same for the coder of the next attempt, without files that tools made. */
export function sayLeftOutFindings(leftOut: readonly LeftOutFile[] = []): readonly string[] {
  return leftOut
    .filter(({ isByProduct }) => !isByProduct)
    .map((file) => `left out of the change by .gitignore: ${sayLeftOutFile(file)}`);
}
