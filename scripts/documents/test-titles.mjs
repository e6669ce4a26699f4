// The titles of the tests in a file, read from its syntax: what is written in a comment, a value or a skipped test is no title.
import ts from "typescript";

const SKIPPED = /\.(?:skip|todo|fails)\b/;

/**
 * Titles of `test(…)`, `test.each(…)(…)` and of the calls that wrap them; `%s` and the like stand for what a table fills in, an ellipsis for what
 * a template does. What a table fills in is a title as well; `%s` alone names no test.
 */
export function testTitles(source) {
  const file = ts.createSourceFile("test.ts", source, ts.ScriptTarget.Latest, true);
  const titles = new Set();
  const visit = (node) => {
    if (ts.isCallExpression(node)) for (const title of titlesOf(node, file)) titles.add(title);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return titles;
}

function titlesOf(call, file) {
  const callee = call.expression.getText(file);
  if (!/^(?:test|it)\b/.test(callee) || SKIPPED.test(callee.split("(")[0])) return [];
  const title = textOf(call.arguments[0]);
  if (title === undefined) return [];
  const table = ts.isCallExpression(call.expression) ? call.expression.arguments[0] : undefined;
  const filled = /%|\$/.test(title) && table !== undefined ? rowTexts(table, file) : [];
  return /^(?:%\w|\$\w+)$/.test(title) ? filled : [title, ...filled];
}

function textOf(node) {
  if (node === undefined) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("…");
}

/** What `%s` shows of each row: the text itself, the first one of a list, the key of a record. A constant is followed within the file. */
function rowTexts(node, file, depth = 0) {
  if (depth > 3) return [];
  const within = (each) => rowTexts(each, file, depth + 1);
  if (ts.isIdentifier(node)) return declarationsOf(node.text, file).flatMap(within);
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return within(node.expression);
  if (ts.isCallExpression(node) && node.expression.getText(file) === "Object.entries") {
    return node.arguments.flatMap(within);
  }
  if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap(keyOf);
  if (ts.isArrayLiteralExpression(node)) {
    return node.elements.flatMap(
      (row) => textOf(ts.isArrayLiteralExpression(row) ? row.elements[0] : row) ?? [],
    );
  }
  return [];
}

function keyOf({ name }) {
  return name !== undefined && (ts.isStringLiteral(name) || ts.isIdentifier(name))
    ? [name.text]
    : [];
}

function declarationsOf(name, file) {
  const found = [];
  const visit = (node) => {
    if (
      ts.isVariableDeclaration(node) &&
      node.name.getText(file) === name &&
      node.initializer !== undefined
    )
      found.push(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
