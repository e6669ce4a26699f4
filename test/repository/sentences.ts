import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { syntaxOf } from "./syntax-of.ts";

/** One string literal that belongs into the wording room. */
export interface Sentence {
  readonly path: string;
  readonly line: number;
  readonly why: "command" | "markdown" | "advice";
  readonly text: string;
}

/** A command as a person types it; a path like `.github/factory.yml` or `heads/factory/1-1` is none. */
const COMMAND = /(^|[^\w.])\/factory(?![\w./-])/;
/** Headings, rows of a table, bold words, items, quotes, links and folds at a place where GitHub would render them. */
const MARKDOWN = [
  /^#{1,6} \S?/m,
  /^\|.*[^|\s].*\|\s*$/m,
  /\*\*[^\s*/][^*/]*\*\*/,
  /^- /m,
  /^> /m,
  /\]\(https?:/,
  /<\/?(?:details|summary)>/,
];
/** Properties that people read. Each takes a code; what is a sentence there has a blank in it. */
const ADVICE: readonly string[] = ["hint", "advice", "next", "headline", "sentence"];

/** Rooms of their own: they hold every sentence for people, or play and print what a person types on one machine. */
const SPEAKING = /^src\/(wording|cli|twin)\//;
/** What a model reads is no text for people: the prompts and their data. */
const FOR_MODELS = /^src\/agent\//;

/** Every string literal of a file that is a text for people, by the parser and not by the file's raw text. */
export function sentencesIn(path: string, source: string): readonly Sentence[] {
  const file = syntaxOf(path, source);
  const found: Sentence[] = [];
  const visit = (node: ts.Node) => {
    const text = textOf(node);
    const why = text === undefined ? undefined : reasonOf(node, text);
    if (text !== undefined && why !== undefined) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      found.push({ path, line: line + 1, why, text: text.slice(0, 100) });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The text of a literal; an ellipsis stands for what a template fills in. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("…");
}

function reasonOf(node: ts.Node, text: string): Sentence["why"] | undefined {
  if (COMMAND.test(text)) return "command";
  if (MARKDOWN.some((pattern) => pattern.test(text))) return "markdown";
  return text.includes(" ") && isAdvice(node) ? "advice" : undefined;
}

/** Whether it stands in the value of such a property, also behind a condition or inside a template. */
function isAdvice(node: ts.Node): boolean {
  for (let at: ts.Node = node; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (ts.isPropertyAssignment(parent) && parent.initializer === at) {
      return ts.isIdentifier(parent.name) && ADVICE.includes(parent.name.text);
    }
    if (!ts.isExpression(parent) && !ts.isTemplateSpan(parent)) return false;
  }
  return false;
}

/** The texts for people in every file below `src` of a repository whose room does not speak to people. */
export function strayedSentences(root: string): readonly Sentence[] {
  return readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replace(/^\/+/, ""))
    .filter((path) => !SPEAKING.test(path) && !FOR_MODELS.test(path))
    .sort()
    .flatMap((path) => sentencesIn(path, readFileSync(join(root, path), "utf8")));
}
