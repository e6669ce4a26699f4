/**
 * A name without parts that tend to change with each run: temporary paths, ports, times, digests, addresses in memory.
 * Only to find candidates; the difference between two runs decides.
 */
function skeletonOf(name: string): string {
  return name
    .replace(/(?:\/private)?\/(?:tmp|var)\/[^\s\]),;"']*/g, "#")
    .replace(/\b(?=[0-9a-f]*\d)[0-9a-f]{2,}\b|\d+/gi, "#");
}

/**
 * Names that change with each run: of one skeleton, the base has names that no other run has, and so has the base with
 * the changed tests, whose test files are those of the change. They say nothing about any test.
 */
export function unstableNames(runs: {
  readonly base: readonly string[];
  readonly withTests: readonly string[];
  readonly change: readonly string[];
}): ReadonlySet<string> {
  const all = [runs.base, runs.withTests, runs.change].map((names) => new Set(names));
  const alone = all.map((own) =>
    [...own].filter((name) => all.every((other) => other === own || !other.has(name))),
  );
  const [onBase = new Set(), withTests = new Set()] = alone.map(
    (names) => new Set(names.map(skeletonOf)),
  );
  const changing = (name: string) => {
    const skeleton = skeletonOf(name);
    return skeleton !== name && onBase.has(skeleton) && withTests.has(skeleton);
  };
  return new Set(alone.flat().filter(changing));
}
