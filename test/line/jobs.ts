import type { JobRecord } from "../../src/twin/runner/run/records.ts";

const MERGING = "actions checks contents issues pull-requests";

/** The jobs from a label to done: name, runner, and what its token may write. */
export const WHOLE_LINE: readonly (readonly [string, string, string])[] = [
  ["intake-normalize", "ubuntu-24.04", ""],
  ["propose", "ubuntu-slim", "issues"],
  ["claim", "ubuntu-slim", "contents issues"],
  ["implement", "ubuntu-24.04", ""],
  ["verify", "ubuntu-24.04", ""],
  ["review", "ubuntu-24.04", ""],
  ["settle", "ubuntu-slim", MERGING],
  ["post-merge-smoke", "ubuntu-24.04", ""],
  ["record", "ubuntu-slim", "issues"],
];

export function factsOf(
  jobs: readonly Pick<JobRecord, "name" | "runsOn" | "permissions">[],
): readonly (readonly [string, string, string])[] {
  return jobs.map(({ name, runsOn, permissions }) => {
    const writes = Object.entries(permissions).flatMap(([key, level]) =>
      level === "write" ? [key] : [],
    );
    return [name.split(" / ").at(-1) ?? name, runsOn, writes.toSorted().join(" ")];
  });
}
