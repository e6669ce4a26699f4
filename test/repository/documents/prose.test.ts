import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { root } from "../bundles.ts";
import { entries, invariants } from "../threat-model/sections.ts";
import { calledFiles, remarksOf } from "./comments.ts";
import { linksOf, type Page, pageOf, pages, wordsOf } from "./markdown.ts";
import { MOST_WORDS, proseFaults, sentenceFaults } from "./prose.ts";

/** Pages that people read to use or change the project. The tables of reference are derived, and tests name the titles in them. */
const READ =
  /^(?:README|CONTRIBUTING|SECURITY|AGENTS)\.md$|^docs\/(?!reference\/)|^\.github\/(?:THREAT-MODEL|decisions\/.*)\.md$|^(?:workflow-templates|changes|test\/redteam)\//;

const all = pages();
const read = all.filter(({ path }) => READ.test(path)).map(withoutDerived);
const guides = all.filter(({ path }) => path.startsWith("docs/how-to/"));

/** A page without the sections that are derived from tests and tables, with all other lines where they are. */
function withoutDerived({ path, text }: Page): Page {
  const derived = /<!-- (\S+) -->\n[\s\S]*?<!-- \/\1 -->/g;
  return pageOf(
    path,
    text.replace(derived, (section) => section.replaceAll(/[^\n]/g, "")),
  );
}

/** What a guide does not say before its first heading below the title. */
function beginningFaults(page: Page): readonly string[] {
  const { children } = page.tree;
  const end = children.findIndex((node) => node.type === "heading" && node.depth === 2);
  const said = children.slice(0, end < 0 ? children.length : end).map((node) => wordsOf(node));
  return ["You get:", "You need:"]
    .filter((words) => !said.some((text) => text.startsWith(words)))
    .map((words) => `${page.path}: no paragraph begins with **${words}** before the first heading`);
}

describe("the pages that people read", () => {
  test("are there", () => {
    expect(read.length).toBeGreaterThan(45);
    expect(guides.length).toBeGreaterThan(30);
  });

  test.each(read.map((page) => [page.path, page] as const))("%s is plain", (_, page) => {
    expect(proseFaults(page)).toEqual([]);
  });

  test("the threats and the invariants are named in plain words", () => {
    const said = [
      ...Object.values(entries).flatMap(({ title, cannot, open }) => [title, cannot, open]),
      ...Object.values(invariants).map(({ says }) => says),
    ].filter((text) => text !== undefined);
    expect(said.length).toBeGreaterThan(150);
    expect(said.flatMap((text) => sentenceFaults(text))).toEqual([]);
  });

  test.each(guides.map((page) => [page.path, page] as const))(
    "%s begins with what you get and what you need",
    (_, page) => {
      expect(beginningFaults(page)).toEqual([]);
    },
  );

  test("each page of docs stands in its index", () => {
    const index = pageOf("docs/README.md", readFileSync(`${root}docs/README.md`, "utf8"));
    const linked = linksOf(index).map(({ url }) => `docs/${url.split("#")[0]}`);
    const lost = all
      .map(({ path }) => path)
      .filter((path) => /^docs\/.+\.md$/.test(path) && path !== "docs/README.md")
      .filter((path) => !linked.includes(path));
    expect(lost).toEqual([]);
  });
});

describe("the files that people call, copy or fill in", () => {
  const files = calledFiles();

  test("are there, with remarks", () => {
    expect(files.length).toBeGreaterThan(45);
    expect(files.flatMap((path) => remarksOf(path)).length).toBeGreaterThan(500);
  });

  test.each(files)("%s is plain", (path) => {
    const faults = remarksOf(path).flatMap(({ line, text }) =>
      sentenceFaults(text).map((fault) => `${path}:${line}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });
});

describe("canaries", () => {
  const long = `${Array(MOST_WORDS + 1)
    .fill("word")
    .join(" ")}.`;

  test.each([
    [`# A\n\n${long}\n`, "36 words"],
    [`# A\n\n| a | b |\n|---|---|\n| c | ${long} |\n`, "36 words"],
    [`# A\n\n- ${long}\n`, "36 words"],
    ["# A\n\nIt is built anew.\n", '"anew"'],
    ["# A\n\nAn organisation.\n", '"organisation"'],
    ["# What comes of it\n", '"comes of it"'],
    ["# A\n\nA labelled issue.\n", '"labelled"'],
    ["# A\n\nWhat a job sends is data.\n", "begins with its verb or a clause"],
    ["# A\n\nWhoever adds a rule has to test it.\n", "begins with its verb or a clause"],
    ["# A\n\nHeld is what was measured.\n", "begins with its verb or a clause"],
  ])("is found: %j", (text, fault) => {
    expect(proseFaults(pageOf("seeded.md", text)).join("\n")).toContain(fault);
  });

  test.each([
    `# A\n\n${long.replace("word word", "word. Word")}\n`,
    `# A\n\nOne \`${long}\` code.\n`,
    "# A\n\n```text\nanew\n```\n",
    "# A\n\nWrite `anew`.\n",
    "# A\n\nWhat is asked of you?\n",
    "# A\n\n**What it is.** A thing.\n",
    "# What a model may do\n",
  ])("is left alone: %j", (text) => {
    expect(proseFaults(pageOf("seeded.md", text))).toEqual([]);
  });

  test.each([
    ["# Runs anew.\non: push\n", '"anew"'],
    [`a: 1 # ${long}\n`, "36 words"],
    ["# What it leaves\n# is data.\n", "begins with its verb or a clause"],
    ['inputs: { a: { description: "A colour" } }\n', '"colour"'],
  ])("is found in a workflow: %j", (source, fault) => {
    const faults = remarksOf("seeded.yml", source).flatMap(({ text }) => sentenceFaults(text));
    expect(faults.join("\n")).toContain(fault);
  });

  test("a guide that begins with its steps is named", () => {
    const text = "# A\n\n**You get:** a thing.\n\n## Steps\n\n**You need:** time.\n";
    expect(beginningFaults(pageOf("docs/how-to/a.md", text))).toEqual([
      expect.stringContaining("**You need:**"),
    ]);
  });
});
