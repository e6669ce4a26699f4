import { XMLParser } from "fast-xml-parser";
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { Syntax, SyntaxNode, SyntaxTree } from "../../../../ports/syntax.ts";
import { callOf } from "../reading/call.ts";
import { childOf, isString, nodesIn, stringOf, textOf } from "../reading/node.ts";

/** A value in a settings file, by its whole key. */
export interface Setting {
  readonly key: string;
  readonly value: string;
  readonly line: number;
}

export type Settings = { readonly settings: readonly Setting[] } | { readonly unreadAt: number };

export async function readSettings(path: string, text: string, syntax: Syntax): Promise<Settings> {
  if (/\.(ya?ml|neon|neon\.dist)$/.test(path)) return fromYaml(text);
  if (/\.(xml|csproj|props)$/.test(path)) return fromXml(text);
  if (/\.(toml|cfg|ini)$|\.coveragerc$/.test(path)) return { settings: fromLines(text) };
  if (/\.(rb|simplecov)$/.test(path)) return await fromCalls(text, "ruby", syntax);
  if (/\.gradle(\.kts)?$/.test(path)) return { settings: fromLines(text) };
  // JSON, with or without comments, is a module of one expression.
  const source = /\.[cm]?[jt]s$/.test(path) ? text : `(${text}\n)`;
  const tree = await syntax.parse(/\.[cm]?ts$/.test(path) ? "typescript" : "javascript", source);
  if ("problem" in tree) return { unreadAt: 1 };
  if (tree.unreadAt !== undefined) return { unreadAt: tree.unreadAt };
  return { settings: fromObjects(tree) };
}

/** Each pair of an object, with the names of all enclosing objects. */
function fromObjects({ root, text }: SyntaxTree): readonly Setting[] {
  const found: Setting[] = [];
  const visit = (node: SyntaxNode, path: readonly string[]) => {
    const key = node.kind === "pair" ? childOf(node, "key") : undefined;
    const value = childOf(node, "value");
    if (key === undefined || value === undefined) {
      for (const child of node.children) visit(child, path);
      return;
    }
    const inner = [...path, isString(key) ? stringOf(key, text) : textOf(key, text)];
    if (value.kind !== "object")
      found.push({ key: inner.join("."), value: plainValue(value, text), line: node.line });
    visit(value, inner);
  };
  visit(root, []);
  return found;
}

function plainValue(node: SyntaxNode, text: string): string {
  return isString(node) ? stringOf(node, text) : textOf(node, text);
}

function fromYaml(text: string): Settings {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) return { unreadAt: lines.linePos(error.pos[0]).line };
  const visit = (node: unknown, path: readonly string[]): readonly Setting[] => {
    const inner = (key: unknown, value: unknown) => visit(value, [...path, String(key)]);
    if (isMap(node)) return node.items.flatMap(({ key, value }) => inner(key, value));
    if (isSeq(node)) return node.items.flatMap((item, index) => inner(index, item));
    if (!isScalar(node)) return [];
    const { line } = lines.linePos(node.range?.[0] ?? 0);
    return [{ key: path.join("."), value: String(node.value), line }];
  };
  return { settings: visit(document.contents, []) };
}

const XML = { ignoreAttributes: false, attributeNamePrefix: "@", processEntities: false };

/** Attributes as `element@name`; the line is that of the first place with the value. */
function fromXml(text: string): Settings {
  const visit = (node: unknown, path: string): readonly Setting[] => {
    if (typeof node !== "object" || node === null) {
      const value = String(node);
      return [{ key: path, value, line: lineWith(text, path, value) }];
    }
    return Object.entries(node).flatMap(([key, value]) => visit(value, joined(path, key)));
  };
  try {
    return { settings: visit(new XMLParser(XML).parse(text, true), "") };
  } catch {
    return { unreadAt: 1 };
  }
}

function joined(path: string, key: string): string {
  if (key.startsWith("@")) return `${path}${key}`;
  if (/^\d+$/.test(key)) return `${path}[${key}]`;
  return path === "" ? key : `${path}.${key}`;
}

function lineWith(text: string, path: string, value: string): number {
  const name =
    path
      .split(/[.@]/)
      .at(-1)
      ?.replace(/\[\d+\]$/, "") ?? "";
  const at = text.split("\n").findIndex((line) => line.includes(name) && line.includes(value));
  return at + 1 || 1;
}

/** Sections and plain values of INI and TOML, in which bounds are written. Inline lists and tables are left out. */
function fromLines(text: string): readonly Setting[] {
  let section = "";
  return text.split("\n").flatMap((line, index) => {
    const header = /^\s*\[+([^\]]+)\]+\s*$/.exec(line);
    if (header?.[1] !== undefined) section = `${header[1].trim()}.`;
    const pair =
      /^\s*(?:set\()?["']?([\w.-]+)["']?\s*(?:=|:)\s*["']?([^#;"']+?)["')]*(?:\.toBigDecimal\(\))?\s*(?:[#;].*)?$/.exec(
        line,
      );
    if (pair?.[1] === undefined || pair[2] === undefined) return [];
    return [{ key: `${section}${pair[1]}`, value: pair[2].trim(), line: index + 1 }];
  });
}

/** SimpleCov: `minimum_coverage 90`, `minimum_coverage line: 90, branch: 80`. */
async function fromCalls(text: string, grammar: "ruby", syntax: Syntax): Promise<Settings> {
  const tree = await syntax.parse(grammar, text);
  if ("problem" in tree) return { unreadAt: 1 };
  if (tree.unreadAt !== undefined) return { unreadAt: tree.unreadAt };
  const settings = nodesIn(tree.root).flatMap((node): readonly Setting[] => {
    const call = callOf(node, text);
    const name = call?.path.split(".").at(-1);
    if (call === undefined || name === undefined) return [];
    return call.args.map((arg) => {
      const [key, value] = [childOf(arg, "key"), childOf(arg, "value")];
      const full = key === undefined ? name : `${name}.${textOf(key, text)}`;
      return { key: full, value: textOf(value ?? arg, text), line: node.line };
    });
  });
  return { settings };
}
