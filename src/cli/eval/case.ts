import { dirname, isAbsolute, relative, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { Stage } from "../../domain/stage.ts";
import { IN_WORDS, sayFault } from "../../domain/text/say-fault.ts";
import type { RehearsalResult } from "../rehearse/rehearsal-result.ts";

const Path = z.string().min(1).max(1_000);

/** How a case is known to end well; what is left out may be as it will. */
const Good = z.strictObject({
  stage: Stage,
  merged: z.boolean(),
  /** The status of each criterion, by its id. */
  criteria: z.record(z.string(), z.string()).default({}),
});
export type Good = z.infer<typeof Good>;

/** `eval/NAME.yml`: a repository at a commit, an issue, and how it is known to end well. Paths are relative to the file. */
export const CaseFile = z.strictObject({
  version: z.literal(1),
  repo: Path,
  /** A full commit id: a name would be another case tomorrow. */
  base: z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, "expected a full commit id"),
  issue: Path,
  config: Path.optional(),
  /** Plays the model from files, one a side; left out, the real model is asked. */
  scripts: z.strictObject({ before: Path, after: Path }).optional(),
  good: Good,
});

/** A case with absolute paths. */
export interface Case extends z.infer<typeof CaseFile> {
  readonly name: string;
}

/** @throws Error that names the file and its first fault */
export function readCase(text: string, path: string, name: string): Case {
  const read = CaseFile.safeParse(parse(text, { maxAliasCount: 0 }), IN_WORDS);
  if (!read.success) throw new Error(`${path}: ${sayFault(read.error.issues[0])}`);
  const at = (one: string) => resolve(dirname(path), one);
  const { repo, issue, config, scripts, ...rest } = read.data;
  return {
    ...{ ...rest, name, repo: at(repo), issue: at(issue) },
    ...(config === undefined ? {} : { config: at(config) }),
    ...(scripts === undefined
      ? {}
      : { scripts: { before: at(scripts.before), after: at(scripts.after) } }),
  };
}

/** How a rehearsal ended, in the words of a case. */
export function endOf(result: Pick<RehearsalResult, "issue" | "pullRequest" | "criteria">): Good {
  return {
    stage: Stage.parse(result.issue.stage),
    merged: result.pullRequest?.merged ?? false,
    criteria: Object.fromEntries(result.criteria.map(({ id, status }) => [id, status])),
  };
}

/** Whether a play ended as its case is known to end well. */
export function isGood(good: Good, ended: Good): boolean {
  const isProven = Object.entries(good.criteria).every(
    ([id, status]) => ended.criteria[id] === status,
  );
  return ended.stage === good.stage && ended.merged === good.merged && isProven;
}

/** A case from a rehearsal that ended well: what it came to is from now on how it has to end. Paths as a file at `path` names them. */
export function recordCase(
  result: RehearsalResult,
  place: { readonly path: string; readonly issue: string; readonly config?: string | undefined },
): string {
  const named = (path: string) => {
    const short = relative(dirname(place.path), path);
    return short === "" ? "." : isAbsolute(short) ? path : short;
  };
  const file: z.input<typeof CaseFile> = {
    version: 1,
    repo: named(result.repository.path),
    base: result.repository.base,
    issue: named(place.issue),
    ...(place.config === undefined ? {} : { config: named(place.config) }),
    good: endOf(result),
  };
  return stringify(CaseFile.parse(file), { lineWidth: 0 });
}
