import type { Measure } from "../../../domain/quality.ts";
import { ADVISORY_REPORTS } from "../reading/advisories.ts";
import { type Facts, measured, missing, nothing, share } from "./part.ts";

const NO_HISTORY = "the history is not there: check out with fetch-depth: 0";
const NO_LOCKFILE = "no package-lock.json of npm 7 or later";

/** Packages of the whole repository: deprecated, old, or with advisories. */
export function measurePackages(facts: Facts): readonly Measure[] {
  return [measureDeprecated(facts), measureOld(facts), measureAdvisories(facts)];
}

function measureDeprecated({ survey: { locked } }: Facts): Measure {
  if (locked === undefined) return missing("deprecated-packages", NO_LOCKFILE);
  const { deprecated } = locked;
  const named = deprecated.length === 0 ? "" : `: ${deprecated.join(", ")}`;
  const source = `package-lock.json${named}`;
  return measured("deprecated-packages", { value: deprecated.length, source });
}

/**
 * By a committed report that is younger than its lockfile, so it is about these very packages. Later advisories are in
 * no file, so a report older than the history that is read does not count.
 */
function measureAdvisories({ survey: { advisories: report }, recent }: Facts): Measure {
  const name = "advisories";
  if (report === undefined) return missing(name, `none of ${ADVISORY_REPORTS.join(", ")} is there`);
  if (report === "unreadable") return missing(name, "the committed report is of no known format");
  if (recent === undefined) return missing(name, NO_HISTORY);
  const { source, advisories, about } = report;
  const written = recent.findIndex(({ paths }) => paths.includes(source));
  if (written === -1) return missing(name, `${source} is older than 90 days`);
  const isAbout = (path: string) => about.some((one) => one === path || one.endsWith(`/${path}`));
  const newer = recent.slice(0, written).find(({ paths }) => paths.some(isAbout));
  if (newer !== undefined) {
    return missing(name, `${source} is older than the lockfile of ${newer.id.slice(0, 12)}`);
  }
  return measured(name, {
    value: advisories.length,
    source: `${source}, as of ${recent[written]?.id.slice(0, 12)}`,
    where: advisories.map(({ id, of }) => ({ at: `${of}: ${id}`, weight: 1 })),
  });
}

/** A version is old if it was locked a year ago as well. A lockfile does not show newer ones. */
function measureOld({ survey: { locked }, earlierPackages: earlier, recent }: Facts): Measure {
  const name = "old-packages";
  if (locked === undefined) return missing(name, NO_LOCKFILE);
  if (recent === undefined) return missing(name, NO_HISTORY);
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
