import {
  at,
  entriesOf,
  type Parsed,
  parseWorkflow,
  type WorkflowText,
} from "../../control/exposure/workflow-holdings.ts";
import type { Granted, ReachedJob } from "./job.ts";

/** Finds the text of a called workflow; undefined where it is not here. */
export type FindCalled = (uses: string) => string | undefined;

/** What a caller hands on: a name inside, and the secrets of the repository behind it. */
type Handed = ReadonlyMap<string, readonly string[]> | "all";

interface Call {
  readonly path: string;
  /** Jobs that lead here. */
  readonly chain: readonly string[];
  readonly granted: Granted | undefined;
  readonly handed: Handed;
}

/** GitHub docs, Reusing workflow configurations: at most ten levels. */
const DEEPEST = 10;
const ALL = "*";

/** Every job that a workflow of the repository leads to, with what it is granted and which secrets it names. */
export function openJobs(file: WorkflowText, findCalled: FindCalled): readonly ReachedJob[] {
  const call = { path: file.path, chain: [], granted: undefined, handed: "all" } as const;
  return jobsIn(parseWorkflow(file), call, findCalled);
}

function jobsIn(workflow: Parsed, call: Call, findCalled: FindCalled): readonly ReachedJob[] {
  return entriesOf(at(workflow, "jobs")).flatMap(([name, job]) => {
    const chain = [...call.chain, name];
    const asked = grantedBy(at(job, "permissions") ?? at(workflow, "permissions"));
    const granted = within(call.granted, asked);
    const uses = at(job, "uses");
    if (typeof uses === "string") {
      const next = { ...call, chain, granted, handed: handedOn(job, call.handed) };
      return openCalled(uses, next, findCalled);
    }
    const steps = stepsOf(job);
    const secrets = [...secretsIn(at(workflow, "env")), ...secretsIn(job)];
    return [
      {
        path: call.path,
        job: chain.join(" / "),
        granted,
        secrets: resolved(secrets, call.handed),
        uses: steps.flatMap((step) => textAt(step, "uses")).map((used) => used.replace(/@.*$/, "")),
        commands: steps.flatMap((step) => textAt(step, "run")),
      },
    ];
  });
}

function openCalled(uses: string, call: Call, findCalled: FindCalled): readonly ReachedJob[] {
  const text = call.chain.length > DEEPEST ? undefined : findCalled(uses);
  if (text !== undefined) {
    return jobsIn(parseWorkflow({ path: call.path, text }), call, findCalled);
  }
  const secrets = call.handed === "all" ? [ALL] : [...call.handed.values()].flat();
  return [
    {
      path: call.path,
      job: call.chain.join(" / "),
      granted: call.granted ?? "default",
      secrets: [...new Set(secrets)].sort(),
      uses: [],
      commands: [],
      unread: uses,
    },
  ];
}

function grantedBy(stated: Parsed): Granted | undefined {
  if (stated === undefined || stated === null) return undefined;
  if (stated === "read-all" || stated === "write-all") {
    const level = stated === "read-all" ? "read" : "write";
    return Object.fromEntries(SCOPES.map((scope) => [scope, level]));
  }
  return Object.fromEntries(
    entriesOf(stated).flatMap(([scope, level]) =>
      level === "read" || level === "write" ? [[scope, level]] : [],
    ),
  );
}

/** GitHub docs, Workflow syntax, `permissions`: those that matter for what can be reached. */
const SCOPES = [
  "actions",
  "attestations",
  "checks",
  "contents",
  "deployments",
  "discussions",
  "id-token",
  "issues",
  "packages",
  "pages",
  "pull-requests",
  "security-events",
  "statuses",
];

/** A called job never gets more than its caller was granted. */
function within(outer: Granted | undefined, asked: Granted | undefined): Granted {
  if (asked === undefined) return outer ?? "default";
  if (outer === undefined || outer === "default" || asked === "default") return asked;
  return Object.fromEntries(
    Object.entries(asked).flatMap(([scope, level]) => {
      const most = outer[scope];
      if (most === undefined) return [];
      return [[scope, level === "write" && most === "write" ? "write" : "read"]];
    }),
  );
}

function handedOn(job: Parsed, handed: Handed): Handed {
  const stated = at(job, "secrets");
  if (stated === "inherit") return handed;
  return new Map(
    entriesOf(stated).map(([name, value]) => [name, resolved(secretsIn(value), handed)] as const),
  );
}

/** Names inside a called workflow, as the secrets of the repository that stand behind them. */
function resolved(names: readonly string[], handed: Handed): readonly string[] {
  const found = names.flatMap((name) => {
    if (handed === "all") return [name];
    return name === ALL ? [...handed.values()].flat() : (handed.get(name) ?? []);
  });
  return [...new Set(found)].sort();
}

function secretsIn(value: Parsed): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(secretsIn);
  if (typeof value !== "string") return entriesOf(value).flatMap(([, inner]) => secretsIn(inner));
  return [...value.matchAll(/\bsecrets\b(?:\s*\.\s*(?<name>[A-Za-z_][\w-]*))?/gi)].flatMap(
    ({ groups }) => (groups?.name?.toUpperCase() === "GITHUB_TOKEN" ? [] : [groups?.name ?? ALL]),
  );
}

function stepsOf(job: Parsed): readonly Parsed[] {
  const steps = at(job, "steps");
  return Array.isArray(steps) ? steps : [];
}

function textAt(value: Parsed, key: string): readonly string[] {
  const text = at(value, key);
  return typeof text === "string" ? [text] : [];
}
