import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { narrow, type SharedConfig, statedIn } from "../../domain/config/narrow/narrow.ts";
import { type ConfigFault, readConfig } from "../../domain/config/read-config.ts";
import type { Config } from "../../domain/config/schema.ts";
import type { Snapshot } from "../../domain/github/snapshot.ts";
import type { Refusal } from "../../domain/refusal.ts";

/** Where the config of a repository stands. */
export const CONFIG_PATH = ".github/factory.yml";
/** Bound before parsing, in characters (threats IN-06, GOV-07). */
const LARGEST = 64_000;

export type ConfigReading = { readonly config: Config } | { readonly refusal: Refusal };

/** The text that was read last: one run of control reads the same one for every decision. */
let last: { readonly text: string | null; readonly reading: ConfigReading } | undefined;

/**
 * The config of a repository as it counts: below that of its organisation, where it names one. What that one says and nobody
 * could read is a refusal: it might have been stricter.
 */
export function readConfigOf({
  configText,
  sharedConfig,
}: Pick<Snapshot, "configText" | "sharedConfig">): ConfigReading {
  const reading = readConfigText(configText);
  const from = "config" in reading ? reading.config.extends : undefined;
  if ("refusal" in reading || from === undefined) return reading;
  const place = `${from}: ${SHARED_FILE}`;
  if (sharedConfig === undefined || "unknown" in sharedConfig) {
    const found = sharedConfig?.unknown ?? "it was not read";
    return refused([found], place, SHARED_ACCEPTED);
  }
  const shared = parseShared(sharedConfig.known, place);
  return "refusal" in shared ? shared : { config: narrow(reading.config, shared) };
}

/** Where the config for all its repositories stands in the one that an organisation names. */
export const SHARED_FILE = "factory.yml";
const SHARED_ACCEPTED = `a file ${SHARED_FILE} on the default branch of a repository that is public`;

function parseShared(text: string, place: string): SharedConfig | { readonly refusal: Refusal } {
  const read = readYaml(text, place);
  if ("refusal" in read) return read;
  const reading = refuseFaults(readConfig(read.value), { line: read.line, place });
  if ("refusal" in reading) return reading;
  if (reading.config.extends !== undefined) return refused(["extends: it is the last one"], place);
  return { config: reading.config, stated: statedIn(read.value) };
}

/** The config as it stands at a commit; no file means the safe defaults. A refusal names every fault with its line. */
export function readConfigText(text: string | null): ConfigReading {
  if (last === undefined || last.text !== text) last = { text, reading: parseConfig(text) };
  return last.reading;
}

function parseConfig(text: string | null): ConfigReading {
  if (text === null) return refuseFaults(readConfig(undefined));
  const read = readYaml(text, CONFIG_PATH);
  return "refusal" in read ? read : refuseFaults(readConfig(read.value), read);
}

interface ReadYaml {
  readonly value: unknown;
  readonly line: (path: ConfigFault["path"]) => number | undefined;
}

function readYaml(text: string, place: string): ReadYaml | { readonly refusal: Refusal } {
  if (text.length > LARGEST) return refused([`${text.length} characters`], place);
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true });
  if (document.errors.length > 0) {
    const faults = document.errors.map(
      ({ message, linePos }) =>
        `line ${linePos?.[0].line ?? 1}: ${message.split("\n")[0]?.replace(/ at line .*$/, "")}`,
    );
    return refused(faults, place);
  }
  try {
    // Anchors are not part of the format: a bomb of aliases is an error, not a wait.
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    return { value, line: (path) => lineOf(document, { path, counter }) };
  } catch {
    return refused(["an alias: write the value out"], place);
  }
}

function refuseFaults(
  reading: ReturnType<typeof readConfig>,
  { line, place }: { readonly line?: ReadYaml["line"]; readonly place?: string } = {},
): ConfigReading {
  if ("config" in reading) return reading;
  const faults = reading.faults.map(({ path, message }) => {
    const at = line?.(path);
    return `${at === undefined ? "" : `line ${at}: `}${path.join(".")}: ${message}`;
  });
  return refused(faults, place);
}

function refused(
  faults: readonly string[],
  subject = CONFIG_PATH,
  accepted?: string,
): { readonly refusal: Refusal } {
  const found = faults.join("; ").slice(0, 2_000);
  const code = "config-invalid" as const;
  return { refusal: { code, subject, found, ...(accepted === undefined ? {} : { accepted }) } };
}

/** The line of the deepest key on the way to a fault: a missing key is shown where it should stand. */
function lineOf(
  document: Document,
  place: { readonly path: ConfigFault["path"]; readonly counter: LineCounter },
): number | undefined {
  for (let depth = place.path.length; depth >= 0; depth -= 1) {
    const path = place.path.slice(0, depth);
    const node =
      keyAt(document, path) ?? (depth === 0 ? document.contents : document.getIn(path, true));
    const offset = isNode(node) ? node.range?.[0] : undefined;
    if (offset !== undefined) return place.counter.linePos(offset).line;
  }
  return undefined;
}

/** The key itself: what it names may begin on a later line. */
function keyAt(document: Document, path: ConfigFault["path"]): unknown {
  const above = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (!isMap(above) || path.length === 0) return undefined;
  return above.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))?.key;
}
