import { CHECK_NAMES } from "../../domain/config/schema.ts";
import { isForeign, type RepositoryView } from "./files-to-read.ts";
import { findHarness } from "./harness.ts";
import { LANGUAGES, type Language } from "./languages.ts";
import { type Look, openLook } from "./look.ts";
import { proposeTargets } from "./make-targets.ts";
import { LONGEST_COMMAND, type ProposedCheck, type ProposedReport } from "./proposal.ts";
import { quote } from "./shell-text.ts";

export interface ProposedConfig {
  /** What the checks are made for, such as `JavaScript in backend`; undefined when nothing was recognised. */
  readonly taken: string | undefined;
  /** In the order in which checks run. */
  readonly checks: readonly ProposedCheck[];
  /** Files that steer agents and that exist. */
  readonly harness: readonly string[];
  /** What could not be told and what a person should know, one sentence each. */
  readonly notes: readonly string[];
}

/** A folder that looks like a project of a language. */
interface Candidate {
  readonly language: Language;
  readonly folder: string;
  readonly manifest: string;
  /** Number of its source files. */
  readonly weight: number;
}

const DEEPEST = 2;
/** Folders whose projects show, document or test the one that counts. */
const BESIDE =
  /^(?:docs?|documentation|website|site|examples?|samples?|demos?|e2e|tests?|scripts|tools|benchmarks?|\..*)$/;
const MOST_TRIED = 5;

/** Looks at a repository and says how it may be checked. Never throws: what is not understood becomes a note. */
export function proposeConfig(seen: RepositoryView): ProposedConfig {
  const notes = new Set<string>();
  const lookAt = openLook(seen, notes);
  const candidates = findCandidates(lookAt("").files);
  const taken = choose(candidates, lookAt);
  const look = lookAt(taken?.candidate.folder ?? "");
  const checks = withTargets(taken, { look, root: lookAt("") }).filter((check) =>
    isShort(check, look),
  );
  const harness = findHarness(seen.files);
  if (taken === undefined) look.note("no language was recognised by its manifest");
  noteOthers(look, { candidates, taken: taken?.candidate });
  if (harness.length === 0) {
    look.note(
      "no AGENTS.md, CONTRIBUTING.md or kin was found: agents learn the conventions from the code alone",
    );
  }
  if (!checks.some(({ name }) => name === "test")) {
    look.note("no test check is proposed: without one little can be proven; write checks.test");
  }
  return {
    taken: taken === undefined ? undefined : nameOf(taken.candidate),
    checks,
    harness,
    notes: [...notes],
  };
}

/** The language's checks, and what a Makefile has beside them: all of it where the language tells nothing. */
function withTargets(
  taken: Taken | undefined,
  place: { readonly look: Look; readonly root: Look },
): readonly ProposedCheck[] {
  const own = taken?.checks ?? [];
  const isUseful = own.some(({ name }) => name !== "setup");
  const names = new Set(own.map(({ name }) => name));
  const from = (look: Look) =>
    proposeTargets(look, { all: !isUseful })
      .filter(({ name }) => !names.has(name))
      .map((check) => inFolder(check, look.folder));
  const near = from(place.look);
  const targets = near.length === 0 && !isUseful ? from(place.root) : near;
  const checks = [...own.map((check) => inFolder(check, place.look.folder)), ...targets];
  // A setup with nothing to check after it is of no use.
  return checks.some(({ name }) => name !== "setup") ? inOrder(checks) : [];
}

function nameOf({ language, folder }: Candidate): string {
  return folder === "" ? language.name : `${language.name} in ${folder}`;
}

/** The root before folders, then the language with the most files. */
function findCandidates(paths: readonly string[]): readonly Candidate[] {
  const own = paths.filter((path) => !isForeign(path));
  const found = own.flatMap((path) => {
    const folders = path.split("/").slice(0, -1);
    if (folders.length > DEEPEST || folders.some((name) => BESIDE.test(name))) return [];
    const folder = folders.join("/");
    const name = path.slice(path.lastIndexOf("/") + 1);
    return LANGUAGES.filter(({ manifests }) => manifests.some((pattern) => pattern.test(name))).map(
      (language) => ({ language, folder, manifest: path }),
    );
  });
  const unique = new Map(
    found.toReversed().map((each) => [`${each.language.name} ${each.folder}`, each]),
  );
  const depth = (folder: string) => (folder === "" ? 0 : folder.split("/").length);
  const order = ({ language }: { readonly language: Language }) => LANGUAGES.indexOf(language);
  return [...unique.values()]
    .map((each) => ({ ...each, weight: weigh(own, each) }))
    .toSorted(
      (left, right) =>
        depth(left.folder) - depth(right.folder) ||
        right.weight - left.weight ||
        order(left) - order(right) ||
        (left.folder < right.folder ? -1 : 1),
    );
}

function weigh(
  paths: readonly string[],
  { language, folder }: { readonly language: Language; readonly folder: string },
): number {
  const prefix = folder === "" ? "" : `${folder}/`;
  return paths.filter((path) => path.startsWith(prefix) && language.sources.test(path)).length;
}

interface Taken {
  readonly candidate: Candidate;
  readonly checks: readonly ProposedCheck[];
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
  about: { readonly candidates: readonly Candidate[]; readonly taken: Candidate | undefined },
): void {
  const { candidates, taken } = about;
  if (taken === undefined) return;
  if (taken.language.propose === undefined) {
    look.note(
      `this looks like ${nameOf(taken)} (${taken.manifest}), of which no check is proposed; write checks.setup and checks.test yourself`,
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

function inOrder(checks: readonly ProposedCheck[]): readonly ProposedCheck[] {
  const order = ({ name }: ProposedCheck) => CHECK_NAMES.indexOf(name);
  return checks.toSorted((left, right) => order(left) - order(right));
}

/** A check of a folder, run from the root; its report lies in the folder. */
function inFolder(check: ProposedCheck, folder: string): ProposedCheck {
  if (folder === "") return check;
  const { report } = check;
  const run = `cd ${quote(folder)} && ${check.run}`;
  return report === undefined
    ? { ...check, run }
    : { ...check, run, report: moved(report, folder) };
}

function moved(report: ProposedReport, folder: string): ProposedReport {
  const below = (path: string) => `${folder.replace(/[*?[\]{}()!+@\\]/g, "\\$&")}/${path}`;
  if (typeof report === "string") return below(report);
  return report.files === undefined ? report : { ...report, files: below(report.files) };
}

function isShort({ name, run }: ProposedCheck, look: Look): boolean {
  if (run.length <= LONGEST_COMMAND && !/[\p{Cc}]/u.test(run)) return true;
  look.note(
    `the command found for ${name} has ${run.length} characters or more than one line; it was not proposed`,
  );
  return false;
}
