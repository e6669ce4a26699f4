import { counted } from "../../wording/figures.ts";
import { type AgentJob, isNothing, mostOf, type Reach } from "./reach.ts";

/** For people: the worst in one sentence, then each job in which an agent works. */
export function sayJobs(jobs: readonly AgentJob[], workflows: number): string {
  if (jobs.length === 0) {
    return `${counted(workflows, "workflow")} in .github/workflows: no agent works there, as far as agents are known by their names.\n`;
  }
  const paths = [...new Set(jobs.map(({ path }) => path))];
  const told = paths.map((path) =>
    [path, ...sayGroups(jobs.filter((job) => job.path === path))].join("\n"),
  );
  return `${[sayWorst(jobs), ...told].join("\n\n")}\n`;
}

/**
 * What no agent reaches more than. Agents cannot be ranked by what they reach, so that it is all of them together, and a job is
 * named only if it alone reaches that much.
 */
export function sayWorst(jobs: readonly AgentJob[]): string {
  const inside = mostOf(jobs.map(({ agentReaches }) => agentReaches));
  if (isNothing(inside)) {
    const outside = mostOf(jobs.map(({ jobReaches }) => jobReaches));
    const failed = isNothing(outside) ? "nothing either" : `at most ${sayAll(outside)}`;
    return `At worst, a hostile agent of those below reaches nothing: no permission, secret, host or branch. If its isolation failed, it would reach ${failed}.`;
  }
  const most = JSON.stringify(inside);
  const alone = jobs.find(({ agentReaches }) => JSON.stringify(mostOf([agentReaches])) === most);
  const where =
    alone === undefined
      ? "No job reaches all of it: see the list."
      : `${alone.agent} does, in ${alone.path}, job ${alone.job}.`;
  return `At worst, a hostile agent of those below reaches ${sayAll(inside)}. ${where}`;
}

function sayAll(reach: Reach): string {
  const { permissions, secrets, hosts, branches } = reach;
  const parts = [
    ...(permissions === "unknown" || Object.keys(permissions).length > 0
      ? [`the permissions ${sayPermissions(reach)}`]
      : []),
    ...(secrets.length === 0
      ? []
      : [`the ${secrets.length === 1 ? "secret" : "secrets"} ${saySecrets(reach)}`]),
    ...(hosts === "none" ? [] : ["any host"]),
    ...(branches === "none"
      ? []
      : [
          branches === "unknown"
            ? "branches, if the repository's setting allows it"
            : "every branch that no rule protects",
        ]),
  ];
  return parts.join("; ").replace(/; ([^;]*)$/, "; and $1");
}

/** Jobs of the same agent that reach the same are said once. */
function sayGroups(jobs: readonly AgentJob[]): readonly string[] {
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
    ? ["    a hostile agent reaches nothing"]
    : ["    a hostile agent reaches", ...sayReach(agentReaches)];
  const outside = isNothing(agentReaches)
    ? ["    if its isolation failed", ...sayReach(jobReaches)]
    : [];
  return [`  ${job} (${agent})`, ...inside, ...outside].join("\n");
}

function sayReach(reach: Reach): readonly string[] {
  return [
    `      permissions  ${sayPermissions(reach)}`,
    `      secrets      ${saySecrets(reach)}`,
    `      hosts        ${reach.hosts}`,
    `      branches     ${reach.branches}`,
  ];
}

function sayPermissions({ permissions }: Reach): string {
  if (permissions === "unknown")
    return "that the repository's setting grants, up to writing everything";
  const scopes = Object.entries(permissions).map(([scope, level]) => `${scope}: ${level}`);
  return scopes.join(", ") || "none";
}

function saySecrets({ secrets }: Reach): string {
  return secrets.includes("*") ? "all of the repository" : secrets.join(", ") || "none";
}
