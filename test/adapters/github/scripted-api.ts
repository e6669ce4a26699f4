import type { CountingGitHub } from "../../../src/adapters/github/create-github.ts";
import { createGitHub } from "../../../src/adapters/github/create-github.ts";
import { ownLabels } from "../../../src/domain/label.ts";
import { answerQuestion, type Question } from "../../../src/twin/github/graphql/answer.ts";
import type { NamedNode } from "../../../src/twin/github/graphql/mutations.ts";
import { Broken, type Rest } from "../../../src/twin/github/graphql/rest.ts";
import { checkedFetch } from "./checked-fetch.ts";

const API = "http://127.0.0.1:9";
export const SELF = { id: 41_898_282, login: "github-actions[bot]", type: "Bot" } as const;
export const PERSON = { id: 1_001, login: "ada", type: "User" } as const;

/** An object id that says what it is about. */
export function sha(digit: string): string {
  return digit.repeat(40).slice(0, 40);
}

export interface Call {
  readonly method: string;
  /** Path below the repository, with its query. */
  readonly path: string;
  readonly body: unknown;
}

/** `lost`: the answer never arrives, though the handler ran. */
export type Reply =
  | { readonly status: number; readonly body: unknown; readonly headers?: Record<string, string> }
  | "lost";

/** Answers by "METHOD /path" below the repository (without query); each call of a list takes its next entry, the last stays. */
export type Script = Readonly<Record<string, unknown>>;

export function reply(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return { status, body, headers };
}

export interface ScriptedApi {
  readonly github: CountingGitHub;
  readonly calls: readonly Call[];
  /** The calls as "METHOD /path", query left out. */
  readonly names: () => readonly string[];
}

/** The adapter over an API that answers from a script, and fails on what the script does not know. */
export function scriptedApi(script: Script): ScriptedApi {
  const calls: Call[] = [];
  const taken = new Map<string, number>();
  const request: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    const method = init?.method ?? "GET";
    const path = decodeURIComponent(url.pathname).replace("/repos/OWNER/millwright", "") || "/";
    const body =
      init?.body === undefined || init.body === null ? undefined : JSON.parse(String(init.body));
    calls.push({ method, path: path + decodeURIComponent(url.search), body });
    const name = `${method} ${path}`;
    return name === "POST /graphql" && !(name in script)
      ? await answerLook(body as Question)
      : answer(name, body);
  };
  /** A question of GraphQL is answered from what the script says to the routes: each time all of it is looked up. */
  const answerLook = async (question: Question): Promise<Response> => {
    const routes = async (route: string, body?: unknown) => {
      const response = answer(route.replace(/\?.*$/, ""), body);
      const text = await response.text();
      const link = response.headers.get("link") ?? "";
      return { status: response.status, body: JSON.parse(text === "" ? "null" : text), link };
    };
    const rest: Rest = Object.assign(routes, {
      resolver: () => undefined,
      canonical: () => undefined,
      moved: () => undefined,
      pinned: () => [],
      discussions: () => undefined,
    });
    const limit = { limit: 1000, remaining: 999, used: 1, reset: 0 };
    try {
      const node = (id: string) => nodeOf(id, rest);
      const asked = { rest: () => rest, node, spend: () => limit };
      return responseTo(await answerQuestion(question, asked));
    } catch (error: unknown) {
      if (!(error instanceof Broken)) throw error;
      return responseTo(reply(error.status, { message: error.message }));
    }
  };
  const answer = (name: string, body: unknown): Response => {
    // Nothing happened to an issue of which the script says nothing.
    if (!(name in script) && /^GET \/issues\/\d+\/events$/.test(name)) return responseTo([]);
    if (!(name in script)) throw new TypeError(`the script has no answer to ${name}`);
    const index = taken.get(name) ?? 0;
    taken.set(name, index + 1);
    const value = stepOf(script[name], index);
    return responseTo(typeof value === "function" ? value(body) : value);
  };
  const github = createGitHub({
    token: "a token of the tests",
    repository: "OWNER/millwright",
    apiUrl: API,
    identity: { id: SELF.id, login: SELF.login },
    retryDelayMs: 1,
    request: checkedFetch({ apiUrl: API, request }),
  });
  const names = () => calls.map(({ method, path }) => `${method} ${path.replace(/\?.*$/, "")}`);
  return { github, calls, names };
}

/** Every comment of a script is on issue 3. */
function nodeOf(id: string, rest: Rest): NamedNode | undefined {
  const [kind, name = ""] = id.split("_");
  switch (kind) {
    case "R":
      return { rest, kind: "repository" };
    case "I":
      return { rest, kind: "issue", number: Number(name), setPin: () => undefined };
    case "IC":
      return { rest, kind: "comment", issue: 3, comment: Number(name) };
    case "LA":
      return { rest, kind: "label", label: name };
    case "PR":
      return { rest, kind: "pull", number: Number(name) };
    default:
      return undefined;
  }
}

function stepOf(entry: unknown, index: number): unknown {
  return entry instanceof Steps ? entry.values[Math.min(index, entry.values.length - 1)] : entry;
}

function responseTo(value: unknown): Response {
  if (value === "lost") throw new TypeError("fetch failed: socket hang up");
  const { status, body, headers } = isReply(value)
    ? value
    : { status: 200, body: value, headers: {} };
  const isText = headers?.["content-type"]?.startsWith("text/") === true;
  return new Response(status === 204 ? null : isText ? String(body) : JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
  });
}

class Steps {
  readonly values: readonly unknown[];
  constructor(values: readonly unknown[]) {
    this.values = values;
  }
}

/** One answer after the other to the same request. */
export function steps(...values: readonly unknown[]): unknown {
  return new Steps(values);
}

function isReply(value: unknown): value is Exclude<Reply, "lost"> {
  return (
    typeof value === "object" &&
    value !== null &&
    "status" in value &&
    "body" in value &&
    "headers" in value
  );
}

export function commentAnswer(id: number, user: object | null, body: string): object {
  return {
    id,
    user,
    body,
    created_at: "2026-11-02T08:00:00Z",
    updated_at: "2026-11-02T08:00:00Z",
    html_url: `https://github.com/OWNER/millwright/issues/3#issuecomment-${id}`,
  };
}

export function issueAnswer(number: number, more: object = {}): object {
  return {
    number,
    title: "A title",
    body: null,
    state: "open",
    locked: false,
    labels: [{ name: "factory:queued" }],
    user: PERSON,
    updated_at: "2026-11-02T08:00:00Z",
    html_url: `https://github.com/OWNER/millwright/issues/${number}`,
    ...more,
  };
}

export function pullAnswer(number: number, more: object = {}): object {
  return {
    number,
    state: "open",
    head: { ref: "factory/3-1", sha: sha("c") },
    base: { ref: "main", sha: sha("a") },
    body: null,
    merged_at: null,
    merge_commit_sha: sha("f"),
    html_url: `https://github.com/OWNER/millwright/pull/${number}`,
    ...more,
  };
}

export function commitAnswer(id: string, tree: string, parents: readonly string[]): object {
  return { sha: id, tree: { sha: tree }, parents: parents.map((parent) => ({ sha: parent })) };
}

/** What a look at the repository alone needs. */
export const REPOSITORY: Script = {
  "GET /": {
    id: 7,
    full_name: "OWNER/millwright",
    default_branch: "main",
    private: true,
    html_url: "https://github.com/OWNER/millwright",
  },
  "GET /commits/heads/main": { sha: sha("a"), commit: { tree: { sha: sha("b") } } },
  [`GET /git/trees/${sha("b")}`]: {
    sha: sha("b"),
    truncated: false,
    tree: [
      { path: ".github", type: "tree" },
      { path: ".github/factory.yml", type: "blob" },
      { path: "README.md", type: "blob" },
    ],
  },
  // As a token is answered that may not see them: each is asked about.
  "GET /collaborators": reply(403, {
    message: "Must have push access to view repository collaborators.",
  }),
  "GET /labels": ownLabels("factory:").map((name) => ({ name })),
  "GET /contents/.github/factory.yml": {
    type: "file",
    encoding: "base64",
    content: Buffer.from("version: 1\n").toString("base64"),
  },
  "GET /issues": [],
};
