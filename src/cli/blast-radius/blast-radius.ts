import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { workflowsIn } from "../source/workflows-in.ts";
import type { BlastRadiusArguments } from "./arguments.ts";
import { type FindCalled, openJobs } from "./open-jobs.ts";
import { type AgentJob, type Reach, reachOf } from "./reach.ts";

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
  const jobs = workflowsIn(repo).flatMap((file) => reachOf(openJobs(file, find)));
  const ok = jobs.every(({ agentReaches }) => isNothing(agentReaches));
  write(json ? `${JSON.stringify({ ok, jobs })}\n` : say(jobs));
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

function isNothing({ permissions, secrets, hosts, branches }: Reach): boolean {
  const scopes = permissions === "unknown" ? ["unknown"] : Object.keys(permissions);
  return scopes.length + secrets.length === 0 && hosts === "none" && branches === "none";
}

function say(jobs: readonly AgentJob[]): string {
  if (jobs.length === 0)
    return "No agent works in the workflows here, as far as their names are known.\n";
  const paths = [...new Set(jobs.map(({ path }) => path))];
  return `${paths
    .map((path) => [path, ...sayJobs(jobs.filter((job) => job.path === path))].join("\n"))
    .join("\n\n")}\n`;
}

/** Jobs of the same agent that reach the same are said once. */
function sayJobs(jobs: readonly AgentJob[]): readonly string[] {
  const groups = Map.groupBy(jobs, ({ job: _name, path: _path, ...reach }) =>
    JSON.stringify(reach),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [sayJob({ ...first, job: group.map(({ job }) => job).join("\n  ") })];
  });
}

function sayJob({ job, agent, agentReaches, jobReaches }: AgentJob): string {
  const inside = isNothing(agentReaches)
    ? ["    a hostile agent reaches   nothing: no permission, secret, host or branch"]
    : ["    a hostile agent reaches", ...sayReach(agentReaches)];
  const outside = isNothing(agentReaches)
    ? ["    if its isolation failed", ...sayReach(jobReaches)]
    : [];
  return [`  ${job}  (${agent})`, ...inside, ...outside].join("\n");
}

function sayReach({ permissions, secrets, hosts, branches }: Reach): readonly string[] {
  const scopes =
    permissions === "unknown"
      ? "whatever the repository's setting grants"
      : Object.entries(permissions)
          .map(([scope, level]) => `${scope}: ${level}`)
          .join(", ") || "none";
  return [
    `      permissions  ${scopes}`,
    `      secrets      ${secrets.includes("*") ? "all of the repository" : secrets.join(", ") || "none"}`,
    `      hosts        ${hosts}`,
    `      branches     ${branches}`,
  ];
}
