import type { GitHub } from "../../ports/github.ts";
import { type FileAt, type FilesSeen, unread, withFiles } from "../observed/files.ts";
import type { Decision, Situation, Wants } from "../observed/situation.ts";
import { decide } from "./decide.ts";

/** A decision wants the workflow files, then the base of a suspicious change: two looks, and one to spare. */
const MOST_LOOKS = 3;

/** What was decided, and every file that had to be read for it. */
export interface Informed {
  readonly decision: Decision;
  readonly files: FilesSeen;
}

/** Decides; where a decision wants files it reads them and decides again. Rejects when GitHub does not answer. */
export async function decideInformed(
  situation: Situation,
  github: Pick<GitHub, "bytesAt">,
): Promise<Informed> {
  let { files } = situation;
  for (let look = 0; look <= MOST_LOOKS; look += 1) {
    const decision = decide({ ...situation, files });
    if (!isWanting(decision)) return { decision, files };
    const wanted = unread(files, decision.wants);
    if (wanted.length === 0) break;
    files = await read(files, wanted, github);
  }
  throw new Error(`Control wanted to read the same files again in ${situation.input.task}.`);
}

export function isWanting(decision: Decision | Wants): decision is Wants {
  return "wants" in decision;
}

async function read(
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
