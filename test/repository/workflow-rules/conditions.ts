import { type Expr, Logical } from "@actions/expressions/ast";
import { child, entriesOf, itemsOf, lineOf, scalarsOf, textOf } from "./document.ts";
import { allOf, bare, callsOf, expressionsOf, isLiteral } from "./expression.ts";
import type { Rule } from "./rule.ts";

const unsoundCondition: Rule = {
  name: "unsound-condition",
  why: "Text around a fenced expression, a line break included, makes the whole a text, and every text is true.",
  kinds: ["workflow", "action"],
  check: (document) =>
    scalarsOf(document.root)
      .filter(({ keys }) => keys.at(-1) === "if")
      .filter(({ node }) => {
        const text = textOf(node);
        return text.includes("${{") && !/^\$\{\{(?:(?!\}\})[\s\S])*\}\}$/.test(text);
      })
      .map(({ node }) => ({
        line: lineOf(document, node),
        message: "is always true",
        instead: "the bare expression, without ${{ }}",
      })),
};

const unsoundContains: Rule = {
  name: "unsound-contains",
  why: "contains('a b', x) looks for a part of the text: '' and 'a' and ' ' are in it too.",
  kinds: ["workflow", "action"],
  check: (document) =>
    expressionsOf(document)
      .filter(({ tree }) =>
        callsOf(tree, "contains").some(({ args }) => isLiteral(args[0]) && !isLiteral(args[1])),
      )
      .map(({ line }) => ({
        line,
        message: "contains() on a constant text",
        instead: `contains(fromJSON('["a", "b"]'), x), or x == 'a'`,
      })),
};

function isFalsy(tree: Expr | undefined): boolean {
  const part = tree && bare(tree);
  return isLiteral(part) && ["", "0", "false"].includes(part.literal.coerceString());
}

function isUnsoundTernary(tree: Expr): boolean {
  if (!(tree instanceof Logical) || tree.operator.lexeme !== "||") return false;
  return tree.args.slice(0, -1).some((arm) => {
    const both = bare(arm);
    return both instanceof Logical && both.operator.lexeme === "&&" && isFalsy(both.args.at(-1));
  });
}

const unsoundTernary: Rule = {
  name: "unsound-ternary",
  why: "a && '' || b is b whatever a is.",
  kinds: ["workflow", "action"],
  check: (document) =>
    expressionsOf(document)
      .filter(({ tree }) => allOf(tree).some(isUnsoundTernary))
      .map(({ line }) => ({
        line,
        message: "the first value can never be chosen",
        instead: "the condition turned around: !a && b || ''",
      })),
};

const alwaysTrue: Rule = {
  name: "if-always-true",
  why: "always() runs a step on what a failed or cancelled job left behind.",
  kinds: ["workflow", "action"],
  check: (document) =>
    expressionsOf(document)
      .filter(({ keys }) => keys.at(-1) === "if")
      .filter(({ tree }) => callsOf(tree, "always").length > 0 || isLiteral(tree))
      .map(({ line }) => ({
        line,
        message: "runs whatever happened before",
        instead: "!cancelled() and the result that is needed",
      })),
};

/** Days; younger versions are where stolen releases are found (issue 4, threats DEP). */
const COOLDOWN = 7;

const dependabotCooldown: Rule = {
  name: "dependabot-cooldown",
  why: "Most stolen releases are found within days: who waits a week does not install them.",
  kinds: ["dependabot"],
  check: (document) =>
    itemsOf(child(document.root, "updates"))
      .filter((update) => !(Number(textOf(child(update, "cooldown", "default-days"))) >= COOLDOWN))
      .map((update) => ({
        line: lineOf(document, update),
        message: "takes versions at once",
        instead: `cooldown: { default-days: ${COOLDOWN} }`,
      })),
};

const dependabotExecution: Rule = {
  name: "dependabot-execution",
  why: "Code of a new version would run with Dependabot's credentials.",
  kinds: ["dependabot"],
  check: (document) =>
    itemsOf(child(document.root, "updates"))
      .flatMap((update) => entriesOf(document, update))
      .filter(
        ({ key, value }) => key === "insecure-external-code-execution" && textOf(value) !== "deny",
      )
      .map(({ line }) => ({
        line,
        message: "runs code of new versions",
        instead: "insecure-external-code-execution: deny",
      })),
};

export const CONDITION_RULES: readonly Rule[] = [
  unsoundCondition,
  unsoundContains,
  unsoundTernary,
  alwaysTrue,
  dependabotCooldown,
  dependabotExecution,
];
