import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { readSettings } from "../../adapters/github/settings/read-settings.ts";
import { createSandbox } from "../../adapters/sandbox/sandbox.ts";
import { exposedWorkflows } from "../../control/exposure/branch-workflows.ts";
import type { WorkflowText } from "../../control/exposure/workflow-holdings.ts";
import { matchesAny } from "../../domain/path.ts";
import type { Settings } from "../../ports/settings.ts";
import { sayRefusal } from "../../wording/refusals.ts";
import { repositoryOfRemote } from "../init/pin.ts";
import { copiesCalledBy, originalOf, pinsIn } from "../init/vendor/vendor.ts";
import { askingAs } from "../source/read-shared.ts";
import { findTarget, gitIn, type Source } from "../source/resolve-base.ts";
import { openSource } from "../source/source.ts";
import { workflowsIn } from "../source/workflows-in.ts";
import { callersIn, needsOf } from "./callers.ts";
import type { Caller, Copy, Facts } from "./facts.ts";
import { readConfigs } from "./read-configs.ts";

const CONFIG = ".github/factory.yml";
const WORKFLOWS = ".github/workflows";

/** What is looked at, and as whom. */
export interface Looking {
  readonly repo: string;
  /** The folder of this project, whose templates say what each called file needs. */
  readonly millwright: string;
  readonly own: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: string;
}

/** Looks at a clone as it stands on disk, and at its repository on GitHub where a token says who asks. */
export async function gatherFacts(looking: Looking): Promise<Facts> {
  const source = await openSource(looking.repo, undefined);
  const read = (path: string) =>
    readFile(join(source.directory, path), "utf8").catch(() => undefined);
  const templates = await readTemplates(looking.millwright);
  const files = workflowsIn(source.directory);
  const called = [...templates.keys()];
  // A repository with the templates is Millwright's own; elsewhere a file of that name is somebody else's.
  const held =
    (await read("workflow-templates/factory.yml")) !== undefined
      ? files.map(({ path }) => basename(path))
      : [];
  const copies = copiesIn(files);
  const pinOf = new Map(
    copies.map(({ path, pins }) => [basename(path), pins[0] ?? anyPin(copies)] as const),
  );
  const callers = files
    .filter(({ path }) => originalOf(path) === undefined)
    .flatMap(({ path, text }) => callersIn(path, text, called, { own: held, copies: pinOf }));
  const own =
    callers.find(({ file }) => file === "factory.yml")?.path ?? `${WORKFLOWS}/factory.yml`;
  const settings = await settingsOf(looking, { source, workflow: basename(own), callers });
  return {
    ...(await readConfigs(await read(CONFIG), askingAs(looking.environment))),
    matches: await matcherOf(source.directory),
    has: (path) => existsSync(join(source.directory, path)),
    callers,
    copies,
    needs: Object.fromEntries(templates),
    own: looking.own,
    exposures: exposedWorkflows(files, {
      defaultBranch: await defaultBranchOf(source, settings),
      own: basename(own),
    }),
    sandbox: await lookAtSandbox(),
    settings,
    now: looking.now,
  };
}

/** The copies that `init --vendor` made, and what each calls and uses. */
function copiesIn(files: readonly WorkflowText[]): readonly Copy[] {
  return files.flatMap(({ path, text }) =>
    originalOf(path) === undefined
      ? []
      : [{ path, pins: pinsIn(text), calls: copiesCalledBy(text) }],
  );
}

/** Of a copy that uses no action itself: what the others use. */
function anyPin(copies: readonly Copy[]): Copy["pins"][number] {
  return copies.flatMap(({ pins }) => pins)[0] ?? { repository: "", ref: "" };
}

/** Which globs match a file that git knows or would add: what it ignores belongs to no package. */
async function matcherOf(directory: string): Promise<Facts["matches"]> {
  const words = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { code, stdout } = await gitIn(directory, words);
  // A bare repository has no files: nothing is said of what nobody sees.
  if (code !== 0) return () => true;
  const paths = stdout
    .toString("utf8")
    .split("\0")
    .filter((path) => path !== "");
  return (globs) => paths.some((path) => matchesAny(path, globs));
}

/** By the file that each template calls: what it grants. */
async function readTemplates(millwright: string) {
  const folder = join(millwright, "workflow-templates");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".yml"));
  const entries = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), "utf8");
      const called = /\.github\/workflows\/([\w-]+\.yml)@/.exec(text)?.[1] ?? name;
      return [called, needsOf(text)] as const;
    }),
  );
  return new Map(entries);
}

async function lookAtSandbox(): Promise<Facts["sandbox"]> {
  const sandbox = await createSandbox({ isolation: "bubblewrap", read: [] });
  return "refusal" in sandbox ? { unknown: sayRefusal(sandbox.refusal) } : { known: true };
}

/** GitHub's own word where it was asked: a clone may have been made before somebody renamed the branch. */
async function defaultBranchOf(source: Source, settings: Settings | undefined): Promise<string> {
  return settings !== undefined && "known" in settings.repository
    ? settings.repository.known.defaultBranch
    : findTarget(source.gitDirectory);
}

async function settingsOf(
  { environment }: Looking,
  about: {
    readonly source: Source;
    readonly workflow: string;
    readonly callers: readonly Caller[];
  },
): Promise<Settings | undefined> {
  const token = environment.GH_TOKEN || environment.GITHUB_TOKEN;
  if (!token) return undefined;
  const asked = await gitIn(about.source.directory, ["remote", "get-url", "origin"]);
  const repository =
    environment.GITHUB_REPOSITORY ?? repositoryOfRemote(asked.stdout.toString("utf8").trim());
  if (repository === undefined) return undefined;
  const apiUrl = environment.GITHUB_API_URL || "https://api.github.com";
  return readSettings({ token, repository, apiUrl }, about.workflow);
}
