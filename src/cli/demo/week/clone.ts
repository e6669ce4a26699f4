import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findGit } from "../../../adapters/repository/git.ts";
import type { Surroundings } from "../../../measures/history/assemble.ts";
import { type Playground, REPOSITORY } from "../../chaos/playground.ts";
import { askGitIn } from "../../report/ask-git.ts";
import { surroundingsOf } from "../../report/surroundings.ts";

/** What a clone of the repository says of owners, areas and trust. Leaves nothing behind. */
export async function surroundingsOfTwin({
  github,
}: Pick<Playground, "github">): Promise<Omit<Surroundings, "automations">> {
  const folder = await mkdtemp(join(tmpdir(), "millwright-week-"));
  try {
    const clone = join(folder, "clone.git");
    const url = `${github.url}/${REPOSITORY}.git`;
    await promisify(execFile)(findGit(), ["clone", "--quiet", "--bare", url, clone]);
    return await surroundingsOf(askGitIn(clone));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
