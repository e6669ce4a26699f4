import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { type ConfigFault, readConfig } from "../../domain/config/read-config.ts";
import type { Config } from "../../domain/config/schema.ts";
import type { Refusal } from "../../domain/refusal.ts";

/** Where the config of a repository stands. */
export const CONFIG_PATH = ".github/factory.yml";
/** Bound before parsing, in characters (threats IN-06, GOV-07). */
const LARGEST = 64_000;

export type ConfigReading = { readonly config: Config } | { readonly refusal: Refusal };

/** The text that was read last: one run of control reads the same one for every decision. */
let last: { readonly text: string | null; readonly reading: ConfigReading } | undefined;

/** The config as it stands at a commit; no file means the safe defaults. A refusal names every fault with its line. */
export function readConfigText(text: string | null): ConfigReading {
  if (last === undefined || last.text !== text) last = { text, reading: parseConfig(text) };
  return last.reading;
}

function parseConfig(text: string | null): ConfigReading {
  if (text === null) return refuseFaults(readConfig(undefined), () => undefined);
  if (text.length > LARGEST) return refused([`${text.length} characters`]);
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true });
  if (document.errors.length > 0) {
    return refused(
      document.errors.map(
        ({ message, linePos }) =>
          `line ${linePos?.[0].line ?? 1}: ${message.split("\n")[0]?.replace(/ at line .*$/, "")}`,
      ),
    );
  }
  try {
    // Anchors are not part of the format: a bomb of aliases is an error, not a wait.
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    return refuseFaults(readConfig(value), (path) => lineOf(document, { path, counter }));
  } catch {
    return refused(["an alias: write the value out"]);
  }
}

function refuseFaults(
  reading: ReturnType<typeof readConfig>,
  line: (path: ConfigFault["path"]) => number | undefined,
): ConfigReading {
  if ("config" in reading) return reading;
  return refused(
    reading.faults.map(({ path, message }) => {
      const at = line(path);
      return `${at === undefined ? "" : `line ${at}: `}${path.join(".")}: ${message}`;
    }),
  );
}

function refused(faults: readonly string[]): ConfigReading {
  return {
    refusal: {
      code: "config-invalid",
      subject: CONFIG_PATH,
      found: faults.join("; ").slice(0, 2_000),
    },
  };
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
