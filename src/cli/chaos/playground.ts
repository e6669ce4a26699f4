import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ChangeSet } from "../../domain/change-set.ts";
import type { Clock } from "../../ports/clock.ts";
import { startTwinGitHub } from "../../twin/github/server.ts";
import type { CreatedUser, TwinEvent, TwinGitHub } from "../../twin/github/twin-github.ts";
import type { Weather } from "../../twin/github/weather/weather.ts";
import { push } from "../../twin/push.ts";

export const REPOSITORY = "OWNER/notes";
/** Any key: the seal is made and read by the same hand here. */
export const SEAL_KEY = "5".repeat(64);
const BEGINNING = Date.parse("2026-03-02T08:00:00Z");
const SECOND_MS = 1_000;

/** A GitHub with one repository, whose time passes only when something happens, and which can be put back to its beginning. */
export interface Playground extends AsyncDisposable {
  readonly github: TwinGitHub;
  readonly owner: CreatedUser;
  /** Of control; it may go before or behind GitHub's own. */
  clockOf(skewMs: number): Clock;
  pass(ms: number): void;
  /** By GitHub's own clock. */
  now(): Date;
  /** One request as the owner. Throws for what GitHub refuses. */
  send(method: string, path: string, body?: unknown): Promise<unknown>;
  /** One request, after a second. */
  fetch(request: Request): Promise<Response>;
  treeOf(change: ChangeSet): Promise<string>;
  restore(): Promise<void>;
}

export async function openPlayground(
  files: Readonly<Record<string, string>>,
  weather: Partial<Weather> = {},
): Promise<Playground> {
  const directory = await mkdtemp(join(tmpdir(), "millwright-chaos-"));
  let time = BEGINNING;
  const github = await startTwinGitHub({
    directory,
    now: () => new Date(time),
    // The requests of a day of chaos in a minute; limits are faults here, and no accident.
    requestsPerHour: 1_000_000,
    weather,
  });
  const owner = await host({ github, directory, files });
  const restore = await github.keep();
  const fetch = (request: Request) => {
    time += SECOND_MS;
    return github.fetch(request);
  };
  const send = senderOf({ fetch, url: github.url, owner });
  return {
    ...{ github, owner, send, fetch },
    clockOf: (skewMs) => ({
      now: () => new Date(time + skewMs).toISOString(),
      elapsed: () => time,
      wait: async (ms) => {
        time += ms;
      },
    }),
    pass: (ms) => {
      time += ms;
    },
    now: () => new Date(time),
    treeOf: treesBy(send),
    async restore() {
      await restore();
      time = BEGINNING;
    },
    async [Symbol.asyncDispose]() {
      await github.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function host(given: {
  readonly github: TwinGitHub;
  readonly directory: string;
  readonly files: Readonly<Record<string, string>>;
}): Promise<CreatedUser> {
  const { github, directory, files } = given;
  const owner = github.createUser("OWNER");
  await github.createRepository(REPOSITORY, {
    defaultBranch: "main",
    collaborators: { OWNER: "admin" },
    canApprovePullRequests: true,
  });
  const source = join(directory, "source");
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(source, path)), { recursive: true });
    await writeFile(join(source, path), content);
  }
  const url = `${github.url}/${REPOSITORY}.git`;
  await push({ source, paths: ["."], url, token: owner.token, scratch: directory });
  return owner;
}

function senderOf(from: {
  readonly fetch: Playground["fetch"];
  readonly url: string;
  readonly owner: CreatedUser;
}): Playground["send"] {
  return async (method, path, body) => {
    const answer = await from.fetch(
      new Request(`${from.url}/repos/${REPOSITORY}${path}`, {
        method,
        headers: { authorization: `Bearer ${from.owner.token}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? undefined : await answer.json();
  };
}

/** The tree of each change once: objects outlive every life. */
function treesBy(send: Playground["send"]): Playground["treeOf"] {
  const trees = new Map<string, string>();
  return async (change) => {
    const name = JSON.stringify(change);
    const known = trees.get(name) ?? (await writeTree(send, change));
    trees.set(name, known);
    return known;
  };
}

async function writeTree(send: Playground["send"], { base, files }: ChangeSet): Promise<string> {
  const commit = (await send("GET", `/git/commits/${base}`)) as { tree: { sha: string } };
  const tree = files.map((file) =>
    "deleted" in file
      ? { path: file.path, mode: "100644", type: "blob", sha: null }
      : { path: file.path, mode: file.mode, type: "blob", content: file.content },
  );
  const made = await send("POST", "/git/trees", { base_tree: commit.tree.sha, tree });
  return (made as { sha: string }).sha;
}

/** What the clock of GitHub starts once an hour. */
export function strokeOf({ owner }: Playground): TwinEvent {
  return {
    name: "schedule",
    repository: REPOSITORY,
    payload: { schedule: "41 * * * *" },
    ref: "refs/heads/main",
    sha: "",
    actor: { id: owner.id, login: owner.login, type: "User" },
    startsRuns: "yes",
  };
}
