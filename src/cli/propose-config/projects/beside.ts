import { type Candidate, isShort, nameOf, withTargets } from "../candidates.ts";
import type { Look } from "../look.ts";
import { MOST_BESIDE, type ProposedProject } from "./project.ts";

/** A project beside the first, and where it was seen. */
export interface Beside {
  readonly candidate: Candidate;
  readonly project: ProposedProject;
}

/**
 * The projects beside the one taken: in folders of their own, with tests or with commands that CI runs there. Two builds of
 * one folder are two ways to build the same files, of which one is enough.
 */
export function findBeside(
  candidates: readonly Candidate[],
  taken: Candidate,
  lookAt: (folder: string) => Look,
): readonly Beside[] {
  const found: Beside[] = [];
  for (const candidate of candidates) {
    if (found.length === MOST_BESIDE) break;
    const chosen = [taken, ...found.map((one) => one.candidate)];
    const isTaken = chosen.some(({ folder }) => folder === candidate.folder);
    if (isTaken || isCovered(candidate, chosen)) continue;
    const project = projectOf(candidate, lookAt(candidate.folder));
    if (project !== undefined) found.push({ candidate, project });
  }
  return found;
}

/** Whether it is one of these, or a folder inside one of the same language: a package of it, or material of its tests. */
export function isCovered(other: Candidate, chosen: readonly Candidate[]): boolean {
  return chosen.some(
    ({ language, folder }) =>
      other.language === language && (folder === "" || `${other.folder}/`.startsWith(`${folder}/`)),
  );
}

/** What it says of itself is kept only when it is proposed, and then with its name. */
function projectOf(candidate: Candidate, look: Look): ProposedProject | undefined {
  const { language, folder } = candidate;
  if (language.propose === undefined) return undefined;
  const name = nameOf(candidate);
  const notes: Parameters<Look["note"]>[] = [];
  const quiet: Look = { ...look, note: (...said) => void notes.push(said) };
  const own = { candidate, checks: language.propose(quiet) };
  const checks = withTargets(own, { look: quiet, root: quiet }).filter((check) =>
    isShort(check, quiet),
  );
  const names = new Set(checks.map((check) => check.name));
  const isUseful = names.has("test") || (names.size > (names.has("setup") ? 1 : 0) && isRun(look));
  if (!isUseful) return undefined;
  for (const [sentence, about] of notes) {
    if (about === undefined || !names.has(about.unless)) look.note(`${name}: ${sentence}`);
  }
  return { name, folder, checks };
}

/** By CI, in this very folder. */
function isRun({ ci }: Look): boolean {
  return ci.length > 0;
}
