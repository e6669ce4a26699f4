import { z } from "zod";
import type {
  ChecksAsked,
  ChecksSeen,
  ComparedChecks,
  RepositoryCheck,
} from "../../../domain/github/repository-check.ts";
import type { Part } from "../../../domain/github/snapshot.ts";
import type { Client } from "../client/client.ts";
import { requestErrorOf } from "../client/request-error.ts";
import { TooMany } from "./checks/ask-all.ts";
import { type FoundCheck, isRed, readOfApps } from "./checks/found.ts";
import { readTail } from "./checks/log-tail.ts";
import { readMarks } from "./checks/marks.ts";
import { newestOnBase, newestOnHead } from "./checks/newest.ts";
import { foundInRuns, jobsOnBase, readRuns } from "./checks/runs.ts";
import { isStatus, readStatuses } from "./checks/statuses.ts";

const ChangedFile = z.object({ filename: z.string() });

/** The most red checks whose output is read; more rarely add anything. */
const MOST_READ = 5;

interface Reading {
  readonly client: Client;
  /** The factory's App, whose checks are not the repository's. */
  readonly app: string;
}

/**
 * The repository's own checks of a head. 3 requests if nothing is red, and 1 for each repeated run. Otherwise 1 for each
 * red run on the head and for each of their workflows on each base. Also 3 for each base, 1 for each hundred changed
 * files, and 2 for each of 5 red checks. Unknown if the token may not read checks.
 */
export async function readOwnedChecks(
  client: Client,
  asked: ChecksAsked,
  identity: { readonly login: string },
): Promise<Part<ChecksSeen>> {
  try {
    const app = identity.login.replace(/\[bot\]$/, "");
    return { known: await readAll({ client, app }, asked) };
  } catch (error: unknown) {
    if (error instanceof TooMany)
      return { unknown: `the checks of ${asked.head}: ${error.message}` };
    const failure = requestErrorOf(error);
    if (failure?.status !== 403 && failure?.status !== 404) throw error;
    return { unknown: `the checks of ${asked.head}: ${failure.message}` };
  }
}

async function readAll(reading: Reading, asked: ChecksAsked): Promise<ChecksSeen> {
  const { client, app } = reading;
  const { head } = asked;
  const [runs, ofApps, statuses] = await Promise.all([
    readRuns(client, head, asked.own),
    readOfApps(client, head, app),
    readStatuses(client, head),
  ]);
  const found = [...(await foundInRuns(client, newestOnHead(runs))), ...ofApps, ...statuses];
  const red = found.filter(isRed);
  if (red.length === 0) return { head, checks: found.map(asDomain), bases: [], changed: [] };
  const [told, bases, files] = await Promise.all([
    tellEach(client, found),
    Promise.all(asked.bases.map((base) => readBase(reading, base, { red, asked }))),
    client.list(ChangedFile, "GET /pulls/{pull_number}/files", { pull_number: asked.pullRequest }),
  ]);
  return { head, checks: told, bases, changed: files.map(({ filename }) => filename) };
}

function asDomain({ at: _, ...check }: FoundCheck): RepositoryCheck {
  return check;
}

/** Output of the red ones, without those that are to be repeated. */
async function tellEach(
  client: Client,
  found: readonly FoundCheck[],
): Promise<readonly RepositoryCheck[]> {
  const telling = found.filter((one) => isRed(one) && one.run?.attempt !== 1).slice(0, MOST_READ);
  return await Promise.all(
    found.map(async (one) => {
      if (!telling.includes(one)) return asDomain(one);
      const [marks, tail] = await Promise.all([
        readMarks(client, one.at.checkRun),
        one.at.job === undefined ? [] : readTail(client, one.at.job),
      ]);
      return { ...asDomain(one), marks, tail };
    }),
  );
}

/** State on a base of checks that are red on the head: of the same workflows, and of the same Apps. */
async function readBase(
  { client, app }: Reading,
  commit: string,
  { red, asked }: { readonly red: readonly FoundCheck[]; readonly asked: ChecksAsked },
): Promise<ComparedChecks> {
  const files = new Set(red.flatMap(({ at }) => at.file ?? []));
  const [runs, ofApps, statuses] = await Promise.all([
    files.size === 0 ? [] : readRuns(client, commit, asked.own),
    red.some((one) => one.run === undefined && !isStatus(one))
      ? readOfApps(client, commit, app)
      : [],
    red.some(isStatus) ? readStatuses(client, commit) : [],
  ]);
  const compared = newestOnBase(runs.filter(({ file }) => files.has(file)));
  const found = [...(await jobsOnBase(client, compared)), ...ofApps, ...statuses];
  return { commit, states: Object.fromEntries(found.map(({ key, state }) => [key, state])) };
}
