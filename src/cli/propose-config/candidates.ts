import { CHECK_NAMES } from "../../domain/config/check.ts";
import { isForeign } from "./files-to-read.ts";
import { inFolder } from "./in-folder.ts";
import { LANGUAGES, type Language } from "./languages.ts";
import type { Look } from "./look.ts";
import { proposeTargets } from "./make-targets.ts";
import { LONGEST_COMMAND, type ProposedCheck } from "./proposal.ts";

/** A folder that looks like a project of a language. */
export interface Candidate {
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

/** The language's checks, and what a Makefile has beside them: all of it where the language tells nothing. */
export function withTargets(
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

export function nameOf({ language, folder }: Candidate): string {
  return folder === "" ? language.name : `${language.name} in ${folder}`;
}

/** The root before folders, then the language with the most files. */
export function findCandidates(paths: readonly string[]): readonly Candidate[] {
  return candidatesIn(paths, (folders) => !folders.some((name) => BESIDE.test(name)));
}

/** Those that are no candidates for the name of a folder alone: a person is told of them. */
export function findPassedOver(paths: readonly string[]): readonly Candidate[] {
  const isHidden = (name: string) => name.startsWith(".");
  return candidatesIn(
    paths,
    (folders) => folders.some((name) => BESIDE.test(name)) && !folders.some(isHidden),
  );
}

function candidatesIn(
  paths: readonly string[],
  isIn: (folders: readonly string[]) => boolean,
): readonly Candidate[] {
  const own = paths.filter((path) => !isForeign(path));
  const found = own.flatMap((path) => {
    const folders = path.split("/").slice(0, -1);
    if (folders.length > DEEPEST || !isIn(folders)) return [];
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

export interface Taken {
  readonly candidate: Candidate;
  readonly checks: readonly ProposedCheck[];
}

function inOrder(checks: readonly ProposedCheck[]): readonly ProposedCheck[] {
  const order = ({ name }: ProposedCheck) => CHECK_NAMES.indexOf(name);
  return checks.toSorted((left, right) => order(left) - order(right));
}

export function isShort({ name, run, only }: ProposedCheck, look: Look): boolean {
  const lines = [run, ...(only === undefined ? [] : [only.run])];
  if (lines.every((line) => line.length <= LONGEST_COMMAND && !/[\p{Cc}]/u.test(line))) return true;
  look.note(
    `the command found for ${name} has ${run.length} characters or more than one line; it was not proposed`,
  );
  return false;
}
