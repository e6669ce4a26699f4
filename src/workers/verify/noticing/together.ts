import type { NoticedHunk } from "../../../domain/evidence/noticed.ts";
import type { Syntax } from "../../../ports/syntax.ts";
import { type FileVersions, type Hunk, joinHunks, takeBack } from "../../proof/noticed/hunks.ts";
import { cutTogether } from "../../proof/noticed/pieces/cut-together.ts";
import type { Trial, Verdict } from "./trial.ts";

/** A hunk and the result of reverting it. */
export interface TriedHunk {
  readonly hunk: Hunk;
  readonly told: NoticedHunk;
}

export interface Finer {
  readonly trial: Trial;
  readonly files: ReadonlyMap<string, FileVersions>;
  readonly syntax: Syntax;
}

/** Hunks that do not build alone and share one statement, as one hunk if the tests can judge it. */
export async function tryTogether(
  finer: Finer,
  tried: readonly TriedHunk[],
): Promise<readonly TriedHunk[]> {
  let told = tried;
  for (const [path, file] of finer.files) {
    const own = tried.filter(({ hunk }) => hunk.path === path);
    // If a test notices it alone, that is already reported, and joining it with others would hide that.
    const isUnbuilt = (hunk: Hunk) =>
      own.some((one) => one.hunk === hunk && one.told.noticed === "by-compiler");
    if (own.filter(({ hunk }) => isUnbuilt(hunk)).length < 2) continue;
    const hunks = own.map(({ hunk }) => hunk);
    const groups = await cutTogether(file, hunks, finer.syntax);
    for (const group of groups.filter((hunks) => hunks.every(isUnbuilt))) {
      const whole = await tryOne(finer.trial, file, group);
      if (whole === undefined) continue;
      told = [...told.filter(({ hunk }) => !group.includes(hunk)), whole];
    }
  }
  return told;
}

async function tryOne(
  trial: Trial,
  file: FileVersions,
  [first, ...others]: readonly Hunk[],
): Promise<TriedHunk | undefined> {
  if (first === undefined) return undefined;
  const hunk = joinHunks(first, ...others);
  const verdict = await trial.ask(file.path, takeBack(file, [hunk]));
  if (verdict === undefined || !isTold(verdict)) return undefined;
  const { path, from, to, lines } = hunk;
  return { hunk, told: { path, from, to, lines, ...verdict } };
}

/** Whether the tests judged it: together the hunks build. */
function isTold({ noticed }: Verdict): boolean {
  return noticed === "by-tests" || noticed === "unnoticed";
}
