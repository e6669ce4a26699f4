import type { ProposedConfig } from "../propose-config/propose-config.ts";
import { renderConfig } from "../propose-config/render-config.ts";
import type { FirstDay } from "./arguments.ts";
import { type Pin, pinWorkflow } from "./pin.ts";
import { callCopy, copiesOf } from "./vendor/vendor.ts";

/** A file that the factory wants to have, and why. */
export interface WantedFile {
  readonly path: string;
  readonly text: string;
  readonly why: string;
}

export const CONFIG = ".github/factory.yml";
export const WORKFLOW = ".github/workflows/factory.yml";
export const FORMS = ".github/ISSUE_TEMPLATE";
export const AGENTS = "AGENTS.md";
export const QUALITY = "quality.md";

/** Files that init wants only where a repository has none, and why. */
const FOR_AGENTS = { path: AGENTS, why: "what an agent needs to know" };
const FOR_QUALITY = { path: QUALITY, why: "grades of the code as it is today" };
export const ONCE: readonly Pick<WantedFile, "path" | "why">[] = [FOR_AGENTS, FOR_QUALITY];

/** What the files are made from. */
export interface Facts {
  readonly proposed: ProposedConfig;
  readonly firstDay: FirstDay;
  readonly pin: Pin;
  /** The reusable workflows of this version, by file, where they are copied; absent where they are called from elsewhere. */
  readonly vendored?: Readonly<Record<string, string>> | undefined;
  /** Names of the workflows that judge a pull request, as `workflow_run` names them. */
  readonly ciWorkflows: readonly string[];
  /** The page of how the code stands today; absent where none is asked for. */
  readonly quality?: string | undefined;
  /** The workflow and the issue forms as they stand in this project, forms by their file name. */
  readonly templates: {
    readonly workflow: string;
    readonly forms: Readonly<Record<string, string>>;
  };
}

/** Where toolchains lie that GitHub's images and setup actions install (RUNNER_TOOL_CACHE of GitHub's runners). */
const TOOL_CACHE = "/opt/hostedtoolcache";

/** What those of their images keep elsewhere than there and below /usr, by the program that needs it. */
const BESIDE: ReadonlyMap<string, string> = new Map([["php", "/etc/php"]]);

/** The workflow stands last: until it is there, nothing of the factory starts. */
export function wantedFiles(facts: Facts): readonly WantedFile[] {
  const { forms } = facts.templates;
  return [
    { path: CONFIG, text: configOf(facts), why: "checks, limits, and the first day" },
    ...(hasInstructions(facts.proposed) ? [] : [{ ...FOR_AGENTS, text: agentsOf(facts.proposed) }]),
    ...Object.entries(forms).map(([name, text]) => ({
      path: `${FORMS}/${name}`,
      text,
      why: "an issue form",
    })),
    ...(facts.quality === undefined ? [] : [{ ...FOR_QUALITY, text: facts.quality }]),
    ...(facts.vendored === undefined ? [] : copiesOf(facts.vendored, facts.pin)),
    { path: WORKFLOW, text: workflowOf(facts), why: "starts the factory" },
  ];
}

/** Files that agents read for instructions, by the names that their makers give them. */
const INSTRUCTIONS = ["agents.md", "claude.md", "gemini.md", ".github/copilot-instructions.md"];

function hasInstructions({ harness }: ProposedConfig): boolean {
  return harness.some((path) => INSTRUCTIONS.includes(path.toLowerCase()));
}

function configOf({ proposed, firstDay }: Facts): string {
  const programs = proposed.toolchains ?? [];
  const beside = programs.flatMap((program) => BESIDE.get(program) ?? []);
  const read = programs.length === 0 ? [] : [TOOL_CACHE, ...beside];
  const harness = hasInstructions(proposed) ? proposed.harness : [AGENTS, ...proposed.harness];
  const text = renderConfig({ ...proposed, harness }, { read });
  if (firstDay === "live") return text;
  const staged =
    "mode: staged # the first day: nothing is written to GitHub; take this line out to begin\n";
  return text.replace(/^version: 1\n/m, `version: 1\n${staged}`);
}

function workflowOf({ templates, pin, ciWorkflows, vendored }: Facts): string {
  const pinned =
    vendored === undefined ? pinWorkflow(templates.workflow, pin) : callCopy(templates.workflow);
  const line = /^ {2}workflow_run: \{ workflows: \[CI\].*\n/m;
  if (ciWorkflows.length === 0) return pinned.replace(line, "");
  const names = ciWorkflows.map((name) => JSON.stringify(name)).join(", ");
  return pinned.replace("workflows: [CI]", `workflows: [${names}]`);
}

function agentsOf({ taken, checks, projects }: ProposedConfig): string {
  const rows = checks.map(({ name, run }) => `- ${name}: \`${run.replaceAll("`", "'")}\``);
  return [
    "# Working in this repository",
    "",
    "What a new person or agent has to know before the first change. Keep it short: agents read each line for every task.",
    "",
    ...(taken === undefined
      ? []
      : [`${projects.length > 1 ? "Holds" : "Written in"} ${taken}.`, ""]),
    ...(rows.length === 0 ? [] : ["## How to check a change", "", ...rows, ""]),
    "## Where things are",
    "",
    "(Say in one line for each main folder what it holds.)",
    "",
    "## Conventions",
    "",
    "(Say what reviewers ask for again and again.)",
    "",
  ].join("\n");
}
