import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/** What GitHub would make of a Markdown text, as far as harm goes. */
export interface Harm {
  readonly images: number;
  readonly html: readonly string[];
  /** Addresses of links, definitions and footnotes. */
  readonly links: readonly string[];
  /** Text outside code that GitHub would turn into a mention or a reference after rendering. */
  readonly live: readonly string[];
}

/** A property asks several things of the same text: its tree is kept until another comes. */
let last: { readonly markdown: string; readonly tree: Root } | undefined;

export function parseMarkdown(markdown: string): Root {
  if (last?.markdown !== markdown) last = { markdown, tree: parse(markdown) };
  return last.tree;
}

function parse(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

const LIVE = [
  /[@＠﹫][\p{L}\p{N}_-]/u,
  /[#＃]\d/u,
  /\bgh-\d/iu,
  /:\/\//u,
  /\bwww\./iu,
  /(^|[^0-9a-z])[0-9a-f]{7,40}($|[^0-9a-z])/iu,
];

export function harmOf(markdown: string): Harm {
  const harm = { images: 0, html: [] as string[], links: [] as string[], live: [] as string[] };
  visit(parseMarkdown(markdown), (node) => {
    if (node.type.startsWith("image")) harm.images += 1;
    else if (node.type === "html") harm.html.push(node.value);
    else if (node.type === "link" || node.type === "definition") harm.links.push(node.url);
    else if (/^(linkReference|footnote)/.test(node.type)) harm.links.push(node.type);
    else if (node.type === "text") harm.live.push(...liveIn(node.value));
  });
  return harm;
}

function liveIn(text: string): readonly string[] {
  return LIVE.some((pattern) => pattern.test(text)) ? [text] : [];
}

/** The words outside code, a piece for each node. */
export function textsOf(markdown: string): readonly string[] {
  const texts: string[] = [];
  visit(parseMarkdown(markdown), (node) => {
    if (node.type === "text") texts.push(node.value);
  });
  return texts;
}

/** What stands in each paragraph, heading and cell, code and prose alike. */
export function blocksIn(markdown: string): readonly string[] {
  const blocks: string[] = [];
  visit(parseMarkdown(markdown), (node) => {
    if (node.type !== "paragraph" && node.type !== "heading" && node.type !== "tableCell") return;
    let text = "";
    visit(node, (inner) => {
      if (inner.type === "text" || inner.type === "inlineCode") text += inner.value;
    });
    blocks.push(text);
  });
  return blocks;
}

/** The types of all nodes, depth first: the structure without its words. */
export function shapeOf(markdown: string): readonly string[] {
  const types: string[] = [];
  visit(parseMarkdown(markdown), ({ type }) => types.push(type));
  return types;
}

function visit(node: Nodes, see: (node: Nodes) => void): void {
  see(node);
  if ("children" in node) for (const child of node.children) visit(child, see);
}
