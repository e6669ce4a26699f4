import {
  type Document,
  type ErrorCode,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
} from "yaml";
import type { ConfigFault } from "../../../domain/config/faults.ts";

/** Value of a YAML text, or every fault of it, each in words with its line. */
export type YamlReading<Value> = { readonly value: Value } | { readonly faults: readonly string[] };

/** The usual slips in words; what else a parser refuses is said as it says it. */
const WORDS: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_INDENT:
    "its indentation does not fit the lines around it, or a bracket before it is not closed",
  BAD_SCALAR_START: "a value cannot begin with this character: put the value in quotes",
  DUPLICATE_KEY: "this key stands twice: leave one",
  MULTIPLE_DOCS: "a second document begins here: only one is read",
  TAB_AS_INDENT: "a tab in the indentation: use spaces",
};

type Read<Value> = (
  value: unknown,
) => { readonly value: Value } | { readonly faults: readonly ConfigFault[] };

/**
 * Reads a YAML text strictly: a duplicate key is an error, and so is an alias, because our formats have no anchors and
 * nested ones could take unlimited time (threats IN-06, GOV-07). The caller limits the text first.
 *
 * @param above lines of the file before this text
 */
export function readYamlText<Value>(
  text: string,
  read: Read<Value>,
  above = 0,
): YamlReading<Value> {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true });
  if (document.errors.length > 0) {
    return {
      faults: document.errors.map(
        ({ code, message, linePos }) =>
          `line ${(linePos?.[0].line ?? 1) + above}: ${WORDS[code] ?? `this is no YAML: ${message.split("\n")[0]?.replace(/ at line .*$/, "")}`}`,
      ),
    };
  }
  const parsed = plainValueOf(document);
  if (parsed === undefined) return { faults: ["an alias: write the value out"] };
  const reading = read(parsed.value);
  if (!("faults" in reading)) return reading;
  return { faults: reading.faults.map((fault) => sayFault(document, { fault, counter, above })) };
}

function plainValueOf(document: Document): { readonly value: unknown } | undefined {
  try {
    return { value: document.toJS({ maxAliasCount: 0 }) };
  } catch {
    return undefined;
  }
}

function sayFault(
  document: Document,
  about: { readonly fault: ConfigFault; readonly counter: LineCounter; readonly above: number },
): string {
  const { path, message } = about.fault;
  const at = lineOf(document, { path, counter: about.counter });
  return `${at === undefined ? "" : `line ${at + about.above}: `}${path.join(".") || "the file"}: ${message}`;
}

/** Line of the deepest existing key on the way to a fault, so that a missing key is reported where it belongs. */
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

/** The key itself, because its value may begin on a later line. */
function keyAt(document: Document, path: ConfigFault["path"]): unknown {
  const above = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (!isMap(above) || path.length === 0) return undefined;
  return above.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))?.key;
}
