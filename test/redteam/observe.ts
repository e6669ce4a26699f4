import { readConfig } from "../../src/domain/config/read-config.ts";
import { Config } from "../../src/domain/config/schema.ts";
import type { ScriptedModel } from "../../src/twin/model/scripted-model.ts";
import { CONFIG } from "../line/repository.ts";
import type { Attack } from "./attack.ts";
import { readGitFacts, readRefs } from "./git-facts.ts";
import { CAST, type Lane } from "./lane.ts";
import type {
  Caller,
  Deeds,
  Observation,
  SeenIssue,
  SeenProcess,
  SeenRequest,
} from "./observation.ts";
import { asRest, type Place } from "./oracle/graphql-request.ts";
import type { Scene } from "./scene.ts";
import { findProcesses, findRemains } from "./survivors.ts";

/** How things stood before the attack. */
export interface Start {
  readonly base: string;
  readonly before: ReadonlyMap<string, string>;
  readonly others: ReadonlyMap<string, string>;
  readonly requests: number;
  readonly processes: number;
  readonly runs: number;
  readonly connections: number;
}

export async function takeStart(lane: Lane, name: string): Promise<Start> {
  const before = await readRefs(lane.twin.gitDirectoryOf(name));
  return {
    base: before.get("refs/heads/main") ?? "",
    before,
    others: await readOthers(lane),
    requests: lane.recorder.requests.length,
    processes: lane.recorder.processes.length,
    runs: lane.twin.runner.runs().length,
    connections: lane.listener.connections(),
  };
}

const OTHERS = ["OWNER/millwright", "OWNER/vault"];

async function readOthers(lane: Lane): Promise<ReadonlyMap<string, string>> {
  const entries = await Promise.all(
    OTHERS.map(async (other) => {
      const refs = await readRefs(lane.twin.gitDirectoryOf(other));
      return [...refs].map(([ref, sha]) => [`${other} ${ref}`, sha] as const);
    }),
  );
  return new Map(entries.flat());
}

/** Gathers everything that can be known once the factory rests. */
export async function observe(played: {
  readonly lane: Lane;
  readonly attack: Attack;
  readonly name: string;
  readonly start: Start;
  readonly scene: Scene;
  readonly deeds: Deeds;
  readonly model: ScriptedModel;
  readonly mark: string;
  readonly ended: number;
}): Promise<Observation> {
  const { lane, attack, name, start, scene, deeds, model, mark, ended } = played;
  const { directory, temporary, twin } = lane;
  const requests = lane.recorder.requests.slice(start.requests);
  const runs = twin.runner.runs().slice(start.runs);
  const ids = new Set(runs.map(({ id }) => id));
  const jobIds = new Set(runs.flatMap(({ jobs }) => jobs.map(({ id }) => id)));
  const others = await readOthers(lane);
  const elsewhere = [...new Set([...others.keys(), ...start.others.keys()])].filter(
    (ref) => others.get(ref) !== start.others.get(ref),
  );
  const { base, before } = start;
  const knocked = lane.listener.connections() - start.connections;
  const gitDirectory = twin.gitDirectoryOf(name);
  const place = await placeOf(scene, name);
  const port = Number(new URL(twin.github.url).port);
  return {
    repository: name,
    repositoryId: (await scene.get<{ readonly id: number }>("")).id,
    base,
    config: configOf(attack),
    sealKey: lane.sealKey,
    requests: requests
      .filter((request) => request.port === port)
      .map(
        (request): SeenRequest => ({
          method: request.method,
          path: request.path,
          body: Buffer.from(request.body(), "latin1").toString("utf8"),
          caller: callerOf(lane, request.authorization),
        }),
      )
      .flatMap((request) => asRest(request, place)),
    runs,
    jobs: runs.flatMap(({ jobs }) => jobs),
    processes: processesSince(lane, start.processes),
    handovers: (await twin.handovers()).filter(({ runId }) => ids.has(runId)),
    model: model.requests(),
    refs: await readGitFacts({ gitDirectory, base, before, elsewhere }),
    issues: await readIssues(scene),
    deeds,
    forbidden: attack.forbids ?? [],
    canaries: [
      ...lane.canaries,
      ...[...lane.jobTokens]
        .filter(([, { jobId }]) => jobIds.has(jobId))
        .map(([value, { jobId }]) => ({ at: `the token of job ${jobId}`, value })),
    ],
    survivors: [
      ...findProcesses(directory),
      ...findRemains({ directory, temporary, mark }),
      ...(knocked > 0 ? [`${knocked} connections to a port of the host`] : []),
    ],
    durationMs: ended,
  };
}

/** Every lane of this process hears all of them: those count whose runner works in the folder of this one. */
function processesSince(lane: Lane, start: number): readonly SeenProcess[] {
  return lane.recorder.processes
    .slice(start)
    .filter(({ environment }) => environment.RUNNER_TEMP?.startsWith(lane.directory) === true)
    .map((heard) => ({
      jobId: Number(/\d+$/.exec(heard.environment.RUNNER_NAME ?? "")?.[0] ?? 0),
      arguments: heard.arguments,
      environment: heard.environment,
      output: heard.output(),
    }));
}

/** What the world's config means; one with faults means nothing, so that the usual one bounds what may happen. */
function configOf(attack: Attack): Config {
  const usual = { ...CONFIG, limits: { attempts: 1 } };
  const parsed = readConfig({ ...usual, ...attack.world?.config });
  return "config" in parsed ? parsed.config : Config.parse(usual);
}

function callerOf(lane: Lane, authorization: string): Caller {
  const [scheme = "", value = ""] = authorization.split(" ");
  const token =
    scheme.toLowerCase() === "basic"
      ? (Buffer.from(value, "base64").toString("utf8").split(":").at(-1) ?? "")
      : value;
  const job = lane.jobTokens.get(token);
  if (job !== undefined) return { kind: "job", ...job };
  if (token === lane.twin.owner.token) return { kind: "person", login: "OWNER" };
  const login = Object.keys(CAST).find((name) => lane.twin.userOf(name).token === token);
  return login === undefined ? { kind: "unknown" } : { kind: "person", login };
}

interface IssueAnswer {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: string;
  readonly user: { readonly login: string };
  readonly labels: readonly { readonly name: string }[];
}
interface CommentAnswer {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly login: string };
}

interface Numbered {
  readonly id: number;
  readonly number: number;
}
interface Named {
  readonly id: number;
  readonly name: string;
}

/** What the ids of GraphQL lead to. */
async function placeOf(scene: Scene, repository: string): Promise<Place> {
  const all = "state=all&per_page=100";
  const [issues, pulls, comments, labels, { id: repositoryId }] = await Promise.all([
    scene.get<readonly Numbered[]>(`/issues?${all}`),
    scene.get<readonly Numbered[]>(`/pulls?${all}`),
    scene.get<readonly { readonly id: number }[]>("/issues/comments?per_page=100"),
    scene.get<readonly Named[]>("/labels?per_page=100"),
    scene.get<{ readonly id: number }>(""),
  ]);
  const numbers = (some: readonly Numbered[]) =>
    new Map(some.map(({ id, number }) => [id, number]));
  return {
    repository,
    repositoryId,
    issues: numbers(issues),
    pulls: numbers(pulls),
    comments: new Set(comments.map(({ id }) => id)),
    labels: new Map(labels.map(({ id, name }) => [id, name])),
  };
}

/** Issues and pull requests alike: GitHub lists both. */
async function readIssues(scene: Scene): Promise<readonly SeenIssue[]> {
  const issues = await scene.get<readonly IssueAnswer[]>("/issues?state=all&per_page=100");
  return await Promise.all(
    issues.map(async ({ number, title, body, state, user, labels }) => {
      const comments = await scene.get<readonly CommentAnswer[]>(
        `/issues/${number}/comments?per_page=100`,
      );
      return {
        number,
        title,
        body: body ?? "",
        state,
        author: user.login,
        labels: labels.map(({ name }) => name),
        comments: comments.map((comment) => ({
          id: comment.id,
          body: comment.body,
          author: comment.user.login,
        })),
      };
    }),
  );
}
