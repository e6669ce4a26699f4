import type { Window } from "../../measures/history/history.ts";

/** One GET; answers the body, and the path of the next page where there is one. */
export type Get = (
  path: string,
) => Promise<{ readonly body: unknown; readonly next: string | undefined }>;

/** GitHub answered, and not with what was asked for. */
export class GitHubRefusal extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

interface Numbered {
  readonly number: number;
}

/** More pages of one list than these belong to a repository whose export is better made once and kept. */
const MOST_PAGES = 200;

/**
 * Asks GitHub's API for the lists of an export: what happened in the window and the fourteen days before it, whose merges are
 * judged in it. Requests go out one after the other, as GitHub asks of clients.
 * @param shows tells what is being asked
 */
export async function gatherExport(
  get: Get,
  repository: string,
  asked: { readonly window: Window; readonly shows: (what: string) => void },
): Promise<unknown> {
  const base = `/repos/${repository}`;
  const { window, shows } = asked;
  const since = earlier(window.from, 15);
  const list = (what: string, path: string, until?: (row: unknown) => boolean) => {
    shows(what);
    return listOf(get, `${base}${path}${path.includes("?") ? "&" : "?"}per_page=100`, until);
  };
  const isOld = (field: string) => (row: unknown) => String(at(row, field)) < since;
  const about = (await get(base)).body;
  const issues = await list("issues", `/issues?state=all&since=${since}`);
  const pulls = await list(
    "pull requests",
    "/pulls?state=all&sort=updated&direction=desc",
    isOld("updated_at"),
  );
  const comments = await list("comments", `/issues/comments?since=${since}`);
  const events = await list("events", "/issues/events", isOld("created_at")).catch(() => undefined);
  const merged = pulls.filter((pull) => String(at(pull, "merged_at") ?? "") >= since);
  return {
    repository: about,
    ...{ issues, comments },
    ...(await gatherPulls(list, pulls, merged as readonly Numbered[], get, base)),
    ...(events === undefined ? {} : { events }),
    ...(await gatherDeployments(list, get, base, since)),
    ...(await gatherRuns(get, base)),
  };
}

type List = (
  what: string,
  path: string,
  until?: (row: unknown) => boolean,
) => Promise<readonly unknown[]>;

/** Of each merged pull request who wrote, read and merged it, and which lines it put in. */
async function gatherPulls(
  list: List,
  pulls: readonly unknown[],
  merged: readonly Numbered[],
  get: Get,
  base: string,
): Promise<object> {
  const whole = new Map<number, unknown>();
  const reviews: unknown[] = [];
  const commits: Record<string, readonly unknown[]> = {};
  const files: Record<string, readonly unknown[]> = {};
  for (const { number } of merged) {
    whole.set(number, (await get(`${base}/pulls/${number}`)).body);
    reviews.push(...(await list(`reviews of #${number}`, `/pulls/${number}/reviews`)));
    commits[number] = await list(`commits of #${number}`, `/pulls/${number}/commits`);
    files[number] = await list(`files of #${number}`, `/pulls/${number}/files`);
  }
  return {
    pulls: pulls.map((pull) => whole.get((pull as Numbered).number) ?? pull),
    ...{ reviews, pull_commits: commits, pull_files: files },
  };
}

/** The last hundred runs of schedules; left out where the token may not read them. */
async function gatherRuns(get: Get, base: string): Promise<object> {
  const path = `${base}/actions/runs?event=schedule&per_page=100`;
  const answer = await get(path).catch(() => undefined);
  const runs = answer === undefined ? undefined : at(answer.body, "workflow_runs");
  return Array.isArray(runs) ? { runs } : {};
}

/** Left out where the token may not read them: then nobody tells of deployments. */
async function gatherDeployments(
  list: List,
  get: Get,
  base: string,
  since: string,
): Promise<object> {
  const isOld = (row: unknown) => String(at(row, "created_at")) < since;
  const found = await list("deployments", "/deployments", isOld).catch(() => undefined);
  if (found === undefined || found.length === 0) return {};
  const deployments: unknown[] = [];
  for (const one of found.filter((row) => !isOld(row))) {
    const statuses = await listOf(get, `${base}/deployments/${String(at(one, "id"))}/statuses`);
    deployments.push({ ...(one as object), statuses });
  }
  return { deployments };
}

/** All pages of a list, or those before the first row for which `until` holds. */
export async function listOf(
  get: Get,
  path: string,
  until: (row: unknown) => boolean = () => false,
): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  let next: string | undefined = path;
  for (let page = 0; next !== undefined && page < MOST_PAGES; page += 1) {
    const answer: Awaited<ReturnType<Get>> = await get(next);
    if (!Array.isArray(answer.body)) throw new Error(`${next}: expected a list`);
    rows.push(...answer.body);
    if (answer.body.some(until)) return rows;
    next = answer.next;
  }
  if (next !== undefined) throw new Error(`${path}: more than ${MOST_PAGES} pages; take --import`);
  return rows;
}

function at(row: unknown, field: string): unknown {
  return typeof row === "object" && row !== null ? Reflect.get(row, field) : undefined;
}

function earlier(than: string, days: number): string {
  return `${new Date(Date.parse(than) - days * 86_400_000).toISOString().slice(0, 19)}Z`;
}

const NO_TOKEN = "; no token was sent: set GITHUB_TOKEN or GH_TOKEN";

/** Of an answer that is no sentence of GitHub's, in characters. */
const MOST_WORDS = 300;

/** GitHub's sentence; of a body in another form, its beginning. */
function wordsOf(body: string): string {
  try {
    const message = at(JSON.parse(body), "message");
    if (typeof message === "string") return message;
  } catch {
    // A proxy may answer in a form of its own.
  }
  return body.slice(0, MOST_WORDS);
}

function requestOf(address: string, token: string | undefined): Request {
  return new Request(address, {
    headers: {
      accept: "application/vnd.github+json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
  });
}

async function refusalOf(
  answer: Response,
  { path, hint }: { readonly path: string; readonly hint: string },
): Promise<GitHubRefusal> {
  const words = wordsOf(await answer.text());
  return new GitHubRefusal(`GET ${path}: ${answer.status} ${words}${hint}`, answer.status);
}

/** Asks over HTTP, with the token of the environment where there is one. */
export function getOverHttp(environment: Readonly<Record<string, string | undefined>>): Get {
  const { GITHUB_API_URL: api = "https://api.github.com", GITHUB_TOKEN, GH_TOKEN } = environment;
  return getBy(api, GITHUB_TOKEN ?? GH_TOKEN, fetch);
}

/** @throws with the status and GitHub's own words for what it refuses, and with the host that does not answer */
export function getBy(
  api: string,
  token: string | undefined,
  send: (request: Request) => Promise<Response>,
): Get {
  return async (path) => {
    const address = path.startsWith("/") ? `${api}${path}` : path;
    const answer = await send(requestOf(address, token)).catch((cause: unknown) => {
      const said = `${api} did not answer: check the network, or name another host in GITHUB_API_URL`;
      throw new Error(said, { cause });
    });
    if (!answer.ok) {
      throw await refusalOf(answer, { path, hint: token === undefined ? NO_TOKEN : "" });
    }
    const next = /<([^>]+)>;\s*rel="next"/.exec(answer.headers.get("link") ?? "")?.[1];
    // A token goes to no other host than the one that was asked.
    if (next !== undefined && new URL(next).origin !== new URL(address).origin) {
      throw new Error(`GET ${path}: its next page is on another host`);
    }
    return { body: await answer.json(), next };
  };
}
