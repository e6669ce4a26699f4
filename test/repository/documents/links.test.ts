import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Definition, Image, Nodes } from "mdast";
import { describe, expect, test } from "vitest";
import { root } from "../bundles.ts";
import {
  anchorsOf,
  lineOf,
  linksOf,
  nodesOf,
  type Page,
  pageOf,
  pages,
  tablesOf,
} from "./markdown.ts";

/** What is wrong with the links and pictures of a page: the file is not there, or the file has no such heading. */
function brokenLinks(page: Page): readonly string[] {
  const others = nodesOf(page.tree).filter(
    (node): node is Image | Definition => node.type === "image" || node.type === "definition",
  );
  const targets = [
    ...[...linksOf(page), ...others].map((node) => ({ node, url: node.url })),
    ...nodesOf(page.tree).flatMap((node) => targetsOfHtml(node).map((url) => ({ node, url }))),
  ];
  return targets.flatMap(({ node, url }) => {
    const fault = faultOf(page, url);
    return fault === undefined ? [] : [`${page.path}:${lineOf(node)}: ${url}: ${fault}`];
  });
}

function targetsOfHtml(node: Nodes): readonly string[] {
  if (node.type !== "html") return [];
  return [...node.value.matchAll(/\b(?:src|srcset|href)="([^"\s]+)/g)].map(([, url = ""]) => url);
}

function faultOf(page: Page, url: string): string | undefined {
  // What runs on the reader's own machine has no certificate.
  if (/^(https:\/\/|http:\/\/127\.0\.0\.1:)/.test(url)) return undefined;
  if (/^[a-z+]+:/i.test(url)) return "expected https";
  const [path = "", anchor] = decodeURI(url).split("#");
  if (path.startsWith("/")) return "GitHub takes it for a path of its own site";
  if (path === "")
    return anchorsOf(page).has(anchor ?? "") ? undefined : "there is no such heading";
  const target = join(dirname(page.path), path);
  if (!existsSync(join(root, target))) return "there is no such file";
  if (anchor === undefined) return undefined;
  if (!target.endsWith(".md") || statSync(join(root, target)).isDirectory()) {
    return "an anchor in what is no page";
  }
  const anchors = anchorsOf(pageOf(target, readFileSync(join(root, target), "utf8")));
  return anchors.has(anchor) ? undefined : "there is no such heading";
}

/** Rows with more or fewer cells than the head, cells without words in the head, and rows that no table took. */
function brokenTables(page: Page): readonly string[] {
  const uneven = tablesOf(page).flatMap((table) => {
    const width = table.children[0]?.children.length ?? 0;
    return table.children
      .filter((row) => row.children.length !== width)
      .map((row) => `${page.path}:${lineOf(row)}: ${row.children.length} cells, expected ${width}`);
  });
  const lost = nodesOf(page.tree)
    .filter((node) => node.type === "paragraph")
    .filter((node) =>
      /^\|.*\|$/m.test(page.text.slice(node.position?.start.offset, node.position?.end.offset)),
    )
    .map((node) => `${page.path}:${lineOf(node)}: rows that are no table`);
  return [...uneven, ...lost];
}

const all = pages();

test("there is enough to look at", () => {
  expect(all.length).toBeGreaterThan(40);
  expect(all.flatMap(linksOf).length).toBeGreaterThan(200);
  expect(all.flatMap(tablesOf).length).toBeGreaterThan(40);
});

describe("links", () => {
  test.each(all.map((page) => [page.path, page] as const))("%s", (_, page) => {
    expect(brokenLinks(page)).toEqual([]);
  });

  test.each([
    ["[a](missing.md)", "there is no such file"],
    ["[a](AGENTS.md#nowhere)", "there is no such heading"],
    ["[a](#nowhere)", "there is no such heading"],
    ["![a](docs/images/missing.png)", "there is no such file"],
    ['<img src="docs/images/missing.png">', "there is no such file"],
    ["[a]\n\n[a]: missing.md", "there is no such file"],
    ["[a](/README.md)", "GitHub takes it for a path of its own site"],
    ["[a](http://example.com)", "expected https"],
    ["[a](package.json#L1)", "an anchor in what is no page"],
  ])("canary: %s", (text, fault) => {
    expect(brokenLinks(pageOf("CANARY.md", text)).join()).toContain(fault);
  });

  test.each([
    ["# One\n\n[a](#one)"],
    ["# `One` & two\n\n# `One` & two\n\n[a](#one--two-1)"],
    ["[a](AGENTS.md)"],
  ])("nothing is wrong with %s", (text) => {
    expect(brokenLinks(pageOf("CANARY.md", text))).toEqual([]);
  });

  test("every page of docs is reached from its index", () => {
    const reached = new Set<string>();
    const visit = (path: string) => {
      const page = all.find((each) => each.path === path);
      if (page === undefined || reached.has(path)) return;
      reached.add(path);
      for (const { url } of linksOf(page)) visit(join(dirname(path), url.split("#")[0] ?? ""));
    };
    visit("docs/README.md");
    const documents = all.map(({ path }) => path).filter((path) => path.startsWith("docs/"));
    expect(documents.filter((path) => !reached.has(path))).toEqual([]);
  });
});

describe("tables", () => {
  test.each(all.map((page) => [page.path, page] as const))("%s", (_, page) => {
    expect(brokenTables(page)).toEqual([]);
  });

  test.each([
    ["| a | b |\n|---|---|\n| 1 |", "1 cells, expected 2"],
    ["| a | b |\n|---|---|\n| 1 | 2 | 3 |", "3 cells, expected 2"],
    ["| a | b |\n|---|\n| 1 | 2 |", "rows that are no table"],
  ])("canary: %s", (text, fault) => {
    expect(brokenTables(pageOf("CANARY.md", text)).join()).toContain(fault);
  });
});
