import { constants } from "node:fs";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { Runner } from "../../ports/runner.ts";
import { secretsOfJob } from "./job-secrets.ts";
import { plainLine, quoteLines } from "./quote.ts";
import { createWithholding } from "./withhold.ts";
import * as commands from "./workflow-commands.ts";

/** GitHub's limit for one step's summary is 1 MiB; beyond it the upload fails silently. */
const MAXIMUM_SUMMARY_BYTES = 1_000_000;
const MAXIMUM_EVENT_BYTES = 30_000_000;

/**
 * The job as the runner describes it in the environment. `run` throws if a variable is missing that every runner sets.
 * None of its output holds a secret of this job: messages are withheld with a sentence, outputs and files throw.
 */
export function createRunner(): Runner {
  const secrets = [...secretsOfJob(process.env)];
  let { tell, assertClean } = createWithholding(secrets);
  return {
    input: (name) => commands.getInput(name),
    output: (name, value) => {
      if (/[\r\n]/.test(value)) {
        throw new Error(
          `output ${name} holds a line break; outputs are one line, documents travel as files`,
        );
      }
      assertClean(`output ${name}`, value);
      commands.setOutput(name, value);
    },
    secret: (value) => {
      // The runner complains about an empty mask, which would hide nothing.
      if (value === "") return;
      commands.setSecret(value);
      if (secrets.some((known) => known.value === value)) return;
      secrets.push({ name: "a secret of this job", value });
      ({ tell, assertClean } = createWithholding(secrets));
    },
    info: (line) => commands.info(plainLine(tell(line))),
    warning: (line) => commands.warning(plainLine(tell(line))),
    quote: (text) => {
      for (const line of quoteLines(tell(text))) commands.info(line);
    },
    summary: (markdown) => writeSummary(tell(markdown)),
    fail: (message) => commands.setFailed(plainLine(tell(message))),
    readFile: readRegularFile,
    writeFile: async (path, content) => {
      assertClean(basename(path), content);
      await writeWholeFile(path, content);
    },
    event: readEvent,
    // Read on demand, so that a missing variable can still be reported through this very runner.
    get run() {
      return readRun(process.env);
    },
  };
}

async function writeSummary(markdown: string): Promise<void> {
  // On a local machine there is no summary; the log has everything.
  const path = process.env.GITHUB_STEP_SUMMARY ?? "";
  if (path === "") return;
  const bytes = Buffer.from(markdown);
  const text =
    bytes.length <= MAXIMUM_SUMMARY_BYTES
      ? markdown
      : `${new TextDecoder().decode(bytes.subarray(0, MAXIMUM_SUMMARY_BYTES))}\n\n(cut: ${bytes.length} bytes in all)\n`;
  commands.addSummary(path, text);
}

/** Regular files only and never through a link, because an unpacked artifact may contain either. */
async function readRegularFile(path: string, maximumBytes: number): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const state = await file.stat();
    if (!state.isFile()) throw new Error(`${path} is not a regular file`);
    if (state.size > maximumBytes) throw tooLarge(path, state.size, maximumBytes);
    const bytes = await file.readFile();
    if (bytes.length > maximumBytes) throw tooLarge(path, bytes.length, maximumBytes);
    return bytes;
  } finally {
    await file.close();
  }
}

function tooLarge(path: string, found: number, accepted: number): Error {
  return new Error(`${path} has ${found} bytes, at most ${accepted} are read`);
}

/** Whole or not at all: written beside its place first, so that an interruption leaves no half of it. */
async function writeWholeFile(path: string, content: string): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(part, content, { flag: "wx" });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function readEvent(): Promise<{ readonly name: string; readonly payload: unknown }> {
  const bytes = await readRegularFile(
    variable(process.env, "GITHUB_EVENT_PATH"),
    MAXIMUM_EVENT_BYTES,
  );
  const payload: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  return { name: variable(process.env, "GITHUB_EVENT_NAME"), payload };
}

type Environment = Readonly<Record<string, string | undefined>>;

function readRun(environment: Environment): Runner["run"] {
  return {
    id: wholeNumber(environment, "GITHUB_RUN_ID"),
    attempt: wholeNumber(environment, "GITHUB_RUN_ATTEMPT"),
    repository: variable(environment, "GITHUB_REPOSITORY"),
    workflowFile: workflowFileOf(variable(environment, "GITHUB_WORKFLOW_REF")),
    serverUrl: variable(environment, "GITHUB_SERVER_URL"),
    apiUrl: variable(environment, "GITHUB_API_URL"),
    actor: {
      id: wholeNumber(environment, "GITHUB_ACTOR_ID"),
      login: variable(environment, "GITHUB_ACTOR"),
    },
  };
}

/** `OWNER/repository/.github/workflows/factory.yml@refs/heads/main` names `factory.yml`. Throws on anything else. */
export function workflowFileOf(reference: string): string {
  const file = /^[^/]+\/[^/]+\/\.github\/workflows\/([A-Za-z0-9._-]+\.ya?ml)@/.exec(reference)?.[1];
  if (file === undefined) {
    throw new Error(
      `GITHUB_WORKFLOW_REF is ${JSON.stringify(reference)}, which names no workflow file`,
    );
  }
  return file;
}

function variable(environment: Environment, name: string): string {
  const value = environment[name];
  if (value === undefined || value === "") {
    throw new Error(`${name} is not set: an action runs in a job, on GitHub or in the twin`);
  }
  return value;
}

function wholeNumber(environment: Environment, name: string): number {
  const value = variable(environment, name);
  if (!/^\d{1,15}$/.test(value))
    throw new Error(`${name} is ${JSON.stringify(value)}, not a number`);
  return Number(value);
}
