import { readFile, stat } from "node:fs/promises";
import { earlierBy } from "../../domain/text/time.ts";
import { historyOfGit } from "../../measures/history/assemble.ts";
import type { History } from "../../measures/history/history.ts";
import { UsageError } from "../command/usage-error.ts";
import type { Counting, ReportSource } from "./arguments.ts";
import { askGitIn } from "./ask-git.ts";
import { type Get, gatherExport, getOverHttp } from "./gather-export.ts";
import { historyIn, parseExport } from "./read-export.ts";
import { readGit } from "./read-git.ts";
import { nameOfClone, surroundingsOf } from "./surroundings.ts";

/** A history that was read, and what a reader has to know of how. */
export interface ReadHistory {
  readonly history: History;
  readonly notes: readonly string[];
}

export interface World {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Tells what is being done. */
  readonly shows: (what: string) => void;
  /** Asks GitHub's API; over HTTP by default. */
  readonly get?: Get;
}

/** Merges younger than fourteen days at the beginning of the window are judged in it. */
const COHORT_MS = 15 * 86_400_000;

/** The history of one repository, from any source but the twin. Throws a UsageError for what cannot be read. */
export async function readHistory(
  source: ReportSource,
  asked: Counting,
  world: World,
): Promise<ReadHistory> {
  switch (source.kind) {
    case "git":
      return readClone(source.path, asked);
    case "import":
      return believed(await readFileOf(source.path), source.path, asked, world);
    case "repo": {
      const { get = getOverHttp(world.environment) } = world;
      const found = await gatherExport(get, source.name, {
        ...{ window: asked.window, shows: world.shows },
      });
      return believed(found, source.name, asked, world);
    }
    case "org":
      throw new Error("an organisation is many histories");
    case "twin":
      throw new Error("the twin is played, not read");
  }
}

async function readClone(path: string, { window, agents }: Counting): Promise<ReadHistory> {
  const folder = await stat(path).catch(() => undefined);
  if (folder?.isDirectory() !== true) throw new UsageError(`--git: there is no folder ${path}`);
  const git = askGitIn(path);
  await git("rev-parse", "--git-dir").catch(() => {
    throw new UsageError(`--git: ${path} is no clone`);
  });
  const { facts, notes } = await readGit(git, { since: earlierBy(COHORT_MS, window.from), agents });
  return {
    history: historyOfGit(await nameOfClone(git, path), facts, await surroundingsOf(git)),
    notes,
  };
}

async function readFileOf(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) throw new UsageError(`--import: there is no file ${path}`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `--import: ${path} is no JSON: ${error instanceof Error ? error.message : ""}`,
    );
  }
}

function believed(
  value: unknown,
  name: string,
  { agents, prefix }: Counting,
  { environment }: World,
): ReadHistory {
  const sealKey = environment.FACTORY_SEAL_KEY || undefined;
  const { history, disbelieved } = historyIn(parseExport(value, name), {
    ...{ agents, prefix, sealKey },
  });
  const unchecked =
    history.source === "ledgers" && sealKey === undefined
      ? ["the seals of the ledgers were not checked: FACTORY_SEAL_KEY is not set"]
      : [];
  return { history, notes: [...unchecked, ...disbelieved.map((one) => `not believed: ${one}`)] };
}
