import { messageOf } from "../../../domain/text/message-of.ts";
import { callsStatus, tokensOf } from "./called-functions.ts";
import { type Data, dictionary, fromData, objectOf, toData } from "./expression-data.ts";
import { functionsOf, type Scope, type StatusView } from "./expression-functions.ts";
import type { GitHubLanguage } from "./language.ts";
import { isExpression, isTemplateList, isTemplateMapping, type Template } from "./template.ts";

export interface Expressions {
  /** Plain data: mappings become objects. */
  value(template: Template, scope: Scope): unknown;
  /** Text as GitHub prints it: true, 1.5, "" for null. */
  text(template: Template, scope: Scope): string;
  /** Whether an `if` holds; success() is added if no status function is called, as on GitHub. */
  condition(template: Template | undefined, scope: Scope): boolean;
  /** Why a bare `if` cannot be read, or undefined if it can. */
  fault(expression: string, contexts: readonly string[]): string | undefined;
}

export function createExpressions(language: GitHubLanguage): Expressions {
  const evaluate = (expression: string, scope: Scope) => evaluateIn(language, expression, scope);

  function condition(template: Template | undefined, scope: Scope): boolean {
    const source = isExpression(template) ? template.expression : String(template ?? "").trim();
    if (source === "") {
      return scope.status?.success ?? true;
    }
    const full = callsStatus(language, source) ? source : `success() && (${source})`;
    return isTruthy(fromData(language, evaluate(full, scope)));
  }

  function value(template: Template, scope: Scope): unknown {
    if (isExpression(template)) {
      return fromData(language, evaluate(template.expression, scope));
    }
    if (isTemplateList(template)) {
      return template.map((item) => value(item, scope));
    }
    if (isTemplateMapping(template)) {
      return objectOf([...template].map(([key, item]) => [key, value(item, scope)]));
    }
    return template;
  }

  return {
    value,
    condition,
    text(template, scope) {
      const data = isExpression(template)
        ? evaluate(template.expression, scope)
        : toData(language, value(template, scope));
      return data.coerceString();
    },
    fault: (expression, contexts) => faultOf(language, expression, contexts),
  };
}

function evaluateIn(language: GitHubLanguage, expression: string, scope: Scope): Data {
  const { Parser, Evaluator } = language.expressions;
  const tokens = tokensOf(language, expression);
  const functions = new Map(
    functionsOf(language, scope).map((definition) => [definition.name.toLowerCase(), definition]),
  );
  const tree = new Parser(tokens, Object.keys(scope.contexts), [...functions.values()]).parse();
  const used = new Set(tokens.map((token) => token.lexeme.toLowerCase()));
  const contexts = dictionary(
    language,
    Object.entries(scope.contexts).filter(([name]) => used.has(name.toLowerCase())),
  );
  return new Evaluator(tree, contexts, functions).evaluate();
}

function faultOf(
  language: GitHubLanguage,
  expression: string,
  contexts: readonly string[],
): string | undefined {
  try {
    const known = functionsOf(language, { contexts: {}, status: NEVER_RUN, workspace: "." });
    new language.expressions.Parser(tokensOf(language, expression), [...contexts], known).parse();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

const NEVER_RUN: StatusView = { success: true, failure: false, cancelled: false };

/** GitHub's truth: null, false, 0, NaN and "" are false. */
export function isTruthy(value: unknown): boolean {
  return !(
    value === null ||
    value === undefined ||
    value === false ||
    value === 0 ||
    value === "" ||
    Number.isNaN(value)
  );
}
