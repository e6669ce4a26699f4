/** A version as semver.org writes it, with the leading `v` of Go. */
const SEMVER =
  /^v?(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/;

export interface Version {
  /** Major, minor and patch. */
  readonly parts: readonly bigint[];
  /** Identifiers of a pre-release; empty for a release. */
  readonly before: readonly string[];
}

/** Undefined if it is no such version, whose order is unknown. */
export function readVersion(text: string): Version | undefined {
  const found = SEMVER.exec(text);
  if (found === null) return undefined;
  return {
    parts: found.slice(1, 4).map((part) => BigInt(part ?? 0)),
    before: found[4]?.split(".") ?? [],
  };
}

/** Below 0 if the left one comes first, by the precedence of semver.org, section 11. */
export function compareVersions(left: Version, right: Version): number {
  const at = left.parts.findIndex((part, index) => part !== right.parts[index]);
  const [one = 0n, other = 0n] = [left.parts[at], right.parts[at]];
  return at < 0 ? comparePreReleases(left.before, right.before) : one < other ? -1 : 1;
}

/** A pre-release comes before its release. Of two with the same beginning, the one with fewer identifiers comes first. */
function comparePreReleases(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return right.length - left.length;
  const at = left.findIndex((one, index) => one !== right[index]);
  const [one, other] = [left[at], right[at]];
  if (one === undefined || other === undefined) return left.length - right.length;
  return compareIdentifiers(one, other);
}

const NUMERIC = /^[0-9]+$/;

function compareIdentifiers(left: string, right: string): number {
  const [isLeft, isRight] = [NUMERIC.test(left), NUMERIC.test(right)];
  if (isLeft && isRight) return BigInt(left) < BigInt(right) ? -1 : 1;
  if (isLeft !== isRight) return isLeft ? -1 : 1;
  return left < right ? -1 : 1;
}
