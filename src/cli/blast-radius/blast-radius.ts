import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { workflowsIn } from "../source/workflows-in.ts";
import type { BlastRadiusArguments } from "./arguments.ts";
import { type FindCalled, openJobs } from "./open-jobs.ts";
import { isNothing, mostOf, reachOf } from "./reach.ts";
import { sayJobs } from "./say-reach.ts";

const OURS = /^(?:[\w.-]+\/millwright|\$)\/\.github\/workflows\/(?<file>[\w.-]+\.ya?ml)(?:@\S+)?$/;
const LOCAL = /^\.\/(?<path>\.github\/workflows\/[\w.-]+\.ya?ml)$/;

/**
 * Says what each agent in the workflows of a checkout reaches. Answers the exit code: 1 where one reaches anything.
 * @throws UsageError where there is no such folder
 */
export function tellBlastRadius(
  { repo, json }: BlastRadiusArguments,
  { millwright, write }: { readonly millwright: string; write(text: string): void },
): number {
  const find = finder(repo, millwright);
  const files = workflowsIn(repo);
  const jobs = files.flatMap((file) => reachOf(openJobs(file, find)));
  const ok = jobs.every(({ agentReaches }) => isNothing(agentReaches));
  const worst = mostOf(jobs.map(({ agentReaches }) => agentReaches));
  write(json ? `${JSON.stringify({ ok, worst, jobs })}\n` : sayJobs(jobs, files.length));
  return ok ? 0 : 1;
}

/** Called workflows of this project are read from here, whatever commit the caller names: it is what this version does. */
function finder(repo: string, millwright: string): FindCalled {
  return (uses) => {
    const { file } = OURS.exec(uses)?.groups ?? {};
    const { path } = LOCAL.exec(uses)?.groups ?? {};
    const place =
      file !== undefined
        ? join(millwright, ".github/workflows", file)
        : path !== undefined
          ? join(repo, path)
          : undefined;
    return place !== undefined && existsSync(place) ? readFileSync(place, "utf8") : undefined;
  };
}
