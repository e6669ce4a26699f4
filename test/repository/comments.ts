import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { PLAINER, unplainWords } from "./plain-words.ts";
import { syntaxOf } from "./syntax-of.ts";

/** Longest sentence of a comment, in words. A piece of code or an address counts as one word. */
export const MOST_WORDS = 35;

/** One comment as prose: comment signs are removed, and consecutive line comments are joined. */
export interface Comment {
  readonly line: number;
  readonly text: string;
  /** A docstring, whose first sentence may be a label and need no verb. */
  readonly isDocstring: boolean;
}

/** A clause in the place of the subject: the reader has to keep it in mind until the verb comes. A question may begin like this. */
const INVERTED = /^(?:What|Whoever|Whom|Whose)\b(?!.*\?$)/;
/** The same for the first sentence of a docstring, which may be a label such as "What a schema expects". */
const INVERTED_LABEL = /^Whoever\b/;

/** Comments that tools read. */
const DIRECTIVE = /^(?:Stryker |biome-ignore|@ts-|@vite-|webpackIgnore)/;

/** A comment with its signs. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** Every comment of a source file, by the parser, so that a string that looks like a comment is left out. */
export function commentsIn(path: string, source: string): readonly Comment[] {
  const file = syntaxOf(path, source);
  return joined(file, rangesIn(file)).filter(({ text }) => text !== "" && !DIRECTIVE.test(text));
}

/** Where comments stand: their signs have no other meaning outside the literals, which the parser tells from a division. */
function rangesIn(file: ts.SourceFile): readonly Range[] {
  const literals = [...literalsIn(file), { from: file.end, to: file.end }];
  return literals.flatMap(({ from }, index) => {
    const before = literals[index - 1]?.to ?? 0;
    const between = file.text.slice(before, from);
    return [...between.matchAll(/\/\/.*|\/\*[\s\S]*?\*\//g)].map(
      ({ 0: { length }, index: at }) => ({
        from: before + at,
        to: before + at + length,
      }),
    );
  });
}

/** Literals whose text may hold the signs of a comment: strings, pieces of templates and regular expressions. */
const LITERALS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.TemplateHead,
  ts.SyntaxKind.TemplateMiddle,
  ts.SyntaxKind.TemplateTail,
  ts.SyntaxKind.RegularExpressionLiteral,
]);

/** Where they stand, in their order. */
function literalsIn(file: ts.SourceFile): readonly Range[] {
  const found: Range[] = [];
  const visit = (node: ts.Node) => {
    if (LITERALS.has(node.kind)) found.push({ from: node.getStart(file), to: node.end });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Joins line comments that follow one another, because a sentence may continue on the next line. */
function joined(file: ts.SourceFile, ranges: readonly Range[]): readonly Comment[] {
  const comments: Comment[] = [];
  let previous: Range | undefined;
  for (const range of ranges) {
    const text = proseOf(file.text.slice(range.from, range.to));
    const last = comments.at(-1);
    if (last !== undefined && previous !== undefined && continues(file.text, previous, range)) {
      comments.splice(-1, 1, { ...last, text: `${last.text}\n${text}` });
    } else {
      const { line } = file.getLineAndCharacterOfPosition(range.from);
      const isDocstring = file.text.startsWith("/**", range.from);
      comments.push({ line: line + 1, text, isDocstring });
    }
    previous = range;
  }
  return comments;
}

function continues(source: string, previous: Range, next: Range): boolean {
  const isLine = ({ from }: Range) => source.startsWith("//", from);
  const between = source.slice(previous.to, next.from);
  return isLine(previous) && isLine(next) && /^\s*\n[^\S\n]*$/.test(between);
}

function proseOf(comment: string): string {
  return comment
    .replace(/^\/\*\*?|\*\/$|^\/\//g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trim())
    .join("\n")
    .trim();
}

/** What is wrong with the sentences of a file's comments, each with its line. */
export function commentFaults(path: string, source: string): readonly string[] {
  return commentsIn(path, source).flatMap(({ line, text, isDocstring }) =>
    sentencesOf(text).flatMap((sentence, index) =>
      faultsOf(sentence, isDocstring && index === 0).map((fault) => `${path}:${line}: ${fault}`),
    ),
  );
}

function faultsOf(sentence: string, mayBeLabel: boolean): readonly string[] {
  const start = sentence.slice(0, 60);
  const words = sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  const long = words > MOST_WORDS ? [`${words} words, at most ${MOST_WORDS}: "${start}…"`] : [];
  const isInverted = (mayBeLabel ? INVERTED_LABEL : INVERTED).test(sentence);
  const inverted = isInverted ? [`name the thing first: "${start}"`] : [];
  return [...long, ...inverted, ...unplainWords(sentence, PLAINER)];
}

/** Splits at stops, list items, tags and empty lines. Code and addresses become one word each. */
function sentencesOf(text: string): readonly string[] {
  return text
    .replace(/`[^`]*`/g, "Code")
    .replace(/"[^"\n]*"/g, "Quote")
    .replace(/(?:https?:\/\/|\b[\w-]+(?:\.[\w-]+)+\/)[^\s,;)]+/g, "Address")
    .split(/\n\s*\n|\n(?=- )|\n?(?=@(?:param|returns|throws)\b)/)
    .map((part) =>
      part
        .replaceAll("\n", " ")
        .replace(/^- |^@(?:param|throws) \S+|^@returns/, "")
        .trim(),
    )
    .flatMap((part) => part.split(/(?<=[.!?][”")]*)\s+(?=[^\sa-z])/))
    .filter((sentence) => sentence !== "");
}

/** The source files below `src` of a repository, with their text. */
export function sourcesBelow(root: string): readonly (readonly [path: string, text: string])[] {
  return readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replace(/^\/+/, ""))
    .filter((path) => !path.startsWith("src/twin/example/"))
    .sort()
    .map((path) => [path, readFileSync(join(root, path), "utf8")]);
}
