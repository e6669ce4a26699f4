import {
  type Candidate,
  findCandidates,
  isShort,
  nameOf,
  type Taken,
  withTargets,
} from "./candidates.ts";
import type { RepositoryView } from "./files-to-read.ts";
import { findHarness } from "./harness.ts";
import { type Look, type Notes, openLook } from "./look.ts";
import type { ProposedCheck } from "./proposal.ts";

export interface ProposedConfig {
  /** The subject of the checks, such as `JavaScript in backend`; undefined if nothing was recognized. */
  readonly taken: string | undefined;
  /** In the order in which checks run. */
  readonly checks: readonly ProposedCheck[];
  /** Programs of the toolchains of every recognized language; undefined if there is none, and then any may be called. */
  readonly toolchains: readonly string[] | undefined;
  /** Files that steer agents and that exist. */
  readonly harness: readonly string[];
  /** What could not be told and what a person should know, one sentence each. */
  readonly notes: readonly string[];
}

const MOST_TRIED = 5;

/** Said where `harness` is empty and stays so: init writes an AGENTS.md. */
export const NO_HARNESS =
  "no AGENTS.md, CONTRIBUTING.md or similar file was found: agents infer the conventions from the code";

/** Looks at a repository and says how it may be checked. Never throws: what is not understood becomes a note. */
export function proposeConfig(seen: RepositoryView): ProposedConfig {
  const notes: Notes = new Map();
  const lookAt = openLook(seen, notes);
  const candidates = findCandidates(lookAt("").files);
  const taken = choose(candidates, lookAt);
  const look = lookAt(taken?.candidate.folder ?? "");
  const checks = withTargets(taken, { look, root: lookAt("") }).filter((check) =>
    isShort(check, look),
  );
  const harness = findHarness(seen.files);
  if (taken === undefined) look.note("no language was recognized by its manifest");
  noteOthers(look, { candidates, taken: taken?.candidate, checks });
  if (!checks.some(({ name }) => name === "test")) {
    look.note("no test check is proposed: without one little can be proven; write checks.test");
  }
  return {
    taken: taken === undefined ? undefined : nameOf(taken.candidate),
    checks,
    harness,
    toolchains: toolchainsOf(candidates),
    notes: [...notes].flatMap(([sentence, unless]) =>
      checks.some(({ name }) => name === unless) ? [] : [sentence],
    ),
  };
}

/** Those beside the one that the checks are made for, too: a Python package may be built from Rust. */
function toolchainsOf(candidates: readonly Candidate[]): readonly string[] | undefined {
  if (candidates.length === 0) return undefined;
  return [...new Set(candidates.flatMap(({ language }) => language.toolchains))];
}

/** The first candidate that has tests, else the first that has any check, else the first. */
function choose(
  candidates: readonly Candidate[],
  lookAt: (folder: string) => Look,
): Taken | undefined {
  const [first] = candidates;
  if (first === undefined) return undefined;
  if (first.language.propose === undefined) return { candidate: first, checks: [] };
  let best: Taken | undefined;
  for (const candidate of candidates.slice(0, MOST_TRIED)) {
    const checks = candidate.language.propose?.(lookAt(candidate.folder)) ?? [];
    if (checks.some(({ name }) => name === "test")) return { candidate, checks };
    const isUseful = checks.some(({ name }) => name !== "setup");
    const hasBetter = best?.checks.some(({ name }) => name !== "setup") ?? false;
    if (best === undefined || (isUseful && !hasBetter)) best = { candidate, checks };
  }
  return best;
}

function noteOthers(
  look: Look,
  about: {
    readonly candidates: readonly Candidate[];
    readonly taken: Candidate | undefined;
    readonly checks: readonly ProposedCheck[];
  },
): void {
  const { candidates, taken, checks } = about;
  if (taken === undefined) return;
  if (taken.language.propose === undefined) {
    const from =
      checks.length === 0
        ? "so that none is proposed"
        : "the ones proposed are those of the targets beside it";
    look.note(
      `this looks like ${nameOf(taken)} (${taken.manifest}), whose own checks are not known here${taken.language.why === undefined ? "" : ` (${taken.language.why})`}: ${from}; write checks.setup and checks.test yourself`,
    );
  }
  const covered = (other: Candidate) =>
    other.language === taken.language &&
    (taken.folder === "" || other.folder.startsWith(`${taken.folder}/`));
  const others = candidates.filter((other) => other !== taken && !covered(other));
  if (others.length === 0) return;
  const named = others.slice(0, 4).map((other) => `${nameOf(other)} (${other.manifest})`);
  look.note(
    `the checks are those of ${nameOf(taken)}; beside it lies ${named.join(", ")}${others.length > 4 ? ", …" : ""}, which they leave out`,
  );
}
