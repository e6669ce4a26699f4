import { LineCounter, parseDocument } from "yaml";

/** A workflow file of the checkout. */
export interface WorkflowFile {
  readonly path: string;
  readonly text: string;
}

/** A fault of a workflow, shown by its own text. */
export interface WorkflowFault {
  readonly kind: "unpinned" | "foreign-checkout" | "unused-permission";
  readonly path: string;
  readonly line: number;
  readonly job: string;
  /** The text at that place. */
  readonly said: string;
}

type Parsed = Readonly<Record<string, unknown>>;

/** A full commit, or the digest of an image: all else can be moved to other code. */
const PINNED = /@[0-9a-f]{40}$|@sha256:[0-9a-f]{64}$/;
/** Code of the same commit: in the repository itself, or in this project by `$/`. */
const OWN = /^(?:\.\/|\$\/)/;
/** Values that the author of a pull request decides. */
const OF_THE_CHANGE =
  /github\.event\.pull_request\.head\.|github\.head_ref|github\.event\.pull_request\.merge_commit_sha|refs\/pull\//;
/** A step that is only a command has the token only if it is passed on. */
const TOKEN = /\bgithub\.token\b|\bGITHUB_TOKEN\b/;
/** GitHub gives every step of the job the means to request one. */
const WITHOUT_TOKEN = ["id-token"];

/** The faults of a workflow; undefined if it cannot be read. */
export function workflowFaults({ path, text }: WorkflowFile): readonly WorkflowFault[] | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) return undefined;
  const workflow = recordOf(document.toJS({ maxAliasCount: 100 }));
  const place = (...keys: readonly (string | number)[]) => {
    const node = document.getIn(keys, true);
    const range =
      typeof node === "object" && node !== null ? Reflect.get(node, "range") : undefined;
    return Array.isArray(range) ? lines.linePos(Number(range[0])).line : 1;
  };
  const jobs = Object.entries(recordOf(workflow.jobs));
  return jobs.flatMap(([job, value]) => {
    const at = { path, job, place, definition: recordOf(value), workflow };
    return [...unpinned(at), ...foreignCheckouts(at), ...unusedPermissions(at)];
  });
}

interface JobAt {
  readonly path: string;
  readonly job: string;
  readonly definition: Parsed;
  readonly workflow: Parsed;
  /** The line of the value at these keys. */
  readonly place: (...keys: readonly (string | number)[]) => number;
}

function unpinned({ path, job, definition, place }: JobAt): readonly WorkflowFault[] {
  const called = { used: definition.uses, line: () => place("jobs", job, "uses") };
  const steps = stepsOf(definition).map((step, index) => ({
    used: step.uses,
    line: () => place("jobs", job, "steps", index, "uses"),
  }));
  return [called, ...steps].flatMap(({ used, line }) =>
    typeof used !== "string" || OWN.test(used) || PINNED.test(used)
      ? []
      : [{ kind: "unpinned" as const, path, line: line(), job, said: used }],
  );
}

/** The default branch's workflow, with its secrets, on a stranger's code (threats of `pull_request_target`). */
function foreignCheckouts({ path, job, definition, workflow, place }: JobAt) {
  if (!triggersOf(workflow.on).includes("pull_request_target")) return [];
  return stepsOf(definition).flatMap((step, index): readonly WorkflowFault[] => {
    const { ref, repository } = recordOf(step.with);
    const said = [ref, repository].find(
      (one) => typeof one === "string" && OF_THE_CHANGE.test(one),
    );
    const isCheckout = typeof step.uses === "string" && step.uses.startsWith("actions/checkout@");
    if (!isCheckout || typeof said !== "string") return [];
    const line = place("jobs", job, "steps", index, "with");
    return [{ kind: "foreign-checkout", path, line, job, said }];
  });
}

/**
 * Scopes that a job may write and cannot use: its steps are only commands, which get the token only if it is passed on,
 * and it is not. A job that uses an action, or calls a workflow, may use any.
 */
function unusedPermissions(at: JobAt): readonly WorkflowFault[] {
  const { path, job, definition, workflow, place } = at;
  const steps = stepsOf(definition);
  const isPlain = steps.length > 0 && steps.every((step) => typeof step.run === "string");
  if (!isPlain || TOKEN.test(JSON.stringify([definition, workflow.env]))) return [];
  const own = definition.permissions !== undefined;
  const granted = own ? definition.permissions : workflow.permissions;
  const written = Object.entries(recordOf(granted)).filter(
    ([scope, level]) => level === "write" && !WITHOUT_TOKEN.includes(scope),
  );
  return written.map(([scope]) => ({
    ...{ kind: "unused-permission", path, job, said: `${scope}: write` },
    line: own ? place("jobs", job, "permissions", scope) : place("permissions", scope),
  }));
}

function triggersOf(on: unknown): readonly string[] {
  if (typeof on === "string") return [on];
  return Array.isArray(on) ? on.map(String) : Object.keys(recordOf(on));
}

function stepsOf({ steps }: Parsed): readonly Parsed[] {
  return Array.isArray(steps) ? steps.map(recordOf) : [];
}

function recordOf(value: unknown): Parsed {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
