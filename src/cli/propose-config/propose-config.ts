import {
  type Candidate,
  findCandidates,
  findPassedOver,
  isShort,
  nameOf,
  type Taken,
  withTargets,
} from "./candidates.ts";
import type { RepositoryView } from "./files-to-read.ts";
import { findHarness } from "./harness.ts";
import { LANGUAGES } from "./languages.ts";
import { type Look, type Notes, openLook } from "./look.ts";
import { findBeside, isCovered } from "./projects/beside.ts";
import { joinProjects } from "./projects/join.ts";
import type { ProposedProject } from "./projects/project.ts";
import type { ProposedCheck } from "./proposal.ts";

export interface ProposedConfig {
  /** The subject of the checks, such as `JavaScript in backend`; undefined if nothing was recognized. */
  readonly taken: string | undefined;
  /** In the order in which checks run; of all projects together. */
  readonly checks: readonly ProposedCheck[];
  /** Each project that has checks, the one that counts most first: one for most repositories. */
  readonly projects: readonly ProposedProject[];
  /** Programs of the toolchains of every recognized language; undefined if neither manifests nor sources tell, and then any may be called. */
  readonly toolchains: readonly string[] | undefined;
  /** Files that steer agents and that exist. */
  readonly harness: readonly string[];
  /**
   * Unknown facts and remarks for a person, one sentence each. Without parts that joining leaves out, because those
   * depend on the projects in use.
   */
  readonly notes: readonly string[];
}

const MOST_TRIED = 5;
/** Of projects that are left out. */
const MOST_NAMED = 4;

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
  const own = withTargets(taken, { look, root: lookAt("") }).filter((check) =>
    isShort(check, look),
  );
  const first = {
    name: taken === undefined ? "the whole repository" : nameOf(taken.candidate),
    folder: look.folder,
    checks: own,
  };
  const beside = taken === undefined ? [] : findBeside(candidates, taken.candidate, lookAt);
  const projects = [first, ...beside.map(({ project }) => project)];
  const { checks } = joinProjects(projects);
  const harness = findHarness(seen.files);
  if (taken === undefined) look.note("no language was recognized by its manifest");
  noteOthers(look, {
    candidates,
    taken: taken?.candidate,
    beside: beside.map(({ candidate }) => candidate),
    checks: own,
  });
  const chosen = [...(taken === undefined ? [] : [taken]), ...beside];
  notePassedOver(
    chosen.map(({ candidate }) => candidate),
    lookAt,
  );
  if (!checks.some(({ name }) => name === "test")) {
    look.note("no test check is proposed: without one little can be proven; write checks.test");
  }
  return {
    taken: taken === undefined ? undefined : projects.map(({ name }) => name).join(", "),
    checks,
    projects,
    harness,
    toolchains: toolchainsOf(candidates, lookAt("").files),
    notes: [...notes].flatMap(([sentence, unless]) =>
      checks.some(({ name }) => name === unless) ? [] : [sentence],
    ),
  };
}

/** Projects with tests of their own that are left out for the name of their folder: it may be wrong here. */
function notePassedOver(chosen: readonly Candidate[], lookAt: (folder: string) => Look): void {
  const look = lookAt("");
  const tested = findPassedOver(look.files).filter((candidate) => {
    if (isCovered(candidate, chosen)) return false;
    const { language, folder } = candidate;
    const quiet: Look = { ...lookAt(folder), note: () => undefined };
    return language.propose?.(quiet).some(({ name }) => name === "test") ?? false;
  });
  if (tested.length === 0) return;
  const named = tested.slice(0, MOST_NAMED).map(nameOf).join(", ");
  const more = tested.length > MOST_NAMED ? ", …" : "";
  look.note(
    `left out, because folders of such a name seldom hold the product: ${named}${more}; if its tests count here, add them to checks.test`,
  );
}

/**
 * Those beside the one that the checks are made for, too: a Python package may be built from Rust. Without a manifest the
 * files say what a Makefile can call.
 */
function toolchainsOf(
  candidates: readonly Candidate[],
  files: readonly string[],
): readonly string[] | undefined {
  const languages =
    candidates.length > 0
      ? candidates.map(({ language }) => language)
      : LANGUAGES.filter(({ sources }) => files.some((path) => sources.test(path)));
  if (languages.length === 0) return undefined;
  return [...new Set(languages.flatMap(({ toolchains }) => toolchains))];
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
    readonly beside: readonly Candidate[];
    readonly checks: readonly ProposedCheck[];
  },
): void {
  const { candidates, taken, beside, checks } = about;
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
  const chosen = [taken, ...beside];
  const others = candidates.filter((other) => !isCovered(other, chosen));
  if (others.length === 0) return;
  const named = others.slice(0, MOST_NAMED).map((other) => `${nameOf(other)} (${other.manifest})`);
  look.note(
    `the checks are those of ${chosen.map(nameOf).join(", ")}; beside lies ${named.join(", ")}${others.length > MOST_NAMED ? ", …" : ""}, which they leave out`,
  );
}
