import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { root } from "../repository/bundles.ts";

export interface ActionCall {
  readonly name: string;
  /** What a workflow gives by `with`; the rest gets the defaults of action.yml. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: { readonly name: string; readonly payload: unknown };
  /** Over what the runner sets; undefined takes a variable away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Starts the built bundle in a process of its own, instead of playing the sources of the door in this one. */
  readonly started?: boolean;
}

/** The folders of one job. */
export interface Places {
  readonly workspace: string;
  readonly temporary: string;
  readonly home: string;
  readonly scratch: string;
}

/** What no action may show: the runner's own token, which every JavaScript action gets, and the model key. */
export const RUNTIME_TOKEN = "canary-of-the-runtime-token";
export const MODEL_KEY = "sk-ant-canary-of-the-model-key";

/** The five command files and the event, where GitHub's runner puts them. */
export function commandFiles(places: Places, call: ActionCall) {
  const place = (path: string, content: string): string => {
    const whole = join(places.temporary, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, content);
    return whole;
  };
  const event = call.event ?? { name: "workflow_dispatch", payload: {} };
  return {
    GITHUB_ENV: place("_runner_file_commands/set_env_1", ""),
    GITHUB_PATH: place("_runner_file_commands/add_path_1", ""),
    GITHUB_OUTPUT: place("_runner_file_commands/set_output_1", ""),
    GITHUB_STATE: place("_runner_file_commands/save_state_1", ""),
    GITHUB_STEP_SUMMARY: place("_runner_file_commands/step_summary_1", ""),
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: place("_github_workflow/event.json", JSON.stringify(event.payload)),
  };
}

/** Nothing of this process but PATH and LANG. TMPDIR is ours: on GitHub it is unset, here it shows what is left behind. */
export function runnerEnvironment(places: Places): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    LANG: "C.UTF-8",
    HOME: places.home,
    TMPDIR: places.scratch,
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTION: "__self",
    GITHUB_ACTOR: "OWNER",
    GITHUB_ACTOR_ID: "1",
    GITHUB_API_URL: "http://127.0.0.1:9",
    GITHUB_JOB: "job",
    GITHUB_REF: "refs/heads/main",
    GITHUB_REPOSITORY: "OWNER/app",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_RUN_ID: "7",
    GITHUB_RUN_NUMBER: "1",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_SHA: "0".repeat(40),
    GITHUB_WORKFLOW: "factory",
    GITHUB_WORKFLOW_REF: "OWNER/app/.github/workflows/factory.yml@refs/heads/main",
    GITHUB_WORKSPACE: places.workspace,
    RUNNER_ARCH: "X64",
    RUNNER_ENVIRONMENT: "github-hosted",
    RUNNER_NAME: "GitHub Actions 1",
    RUNNER_OS: "Linux",
    RUNNER_TEMP: places.temporary,
    ACTIONS_RUNTIME_TOKEN: RUNTIME_TOKEN,
    ACTIONS_RUNTIME_URL: "http://127.0.0.1:9/",
  };
}

/** Every declared input, as the runner gives it; one that action.yml does not declare is a mistake of the test. */
export function inputsOf(places: Places, call: ActionCall): Record<string, string> {
  const text = readFileSync(join(root, "actions", call.name, "action.yml"), "utf8");
  const { inputs: declared = {} } = parse(text) as {
    inputs?: Record<string, { default?: string }>;
  };
  const unknown = Object.keys(call.inputs ?? {}).filter((name) => !(name in declared));
  if (unknown.length > 0) throw new Error(`${call.name} has no input ${unknown.join(", ")}`);
  const entries = Object.entries(declared).map(([name, { default: preset = "" }]) => {
    const value =
      call.inputs?.[name] ?? preset.replace("${{ github.workspace }}", places.workspace);
    if (value.includes("${{")) throw new Error(`the rig cannot evaluate ${value}`);
    return [`INPUT_${name.toUpperCase()}`, value];
  });
  return Object.fromEntries(entries);
}
