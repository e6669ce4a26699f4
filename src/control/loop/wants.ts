import type { ObjectId } from "../../domain/digest.ts";
import type { GitHub } from "../../ports/github.ts";
import {
  type FileAt,
  type FilesSeen,
  type TreesSeen,
  unread,
  withFiles,
} from "../observed/files.ts";
import type { Decision, Situation, Wants } from "../observed/situation.ts";
import { decide } from "./decide.ts";

/** A base that moved needs workflows, commands, trees, files, and the authors of conflicting changes: five looks, and one to spare. */
const MOST_LOOKS = 6;

/** State of the pull request of this issue, as far as it was read. */
export type Beside = Pick<Situation, "owned" | "checks" | "changers" | "pinning" | "discussions">;

/** Extra reads that a decision may ask for. */
type Reading = Pick<
  GitHub,
  "bytesAt" | "treeAt" | "saidOn" | "checksOn" | "changersOf" | "pinningOf" | "discussionsWith"
>;

/** A decision, with every file that it needed. */
export interface Informed {
  readonly decision: Decision;
  readonly files: FilesSeen;
  readonly trees: TreesSeen;
  readonly beside: Beside;
}

/** Decides; if the decision asks for files, reads them and decides again. Rejects when GitHub does not answer. */
export async function decideInformed(situation: Situation, github: Reading): Promise<Informed> {
  let { files, trees = NO_TREES } = situation;
  let beside: Beside = {};
  for (let look = 0; look <= MOST_LOOKS; look += 1) {
    const seen = { ...situation, files, trees, ...beside };
    const decision = decide(seen);
    if (!isWanting(decision)) return { decision, files, trees, beside: besideOf(seen) };
    const wanted = unread(files, decision.wants);
    const commits = (decision.trees ?? []).filter((commit) => !trees.has(commit));
    const read = await readBeside(seen, decision, github);
    if (wanted.length + commits.length === 0 && read === undefined) break;
    beside = { ...beside, ...read };
    trees = await readTrees(trees, commits, github);
    files = await readFiles(files, wanted, github);
  }
  throw new Error(`Control wanted to read the same files again in ${situation.input.task}.`);
}

function besideOf({ owned, checks, changers, pinning, discussions }: Beside): Beside {
  return {
    ...(owned && { owned }),
    ...(checks && { checks }),
    ...(changers && { changers }),
    ...(pinning && { pinning }),
    ...(discussions && { discussions }),
  };
}

/** Files that are asked for and were not read before; undefined if there are none. */
async function readBeside(
  seen: Beside,
  { owned, checks, changers, pinning, discussions }: Wants,
  github: Reading,
): Promise<Beside | undefined> {
  if (seen.owned === undefined && owned !== undefined) {
    return { owned: await github.saidOn(owned) };
  }
  if (seen.checks === undefined && checks !== undefined) {
    return { checks: await github.checksOn(checks) };
  }
  if (seen.changers === undefined && changers !== undefined) {
    return { changers: await github.changersOf(changers.commit, changers.paths) };
  }
  if (seen.pinning === undefined && pinning !== undefined) {
    return { pinning: await github.pinningOf(pinning) };
  }
  if (seen.discussions === undefined && discussions !== undefined) {
    return { discussions: await github.discussionsWith(discussions) };
  }
  return undefined;
}

const NO_TREES: TreesSeen = new Map();

export function isWanting(decision: Decision | Wants): decision is Wants {
  return "wants" in decision;
}

async function readTrees(
  trees: TreesSeen,
  commits: readonly ObjectId[],
  github: Pick<GitHub, "treeAt">,
): Promise<TreesSeen> {
  const seen = new Map(trees);
  for (const commit of commits) seen.set(commit, await github.treeAt(commit));
  return seen;
}

async function readFiles(
  files: FilesSeen,
  wanted: readonly FileAt[],
  github: Pick<GitHub, "bytesAt">,
): Promise<FilesSeen> {
  let seen = files;
  for (const commit of new Set(wanted.map((file) => file.commit))) {
    const there = wanted.filter((file) => file.commit === commit);
    const states = await github.bytesAt(
      commit,
      there.map(({ path }) => path),
    );
    seen = withFiles(seen, there, states);
  }
  return seen;
}
