import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Nodes } from "mdast";
import { describe, expect, test } from "vitest";
import { demoRun, withoutSandbox } from "../../demo-run.ts";
import { root } from "../../repository/bundles.ts";
import {
  lineOf,
  nodesOf,
  type Page,
  pageOf,
  wordsOf,
} from "../../repository/documents/markdown.ts";

/** Not a bound on speed. */
const PATIENCE_MS = 600_000;
const README = pageOf("README.md", readFileSync(join(root, "README.md"), "utf8"));
const PLACE = /<!-- printed by: (npm run [a-z]+) -->\n([\s\S]*?)<!-- \/printed -->/g;

/** Blocks that one command vouches for: within them it has to be named. */
const BLOCKS: readonly Nodes["type"][] = ["paragraph", "heading", "tableRow"];

/**
 * Figures of a page that no command vouches for: digits in running text outside of code, dates and versions, in a block that names no
 * `npm` command and does not stand between the comments that name one.
 */
function unprintedNumbers(page: Page): readonly string[] {
  const places = [...page.text.matchAll(PLACE)].map(({ index, 0: whole }) => [
    index,
    index + whole.length,
  ]);
  return nodesOf(page.tree)
    .filter((node) => BLOCKS.includes(node.type))
    .filter((node) => !/`npm (?:run [a-z]+|test)/.test(sourceOf(page, node)))
    .filter((node) => !places.some(([from = 0, to = 0]) => isWithin(node, from, to)))
    .flatMap((node) => figuresIn(node).map((figure) => `${page.path}:${lineOf(node)}: ${figure}`));
}

function sourceOf(page: Page, node: Nodes): string {
  return page.text.slice(node.position?.start.offset, node.position?.end.offset);
}

function isWithin(node: Nodes, from: number, to: number): boolean {
  const offset = node.position?.start.offset ?? 0;
  return offset >= from && offset < to;
}

function figuresIn(node: Nodes): readonly string[] {
  const text = nodesOf(node)
    .filter(({ type }) => type === "text")
    .map((each) => wordsOf(each))
    .join(" ");
  const plain = text.replaceAll(/\b20\d\d(?:-\d\d){0,2}\b/g, "");
  return plain.match(/[\d][\d.,]*/g) ?? [];
}

describe("numbers", () => {
  test("every one in the README is printed by a command that it names", () => {
    expect(unprintedNumbers(README)).toEqual([]);
  });

  test.each([
    ["It takes 12 seconds.", 1],
    ["| a | b |\n|---|---|\n| jobs | 9 |", 1],
    ["It takes 12 seconds, says `npm run demo`.", 0],
    ["<!-- printed by: npm run bench -->\n\n| a |\n|---|\n| 9 |\n\n<!-- /printed -->", 0],
    ["Read on 2026-05-14, at `v1.8`.", 0],
  ])("canary: %s", (text, count) => {
    expect(unprintedNumbers(pageOf("CANARY.md", text))).toHaveLength(count);
  });
});

describe("what the README says was printed", () => {
  const places = new Map(
    [...README.text.matchAll(PLACE)].map(([, command = "", text = ""]) => [command, text]),
  );

  test("is of two commands", () => {
    expect([...places.keys()]).toEqual(["npm run demo", "npm run bench"]);
  });

  test(
    "is what the demo prints, but for times and figures",
    async () => {
      const { transcript, workingFolder, result } = await demoRun();
      expect(result).toMatchObject({ ok: true });
      const told = places.get("npm run demo")?.replaceAll(/```(?:text)?\n/g, "") ?? "";
      const printed = transcript.replaceAll(`${workingFolder}/`, "");
      expect(withoutFigures(told)).toEqual(withoutFigures(printed));
    },
    PATIENCE_MS,
  );

  test("are figures of the bench, each with a word in its page", () => {
    const rows = [
      ...(places.get("npm run bench") ?? "").matchAll(/^\| `([a-z.-]+)` \| [\d.,]+ \|/gm),
    ];
    const page = readFileSync(join(root, "docs/figures.md"), "utf8");
    expect(rows.length).toBeGreaterThan(5);
    for (const [, name = ""] of rows)
      expect(page).toContain(name.replace(/\.tokens\..*/, ".tokens.*"));
  });
});

/**
 * Lines without what differs from run to run: digits, their units, the blanks that align them, and what was still running
 * after five seconds.
 */
function withoutFigures(text: string): readonly string[] {
  return withoutSandbox(text)
    .split("\n")
    .map((line) =>
      line
        .replaceAll(/\d[\d.,]*/g, "#")
        .replaceAll(/# (?:ms|s|min|k|M)\b/g, "#")
        .replaceAll(/#(?: #)+/g, "#")
        .replaceAll(/ +/g, " ")
        .trim(),
    )
    .filter((line) => line !== "" && !line.startsWith("… "));
}
