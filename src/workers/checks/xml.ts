import { XMLParser, XMLValidator } from "fast-xml-parser";
import { messageOf } from "../../domain/text/message-of.ts";
import { isCrowded, MOST_ATTRIBUTES, MOST_PARTS } from "./xml-crowd.ts";

/** The largest report file, in bytes. Unreviewed code writes it. */
export const REPORT_BYTES = 32_000_000;

/** An element: its attributes as `@name`, its children by tag name, each a list; a leaf with text only is a string. */
export type XmlNode = string | { readonly [name: string]: readonly XmlNode[] | undefined };

const ENCODINGS = new Set([
  "utf-8",
  "utf-16",
  "utf-16le",
  "utf-16be",
  "iso-8859-1",
  "windows-1252",
]);

/**
 * A report as text, by its byte order mark or its XML declaration (UTF-8 by default). @returns a problem in words for an
 * unknown encoding, or bytes that do not fit it
 */
export function decodeText(
  bytes: Uint8Array,
): { readonly text: string } | { readonly problem: string } {
  if (bytes.length > REPORT_BYTES) return { problem: `larger than ${REPORT_BYTES} bytes` };
  const label = encodingOf(bytes);
  if (!ENCODINGS.has(label)) return { problem: `in the unknown encoding ${JSON.stringify(label)}` };
  try {
    return { text: new TextDecoder(label, { fatal: true }).decode(bytes) };
  } catch {
    return { problem: `not ${label} text` };
  }
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  return (
    /^\s*<\?xml[^>]{0,100}\sencoding=["']([\w-]{1,40})["']/.exec(start)?.[1]?.toLowerCase() ??
    "utf-8"
  );
}

/**
 * Parses a well-formed XML document. Refuses a document type with declarations: entities can make a small file huge
 * (CWE-776), and no test runner writes one. A reference to an external one is ignored.
 */
export function parseXml(
  bytes: Uint8Array,
): { readonly root: XmlNode } | { readonly problem: string } {
  const decoded = decodeText(bytes);
  if ("problem" in decoded) return decoded;
  const text = withoutDoctype(decoded.text);
  if (text === undefined) return { problem: "XML with declarations of its own, which is refused" };
  if (text.trim() === "") return { problem: "empty" };
  if (isCrowded(text))
    return {
      problem: `XML of more than ${MOST_PARTS} tags and attributes, or ${MOST_ATTRIBUTES} in one`,
    };
  try {
    const valid = XMLValidator.validate(text);
    if (valid !== true) {
      const { line, msg } = valid.err;
      return { problem: `not well-formed XML (line ${line}): ${msg.slice(0, 120)}` };
    }
    return { root: createParser().parse(text) as XmlNode };
  } catch (error) {
    const message = messageOf(error);
    return { problem: `not XML that can be read: ${message.slice(0, 120)}` };
  }
}

const PROLOG_UNITS = 20_000;

/** The document without its document type, which precedes the first element; undefined if that declares anything. */
function withoutDoctype(text: string): string | undefined {
  const first = /<[A-Za-z_]/.exec(text)?.index ?? text.length;
  if (first > PROLOG_UNITS) return undefined;
  const prolog = text.slice(0, first).replace(/<!--[\s\S]*?-->/g, "");
  if (!/<!/.test(prolog)) return text;
  const external = /<!DOCTYPE [^[\]<>]*>/.exec(prolog);
  if (external === null || /<!/.test(prolog.replace(external[0], ""))) return undefined;
  return text.slice(first);
}

function createParser(): XMLParser {
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    isArray: () => true,
    processEntities: false,
    parseTagValue: false,
    parseAttributeValue: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    stopNodes: ["*.system-out", "*.system-err", "*.failure", "*.error"],
  });
}

const NAMED: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

/** Decodes the five entities of XML and character references; anything else stays as written. */
function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot|apos));/gi,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
      const code = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

export function attributeOf(node: XmlNode, name: string): string | undefined {
  if (typeof node === "string") return undefined;
  const value = Object.hasOwn(node, `@${name}`) ? node[`@${name}`]?.[0] : undefined;
  return typeof value === "string" ? decodeEntities(value) : undefined;
}

export function childrenOf(node: XmlNode, name: string): readonly XmlNode[] {
  if (typeof node === "string" || !Object.hasOwn(node, name)) return [];
  return node[name] ?? [];
}
