import { parseDocument } from "yaml";
import { at, itemsAt, keysAt, type Parsed, textAt } from "./parsed.ts";
import { type Command, readLoosely } from "./shell-text.ts";

/** A command that a workflow of the repository runs. Nothing here runs it. */
export interface CiCommand {
  readonly words: Command;
  /** Path of the workflow. */
  readonly workflow: string;
  /** Tells the job among all jobs of all workflows. */
  readonly job: string;
  /** Where it runs, from the root of the repository: `""` for the root. */
  readonly directory: string;
}

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
const MOST_WORKFLOWS = 40;
/** What these run has little to do with what a change has to pass. */
const ASIDE = /release|publish|deploy|docs|pages|nightly|schedule|stale|label|codeql|cron/i;
const OTHER_CI = [
  ".gitlab-ci.yml",
  ".circleci/config.yml",
  ".travis.yml",
  "azure-pipelines.yml",
  "appveyor.yml",
  "Jenkinsfile",
  ".drone.yml",
];

/** The commands of all workflows, those for changes first. */
export function readCiCommands(seen: {
  readonly paths: readonly string[];
  text(path: string): string | undefined;
  note(sentence: string): void;
}): readonly CiCommand[] {
  const other = OTHER_CI.filter((path) => seen.paths.includes(path));
  if (other.length > 0) seen.note(`${other.join(", ")} is there; only GitHub's workflows are read`);
  const rank = (path: string) => (ASIDE.test(path) ? 1 : 0);
  return seen.paths
    .filter((path) => WORKFLOW.test(path))
    .toSorted((left, right) => rank(left) - rank(right) || (left < right ? -1 : 1))
    .slice(0, MOST_WORKFLOWS)
    .flatMap((path) => {
      const text = seen.text(path);
      if (text === undefined) return [];
      const workflow = parseWorkflow(text);
      if (workflow === undefined) seen.note(`${path} is no YAML; it was left aside`);
      return workflow === undefined || !isForChanges(workflow) ? [] : commandsOf(workflow, path);
    });
}

function parseWorkflow(text: string): Parsed | undefined {
  try {
    const document = parseDocument(text);
    return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

function isForChanges(workflow: Parsed): boolean {
  const on = at(workflow, "on");
  const events = typeof on === "string" ? [on] : Array.isArray(on) ? on : keysAt(on);
  return ["push", "pull_request", "merge_group", "workflow_call"].some((event) =>
    events.includes(event),
  );
}

function commandsOf(workflow: Parsed, path: string): readonly CiCommand[] {
  return keysAt(workflow, "jobs").flatMap((name) => {
    const job = at(workflow, "jobs", name);
    const folder =
      textAt(job, "defaults", "run", "working-directory") ??
      textAt(workflow, "defaults", "run", "working-directory");
    return itemsAt(job, "steps").flatMap((step) => {
      const run = textAt(step, "run");
      if (run === undefined) return [];
      const directory = textAt(step, "working-directory") ?? folder ?? "";
      return readSteps(run, normal(directory)).map((command) => ({
        ...command,
        workflow: path,
        job: `${path} ${name}`,
      }));
    });
  });
}

/** Expressions become a word that is not plain, so that their command is recognized but never copied. */
function readSteps(run: string, start: string): readonly Pick<CiCommand, "words" | "directory">[] {
  let directory = start;
  return run
    .replace(/\\\r?\n/g, " ")
    .replace(/\$\{\{[^}]*\}\}/g, "$EXPRESSION")
    .split(/\r?\n/)
    .filter((line) => !line.trim().startsWith("#"))
    .flatMap((line) => readLoosely(line))
    .flatMap((words) => {
      const [program, folder] = words;
      if (program?.value !== "cd") return [{ words, directory }];
      directory = normal(`${directory}/${folder?.value ?? ""}`);
      return [];
    });
}

function normal(directory: string): string {
  return directory
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}
