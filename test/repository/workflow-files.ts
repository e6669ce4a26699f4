import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export const root = new URL("../..", import.meta.url).pathname;

export interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly name?: string;
  readonly uses?: string;
  readonly "runs-on"?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly steps?: readonly Step[];
  readonly "timeout-minutes"?: number;
  readonly secrets?: unknown;
  readonly "cache-mode"?: string;
}

export interface WorkflowFile {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly workflow: {
    readonly permissions?: unknown;
    readonly concurrency?: unknown;
    readonly on: Readonly<Record<string, unknown>>;
    readonly jobs: Readonly<Record<string, Job>>;
  };
}

/** Read once: a dozen tests ask for the same twenty files, which nothing changes and which take a while to parse. */
const read = new Map<string, readonly WorkflowFile[]>();

function filesIn(folder: string): readonly WorkflowFile[] {
  const files = read.get(folder) ?? readFiles(folder);
  read.set(folder, files);
  return files;
}

function readFiles(folder: string): readonly WorkflowFile[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".yml"))
    .map((name) => {
      const path = join(folder, name);
      const text = readFileSync(join(root, path), "utf8");
      return { name, path, text, workflow: parse(text) as WorkflowFile["workflow"] };
    });
}

/** The reusable workflows that repositories call. */
export function reusableWorkflows(): readonly WorkflowFile[] {
  return filesIn(".github/workflows").filter(({ workflow }) => "workflow_call" in workflow.on);
}

/** Every workflow file that this project ships or runs. */
export function allWorkflows(): readonly WorkflowFile[] {
  return [
    ...filesIn(".github/workflows"),
    ...filesIn("workflow-templates"),
    ...filesIn("src/twin/example/.github/workflows"),
  ];
}

export interface RuledFile {
  readonly path: string;
  readonly text: string;
}

function tracked(folder: string, matches: RegExp): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => matches.test(path) && !path.includes("/dist/"));
}

/** Every file that GitHub acts on or that a workflow runs: workflows, templates, actions, scripts, Dependabot. */
export function ruledFiles(): readonly RuledFile[] {
  const paths = [
    ...allWorkflows().map(({ path }) => path),
    ...tracked("actions", /\/action\.ya?ml$|\.sh$/),
    ...tracked(".ci", /^\.ci\/[^.]+$|\.sh$/),
    ".github/dependabot.yml",
  ];
  return paths.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}
