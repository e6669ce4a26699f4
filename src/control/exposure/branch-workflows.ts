import { type BranchEvent, HEAD_BRANCH, isBranchEvent } from "../../domain/github/branch-event.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { matchesPatterns } from "../../domain/text/filter-pattern.ts";
import {
  at,
  entriesOf,
  holdingsOf,
  type Parsed,
  parseWorkflow,
  textsOf,
  type WorkflowText,
} from "./workflow-holdings.ts";

/** Account id of a job's own token. Its actions start no run without approval (platform.md §1); those of any other account do. */
const JOB_TOKEN_ID = 41_898_282;
/** Whether GitHub holds the runs that this account's pull requests start until a person with write access approves them. */
export function areRunsHeld({ id }: { readonly id: number }): boolean {
  return id === JOB_TOKEN_ID;
}

/** The factory's branch names, an issue's and the audit's. A branch filter has to exclude both. */
const BRANCHES = ["factory/1-1", "factory/quality-20260101"] as const;

/** A workflow that runs with secrets or a write token on bytes that the factory published and nobody merged. */
export interface Exposure {
  readonly path: string;
  /** The event that starts it; `unreadable` if the file cannot be read. */
  readonly event: BranchEvent | "unreadable";
  /** `factory`: a branch or pull request of an App starts it. `person`: a review, a label or a closed pull request starts it. */
  readonly startedBy: "factory" | "person";
  /** Its secrets, by name, or a token that may write. */
  readonly holds: readonly string[];
}

/** Actions of the factory on its own pull request. Any other is a person's. */
const OWN_ACTIVITIES: readonly string[] = ["opened", "synchronize", "reopened"];

interface Read {
  readonly path: string;
  readonly workflow: Parsed;
}

interface Start extends Read {
  readonly event: BranchEvent;
  readonly startedBy: Exposure["startedBy"];
}

/**
 * Workflows that would run with secrets on a branch or pull request of the factory, read from their files at one commit.
 * `own` is the file that calls the factory: it hears of closed pull requests and completed checks, and runs nothing of
 * the branch. A file that cannot be read is listed, because unknown means refuse. Environments of called workflows are
 * not checked. Source of the events:
 * docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export function exposedWorkflows(
  files: readonly WorkflowText[],
  repository: { readonly defaultBranch: string; readonly own: string },
): readonly Exposure[] {
  const read = files.map((file) => ({ path: file.path, workflow: parseWorkflow(file) }));
  const isOwn = ({ path }: Read) => path.endsWith(`/${repository.own}`);
  const direct = read.flatMap(({ path, workflow }) =>
    triggersOf(workflow).flatMap(([event, settings]) => {
      if (!isBranchEvent(event)) return [];
      const startedBy = startOf(event, { settings, base: repository.defaultBranch });
      const hears = startedBy === "person" || event === "check_suite";
      const isHeard = isOwn({ path, workflow }) && hears;
      return startedBy === undefined || isHeard ? [] : [{ path, workflow, event, startedBy }];
    }),
  );
  const others = read.filter((one) => !isOwn(one));
  const unread = read.filter(({ workflow }) => workflow === undefined);
  return [
    ...unread.map(({ path }) => unreadable(path)),
    ...[...direct, ...followers(others, direct)].flatMap(exposureOf),
  ];
}

/** Refuses exposures that an identity other than the job's token triggers by itself; undefined if there are none. */
export function refuseExposures(exposures: readonly Exposure[]): Refusal | undefined {
  const started = exposures.filter(({ startedBy }) => startedBy === "factory");
  const [first] = started;
  if (first === undefined) return undefined;
  return {
    code: "workflow-exposed",
    subject: [...new Set(started.map(({ path }) => path))].join(", ").slice(0, 300),
    found: started.map(sayExposure).join("; ").slice(0, 2_000),
    accepted: "no workflow with secrets that a branch of the factory starts",
    hint: { code: "guard-workflow", path: first.path.slice(0, 300), event: first.event },
  };
}

/** GitHub cut the tree's listing, so the workflows are unknown. */
export function refuseUnlisted(): Refusal {
  return {
    code: "workflow-exposed",
    subject: ".github/workflows",
    found: "a repository with more files than GitHub lists",
    hint: "use-the-job-token",
  };
}

export function sayExposure({ path, event, holds }: Exposure): string {
  const when = event === "unreadable" ? "events that nobody can tell" : event;
  return `${path} runs on ${when} with ${holds.join(", ")}`;
}

/** Whether this identity's pushes start workflows. Those of an App's or a person's token do. */
export function startsWorkflows(identity: { readonly id: number }): boolean {
  return identity.id !== JOB_TOKEN_ID;
}

export function isWorkflowPath(path: string): boolean {
  return /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path);
}

function triggersOf(workflow: Parsed): readonly (readonly [string, Parsed])[] {
  const on = at(workflow, "on");
  if (typeof on === "string" || Array.isArray(on)) {
    return textsOf(on).map((event) => [event, undefined] as const);
  }
  return entriesOf(on);
}

/** Who starts it; undefined if no branch or pull request of the factory does. Path filters are assumed to match. */
function startOf(
  event: BranchEvent,
  given: { readonly settings: Parsed; readonly base: string },
): Exposure["startedBy"] | undefined {
  const { settings, base } = given;
  switch (event) {
    case "push":
      return filtersTagsOnly(settings) || !letsOurs(settings) ? undefined : "factory";
    case "pull_request":
    case "pull_request_target": {
      if (!lets(settings, base)) return undefined;
      const types = textsOf(at(settings, "types"));
      const own = types.length === 0 || types.some((type) => OWN_ACTIVITIES.includes(type));
      return own ? "factory" : "person";
    }
    case "pull_request_review":
    case "pull_request_review_comment":
      return "person";
    case "check_run":
    case "check_suite":
      return "factory";
    case "workflow_run":
      // Depends on the workflow that it follows: see `followers`.
      return undefined;
  }
}

function filtersTagsOnly(settings: Parsed): boolean {
  const filters = (keys: readonly string[]) => keys.some((key) => at(settings, key) !== undefined);
  return filters(["tags", "tags-ignore"]) && !filters(["branches", "branches-ignore"]);
}

function lets(settings: Parsed, branch: string): boolean {
  const include = at(settings, "branches");
  if (include !== undefined) return matchesPatterns(branch, textsOf(include));
  return !matchesPatterns(branch, textsOf(at(settings, "branches-ignore")));
}

function letsOurs(settings: Parsed): boolean {
  return BRANCHES.some((branch) => lets(settings, branch));
}

/** Workflows that run after one that runs on the factory's branches, with or without secrets, and those that follow them. */
function followers(read: readonly Read[], started: readonly Start[]): readonly Start[] {
  const next = read.flatMap((one) => followerOf(one, started));
  return next.length === 0 ? [] : [...next, ...followers(read, [...started, ...next])];
}

function followerOf({ path, workflow }: Read, started: readonly Start[]): readonly Start[] {
  const event = "workflow_run";
  const settings = at(at(workflow, "on"), event);
  const known = started.some((start) => start.path === path && start.event === event);
  if (known || !letsOurs(settings)) return [];
  const names = textsOf(at(settings, "workflows"));
  const causes = started.filter((start) => names.includes(nameOf(start)));
  if (causes.length === 0) return [];
  const byFactory = causes.some(({ startedBy }) => startedBy === "factory");
  return [{ path, workflow, event, startedBy: byFactory ? "factory" : "person" }];
}

/** GitHub uses the path of a workflow without a name. */
function nameOf({ path, workflow }: Start): string {
  const name = at(workflow, "name");
  return typeof name === "string" ? name : path;
}

function exposureOf({ path, workflow, event, startedBy }: Start): readonly Exposure[] {
  const guards = HEAD_BRANCH[event].map((head) => `!startsWith(${head},'factory/')`);
  const holds = holdingsOf(workflow, guards);
  return holds.length === 0 ? [] : [{ path, event, startedBy, holds }];
}

function unreadable(path: string): Exposure {
  return {
    path,
    event: "unreadable",
    startedBy: "factory",
    holds: ["whatever it has, because the file cannot be read as YAML"],
  };
}
