import type { Config } from "../../domain/config/schema.ts";
import { partsOf } from "../../domain/config/scoped-checks.ts";
import type { ObjectId } from "../../domain/digest.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Baseline } from "../../ports/sandbox.ts";

/**
 * Files of the workspace before anyone worked in it, read from git objects of the base, never from the workspace.
 * Reports that the config's checks write are ignored like the base's ignored files, because running the tests would
 * otherwise be a change. A report that the base tracks is judged like any other file.
 */
export async function readBaseline(
  repository: Repository,
  base: ObjectId,
  config: Config,
): Promise<Baseline> {
  const entries = (await repository.list(base)).filter(({ type }) => type !== "tree");
  const ignore: Baseline["ignore"][number][] = [];
  for (const { path } of entries) {
    const directory = folderOfIgnore(path);
    if (directory === undefined) continue;
    const bytes = await repository.read(base, path);
    // A .gitignore that is a link does not count, as for git (since 2.32).
    if (bytes !== undefined) ignore.push({ directory, text: new TextDecoder().decode(bytes) });
  }
  const reports = reportRules(config);
  if (reports.length > 0) {
    ignore.push({ directory: "", text: `${reports.join("\n")}\n`, always: true });
  }
  const files = new Map(entries.map(({ path, mode, id }) => [path, { mode, id }]));
  return { commit: base, files, ignore };
}

function folderOfIgnore(path: string): string | undefined {
  if (path === ".gitignore") return "";
  return path.endsWith("/.gitignore") ? path.slice(0, -"/.gitignore".length) : undefined;
}

/** Each report of the config as a rule anchored at the root. The two kinds of glob differ only in braces. */
function reportRules({ checks }: Config): readonly string[] {
  const reports = Object.values(checks).flatMap((check) =>
    partsOf(check).flatMap(({ report }) => report?.files ?? []),
  );
  return reports.flatMap(withoutBraces).map((glob) => `/${glob.replace(/^(?:\.?\/)+/, "")}`);
}

const BRACES = /\{(?<choices>[^{}]*)\}/;
/** The most patterns that braces may expand to. Beyond it they stay, match nothing, and the report counts as a change. */
const MAXIMUM_RULES = 100;

function withoutBraces(glob: string): readonly string[] {
  let globs: readonly string[] = [glob];
  while (globs.length <= MAXIMUM_RULES && globs.some((each) => BRACES.test(each))) {
    globs = globs.flatMap((each) => {
      const choices = BRACES.exec(each)?.groups?.choices?.split(",");
      return choices?.map((choice) => each.replace(BRACES, () => choice)) ?? [each];
    });
  }
  return globs;
}
