import { type CiCommand, readCiCommands } from "./ci-commands.ts";
import { LARGEST_FILE, type RepositoryView } from "./files-to-read.ts";
import type { ProposedCheck } from "./proposal.ts";

/** One folder of the repository as a language looks at it: paths are relative to the folder. */
export interface Look {
  /** `""` for the root. */
  readonly folder: string;
  /** Regular files below the folder. */
  readonly files: readonly string[];
  /** Commands that CI runs in the folder. */
  readonly ci: readonly CiCommand[];
  has(path: string): boolean;
  isExecutable(path: string): boolean;
  /** Undefined when the file is missing, or when it was not loaded or is too large, of which a note is made. */
  text(path: string): string | undefined;
  /** The path from the root of the repository. */
  place(path: string): string;
  /** Keeps a sentence for the person who reads the proposal, `unless` a check is proposed from elsewhere after all. */
  note(sentence: string, about?: { readonly unless: ProposedCheck["name"] }): void;
}

/** What a language makes of a folder. */
export type Propose = (look: Look) => readonly ProposedCheck[];

/** Sentences in order, each with the check that makes it untrue. */
export type Notes = Map<string, ProposedCheck["name"] | undefined>;

/** The notes are shared by all looks at one repository, and kept in order, each once. */
export function openLook(view: RepositoryView, notes: Notes): (folder: string) => Look {
  const modes = new Map(
    view.files.filter(({ mode }) => mode.startsWith("100")).map(({ path, mode }) => [path, mode]),
  );
  const note: Look["note"] = (sentence, about) => {
    const line = oneLine(sentence);
    if (!notes.has(line)) notes.set(line, about?.unless);
  };
  const text = (path: string) => {
    if (!modes.has(path)) return undefined;
    const found = view.read(path);
    if (found === undefined) note(`${path} was not loaded`);
    else if (found.length > LARGEST_FILE) {
      note(`${path} has more than ${LARGEST_FILE} characters; it was not read`);
      return undefined;
    }
    return found;
  };
  const paths = [...modes.keys()];
  const ci = readCiCommands({ paths, text, note });
  return (folder) => {
    const prefix = folder === "" ? "" : `${folder}/`;
    const files = paths
      .filter((path) => path.startsWith(prefix))
      .map((path) => path.slice(prefix.length));
    const known = new Set(files);
    return {
      folder,
      files,
      ci: ci.filter(({ directory }) => directory === folder),
      has: (path) => known.has(path),
      isExecutable: (path) => modes.get(prefix + path) === "100755",
      text: (path) => text(prefix + path),
      place: (path) => prefix + path,
      note,
    };
  };
}

/** Foreign text in a sentence or a comment stays on its line. */
export function oneLine(text: string): string {
  const flat = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return flat.length > 400 ? `${flat.slice(0, 399)}…` : flat;
}
