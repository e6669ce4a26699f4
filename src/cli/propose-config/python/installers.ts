import { keysAt, textAt, textsAt } from "../parsed.ts";
import { type ProposedCheck, SETUP_SECONDS } from "../proposal.ts";
import type { ToolCall } from "./ci.ts";
import { linesAt } from "./ini.ts";
import type { Project } from "./project.ts";

/** How a project's tools are installed and called. */
export interface Installer {
  /** Before `pytest`, `ruff` and other modules. */
  readonly run: string;
  readonly setup: ProposedCheck;
}

/** The sandbox sends what is installed so to its cache, where a distribution forbids it too. */
export const PIP = "python3 -m pip install --user --quiet";

export interface Needs {
  readonly project: Project;
  /** Modules that the checks call. */
  readonly tools: readonly string[];
  /** What the checks need beside them, as pip writes requirements. */
  readonly beside: readonly string[];
  readonly calls: readonly ToolCall[];
  readonly tests: ToolCall | undefined;
}

export function isSetuptools({ project }: Needs): boolean {
  return /setuptools/.test(textAt(project.pyproject, "build-system", "build-backend") ?? "");
}

export function setupOf(
  needs: Needs,
  setup: { readonly run: string; readonly because: string },
): ProposedCheck {
  const stand = standIn(needs.project);
  const caution = stand === undefined ? {} : { caution: stand.why };
  // The variable has to reach each of the commands that are joined.
  const run = stand === undefined ? setup.run : `export ${stand.assignment} && ${setup.run}`;
  return { name: "setup", ...setup, run, timeoutSeconds: SETUP_SECONDS, ...caution };
}

const FROM_GIT: readonly (readonly [RegExp, string])[] = [
  [/setuptools[-_]scm|hatch-vcs|flit[-_]scm|use_scm_version/, "SETUPTOOLS_SCM_PRETEND_VERSION"],
  [/uv-dynamic-versioning/, "UV_DYNAMIC_VERSIONING_BYPASS"],
  [/poetry-dynamic-versioning/, "POETRY_DYNAMIC_VERSIONING_BYPASS"],
  [/\bpbr\b/, "PBR_VERSION"],
];

/** Projects that ask git for their version: the sandbox's copy has no history. */
function standIn({ pyproject, setupPy, setupCfg }: Project) {
  const source = [
    ...textsAt(pyproject, "build-system", "requires"),
    ...linesAt(setupCfg, "options", "setup_requires"),
    ...keysAt(pyproject, "tool").filter((name) => name === "setuptools_scm"),
    textAt(pyproject, "tool", "pdm", "version", "source") === "scm" ? "pdm-scm" : "",
    setupPy,
  ].join(" ");
  const variable = source.includes("pdm-scm")
    ? "PDM_BUILD_SCM_VERSION"
    : FROM_GIT.find(([pattern]) => pattern.test(source))?.[1];
  return variable === undefined
    ? undefined
    : {
        assignment: `${variable}=0.0.0`,
        why: "the version comes from git tags, which the sandbox's copy has not: 0.0.0 stands in",
      };
}

/** Tools that no manifest of the project lists, and what stands beside them: an extra that lists it may not be installed. */
export function missing({ project, tools, beside }: Needs): readonly string[] {
  const added = tools
    .filter((tool) => !project.required.has(tool))
    .map((tool) => {
      const version = project.pinned.get(tool);
      return version === undefined ? tool : `${tool}==${version}`;
    });
  return [...new Set([...added, ...beside.filter((name) => !tools.includes(name))])];
}
