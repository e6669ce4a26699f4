import type { parseWorkflow } from "@actions/workflow-parser";
import type { GitHubLanguage } from "./language.ts";

/** An expression that is evaluated on demand; the text between the markers. */
export interface Expression {
  readonly expression: string;
}

/** A parsed piece of YAML with unevaluated expressions. */
export type Template =
  | string
  | number
  | boolean
  | null
  | Expression
  | readonly Template[]
  | TemplateMapping;

/** A map and not an object, so that a key such as `constructor` is a key like any other. */
export type TemplateMapping = ReadonlyMap<string, Template>;

export type Token = NonNullable<ReturnType<typeof parseWorkflow>["value"]>;

export function isTemplateMapping(template: Template | undefined): template is TemplateMapping {
  return template instanceof Map;
}

export function isTemplateList(template: Template | undefined): template is readonly Template[] {
  return Array.isArray(template);
}

export function isExpression(template: Template | undefined): template is Expression {
  return (
    typeof template === "object" &&
    template !== null &&
    !isTemplateMapping(template) &&
    !isTemplateList(template)
  );
}

/** Turns GitHub's token tree into plain data. */
export function readToken(token: Token, language: GitHubLanguage): Template {
  const guards = language.workflow;
  if (guards.isMapping(token)) {
    const entries: [string, Template][] = [];
    for (const { key, value } of token) {
      entries.push([key.toString(), readToken(value, language)]);
    }
    return new Map(entries);
  }
  if (guards.isSequence(token)) {
    return [...token].map((item) => readToken(item, language));
  }
  if (guards.isBasicExpression(token)) {
    return { expression: token.expression };
  }
  if (guards.isString(token) || guards.isNumber(token) || guards.isBoolean(token)) {
    return token.value;
  }
  return null;
}

/** The value of a key, or undefined if the template is no mapping or has no such key. */
export function at(template: Template | undefined, key: string): Template | undefined {
  return isTemplateMapping(template) ? template.get(key) : undefined;
}

/** A mapping, or an empty one if there is none. */
export function mappingAt(template: Template | undefined, key: string): TemplateMapping {
  const value = at(template, key);
  return isTemplateMapping(value) ? value : new Map();
}

/** One string or a list of them, as `types`, `needs` and others allow. */
export function stringsOf(template: Template | undefined): readonly string[] {
  if (template === undefined || template === null) {
    return [];
  }
  const items = isTemplateList(template) ? template : [template];
  return items.map((item) => String(item));
}

/** Text of a literal, undefined for everything else. */
export function literal(template: Template | undefined): string | undefined {
  return typeof template === "string" ||
    typeof template === "number" ||
    typeof template === "boolean"
    ? String(template)
    : undefined;
}
