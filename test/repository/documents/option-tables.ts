import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { root } from "../bundles.ts";

/** The options that a file really takes: the keys of the tables that it hands to `readArguments` of the scripts, or Node's `parseArgs`. */
export interface OptionTable {
  /** Name of the function that the call stands in; empty at the top of the file. */
  readonly place: string;
  readonly options: readonly string[];
  /** Whether `--no-NAME` is taken, too. */
  readonly negative: boolean;
}

/** Those of a file; where it has none, those of the files that it imports. */
export function optionTables(path: string): readonly OptionTable[] {
  const text = readFileSync(join(root, path), "utf8");
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const own = tablesIn(source);
  if (own.length > 0) return own;
  return ts.preProcessFile(text).importedFiles.flatMap(({ fileName }) => {
    if (!fileName.startsWith(".")) return [];
    const imported = join(dirname(path), fileName);
    const body = readFileSync(join(root, imported), "utf8");
    return tablesIn(ts.createSourceFile(imported, body, ts.ScriptTarget.Latest, true));
  });
}

function tablesIn(source: ts.SourceFile): readonly OptionTable[] {
  const tables: OptionTable[] = [];
  const visit = (node: ts.Node, place: string) => {
    const inside = ts.isFunctionDeclaration(node) ? (node.name?.text ?? place) : place;
    const table = ts.isCallExpression(node) ? tableOf(node, source) : undefined;
    if (table !== undefined) tables.push({ place: inside, ...table });
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(source, "");
  return tables;
}

function tableOf(call: ts.CallExpression, source: ts.SourceFile) {
  const called = call.expression.getText(source);
  if (called === "readArguments") {
    return { options: keysOf(call.arguments[1], source), negative: false };
  }
  const [argument] = call.arguments;
  if (called !== "parseArgs" || argument === undefined) return undefined;
  return ts.isObjectLiteralExpression(argument) ? readTable(argument, source) : undefined;
}

function readTable(argument: ts.ObjectLiteralExpression, source: ts.SourceFile) {
  const options = argument.properties.find(
    (property) => property.name?.getText(source) === "options",
  );
  const value =
    options !== undefined && ts.isPropertyAssignment(options)
      ? options.initializer
      : declarationOf("options", argument);
  const negative = argument.properties.some(
    (property) => property.getText(source).replaceAll(" ", "") === "allowNegative:true",
  );
  return { options: keysOf(value, source), negative };
}

/** The literal of `const options = … as const` above a call that names it by its short form. */
function declarationOf(name: string, from: ts.Node): ts.Expression | undefined {
  for (let block: ts.Node | undefined = from; block !== undefined; block = block.parent) {
    if (!ts.isBlock(block) && !ts.isSourceFile(block)) continue;
    for (const statement of block.statements.filter(ts.isVariableStatement)) {
      const found = statement.declarationList.declarations.find(
        (declaration) => ts.isIdentifier(declaration.name) && declaration.name.text === name,
      );
      if (found?.initializer !== undefined) return found.initializer;
    }
  }
  return undefined;
}

function keysOf(value: ts.Expression | undefined, source: ts.SourceFile): readonly string[] {
  const literal = value !== undefined && ts.isAsExpression(value) ? value.expression : value;
  if (literal === undefined || !ts.isObjectLiteralExpression(literal)) {
    throw new Error(`${source.fileName}: the options are no literal`);
  }
  return literal.properties.map((property) =>
    (property.name?.getText(source) ?? "").replaceAll(/["']/g, ""),
  );
}
