import { LINE } from "../../line.ts";
import { agentsOf } from "./agents.ts";
import type { Granted, ReachedJob } from "./job.ts";

/** What somebody reaches who decides everything that happens at a place. */
export interface Reach {
  /** Scopes that the token may read or write; `unknown` where the repository's setting decides. */
  readonly permissions: Readonly<Record<string, "read" | "write">> | "unknown";
  /** Names of secrets; `*`: all that the repository has. */
  readonly secrets: readonly string[];
  readonly hosts: "none" | "any";
  readonly branches: "none" | "every one that no rule protects" | "unknown";
}

/** A job in which an agent works. */
export interface AgentJob {
  readonly path: string;
  readonly job: string;
  /** What works there: a station of this line, or an agent of others. */
  readonly agent: string;
  /** What the agent itself reaches, whatever it was made to do. */
  readonly agentReaches: Reach;
  /** What it would reach if its isolation failed; the same where there is none. */
  readonly jobReaches: Reach;
}

const NOTHING: Reach = { permissions: {}, secrets: [], hosts: "none", branches: "none" };

export function isNothing({ permissions, secrets, hosts, branches }: Reach): boolean {
  const scopes = permissions === "unknown" ? ["unknown"] : Object.keys(permissions);
  return scopes.length + secrets.length === 0 && hosts === "none" && branches === "none";
}

/** The smallest reach that contains all of them. If one of them is unknown, all are. */
export function mostOf(reaches: readonly Reach[]): Reach {
  const secrets = [...new Set(reaches.flatMap((one) => one.secrets))].sort();
  const branches = reaches.map((one) => one.branches);
  return {
    permissions: permissionsOf(reaches),
    secrets: secrets.includes("*") ? ["*"] : secrets,
    hosts: reaches.some(({ hosts }) => hosts === "any") ? "any" : "none",
    branches: BY_REACH.find((reach) => branches.includes(reach)) ?? "none",
  };
}

/** A write that is certain says more than one that a setting decides. */
const BY_REACH = ["every one that no rule protects", "unknown"] as const;

function permissionsOf(reaches: readonly Reach[]): Reach["permissions"] {
  const found = reaches.map(({ permissions }) => permissions);
  const most: Record<string, "read" | "write"> = {};
  for (const one of found) {
    if (one === "unknown") return "unknown";
    for (const [scope, level] of Object.entries(one)) {
      if (most[scope] !== "write") most[scope] = level;
    }
  }
  return Object.fromEntries(Object.entries(most).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Names of this project's worker actions, as workflows use them, by the station that they are. */
const WORKERS: ReadonlyMap<string, { readonly worker: string }> = new Map(
  LINE.flatMap((station) =>
    station.kind === "worker" ? [[`$/actions/${station.worker}`, station] as const] : [],
  ),
);

/**
 * The jobs in which an agent works, and what each reaches. An agent of this line decides what its worker proposes and what
 * runs in the sandbox, which holds no credential and has no network (DESIGN §5.3); an agent of others is given its whole job.
 */
export function reachOf(jobs: readonly ReachedJob[]): readonly AgentJob[] {
  return jobs.flatMap((job): readonly AgentJob[] => {
    const { path, job: name } = job;
    const whole = wholeOf(job);
    const station = job.uses.map(workerOf).find((found) => found !== undefined);
    if (station !== undefined) {
      return [{ path, job: name, agent: station.worker, agentReaches: NOTHING, jobReaches: whole }];
    }
    const agents = agentsOf(job);
    const unread = job.unread === undefined ? [] : [`not read: ${job.unread}`];
    return [...agents, ...unread].map((agent) => ({
      path,
      job: name,
      agent,
      agentReaches: whole,
      jobReaches: whole,
    }));
  });
}

/** A copy of a workflow names the repository of its actions, as a caller names that of the workflow. */
function workerOf(used: string): { readonly worker: string } | undefined {
  return WORKERS.get(used.replace(/^[\w-]+\/millwright\//, "$/"));
}

function wholeOf({ granted, secrets }: ReachedJob): Reach {
  return {
    permissions: granted === "default" ? "unknown" : granted,
    secrets,
    hosts: "any",
    branches: branchesOf(granted),
  };
}

function branchesOf(granted: Granted): Reach["branches"] {
  if (granted === "default") return "unknown";
  return granted.contents === "write" ? "every one that no rule protects" : "none";
}
