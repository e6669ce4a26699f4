import type { Part } from "../../../domain/github/snapshot.ts";
import {
  type FoundWork,
  isPullWorkSealed,
  LONGEST_PULL_WORK_MS,
  type PullWork,
  type SealedPullWork,
} from "../../../domain/ledger/pull-work.ts";
import { millisecondsBetween } from "../../../domain/text/time.ts";
import { parseWorkFold } from "../../../wording/pull-request/work-lines.ts";
import type { Situation } from "../situation.ts";
import { dayOf } from "./day.ts";

type Seen = Pick<Situation, "input" | "snapshot">;

/** The same, with its pull request. */
export type PullWorkOn = PullWork & { readonly pullRequest: number };

/** Recent work on pull requests, each order once. A changed line makes it unknown. */
export function readPullWork(seen: Seen): Part<readonly PullWorkOn[]> {
  const { pullWork } = seen.snapshot;
  if (pullWork === undefined) return { known: [] };
  if ("unknown" in pullWork) return pullWork;
  const works = new Map<string, PullWorkOn>();
  for (const found of pullWork.known) {
    const read = readFoundWork(found, seen);
    if ("unknown" in read) return read;
    for (const work of read.known) {
      const name = `${found.pullRequest} ${work.work} ${work.run} ${work.at}`;
      const { pullRequest } = found;
      if (works.get(name)?.usage === undefined) works.set(name, { ...work, pullRequest });
    }
  }
  return { known: [...works.values()] };
}

/** Content of one comment, if it is trusted. */
export function readFoundWork(
  { pullRequest, body }: Pick<FoundWork, "pullRequest" | "body">,
  { input, snapshot }: Seen,
): Part<readonly SealedPullWork[]> {
  const unknown = (found: string) => ({ unknown: `pull request ${pullRequest}: ${found}` });
  const read = parseWorkFold(body);
  if ("fault" in read) return unknown(read.fault);
  const place = { repositoryId: snapshot.repository.id, issue: pullRequest };
  const isWhole = read.lines.every((line) => isPullWorkSealed(line, { place, key: input.sealKey }));
  return isWhole ? { known: read.lines } : unknown("the seal of what it cost does not match");
}

/** USD, for work begun today. */
export function spentOnPulls(works: readonly PullWork[], now: string): number {
  return works
    .filter(({ at }) => dayOf(at) === dayOf(now))
    .reduce((sum, { usage }) => sum + (usage?.usd ?? 0), 0);
}

/** USD that unfinished work may still spend. A run that died reserves them for a day. */
export function promisedOnPulls(works: readonly PullWork[], now: string): number {
  return works.filter((work) => isUnderWay(work, now)).reduce((sum, { most }) => sum + most, 0);
}

function isUnderWay({ usage, at }: PullWork, now: string): boolean {
  return usage === undefined && millisecondsBetween(at, now) < LONGEST_PULL_WORK_MS;
}
