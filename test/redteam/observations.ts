import { Config } from "../../src/domain/config/schema.ts";
import type { JobRecord } from "../../src/twin/runner/run/records.ts";
import { CONFIG } from "../line/repository.ts";
import type { Observation, SeenProcess, SeenRequest } from "./observation.ts";

/** Observations for the tests of the oracle: a world in which nothing happened, and pieces to plant in it. */
export const BASE = "b".repeat(40);
export const HEAD = "c".repeat(40);
export const SECRET = "4f1c9a7be2d84c06a1b35f7e9d20c8643b7a5e1f";

export function quiet(parts: Partial<Observation> = {}): Observation {
  const main = new Map([["refs/heads/main", BASE]]);
  return {
    repository: "OWNER/greeter",
    repositoryId: 7,
    base: BASE,
    config: Config.parse(CONFIG),
    sealKey: "5".repeat(64),
    requests: [],
    runs: [],
    jobs: [job("settle")],
    processes: [process({ task: "settle" })],
    handovers: [],
    model: [],
    refs: {
      before: main,
      after: main,
      elsewhere: [],
      main: [],
      changes: [],
      fsck: "",
      twins: [],
      objects: "",
      trees: new Map(),
    },
    issues: [],
    deeds: { issues: [1], commits: [], merged: [], refs: [], labels: [] },
    forbidden: [],
    canaries: [{ at: "the model key", value: SECRET }],
    survivors: [],
    durationMs: 1_000,
    ...parts,
  };
}

export function job(name: string, parts: Partial<JobRecord> = {}): JobRecord {
  return {
    id: 1,
    name: `factory / line / ${name}`,
    path: name,
    runsOn: "ubuntu-slim",
    conclusion: "success",
    startedAt: "2026-11-21T00:00:00Z",
    durationMs: 1,
    billedMinutes: 1,
    permissions: {},
    cacheMode: undefined,
    steps: [],
    outputs: {},
    summary: "",
    annotations: [],
    log: [],
    ...parts,
  };
}

/** A step of job 1: control with a task, or a worker. */
export function process(
  parts: { readonly task?: string; readonly worker?: string } & Partial<SeenProcess> = {},
): SeenProcess {
  const { task, worker = "control", ...rest } = parts;
  return {
    jobId: 1,
    arguments: ["node", `/actions/${worker}/dist/index.js`],
    environment: { CI: "true", ...(task === undefined ? {} : { INPUT_TASK: task }) },
    output: "",
    ...rest,
  };
}

/** A write of job 1. */
export function write(
  method: string,
  path: string,
  body: Readonly<Record<string, unknown>> = {},
): SeenRequest {
  return {
    method,
    path: `/repos/OWNER/greeter${path}`,
    body: JSON.stringify(body),
    caller: { kind: "job", runId: 1, jobId: 1 },
  };
}

/** Refs that have moved, with what else is known of them. */
export function moved(
  after: Readonly<Record<string, string>>,
  parts: Partial<Observation["refs"]> = {},
): Observation["refs"] {
  const { refs } = quiet();
  return { ...refs, after: new Map([...refs.before, ...Object.entries(after)]), ...parts };
}
