import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import type { AppOptions, RepositoryRole } from "../../src/twin/github/twin-github.ts";
import type { Weather } from "../../src/twin/github/weather/weather.ts";
import type { LaidFiles } from "../../src/twin/lay.ts";
import { parseScript } from "../../src/twin/model/script-file.ts";
import { type ScriptedModel, startScriptedModel } from "../../src/twin/model/scripted-model.ts";
import type { RunnerProgress } from "../../src/twin/runner/run/records.ts";
import { MILLWRIGHT, type Twin } from "../../src/twin/shape.ts";
import { startTwin } from "../../src/twin/twin.ts";
import { HAS_BUBBLEWRAP, PROMISES_BUBBLEWRAP } from "../bubblewrap.ts";
import { createConductor } from "./in-process/conductor.ts";
import { CHECKS_BY_READING, CONFIG, FILES, ISSUE } from "./repository.ts";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const REPOSITORY = "OWNER/greeter";
/**
 * Not a bound on speed: a line takes seconds on a quiet machine, and several of them share the cores with every other test,
 * long ones with compilers.
 */
export const PATIENCE_MS = 600_000;
export const SEAL_KEY = "5".repeat(64);

export interface Setting {
  /** Scripts beside the tests; each replaces the roles that it names. */
  readonly scripts?: readonly string[];
  /** Roles said here instead of in a file; each replaces the one of the scripts. */
  readonly roles?: Readonly<Record<string, unknown>>;
  /** Files of the repository besides the usual ones. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Keys of the config that differ from the usual ones. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly collaborators?: Readonly<Record<string, RepositoryRole>>;
  /** All files of the repository, caller and config among them, made once the project's commit on the twin is known. */
  readonly adopt?: (millwright: string) => Readonly<Record<string, string>>;
  /** Secrets of the repository, instead of the usual ones; it is told the key that the model takes. */
  readonly secrets?: (apiKey: string) => Readonly<Record<string, string>>;
  /** Secrets that the repository has not. */
  readonly without?: readonly ("ANTHROPIC_API_KEY" | "FACTORY_SEAL_KEY")[];
  /** Variables of every step, instead of those that say whether there is isolation. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The App that the factory writes as, in place of the jobs' own tokens. */
  readonly app?: AppOptions;
  readonly onProgress?: (event: RunnerProgress, world: World) => void;
  /** What the twin's GitHub does beside what it is asked. */
  readonly weather?: Partial<Weather>;
  /**
   * `in-process`: control and workers in this process, without isolation unless the environment says otherwise.
   * `twin`: the shipped workflows and bundles on the twin's runner; each test that asks for it says why.
   */
  readonly runner?: "in-process" | "twin";
}

/** A repository of its own on a twin of its own, with a model that plays a script. */
export interface World extends AsyncDisposable {
  readonly twin: Twin;
  readonly model: ScriptedModel;
  /** Head of the default branch before anything happened. */
  readonly base: string;
  get<Answer>(path: string): Promise<Answer>;
  send(method: string, path: string, body: unknown, as?: string): Promise<unknown>;
  idle(): Promise<void>;
}

export function readText(path: string): Promise<string> {
  return readFile(path, "utf8");
}

/** Texts of the scripts, later ones over earlier ones, role by role. */
async function readScript(names: readonly string[], more: Setting["roles"]) {
  const texts = await Promise.all(
    names.map((name) => readText(join(ROOT, "test/line/scripts", `${name}.yml`))),
  );
  const shells = texts.map((text) => parse(text) as { roles: Record<string, unknown> });
  const roles = Object.assign({}, ...shells.map((shell) => shell.roles), more) as unknown;
  return parseScript(stringify({ version: 1, roles }), `${names.join("+")}.yml`);
}

/** The environment that every step gets; without bubblewrap the lines go on without isolation, but never in CI. */
export function isolation(): Readonly<Record<string, string>> {
  if (HAS_BUBBLEWRAP) return {};
  if (PROMISES_BUBBLEWRAP) throw new Error("bubblewrap is missing, and CI promises it");
  return WITHOUT_ISOLATION;
}

const WITHOUT_ISOLATION: Readonly<Record<string, string>> = {
  RUNNER_ENVIRONMENT: "millwright-twin",
  MILLWRIGHT_ISOLATION: "none",
};

/** As a person would, by git, whose event starts the workflows. */
async function push(twin: Twin, source: string, files: LaidFiles): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(source, path)), { recursive: true });
    await writeFile(join(source, path), content);
  }
  await twin.host(REPOSITORY, source);
}

export async function raise(setting: Setting = {}): Promise<World> {
  const onTwin = setting.runner === "twin";
  const script = await readScript(["happy", ...(setting.scripts ?? [])], setting.roles);
  const directory = await mkdtemp(join(tmpdir(), "millwright-line-"));
  const model = await startScriptedModel({ script });
  const secrets = { ANTHROPIC_API_KEY: model.apiKey, FACTORY_SEAL_KEY: SEAL_KEY };
  const kept = Object.entries(secrets).filter(([name]) =>
    (setting.without ?? []).every((missing) => missing !== name),
  );
  const twin = await startTwin({
    directory,
    millwright: ROOT,
    node: process.execPath,
    secrets: setting.secrets?.(model.apiKey) ?? Object.fromEntries(kept),
    environment: {
      ANTHROPIC_BASE_URL: model.url,
      ...(setting.environment ?? (onTwin ? isolation() : WITHOUT_ISOLATION)),
    },
    ...(!onTwin && { runner: createConductor }),
    ...(setting.app && { app: setting.app }),
    ...(setting.weather && { weather: setting.weather }),
    ...(setting.collaborators && { collaborators: setting.collaborators }),
    onProgress: (event) => setting.onProgress?.(event, world),
  });
  const send: World["send"] = (method, path, body, as) =>
    sendAs({ twin, as, method, path: `/repos/${REPOSITORY}${path}`, body });
  let base = "";
  const world: World = {
    twin,
    model,
    get base() {
      return base;
    },
    get: async <Answer>(path: string) => (await send("GET", path, undefined)) as Answer,
    send,
    idle: () => twin.runner.idle(),
    async [Symbol.asyncDispose]() {
      await twin.close();
      await model.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
  const files = await filesOf(setting, twin);
  if (onTwin) await push(twin, join(directory, "source"), files);
  else await twin.lay(REPOSITORY, files);
  base = await headOf(world);
  return world;
}

async function filesOf({ adopt, files, config }: Setting, twin: Twin): Promise<LaidFiles> {
  const { runsWorkflows } = twin.runner;
  return (
    adopt?.(runsWorkflows ? commitOfMillwright(twin) : "") ?? {
      ...FILES,
      ...files,
      ".github/factory.yml": stringify({
        ...CONFIG,
        ...(!runsWorkflows && { checks: CHECKS_BY_READING }),
        ...config,
      }),
      ".github/workflows/factory.yml": await readText(join(ROOT, "workflow-templates/factory.yml")),
    }
  );
}

function commitOfMillwright(twin: Twin): string {
  const hosted = twin.gitDirectoryOf(MILLWRIGHT.repository);
  return execFileSync("git", ["--git-dir", hosted, "rev-parse", MILLWRIGHT.version])
    .toString()
    .trim();
}

async function sendAs(request: {
  readonly twin: Twin;
  readonly as: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}): Promise<unknown> {
  const { twin, as, method, path, body } = request;
  if (as === undefined) return twin.request(method, path, body);
  const answer = await fetch(`${twin.github.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${twin.userOf(as).token}` },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path} as ${as}: ${answer.status}`);
  return answer.json();
}

export async function headOf(world: World, branch = "main"): Promise<string> {
  const ref = await world.get<{ object: { sha: string } }>(`/git/ref/heads/${branch}`);
  return ref.object.sha;
}

/** Opens the usual issue, without a label. */
export async function open(world: World, issue: typeof ISSUE = ISSUE): Promise<number> {
  const { number } = (await world.send("POST", "/issues", issue)) as { number: number };
  return number;
}

export async function label(world: World, issue: number, as?: string): Promise<void> {
  await world.send("POST", `/issues/${issue}/labels`, { labels: ["factory:queued"] }, as);
  await world.idle();
}

/** Opens and labels the usual issue, and waits until the factory rests. */
export async function submit(world: World): Promise<number> {
  const issue = await open(world);
  await label(world, issue);
  return issue;
}

export async function say(world: World, issue: number, text: string, as?: string): Promise<void> {
  await world.send("POST", `/issues/${issue}/comments`, { body: text }, as);
  await world.idle();
}

/** Puts a commit on the default branch, as a person who pushes would. */
export async function pushToMain(world: World, path: string, content: string): Promise<string> {
  const parent = await headOf(world);
  const { tree } = await world.get<{ tree: { sha: string } }>(`/git/commits/${parent}`);
  const made = (await world.send("POST", "/git/trees", {
    base_tree: tree.sha,
    tree: [{ path, mode: "100644", type: "blob", content }],
  })) as { sha: string };
  const commit = (await world.send("POST", "/git/commits", {
    message: `Change ${path}`,
    tree: made.sha,
    parents: [parent],
  })) as { sha: string };
  await world.send("PATCH", "/git/refs/heads/main", { sha: commit.sha });
  return commit.sha;
}
