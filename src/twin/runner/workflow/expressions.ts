import { createHash } from "node:crypto";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { data as expressionData } from "@actions/expressions";
import type { FunctionDefinition } from "@actions/expressions/funcs/info";
import type { GitHubLanguage } from "./language.ts";
import { isExpression, isTemplateList, isTemplateMapping, type Template } from "./template.ts";

type Data = expressionData.ExpressionData;

/** How the work so far stands, for success(), failure() and cancelled(). */
export interface StatusView {
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
}

/** What an expression can see. A context that is not listed is unknown, as on GitHub. */
export interface Scope {
  readonly contexts: Readonly<Record<string, unknown>>;
  /** Present only where status functions are allowed: in `if`. */
  readonly status?: StatusView | undefined;
  /** Folder that hashFiles searches; absent where it is not allowed. */
  readonly workspace?: string | undefined;
}

export interface Expressions {
  /** Plain data: mappings become objects. */
  value(template: Template, scope: Scope): unknown;
  /** Text as GitHub prints it: true, 1.5, "" for null. */
  text(template: Template, scope: Scope): string;
  /** Is an `if` met? success() is added where no status function is called, as GitHub does. */
  condition(template: Template | undefined, scope: Scope): boolean;
  /** Why a bare `if` cannot be read, or undefined when it can. */
  fault(expression: string, contexts: readonly string[]): string | undefined;
}

const STATUS_FUNCTIONS = ["success", "failure", "cancelled", "always"];

export function createExpressions(language: GitHubLanguage): Expressions {
  const { Parser, Evaluator } = language.expressions;

  function evaluate(expression: string, scope: Scope): Data {
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
    fault(expression, contexts) {
      try {
        const known = functionsOf(language, { contexts: {}, status: NEVER_RUN, workspace: "." });
        new Parser(tokensOf(language, expression), [...contexts], known).parse();
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
  };
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

function callsStatus(language: GitHubLanguage, expression: string): boolean {
  return tokensOf(language, expression).some(
    (token, index, tokens) =>
      STATUS_FUNCTIONS.includes(token.lexeme.toLowerCase()) && tokens[index + 1]?.lexeme === "(",
  );
}

/**
 * Tokens of an expression. Version 0.3.61 unescapes only the first doubled quote of a string, so that every text
 * with two quotes around an expression comes out wrong; it is done again here, for all of them.
 */
function tokensOf(language: GitHubLanguage, expression: string) {
  const { tokens } = new language.expressions.Lexer(expression).lex();
  return tokens.map((token) =>
    typeof token.value === "string" && token.lexeme.startsWith("'")
      ? { ...token, value: token.lexeme.slice(1, -1).replaceAll("''", "'") }
      : token,
  );
}

function functionsOf(language: GitHubLanguage, scope: Scope): FunctionDefinition[] {
  const { data } = language.expressions;
  const functions: FunctionDefinition[] = [
    {
      // GitHub's own fromJSON builds dictionaries that lose keys such as "constructor".
      name: "fromJSON",
      minArgs: 1,
      maxArgs: 1,
      call: (input) => toData(language, parseJson(input?.coerceString() ?? "")),
    },
  ];
  const { status, workspace } = scope;
  if (status !== undefined) {
    const answers = { ...status, always: true };
    for (const name of ["success", "failure", "cancelled", "always"] as const) {
      const call = () => new data.BooleanData(answers[name]);
      functions.push({ name, minArgs: 0, maxArgs: 0, call });
    }
  }
  if (workspace !== undefined) {
    const call = (...patterns: Data[]) =>
      new data.StringData(
        hashFiles(
          workspace,
          patterns.map((pattern) => pattern.coerceString()),
        ),
      );
    functions.push({ name: "hashFiles", minArgs: 1, maxArgs: 255, call });
  }
  return functions;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const start = JSON.stringify(text.slice(0, 60));
    throw new Error(`fromJSON was given ${start}, which is not JSON`, { cause });
  }
}

/** SHA-256 over the SHA-256 of each file found, as actions/runner computes it; "" when nothing is found. */
function hashFiles(workspace: string, patterns: readonly string[]): string {
  const lines = patterns.flatMap((pattern) => pattern.split("\n")).map((line) => line.trim());
  const exclude = lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
  const include = lines.filter((line) => line !== "" && !/^[!#]/.test(line));
  const files = globSync(include, { cwd: workspace, exclude })
    .filter((file) => statSync(join(workspace, file)).isFile())
    .sort();
  const digests = [...new Set(files)].map((file) =>
    createHash("sha256")
      .update(readFileSync(join(workspace, file)))
      .digest(),
  );
  return digests.length === 0
    ? ""
    : createHash("sha256").update(Buffer.concat(digests)).digest("hex");
}

function dictionary(
  language: GitHubLanguage,
  entries: Iterable<readonly [string, unknown]>,
): expressionData.Dictionary {
  const result = new language.expressions.data.Dictionary();
  // Its index is a plain object, in which "constructor" seems to be present already.
  Object.assign(result, { indexMap: Object.create(null) });
  for (const [key, value] of entries) {
    result.add(key, toData(language, value));
  }
  return result;
}

function toData(language: GitHubLanguage, value: unknown): Data {
  const { data } = language.expressions;
  switch (typeof value) {
    case "string":
      return new data.StringData(value);
    case "number":
      return new data.NumberData(value);
    case "boolean":
      return new data.BooleanData(value);
    case "object":
      break;
    default:
      return new data.Null();
  }
  if (value === null) {
    return new data.Null();
  }
  return Array.isArray(value)
    ? new data.Array(...value.map((item) => toData(language, item)))
    : dictionary(language, Object.entries(value));
}

function fromData(language: GitHubLanguage, value: Data): unknown {
  const { data } = language.expressions;
  if (value instanceof data.Dictionary) {
    return objectOf(value.pairs().map((pair) => [pair.key, fromData(language, pair.value)]));
  }
  if (value instanceof data.Array) {
    return value.values().map((item) => fromData(language, item));
  }
  if (value instanceof data.Null) {
    return null;
  }
  return value instanceof data.NumberData ? value.number() : literalOf(value);
}

function literalOf(value: Data): unknown {
  return "value" in value ? value.value : value.coerceString();
}

/** An object whose keys are only its own: `__proto__` is a key like any other. */
function objectOf(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(entries);
}
