/** A file as a git tree lists it: a path with slashes, and a mode such as `100644`. */
export interface SeenFile {
  readonly path: string;
  readonly mode: string;
}

/** A repository at one commit, loaded by the caller: no read here touches the world. */
export interface RepositoryView {
  readonly files: readonly SeenFile[];
  /** Text of one of `filesToRead`; undefined when it was not loaded. */
  read(path: string): string | undefined;
}

/** Files of more characters than this are not read: no manifest is so large, and lock files tell by their beginning. */
export const LARGEST_FILE = 512_000;

const MOST_FILES = 300;
/** Manifests are looked for this many folders deep. */
const DEEPEST = 2;

const MANIFESTS = new RegExp(
  `^(?:${[
    "package\\.json|npm-shrinkwrap\\.json|package-lock\\.json|pnpm-lock\\.yaml|pnpm-workspace\\.yaml|yarn\\.lock",
    "\\.yarnrc\\.yml|\\.nvmrc|\\.node-version|tsconfig(?:\\.base)?\\.json|\\.npmrc|nx\\.json|project\\.json",
    "pyproject\\.toml|hatch\\.toml|setup\\.(?:py|cfg)|tox\\.ini|pytest\\.ini|\\.python-version|poetry\\.lock",
    "\\.pre-commit-config\\.yaml",
    "go\\.mod|go\\.work|\\.golangci\\.ya?ml",
    "Cargo\\.toml|rust-toolchain(?:\\.toml)?",
    "pom\\.xml|(?:build|settings)\\.gradle(?:\\.kts)?|\\.java-version",
    "[^/]+\\.(?:csproj|fsproj|vbproj)|global\\.json|[Nn]u[Gg]et\\.[Cc]onfig",
    "Gemfile(?:\\.lock)?|[^/]+\\.gemspec|Rakefile|\\.ruby-version",
    "composer\\.(?:json|lock)",
    "CMakeLists\\.txt|tox\\.toml",
    "GNUmakefile|[Mm]akefile|\\.?[Jj]ustfile",
  ].join("|")})$`,
);
const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
const REQUIREMENTS = /(?:^|\/)(?:requirements\/[^/]+|[\w-]*requirements[\w-]*)\.txt$/;
const FOREIGN =
  /(?:^|\/)(?:node_modules|vendor|third_party|testdata|fixtures?|__fixtures__|\.git)\//;

/** The paths whose text `proposeConfig` may ask for, at most 300, the outermost first. */
export function filesToRead(paths: readonly string[]): readonly string[] {
  const depth = (path: string) => path.split("/").length - 1;
  const wanted = paths.filter(
    (path) =>
      WORKFLOW.test(path) ||
      (depth(path) <= DEEPEST + 1 && !FOREIGN.test(path) && isManifest(path)),
  );
  const outermost = (path: string) => (WORKFLOW.test(path) ? 0 : depth(path));
  return wanted
    .toSorted((left, right) => outermost(left) - outermost(right) || (left < right ? -1 : 1))
    .slice(0, MOST_FILES);
}

function isManifest(path: string): boolean {
  return REQUIREMENTS.test(path) || MANIFESTS.test(path.slice(path.lastIndexOf("/") + 1));
}

/** Whether a path lies in a folder of other people's code or of test material. */
export function isForeign(path: string): boolean {
  return FOREIGN.test(path);
}
