// Titles of the tests in a file, from its syntax, so that comments, values and skipped tests do not count.
import ts from "typescript";

const SKIPPED = /\.(?:skip|todo|fails)\b/;

/**
 * Titles of `test(…)`, `test.each(…)(…)` and of wrapping calls; `%s` and the like stand for a table's values, an
 * ellipsis for a template's. A table's value is a title as well; `%s` alone names no test.
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
  const filled = /%|\$/.test(title) && table !== undefined ? rowTexts(title, table, file) : [];
  return /^(?:%\w|\$\w+)$/.test(title) ? filled : [title, ...filled];
}

function textOf(node) {
  if (node === undefined) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("…");
}

/**
 * The text of a title for each row: the text itself, the first one of a list, the key of a record, or the value of
 * `$name`. Follows a constant within the file.
 */
function rowTexts(title, node, file, depth = 0) {
  if (depth > 3) return [];
  const within = (each) => rowTexts(title, each, file, depth + 1);
  if (ts.isIdentifier(node)) return declarationsOf(node.text, file).flatMap(within);
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return within(node.expression);
  if (ts.isCallExpression(node) && node.expression.getText(file) === "Object.entries") {
    return node.arguments.flatMap(within);
  }
  if (ts.isObjectLiteralExpression(node))
    return node.properties.flatMap(({ name }) => nameOf(name));
  return ts.isArrayLiteralExpression(node)
    ? node.elements.flatMap((row) => shownOf(title, row) ?? [])
    : [];
}

function shownOf(title, row) {
  if (ts.isArrayLiteralExpression(row)) return textOf(row.elements[0]);
  if (!ts.isObjectLiteralExpression(row)) return textOf(row);
  const shown = row.properties.find(
    (property) =>
      ts.isPropertyAssignment(property) &&
      nameOf(property.name).some((name) => new RegExp(`\\$${name}\\b`).test(title)),
  );
  return shown === undefined ? undefined : textOf(shown.initializer);
}

function nameOf(name) {
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
