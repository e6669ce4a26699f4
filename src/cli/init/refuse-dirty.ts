import { UsageError } from "../command/usage-error.ts";
import { gitIn, type Source } from "../source/resolve-base.ts";
import { type InitPlan, RECORD } from "./record.ts";

const NAMED = 5;

/**
 * Other changes would be mixed with what is written: what git says is not committed, but for what an ended run left.
 * @throws UsageError with the first of them
 */
export async function refuseDirty(
  source: Source,
  { plan, allowed }: { readonly plan: InitPlan; readonly allowed: boolean },
): Promise<void> {
  if (allowed || plan.record === undefined) return;
  const words = ["status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames"];
  const { code, stdout } = await gitIn(source.directory, words);
  if (code !== 0) throw new UsageError(`--repo: git status failed in ${source.directory}`);
  const own = new Set([
    RECORD,
    ...Object.keys(plan.record.files),
    ...plan.files.map(({ path }) => path),
  ]);
  const other = stdout
    .toString("utf8")
    .split("\0")
    .map((entry) => entry.slice(3))
    .filter((path) => path !== "" && !own.has(path));
  if (other.length === 0) return;
  const more = other.length > NAMED ? ` and ${other.length - NAMED} more` : "";
  throw new UsageError(
    `${other.slice(0, NAMED).join(", ")}${more} ${other.length === 1 ? "is" : "are"} not committed, and would be mixed with what init writes; commit or stash first, or add --dirty`,
  );
}
