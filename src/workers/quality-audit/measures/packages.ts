import type { Measure } from "../../../domain/quality.ts";
import { type Facts, measured, missing, nothing, share } from "./part.ts";

const NO_LOCKFILE = "no package-lock.json of npm 7 or later";

/** Packages of the whole repository: given up by their makers, old, or with advisories. */
export function measurePackages(facts: Facts): readonly Measure[] {
  return [
    measureDeprecated(facts),
    measureOld(facts),
    missing("advisories", "no lockfile says it, and there is no network to ask"),
  ];
}

function measureDeprecated({ survey: { locked } }: Facts): Measure {
  if (locked === undefined) return missing("deprecated-packages", NO_LOCKFILE);
  const { deprecated } = locked;
  const named = deprecated.length === 0 ? "" : `: ${deprecated.join(", ")}`;
  const source = `package-lock.json${named}`;
  return measured("deprecated-packages", { value: deprecated.length, source });
}

/** A version is old where it was locked a year ago as well. Which newer ones there are is not in a lockfile. */
function measureOld({ survey: { locked }, earlierPackages: earlier, recent }: Facts): Measure {
  const name = "old-packages";
  if (locked === undefined) return missing(name, NO_LOCKFILE);
  if (recent === undefined)
    return missing(name, "the history is not there: check out with fetch-depth: 0");
  const { direct } = locked;
  if (direct.size === 0)
    return nothing(name, "package-lock.json names no package that is asked for");
  const old = [...direct].filter(([of, version]) => earlier.direct.get(of) === version);
  const since =
    earlier.commit === undefined ? "no commit is a year old" : earlier.commit.slice(0, 12);
  return measured(name, {
    source: `package-lock.json, and the one of a year before (${since})`,
    ...share(old.length, direct.size, "packages"),
    where: old.map(([of, version]) => ({ at: `${of}@${version}`, weight: 1 })),
  });
}
