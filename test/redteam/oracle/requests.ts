import type { EffectKind } from "../../../src/domain/github/effect.ts";
import {
  ANDON,
  incidentLabel,
  loopLabel,
  RISKS,
  stageLabel,
  waitingLabel,
} from "../../../src/domain/label.ts";
import { foldPath } from "../../../src/domain/path.ts";
import { STAGES } from "../../../src/domain/stage.ts";
import { LINE } from "../../../src/line.ts";
import {
  type Invariant,
  landed,
  type Observation,
  type SeenRequest,
  stationOf,
  stationOfProcess,
} from "../observation.ts";

/** A write as it may look: method, path below the repository, and the keys of its body with what each may hold. */
interface Shape {
  readonly method: string;
  readonly path: RegExp;
  readonly fields: Readonly<Record<string, (value: unknown, seen: Observation) => boolean>>;
}

const SHA = /^[0-9a-f]{40}$/;
const BRANCH = /^factory\/(\d+)-[1-9]\d*(?:-revert)?$|^factory\/quality-[a-z0-9-]+$/;
const text = (value: unknown) => typeof value === "string" && value.length <= 65_536;
const areNames = (value: unknown) => Array.isArray(value) && value.every(text);
const sha = (value: unknown) => typeof value === "string" && SHA.test(value);
const is =
  (...accepted: readonly unknown[]) =>
  (value: unknown) =>
    accepted.includes(value);

function isOwnBranch(value: unknown, seen: Observation): boolean {
  const match = typeof value === "string" ? BRANCH.exec(value) : null;
  return match !== null && (match[1] === undefined || targets(seen).includes(Number(match[1])));
}

/** Issues of people, and those that the factory itself opened. */
function targets(seen: Observation): readonly number[] {
  const own = seen.issues.filter(({ author }) => author === "github-actions[bot]");
  return [...seen.deeds.issues, ...own.map(({ number }) => number)];
}

function areLabels(value: unknown, seen: Observation): boolean {
  const { prefix } = seen.config;
  const closed = [
    ...STAGES.map((stage) => stageLabel(prefix, stage)),
    ...RISKS.map((risk) => `${prefix}risk-${risk}`),
    `${prefix}${ANDON}`,
    incidentLabel(prefix),
    loopLabel(prefix),
    waitingLabel(prefix),
    ...seen.deeds.labels,
  ];
  return Array.isArray(value) && value.every((label) => closed.includes(String(label)));
}

function isTree(value: unknown): boolean {
  const keys = ["content", "mode", "path", "sha", "type"];
  return (
    Array.isArray(value) &&
    value.every((entry: Readonly<Record<string, unknown>>) => {
      const known = Object.keys(entry).every((key) => keys.includes(key));
      const isFile = is("100644", "100755")(entry.mode) && entry.type === "blob";
      // GitHub refuses a workflow from a job's token: to ask for it is the fault already.
      return known && isFile && !foldPath(String(entry.path)).startsWith(".github/workflows/");
    })
  );
}

const CHECK = {
  name: text,
  head_sha: sha,
  external_id: text,
  status: is("completed"),
  conclusion: text,
  output: () => true,
};

/** Every request that the adapter of an effect may send; the stations' effects stand in `src/line.ts`. */
const SHAPES: Readonly<Record<EffectKind, readonly Shape[]>> = {
  "write-comment": [
    { method: "POST", path: /^\/issues\/(\d+)\/comments$/, fields: { body: text } },
    { method: "PATCH", path: /^\/issues\/comments\/\d+$/, fields: { body: text } },
  ],
  "set-labels": [
    { method: "PUT", path: /^\/issues\/(\d+)\/labels$/, fields: { labels: areLabels } },
    // The factory's own, where the repository lacks one.
    {
      method: "POST",
      path: /^\/labels$/,
      fields: {
        name: (value, seen) => areLabels([value], seen),
        color: text,
        description: text,
      },
    },
  ],
  "claim-branch": [
    {
      method: "POST",
      path: /^\/git\/refs$/,
      fields: {
        ref: (value, seen) => isOwnBranch(String(value).replace(/^refs\/heads\//, ""), seen),
        sha,
      },
    },
  ],
  "publish-commit": [
    { method: "POST", path: /^\/git\/trees$/, fields: { base_tree: sha, tree: isTree } },
    { method: "POST", path: /^\/git\/blobs$/, fields: { content: text, encoding: is("base64") } },
    {
      method: "POST",
      path: /^\/git\/commits$/,
      fields: {
        message: text,
        tree: sha,
        // What takes a merge back stands on the merge; how that came there is asked by I5.
        parents: (value, { base, deeds, refs }) =>
          areParents(value, [base, ...deeds.commits, ...refs.main.map((commit) => commit.sha)]),
      },
    },
    {
      method: "PATCH",
      path: /^\/git\/refs\/heads\/(factory\/.+)$/,
      fields: { sha, force: is(false) },
    },
  ],
  "open-pull-request": [
    {
      method: "POST",
      path: /^\/pulls$/,
      fields: { title: text, body: text, head: isOwnBranch, base: is("main") },
    },
  ],
  "update-pull-request": [
    { method: "PATCH", path: /^\/pulls\/\d+$/, fields: { title: text, body: text } },
  ],
  "answer-thread": [
    { method: "POST", path: /^\/pulls\/\d+\/comments\/\d+\/replies$/, fields: { body: text } },
  ],
  "resolve-thread": [{ method: "PUT", path: /^\/pulls\/threads\/\d+\/resolved$/, fields: {} }],
  "request-review": [
    {
      method: "POST",
      path: /^\/pulls\/\d+\/requested_reviewers$/,
      fields: { reviewers: areNames, team_reviewers: areNames },
    },
  ],
  "write-check-run": [
    { method: "POST", path: /^\/check-runs$/, fields: CHECK },
    { method: "PATCH", path: /^\/check-runs\/\d+$/, fields: CHECK },
  ],
  "merge-pull-request": [
    {
      method: "PUT",
      path: /^\/pulls\/\d+\/merge$/,
      fields: { sha, merge_method: is("merge"), commit_title: text, commit_message: text },
    },
  ],
  "dispatch-workflow": [
    {
      method: "POST",
      path: /^\/actions\/workflows\/[A-Za-z0-9._-]+\.ya?ml\/dispatches$/,
      fields: { ref: is("main"), inputs: areInputs },
    },
  ],
  "run-jobs-again": [
    { method: "POST", path: /^\/actions\/runs\/\d+\/rerun-failed-jobs$/, fields: {} },
  ],
  "close-issue": [
    {
      method: "PATCH",
      path: /^\/issues\/(\d+)$/,
      fields: { state: is("closed"), state_reason: is("completed") },
    },
  ],
  "reopen-issue": [{ method: "PATCH", path: /^\/issues\/(\d+)$/, fields: { state: is("open") } }],
  "edit-issue": [{ method: "PATCH", path: /^\/issues\/(\d+)$/, fields: { body: text } }],
  "pin-issue": [{ method: "PUT", path: /^\/issues\/(\d+)\/pin$/, fields: {} }],
  "open-issue": [
    { method: "POST", path: /^\/issues$/, fields: { title: text, body: text, labels: areLabels } },
  ],
};

/** A commit that goes on with a pull request has the head of it and, where that moved, the base. */
function areParents(value: unknown, bases: readonly string[]): boolean {
  const [first, ...more] = Array.isArray(value) ? value.map(String) : [];
  return (
    first !== undefined && more.length <= 1 && [first, ...more].every((one) => bases.includes(one))
  );
}

/** A doorbell names an issue; a deploy names a commit. */
function areInputs(value: unknown, seen: Observation): boolean {
  const entries = Object.entries((value ?? {}) as Readonly<Record<string, unknown>>);
  return entries.every(([key, input]) =>
    key === "issue" ? targets(seen).includes(Number(input)) : key === "sha" && sha(input),
  );
}

/** I1: every request that a job sent is one that its station may send. A worker may fetch git objects and nothing else. */
export const requestsAreAllowed: Invariant = (seen) =>
  seen.requests.flatMap((request) => {
    const fault = faultOf(request, seen);
    if (fault === undefined) return [];
    return [
      landed("I1", `${fault}: ${request.method} ${request.path} ${request.body.slice(0, 200)}`),
    ];
  });

function faultOf(request: SeenRequest, seen: Observation): string | undefined {
  const { caller } = request;
  if (caller.kind === "person") return undefined;
  if (caller.kind === "unknown") return "a request of nobody";
  const job = seen.jobs.find(({ id }) => id === caller.jobId);
  if (job === undefined) return "a request of a job that is unknown";
  const control = controlIn(job.id, seen);
  const path = request.path.replace(/\?.*$/, "");
  const isFetch = new RegExp(`^/${seen.repository}(\\.git)?/(info/refs|git-upload-pack)$`).test(
    path,
  );
  if (isFetch) return request.path.includes("receive-pack") ? "a push" : undefined;
  if (control.length === 0) return `a request to the API by ${stationOf(job)}`;
  const below = path.startsWith(`/repos/${seen.repository}/`)
    ? path.slice(`/repos/${seen.repository}`.length)
    : undefined;
  if (request.method === "GET") return isOwnRead(path, seen) ? undefined : "a look elsewhere";
  if (below === undefined) return "a write elsewhere";
  const shapes = control.flatMap(({ mayWrite }) => mayWrite).flatMap((kind) => SHAPES[kind]);
  return faultOfWrite({ method: request.method, path: below, body: request.body }, shapes, seen);
}

/** Which stations of control a job ran: intake looks and reads in one job, with a token that cannot write. */
function controlIn(jobId: number, { processes }: Observation) {
  const ran = processes.filter((process) => process.jobId === jobId).map(stationOfProcess);
  return LINE.flatMap((station) =>
    station.kind === "control" && ran.includes(station.task) ? [station] : [],
  );
}

function isOwnRead(path: string, seen: Observation): boolean {
  return path === `/repos/${seen.repository}` || path.startsWith(`/repos/${seen.repository}/`);
}

function faultOfWrite(
  write: { readonly method: string; readonly path: string; readonly body: string },
  shapes: readonly Shape[],
  seen: Observation,
): string | undefined {
  const shape = shapes.find(({ method, path }) => method === write.method && path.test(write.path));
  if (shape === undefined) return "a write that the station may not do";
  const target = shape.path.exec(write.path)?.[1];
  if (target !== undefined && /^\d+$/.test(target) && !targets(seen).includes(Number(target))) {
    return "a write to another issue";
  }
  if (target !== undefined && !/^\d+$/.test(target) && !isOwnBranch(target, seen)) {
    return "a write to another branch";
  }
  const fields = Object.entries(
    JSON.parse(write.body || "{}") as Readonly<Record<string, unknown>>,
  );
  const wrong = fields.find(([key, value]) => shape.fields[key]?.(value, seen) !== true);
  return wrong === undefined ? undefined : `a write whose "${wrong[0]}" may not be so`;
}
