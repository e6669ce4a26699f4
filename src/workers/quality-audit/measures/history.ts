import type { Measure } from "../../../domain/quality.ts";
import type { RecentCommit } from "../../../ports/repository.ts";
import { type Facts, measured, missing, type Part, share } from "./part.ts";

const SHALLOW = "the history is not there: check out with fetch-depth: 0";

/** Churn, reverts and rework of 90 days. */
export function measureHistory(part: Part, { recent }: Facts): readonly Measure[] {
  if (recent === undefined)
    return (["churn", "reverts", "rework"] as const).map((name) => missing(name, SHALLOW));
  const own = new Set(part.files);
  const touching = recent.filter(({ paths }) => paths.some((path) => own.has(path)));
  return [
    measureChurn(part, touching),
    measureReverts(touching, recent),
    measureRework(touching, recent),
  ];
}

function measureChurn({ files }: Part, touching: readonly RecentCommit[]): Measure {
  const changes = new Map(files.map((path) => [path, 0]));
  for (const path of touching.flatMap(({ paths }) => paths)) {
    const count = changes.get(path);
    if (count !== undefined) changes.set(path, count + 1);
  }
  const sum = [...changes.values()].reduce((total, count) => total + count, 0);
  return measured("churn", {
    value: files.length === 0 ? 0 : sum / files.length,
    source: "commits of git's history",
    counted: `${sum} changes of ${files.length} files`,
    where: [...changes].map(([at, weight]) => ({ at, weight })),
  });
}

function measureReverts(
  touching: readonly RecentCommit[],
  recent: readonly RecentCommit[],
): Measure {
  const back = new Set(recent.flatMap(({ reverts }) => reverts));
  const taken = touching.filter(({ id }) => back.has(id));
  return shareOfCommits("reverts", { taken, touching, how: "taken back" });
}

function measureRework(
  touching: readonly RecentCommit[],
  recent: readonly RecentCommit[],
): Measure {
  const mended = recent.flatMap(({ mends }) => mends);
  if (mended.length === 0)
    return missing("rework", "no commit of 90 days has a `Fixes:` trailer with a commit");
  const taken = touching.filter(({ id }) => mended.some((start) => id.startsWith(start)));
  return shareOfCommits("rework", { taken, touching, how: "mended" });
}

function shareOfCommits(
  name: "reverts" | "rework",
  {
    taken,
    touching,
    how,
  }: {
    readonly taken: readonly RecentCommit[];
    readonly touching: readonly RecentCommit[];
    readonly how: string;
  },
): Measure {
  const ids = taken.map(({ id }) => id.slice(0, 12)).join(", ");
  const source = ids === "" ? `no commit was ${how}` : `${how}: ${ids}`;
  if (touching.length === 0) return measured(name, { value: 0, source });
  return measured(name, { source, ...share(taken.length, touching.length, "commits") });
}
