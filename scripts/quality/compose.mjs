// Content of quality.md for a commit, or for the work tree, by the same code as the nightly audit.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { openRepository } from "../../src/adapters/repository/repository.ts";
import { readPackaged } from "../../src/adapters/syntax/grammar-files.ts";
import { createSyntax } from "../../src/adapters/syntax/syntax.ts";
import { Config } from "../../src/domain/config/schema.ts";
import { renderQuality } from "../../src/wording/pages/quality-markdown.ts";
import { composeReport } from "../../src/workers/quality-audit/compose.ts";
import { readEarlierPackages } from "../../src/workers/quality-audit/reading/earlier-packages.ts";
import { survey } from "../../src/workers/quality-audit/survey.ts";
import { MEASURED, measuredIn } from "./measured.mjs";
import { MUTANTS, mutantsIn } from "./mutants.mjs";

const PAGE = "quality.md";
const CONFIG = ".github/factory.yml";
const VERSIONS = 24;
const syntax = createSyntax(readPackaged(import.meta.url));

/** Opens the history around a folder, a linked work tree's as well; `close` ends it. */
export async function openTree(root) {
  const asked = git(root, ["rev-parse", "--git-common-dir", "HEAD"]).split("\n");
  const [folder, head] = asked;
  const repository = await openRepository(resolve(root, folder));
  return {
    head,
    /** The report on a commit, from its own files, and the page of it. */
    atCommit: (commit) =>
      compose(repository, { commit, list: repository.list, read: repository.read }),
    /** The report on the files that lie in the folder, with the history of its head. */
    asItLies: () =>
      compose(repository, {
        commit: head,
        list: async () => trackedFiles(root),
        read: async (_commit, path) =>
          existsSync(join(root, path)) ? readFileSync(join(root, path)) : undefined,
      }),
    close: () => repository.close(),
  };
}

async function compose(repository, { commit, list, read }) {
  const textOf = async (path) => {
    const bytes = await read(commit, path);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  };
  const order = { base: commit, config: Config.parse(parse((await textOf(CONFIG)) ?? "{}") ?? {}) };
  const measured = measuredIn(await textOf(MEASURED));
  const surveyed = await survey({ list, read }, commit, syntax);
  const versions = await repository.versions(commit, PAGE, VERSIONS);
  const found = {
    survey: { ...surveyed, mutants: mutantsIn(await textOf(MUTANTS)) ?? surveyed.mutants },
    evidence: measured.ofAll,
    recent: await repository.recent(commit),
    earlierPackages: await readEarlierPackages(repository, commit),
    openDefects: undefined,
    record: undefined,
    earlier: versions.map((bytes) => new TextDecoder().decode(bytes)),
  };
  const whole = composeReport(order, found);
  // If only some rooms ran their tests, the others are unknown, not empty.
  const seen = composeReport(order, { ...found, evidence: measured.ofSome });
  const areas = whole.areas.map((area) =>
    measured.areas.includes(area.area)
      ? seen.areas.find((other) => other.area === area.area)
      : area,
  );
  const report = { ...whole, areas };
  return { report, page: `${renderQuality(report).trimEnd()}\n` };
}

function trackedFiles(root) {
  const listed = git(root, ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  return listed
    .split("\0")
    .filter((path) => path !== "" && existsSync(join(root, path)))
    .map((path) => {
      const { size } = statSync(join(root, path));
      return { path, mode: "100644", type: "blob", id: "0".repeat(40), size };
    });
}

/** Throws with git's own words. */
export function git(root, words) {
  const ran = spawnSync("git", words, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 });
  if (ran.status !== 0) throw new Error(`git ${words.join(" ")}: ${ran.stderr.trim()}`);
  return ran.stdout.trim();
}
