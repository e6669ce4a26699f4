import type { Checkout } from "../../ports/checkout.ts";
import type { Grammar, Syntax, SyntaxNode } from "../../ports/syntax.ts";
import { joined, parentOf } from "./paths.ts";

/** By extension: ECMAScript modules, whose exports are in their syntax. */
const GRAMMARS: Readonly<Record<string, Grammar>> = {
  js: "javascript",
  mjs: "javascript",
  ts: "typescript",
  mts: "typescript",
  tsx: "tsx",
};

interface ExportContext {
  readonly checkout: Checkout;
  readonly syntax: Syntax;
}

/** How far modules that re-export each other are followed. */
const DEPTH = 8;

/**
 * Names that a module exports, by its syntax tree and those of the modules that it re-exports. Undefined if unknown: for
 * re-exports from elsewhere, and for CommonJS, which decides at run time.
 */
export async function exportsOf(
  path: string,
  context: ExportContext,
  depth = 0,
): Promise<ReadonlySet<string> | undefined> {
  const grammar = GRAMMARS[/\.([a-z]+)$/.exec(path)?.[1] ?? ""];
  const text = await context.checkout.read(path);
  if (grammar === undefined || text === undefined || depth > DEPTH) return undefined;
  const tree = await context.syntax.parse(grammar, text);
  if ("problem" in tree || tree.unreadAt !== undefined) return undefined;
  const statements = tree.root.children.filter(({ kind }) => kind === "export_statement");
  const found = await Promise.all(
    statements.map((statement) => namesFrom(statement, { path, text, context, depth })),
  );
  // Without one it is CommonJS, or a script.
  const isWhole = found.length > 0 && found.every((one) => one !== undefined);
  return isWhole ? new Set(found.flatMap((one) => [...(one ?? [])])) : undefined;
}

interface From {
  readonly path: string;
  readonly text: string;
  readonly context: ExportContext;
  readonly depth: number;
}

async function namesFrom(
  statement: SyntaxNode,
  { path, text, context, depth }: From,
): Promise<Iterable<string> | undefined> {
  const passed = passedOn(statement, text);
  if (passed === undefined) return ownNames(statement, text);
  return follow(passed, path, { context, depth });
}

/** The specifier of `export * from`. */
function passedOn(statement: SyntaxNode, text: string): string | undefined {
  const source = statement.children.find(({ field }) => field === "source");
  const named = statement.children.some(
    ({ kind }) => kind === "export_clause" || kind === "namespace_export",
  );
  return source === undefined || named ? undefined : wordsOf(source, text).slice(1, -1);
}

async function follow(
  specifier: string,
  from: string,
  { context, depth }: { readonly context: ExportContext; readonly depth: number },
): Promise<ReadonlySet<string> | undefined> {
  if (!specifier.startsWith(".")) return undefined;
  const path = joined(parentOf(from), specifier) ?? "";
  // TypeScript writes the extension of the future file.
  const candidates = [path, path.replace(/\.js$/, ".ts"), path.replace(/\.mjs$/, ".mts")];
  const found = [...candidates, `${path}.ts`, `${path}.js`, `${path}/index.ts`].find((one) =>
    context.checkout.files.includes(one),
  );
  return found === undefined ? undefined : exportsOf(found, context, depth + 1);
}

/** Undefined for an unknown form. */
function ownNames(statement: SyntaxNode, text: string): readonly string[] | undefined {
  const clause = statement.children.find(({ kind }) => kind === "export_clause");
  if (clause !== undefined) {
    return clause.children
      .filter(({ kind }) => kind === "export_specifier")
      .flatMap(({ children }) => {
        const name = children.find(({ field }) => field === "alias") ?? children[0];
        return name === undefined ? [] : [wordsOf(name, text)];
      });
  }
  const space = statement.children.find(({ kind }) => kind === "namespace_export");
  if (space !== undefined) return space.children.map((one) => wordsOf(one, text));
  const declared = statement.children.find(({ field }) => field === "declaration");
  if (declared !== undefined) return declaredNames(declared, text);
  return /^export\s+default\b/.test(wordsOf(statement, text)) ? [] : undefined;
}

function declaredNames(declared: SyntaxNode, text: string): readonly string[] | undefined {
  const name = declared.children.find(({ field }) => field === "name");
  if (name !== undefined) return [wordsOf(name, text)];
  const variables = declared.children.filter(({ kind }) => kind === "variable_declarator");
  const names = variables.map(({ children }) => children.find(({ field }) => field === "name"));
  // A destructuring declaration has names further inside.
  const arePlain = names.length > 0 && names.every((one) => one?.kind === "identifier");
  return arePlain
    ? names.flatMap((one) => (one === undefined ? [] : wordsOf(one, text)))
    : undefined;
}

function wordsOf({ start, end }: SyntaxNode, text: string): string {
  return text.slice(start, end);
}
