import { parseDocument, YAMLSeq } from "yaml";
import { readConfigText } from "../../control/observed/config-text.ts";
import type { Config } from "../../domain/config/schema.ts";
import { UsageError } from "../command/usage-error.ts";

/** The config of a rehearsal: its text as it will be committed on the base, and what it says. */
export interface ChosenConfig {
  readonly origin: "given" | "found" | "proposed";
  readonly text: string;
  /** The effective config: below that of the organization, if that one was requested and read. */
  readonly config: Config;
  /** The repository that `extends` names, and what stands in for its file. */
  readonly shared?: {
    readonly repository: string;
    readonly text: string;
    /** Nobody could read it: the text states nothing. */
    readonly isUnread?: true;
  };
}

/**
 * Reads a config and adds the toolchains of this machine to `sandbox.read`: which folders they lie in is a fact of the
 * machine that runs the checks, not of the repository.
 * @param name how the file is called in an error
 * @throws UsageError with line, key, what was expected and the nearest known key
 */
export function readChosen(
  text: string,
  about: {
    readonly origin: ChosenConfig["origin"];
    readonly name: string;
    readonly toolchains: readonly string[];
  },
): ChosenConfig {
  parseChosen(text, about.name);
  const completed = withToolchains(text, about.toolchains);
  return { origin: about.origin, text: completed, config: parseChosen(completed, about.name) };
}

function parseChosen(text: string, name: string): Config {
  const reading = readConfigText(text);
  if ("config" in reading) return reading.config;
  throw new UsageError(
    `${name}: ${reading.refusal.found ?? "cannot be read"}; the keys are in docs/reference/config.md`,
  );
}

/** The text of a config with these folders in `sandbox.read`. */
export function withToolchains(text: string, folders: readonly string[]): string {
  const document = parseDocument(text);
  const known: unknown = document.toJS()?.sandbox?.read ?? [];
  const missing = folders.filter((folder) => !(Array.isArray(known) && known.includes(folder)));
  if (missing.length === 0) return text;
  const read = document.getIn(["sandbox", "read"]);
  if (read instanceof YAMLSeq) for (const folder of missing) read.add(document.createNode(folder));
  else document.setIn(["sandbox", "read"], document.createNode(missing));
  return document.toString();
}
