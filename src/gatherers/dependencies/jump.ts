import { readVersion } from "./version.ts";

/** Size of the step between two versions, as semver.org counts; unknown if one of them is no such version. */
export type Jump = "major" | "minor" | "patch" | "other" | "unknown";

const PARTS = ["major", "minor", "patch"] as const;

export function jumpOf(from: string, to: string): Jump {
  const [left, right] = [readVersion(from), readVersion(to)];
  if (left === undefined || right === undefined) return "unknown";
  return PARTS.find((_, index) => left.parts[index] !== right.parts[index]) ?? "other";
}
