import { UsageError } from "../../command/usage-error.ts";
import { gitAsPerson, type Source } from "../../source/resolve-base.ts";
import { RECORD } from "../record.ts";

const NAMED = 5;

/**
 * Other changes would be mixed with what is written: what git says is not committed, but for what the factory's own commands
 * left.
 * @param about.isOurs whether a path holds what they wrote, and no person's line
 * @throws UsageError with the first of them
 */
export async function refuseDirty(
  source: Source,
  about: { readonly command: "init" | "upgrade"; isOurs(path: string): boolean },
): Promise<void> {
  const words = ["status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames"];
  const { code, stdout } = await gitAsPerson(source.directory, words);
  if (code !== 0) throw new UsageError(`--repo: git status failed in ${source.directory}`);
  const other = stdout
    .toString("utf8")
    .split("\0")
    .map((entry) => entry.slice(3))
    .filter((path) => path !== "" && path !== RECORD && !about.isOurs(path));
  if (other.length === 0) return;
  const more = other.length > NAMED ? ` and ${other.length - NAMED} more` : "";
  throw new UsageError(
    `${other.slice(0, NAMED).join(", ")}${more} ${other.length === 1 ? "is" : "are"} not committed, and would be mixed with what ${about.command} writes; commit or stash first, or add --dirty`,
  );
}
