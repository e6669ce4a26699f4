import { execFile, spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import type { RunnerOptions } from "../../twin/runner/run-book.ts";
import type { ConductedRun } from "../in-process/runs.ts";
import { type ActLine, followJobs } from "./follow-jobs.ts";
import { type Overlay, workflowForAct } from "./overlay.ts";

const run = promisify(execFile);

export interface Parts {
  /** The program. */
  readonly act: string;
  readonly overlay: Overlay;
  /** An existing folder of the run's own. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** act gives all jobs of a run one token, so it holds what the caller grants. */
const GRANTED = {
  actions: "write",
  checks: "write",
  contents: "write",
  deployments: "read",
  issues: "write",
  "pull-requests": "write",
} as const;

/** Both runners of the line are this machine. */
const PLATFORMS = ["ubuntu-24.04", "ubuntu-slim"];

/** Plays one run to its end. Resolves with what went wrong outside of jobs, if anything did. */
export async function playWithAct(
  conducted: ConductedRun,
  options: RunnerOptions,
  parts: Parts,
): Promise<string | undefined> {
  const { record, event } = conducted;
  const repository = join(parts.folder, "repository");
  await run("git", ["clone", "--quiet", options.gitDirectoryOf(record.repository), repository]);
  await run("git", ["-C", repository, "checkout", "--quiet", "--detach", record.sha]);
  const workflow = join(repository, record.file);
  await writeFile(workflow, workflowForAct(await readFile(workflow, "utf8")));
  const files = await writeInputs(conducted, options, parts.folder);
  const words = [
    event.name,
    "--json",
    "--directory",
    repository,
    "--workflows",
    workflow,
    "--eventpath",
    files.event,
    "--env-file",
    files.environment,
    "--secret-file",
    files.secrets,
    "--var-file",
    files.variables,
    "--actor",
    record.actor,
    "--action-cache-path",
    join(parts.folder, "jobs"),
    "--no-cache-server",
    "--no-skip-checkout",
    "--concurrent-jobs",
    "2",
    ...PLATFORMS.flatMap((platform) => ["--platform", `${platform}=-self-hosted`]),
    ...parts.overlay.repositories.flatMap((one) => ["--local-repository", one]),
  ];
  return await runAct(
    { words, parts, node: options.node ?? process.execPath },
    followJobs(conducted),
  );
}

async function writeInputs(
  { event, record }: ConductedRun,
  options: RunnerOptions,
  folder: string,
) {
  const { github, secrets, variables = {}, environment = {} } = options;
  const token = github.mintJobToken({
    repository: record.repository,
    permissions: GRANTED,
    runId: record.id,
    jobId: "act",
  });
  const artifacts = join(options.directory, "artifacts", String(record.id));
  await mkdir(artifacts, { recursive: true });
  const [owner = ""] = record.repository.split("/");
  const said = {
    GITHUB_SERVER_URL: github.url,
    GITHUB_API_URL: github.url,
    GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
    GITHUB_REPOSITORY: record.repository,
    GITHUB_REPOSITORY_OWNER: owner,
    GITHUB_RUN_ID: String(record.id),
    GITHUB_RUN_NUMBER: "1",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_REF: record.ref,
    SHA_REF: record.sha,
    // act knows neither.
    GITHUB_ACTOR_ID: String(event.actor.id),
    GITHUB_WORKFLOW_REF: `${record.repository}/${record.file}@${record.ref}`,
    MILLWRIGHT_ACT_ARTIFACTS: artifacts,
    ...environment,
  };
  const write = async (name: string, text: string) => {
    await writeFile(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  return {
    event: await write("event.json", JSON.stringify(event.payload)),
    environment: await write("environment", linesOf(said)),
    secrets: await write(
      "secrets",
      linesOf({ ...secrets[record.repository], GITHUB_TOKEN: token }),
    ),
    variables: await write("variables", linesOf(variables[record.repository] ?? {})),
  };
}

/** As a file of variables is read: nothing of ours holds a quote or a line break. */
function linesOf(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => {
      if (/['\n\r]/.test(value))
        throw new Error(`${name} cannot be written to a file of variables`);
      return `${name}='${value}'\n`;
    })
    .join("");
}

async function runAct(
  started: { readonly words: readonly string[]; readonly parts: Parts; readonly node: string },
  follow: (line: ActLine) => void,
): Promise<string | undefined> {
  const { act, folder, signal } = started.parts;
  const path = `${dirname(started.node)}:${process.env.PATH ?? ""}`;
  const child = spawn(act, started.words, {
    cwd: folder,
    env: { PATH: path, HOME: folder },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  const other: string[] = [];
  const read = async (stream: NodeJS.ReadableStream) => {
    for await (const text of createInterface({ input: stream })) {
      const line = parseLine(text);
      if (line === undefined) other.push(text);
      else follow(line);
    }
  };
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const [code] = await Promise.all([ended, read(child.stdout), read(child.stderr)]);
  return code === 0 ? undefined : `act ended with ${code}: ${other.slice(-3).join(" ")}`;
}

function parseLine(text: string): ActLine | undefined {
  try {
    return JSON.parse(text) as ActLine;
  } catch {
    return undefined;
  }
}
