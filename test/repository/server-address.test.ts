import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { root } from "./bundles.ts";
import { syntaxOf } from "./syntax-of.ts";

/** The terminal and the twin run where no runner names a server; the facts about github.com link their sources. */
const ELSEWHERE = /^src\/(?:cli|twin|wording\/platform)\//;

/** A GitHub server as an address or a host that code could ask or link to. A page that explains something (docs.github.com) is none. */
const SERVER = /(?:^|[/@\s"'(])(?:api\.)?github\.com(?:$|[/:\s"')])/;

/** What stands outside the rule for a reason. */
const ALLOWED: readonly (readonly [path: string, text: string])[] = [
  // How cargo names the registry of crates.io; nothing is asked there.
  ["src/gatherers/dependencies/cargo.ts", "registry+https://github.com/rust-lang/crates.io-index"],
  // The committer of what GitHub itself commits, on any server.
  ["src/measures/history/from-git.ts", "noreply@github.com"],
  // Stands in where a repository has no address; the page makes no links then.
  ["src/wording/pages/run-page/machinery.ts", "https://github.com"],
];

/** Whether a literal of a source can hold the name: with each backslash away it stands there, or it is written in numbers. */
function mayName(source: string): boolean {
  return /\\[ux\d]/.test(source) || source.replaceAll(/\\(?:\r?\n)?/g, "").includes("github.com");
}

function serversIn(path: string, source: string): readonly string[] {
  if (!mayName(source)) return [];
  const file = syntaxOf(path, source);
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    const isText =
      ts.isStringLiteralLike(node) ||
      node.kind === ts.SyntaxKind.TemplateHead ||
      node.kind === ts.SyntaxKind.TemplateMiddle ||
      node.kind === ts.SyntaxKind.TemplateTail;
    const text = isText ? (node as ts.LiteralLikeNode).text : "";
    if (SERVER.test(text) && !ALLOWED.some(([at, what]) => at === path && what === text)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      found.push(`${path}:${line + 1} ${JSON.stringify(text)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

test("no code that ships in an action names a GitHub server: the run does", () => {
  const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .map((name) => join("src", name))
    .filter((path) => path.endsWith(".ts") && !ELSEWHERE.test(path));
  expect(files.length).toBeGreaterThan(300);
  const faults = files.flatMap((path) => serversIn(path, readFileSync(join(root, path), "utf8")));
  expect(faults).toEqual([]);
});

test.each([
  ['const api = "https://api.github.com";', 1],
  ["const link = `https://github.com/${repository}/issues/${issue}`;", 1],
  ['const host = "github.com";', 1],
  ['const host = "git\\u0068ub.com";', 1],
  ['const host = "github\\.com";', 1],
  ['const host = "git\\\nhub.com";', 1],
  ['const link = serverUrl + "/issues"; // https://github.com', 0],
  ['const help = "https://docs.github.com/en/actions";', 0],
  ['const registry = "npm.pkg.github.com/";', 0],
])("canary: %s has %i", (source, count) => {
  expect(serversIn("seeded.ts", source)).toHaveLength(count);
});
