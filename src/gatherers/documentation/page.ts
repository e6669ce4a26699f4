import GithubSlugger from "github-slugger";
import type { Code, Heading, Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/** A page as GitHub reads it. */
export interface Page {
  readonly path: string;
  readonly text: string;
  readonly tree: Root;
}

export function pageOf(path: string, text: string): Page {
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return { path, text, tree };
}

export function nodesOf(node: Nodes): readonly Nodes[] {
  return [node, ...("children" in node ? node.children.flatMap((child) => nodesOf(child)) : [])];
}

export function codesOf(page: Page): readonly Code[] {
  return nodesOf(page.tree).filter((node): node is Code => node.type === "code");
}

export interface Target {
  readonly url: string;
  readonly line: number;
}

/** Targets of its links and pictures, including those of HTML in it. */
export function targetsOf(page: Page): readonly Target[] {
  return nodesOf(page.tree).flatMap((node) => {
    const line = node.position?.start.line ?? 0;
    if (node.type === "link" || node.type === "image" || node.type === "definition") {
      return [{ url: node.url, line }];
    }
    if (node.type !== "html") return [];
    return [...withoutComments(node.value).matchAll(HTML_TARGET)].map((found) => ({
      url: found[2] ?? "",
      line: line + newlinesIn(node.value.slice(0, found.index)),
    }));
  });
}

const HTML_TARGET = /<(?:a|img)\b[^>]*?\s(?:href|src)=(["'])(.*?)\1/gis;

/** The length stays, so that lines keep their numbers. */
function withoutComments(html: string): string {
  return html.replace(/<!--.*?(?:-->|$)/gs, (comment) => comment.replace(/[^\n]/g, " "));
}

function newlinesIn(text: string): number {
  return text.split("\n").length - 1;
}

/** The anchors of a page: GitHub's of its headings, and those that its HTML and site generators name. */
export interface Anchors {
  readonly names: ReadonlySet<string>;
  /** The page may have more anchors than its Markdown shows. */
  readonly areAll: boolean;
}

/** Headings in HTML, and content that site generators fill in. */
const MORE = /<h[1-6]\b|\{\{|\{%|--8<--|^:::/im;

export function anchorsOf(page: Page): Anchors {
  const slugger = new GithubSlugger();
  const names = nodesOf(page.tree).flatMap((node) => namesOf(node, slugger));
  return { names: new Set(["", "top", "readme", ...names]), areAll: !MORE.test(page.text) };
}

function namesOf(node: Nodes, slugger: GithubSlugger): readonly string[] {
  if (node.type === "heading") return namesOfHeading(node, slugger);
  if (node.type === "footnoteDefinition") return [`fn-${node.identifier}`];
  if (node.type !== "html") return [];
  return [...node.value.matchAll(/\s(?:id|name)=(["'])(.*?)\1/gi)].map(([, , name = ""]) => name);
}

/** A name in braces for a site generator counts, too. */
function namesOfHeading(heading: Heading, slugger: GithubSlugger): readonly string[] {
  const words = wordsOf(heading);
  const own = /\{#([^}\s]+)\}\s*$/.exec(words)?.[1];
  const slug = slugger.slug(words);
  return own === undefined ? [slug] : [slug, own];
}

export function wordsOf(node: Nodes): string {
  if (node.type === "text" || node.type === "inlineCode") return node.value;
  return "children" in node ? node.children.map((child) => wordsOf(child)).join("") : "";
}
