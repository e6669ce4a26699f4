import type { Look } from "../look.ts";
import { readManifest } from "../manifest.ts";
import { at, itemsAt, keysAt, type Parsed, textAt, textsAt } from "../parsed.ts";
import { type Ini, linesAt, readIni } from "./ini.ts";
import { readTox } from "./tox.ts";

/** What a Python project says of itself, in whichever of its files. */
export interface Project {
  readonly look: Look;
  /** Undefined when there is none, or when it is broken. */
  readonly pyproject: Parsed | undefined;
  readonly setupCfg: Ini;
  readonly tox: Ini;
  readonly setupPy: string;
  /** Extras, groups (PEP 735) and requirement files that are there for tests, lint or types. */
  readonly extras: readonly string[];
  readonly groups: readonly string[];
  readonly requirementFiles: readonly string[];
  /** Whether pip can install the folder itself. */
  readonly isPackage: boolean;
  /** Names of all requirements that a manifest lists, lower case. */
  readonly required: ReadonlySet<string>;
  /** Exact versions that pre-commit holds, by tool. */
  readonly pinned: ReadonlyMap<string, string>;
}

const DEVELOPMENT =
  /^(?:tests?|testing|pytest|dev|develop|development|lint|linting|typing|types?|type-?check|mypy|ruff|ci|qa|check|quality|style)$/i;
const PURPOSE = "dev|develop|development|tests?|testing|lint|ci|base";
const REQUIREMENT_FILE = new RegExp(
  `^(?:requirements(?:[-_](?:${PURPOSE}))?|(?:${PURPOSE})[-_]requirements|requirements/(?:${PURPOSE}|requirements)|tests?/requirements)\\.txt$`,
);

export function readProject(look: Look): Project {
  const pyproject = withHatch(
    readManifest(look, "pyproject.toml", "toml"),
    readManifest(look, "hatch.toml", "toml"),
  );
  const setupCfg = readIni(look.text("setup.cfg") ?? "");
  const setupPy = look.text("setup.py") ?? "";
  const tox = readTox(look, { pyproject, setupCfg });
  const extras = [
    ...keysAt(pyproject, "project", "optional-dependencies"),
    ...keysAt(pyproject, "tool", "poetry", "extras"),
    ...(setupCfg.get("options.extras_require")?.keys() ?? []),
    ...extrasOf(setupPy),
  ];
  const groups = keysAt(pyproject, "dependency-groups");
  const requirementFiles = look.files
    .filter((path) => REQUIREMENT_FILE.test(path))
    .toSorted((left, right) => left.length - right.length || (left < right ? -1 : 1));
  return {
    look,
    pyproject,
    setupCfg,
    setupPy,
    tox,
    extras: [...new Set(extras)].filter(isForDevelopment),
    groups: groups.filter(isForDevelopment),
    requirementFiles,
    isPackage: isPackage(look, { pyproject, setupCfg, setupPy }),
    required: new Set([
      ...requiredBy(pyproject, { setupCfg, tox, setupPy }),
      ...listedIn(look, requirementFiles),
    ]),
    pinned: pinnedBy(look),
  };
}

/** `hatch.toml` is the table `tool.hatch` in a file of its own, and goes before it: https://hatch.pypa.io/latest/intro/ */
function withHatch(pyproject: Parsed, hatch: Parsed): Parsed {
  if (typeof hatch !== "object" || hatch === null) return pyproject;
  const [own, tool, table] = [
    at(pyproject),
    at(pyproject, "tool"),
    at(pyproject, "tool", "hatch"),
  ].map((value) => (typeof value === "object" && value !== null ? value : {}));
  return { ...own, tool: { ...tool, hatch: { ...table, ...hatch } } };
}

/** Without a build system setuptools guesses, and gives up before a folder of several modules. */
function isPackage(
  look: Look,
  { pyproject, setupCfg, setupPy }: Pick<Project, "pyproject" | "setupCfg" | "setupPy">,
): boolean {
  if (setupPy !== "" || setupCfg.get("metadata")?.has("name") === true) return true;
  if (at(pyproject, "build-system") !== undefined) return true;
  const name = textAt(pyproject, "project", "name")?.replace(/[-.]/g, "_");
  return name !== undefined && [`${name}/__init__.py`, `src/${name}/__init__.py`].some(look.has);
}

function isForDevelopment(name: string): boolean {
  return DEVELOPMENT.test(name);
}

/** What hatch installs into the environments that test and lint; those that it fills in itself are left out. */
export function hatchRequirements(pyproject: Parsed): readonly string[] {
  return ["default", "hatch-test", "test", "lint", "types"].flatMap((name) =>
    ["dependencies", "extra-dependencies"]
      .flatMap((key) => textsAt(pyproject, "tool", "hatch", "envs", name, key))
      .filter((requirement) => !/[{}]/.test(requirement)),
  );
}

/** A setup.py is a program, so that its keys are guessed. */
function extrasOf(setupPy: string): readonly string[] {
  const text = /extras_require\s*=\s*(?:dict\()?\{?([\s\S]{0,4000})/.exec(setupPy)?.[1] ?? "";
  return [...text.matchAll(/['"](\w[\w-]*)['"]\s*:\s*[[(\w]/g)].map(([, name = ""]) => name);
}

function requiredBy(
  pyproject: Parsed,
  others: { readonly setupCfg: Ini; readonly tox: Ini; readonly setupPy: string },
): ReadonlySet<string> {
  const listed = [
    ...textsAt(pyproject, "project", "dependencies"),
    ...keysAt(pyproject, "project", "optional-dependencies")
      .filter(isForDevelopment)
      .flatMap((extra) => textsAt(pyproject, "project", "optional-dependencies", extra)),
    ...keysAt(pyproject, "dependency-groups")
      .filter(isForDevelopment)
      .flatMap((group) => textsAt(pyproject, "dependency-groups", group)),
    ...hatchRequirements(pyproject),
    ...textsAt(pyproject, "tool", "uv", "dev-dependencies"),
    ...keysAt(pyproject, "tool", "poetry", "dependencies"),
    ...keysAt(pyproject, "tool", "poetry", "dev-dependencies"),
    ...keysAt(pyproject, "tool", "poetry", "group").flatMap((group) =>
      keysAt(pyproject, "tool", "poetry", "group", group, "dependencies"),
    ),
    ...keysAt(pyproject, "tool", "pdm", "dev-dependencies").flatMap((group) =>
      textsAt(pyproject, "tool", "pdm", "dev-dependencies", group),
    ),
    ...[...(others.setupCfg.get("options.extras_require")?.keys() ?? [])]
      .filter(isForDevelopment)
      .flatMap((extra) => linesAt(others.setupCfg, "options.extras_require", extra)),
    ...linesAt(others.tox, "testenv", "deps").map((line) => line.replace(/^[\w,-]+:\s*/, "")),
    ...[...others.setupPy.matchAll(/['"]([A-Za-z][\w.-]*)\s*(?:[<>=!~[][^'"]*)?['"]/g)].map(
      ([, name = ""]) => name,
    ),
  ];
  return new Set(listed.map(nameOf));
}

function nameOf(requirement: string): string {
  return (/^[\w.-]+/.exec(requirement.trim())?.[0] ?? "").toLowerCase();
}

function listedIn(look: Look, paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => (look.text(path) ?? "").split(/\r?\n/).map(nameOf));
}

const HOOKS: readonly (readonly [RegExp, string])[] = [
  [/\/ruff-pre-commit$/, "ruff"],
  [/\/black(?:-pre-commit-mirror)?$/, "black"],
  [/\/flake8$/, "flake8"],
  [/\/isort$/, "isort"],
];

function pinnedBy(look: Look): ReadonlyMap<string, string> {
  const config = readManifest(look, ".pre-commit-config.yaml", "yaml");
  return new Map(
    itemsAt(config, "repos").flatMap((hook) => {
      const source = textAt(hook, "repo")?.replace(/(?:\.git)?\/?$/, "") ?? "";
      const tool = HOOKS.find(([pattern]) => pattern.test(source))?.[1];
      const version = /^v?(\d+(?:\.\d+)+)$/.exec(textAt(hook, "rev") ?? "")?.[1];
      return tool === undefined || version === undefined ? [] : [[tool, version] as const];
    }),
  );
}
