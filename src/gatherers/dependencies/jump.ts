/** How far it is from one version to another, as semver.org counts; unknown where one of them is no such version. */
export type Jump = "major" | "minor" | "patch" | "other" | "unknown";

/** Leading `v` as Go writes it. */
const SEMVER =
  /^v?(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

export function jumpOf(from: string, to: string): Jump {
  const [left, right] = [SEMVER.exec(from), SEMVER.exec(to)];
  if (left === null || right === null) return "unknown";
  const differs = [1, 2, 3].find((part) => left[part] !== right[part]);
  if (differs === undefined) return "other";
  return differs === 1 ? "major" : differs === 2 ? "minor" : "patch";
}
