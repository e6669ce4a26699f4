import { at, type Json, jsonSchema, object } from "./description.ts";
import { strangersIn } from "./strangers.ts";

/** A request as it goes out: the path below the address of the API, with its query. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

export interface Requests {
  /** The operation that a request asks for, as "METHOD template". */
  routeOf(sent: Sent): string | undefined;
  /** What GitHub's description of the operation has against the request's path, query and body. */
  problems(sent: Sent): string[];
}

interface Operation {
  /** "METHOD template" of GitHub's description. */
  readonly route: string;
  readonly pattern: RegExp;
  /** Letters of the template that are no parameter: of several that match, the one with most of them is meant. */
  readonly literal: number;
  readonly parameters: readonly Json[];
  readonly body: { readonly isRequired: boolean; readonly schema: unknown };
}

/** What judges a value by a schema; a schema of one key is compiled once. */
export type ProblemsOf = (key: string, schema: () => unknown, value: unknown) => string[];

type Resolve = (value: unknown) => unknown;

interface Judge {
  readonly resolve: Resolve;
  readonly problemsOf: ProblemsOf;
}

/** Bodies that GitHub's pages allow and its description does not, each with the sentence that says so. */
const TAKEN: Readonly<Record<string, string>> = {
  // "Pass an empty array to remove all labels": docs.github.com/en/rest/issues/labels#set-labels-for-an-issue
  "PUT /repos/{owner}/{repo}/issues/{issue_number}/labels": '{"labels":[]}',
};

export function readRequests(description: unknown, problemsOf: ProblemsOf): Requests {
  const resolve: Resolve = (value) => {
    const named = at(value, "$ref");
    return typeof named === "string" ? at(description, ...named.split("/").slice(1)) : value;
  };
  const judge = { resolve, problemsOf };
  const operations = listOperations(description, resolve);
  const find = ({ method, path }: Sent) => {
    const [asked = ""] = path.split("?");
    const matching = operations.filter(
      ({ route, pattern }) => route.startsWith(`${method} `) && pattern.test(asked),
    );
    return matching.sort((one, other) => other.literal - one.literal)[0];
  };
  return {
    routeOf: (sent) => find(sent)?.route,
    problems(sent) {
      const operation = find(sent);
      const [path = "", query = ""] = sent.path.split("?");
      if (operation === undefined) return [`GitHub has no ${sent.method} ${path}`];
      return [
        ...pathProblems(operation, path, judge),
        ...queryProblems(operation, query, judge),
        ...bodyProblems(operation, sent.body, judge),
      ];
    },
  };
}

function listOperations(description: unknown, resolve: Resolve): readonly Operation[] {
  return Object.entries(object(at(description, "paths"))).flatMap(([template, methods]) =>
    Object.entries(object(methods)).map(([method, operation]) => {
      const listed = at(operation, "parameters");
      const parameters = Array.isArray(listed) ? listed.map((one) => object(resolve(one))) : [];
      const many = parameters.filter((one) => one["x-multi-segment"] === true);
      return {
        route: `${method.toUpperCase()} ${template}`,
        parameters,
        body: {
          isRequired: at(operation, "requestBody", "required") === true,
          schema: at(operation, "requestBody", "content", "application/json", "schema"),
        },
        ...patternOf(
          template,
          many.map(({ name }) => String(name)),
        ),
      };
    }),
  );
}

function patternOf(
  template: string,
  many: readonly string[],
): Pick<Operation, "pattern" | "literal"> {
  const parts = template.split(/(\{\w+\})/);
  const text = parts.map((part) => {
    const [, name] = /^\{(\w+)\}$/.exec(part) ?? [];
    if (name === undefined) return part.replaceAll(/[^\w/-]/g, "\\$&");
    return `(?<${name}>${many.includes(name) ? ".+" : "[^/]+"})`;
  });
  const literal = parts.filter((part) => !part.startsWith("{")).join("").length;
  return { pattern: new RegExp(`^${text.join("")}$`), literal };
}

function pathProblems({ route, pattern, parameters }: Operation, path: string, judge: Judge) {
  const groups = pattern.exec(path)?.groups ?? {};
  const inPath = parameters.filter((one) => one.in === "path");
  return inPath.flatMap((parameter) => {
    const text = decodeURIComponent(groups[String(parameter.name)] ?? "");
    return textProblems(`${route} {${String(parameter.name)}}`, { parameter, text }, judge);
  });
}

function queryProblems({ route, parameters }: Operation, query: string, judge: Judge) {
  const given = [...new URLSearchParams(query)];
  const known = parameters.filter((one) => one.in === "query");
  const missing = known.filter(
    ({ name, required }) => required === true && !given.some(([one]) => one === name),
  );
  return [
    ...missing.map(({ name }) => `${route}: the query lacks ${String(name)}`),
    ...given.flatMap(([name, text]) => {
      const parameter = known.find((one) => one.name === name);
      if (parameter === undefined) return [`${route} has no query parameter ${name}`];
      return textProblems(`${route} ?${name}`, { parameter, text }, judge);
    }),
  ];
}

/** A query and a path are texts; what they mean stands in the description. */
function textProblems(
  where: string,
  { parameter, text }: { readonly parameter: Json; readonly text: string },
  { resolve, problemsOf }: Judge,
): string[] {
  const schema = object(resolve(parameter.schema));
  const value = meaningOf(schema, text);
  return problemsOf(where, () => jsonSchema(schema), value).map((one) => `${where} ${one}`);
}

function meaningOf(schema: Json, text: string): unknown {
  if (schema.type === "integer" && /^-?\d+$/.test(text)) return Number(text);
  if (schema.type === "boolean" && /^(?:true|false)$/.test(text)) return text === "true";
  return text;
}

function bodyProblems({ route, body }: Operation, sent: unknown, judge: Judge): string[] {
  if (sent === undefined) return body.isRequired ? [`${route}: the body is missing`] : [];
  if (body.schema === undefined) return [`${route} takes no body`];
  if (JSON.stringify(sent) === TAKEN[route]) return [];
  const found = judge.problemsOf(`${route} body`, () => jsonSchema(body.schema), sent);
  const strange = strangersIn([body.schema], sent, { resolve: judge.resolve, path: "" });
  return [...found, ...strange].map((one) => `${route} body ${one}`);
}
