import type { Config } from "../config/schema.ts";
import { emptyContract } from "../contract.ts";
import type { ObjectId } from "../digest.ts";
import type { RiskAssessment } from "./assess-risk.ts";
import { predictRisk } from "./predicted-risk.ts";

/** Separators of words that may be a path: blanks, quotes, brackets and commas, without trailing punctuation. */
const BETWEEN = /[\s"'`<>()[\]{},;]+/u;
const MARKS = /[.:!?]+$/u;

/** The files of a tree that a text names by their whole path. */
export function pathsNamed(text: string, tree: readonly string[]): readonly string[] {
  const words = new Set(text.split(BETWEEN).flatMap((word) => [word, word.replace(MARKS, "")]));
  return tree.filter((path) => words.has(path));
}

/** The risk of a change to exactly these files; undefined if none is named, because it is unknown then. */
export function likelyRisk(
  paths: readonly string[],
  place: { readonly base: ObjectId; readonly config: Config },
): RiskAssessment | undefined {
  if (paths.length === 0) return undefined;
  const contract = emptyContract();
  return predictRisk(
    { ...contract, boundaries: { ...contract.boundaries, paths: [...paths] } },
    place,
  );
}
