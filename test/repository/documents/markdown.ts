import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Code, Heading, Link, Nodes, Root, Table } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { root } from "../bundles.ts";

/** A Markdown file as GitHub reads it. */
export interface Page {
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly text: string;
  readonly tree: Root;
}

const IGNORED = ["node_modules", ".git", "build", "dist", ".demo", ".rehearsals", "reports"];

/** The twin's example, and what `npm run adopt` adopts, are repositories of their own. */
const OTHERS = /^(?:src\/twin\/example|docs\/examples\/[^/]+)$/;

/** Every Markdown file of the project. */
export function pages(folder = ""): readonly Page[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (IGNORED.includes(entry.name) || (entry.isDirectory() && OTHERS.test(path))) return [];
    if (entry.isDirectory()) return pages(path);
    return entry.name.endsWith(".md") ? [pageOf(path, readFileSync(join(root, path), "utf8"))] : [];
  });
}

/** By path and text: four files of tests read the same pages, and parsing takes longer than all that they do with them. */
const parsed = new Map<string, Page>();

export function pageOf(path: string, text: string): Page {
  const key = `${path}\0${text}`;
  const page = parsed.get(key) ?? parsePage(path, text);
  parsed.set(key, page);
  return page;
}

function parsePage(path: string, text: string): Page {
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return { path, text, tree };
}

export function nodesOf(node: Nodes): readonly Nodes[] {
  return [node, ...("children" in node ? node.children.flatMap((child) => nodesOf(child)) : [])];
}

export function linksOf(page: Page): readonly Link[] {
  return nodesOf(page.tree).filter((node): node is Link => node.type === "link");
}

export function codesOf(page: Page): readonly Code[] {
  return nodesOf(page.tree).filter((node): node is Code => node.type === "code");
}

export function tablesOf(page: Page): readonly Table[] {
  return nodesOf(page.tree).filter((node): node is Table => node.type === "table");
}

export function wordsOf(node: Nodes): string {
  if (node.type === "text" || node.type === "inlineCode") return node.value;
  return "children" in node ? node.children.map((child) => wordsOf(child)).join("") : "";
}

export function lineOf(node: Nodes): number {
  return node.position?.start.line ?? 0;
}

/** The anchors of a page, as GitHub makes them from headings: a second one of the same words ends in `-1`. */
export function anchorsOf(page: Page): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const headings = nodesOf(page.tree).filter((node): node is Heading => node.type === "heading");
  return new Set(
    headings.map((heading) => {
      const slug = wordsOf(heading)
        .toLowerCase()
        .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
        .replaceAll(" ", "-");
      const count = seen.get(slug) ?? 0;
      seen.set(slug, count + 1);
      return count === 0 ? slug : `${slug}-${count}`;
    }),
  );
}
