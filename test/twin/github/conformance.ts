import type { ValidateFunction } from "ajv";
import type { TwinEvent } from "../../../src/twin/github/twin-github.ts";
import { at, createAjv, jsonSchema, object, problems, resolve } from "./description.ts";
import { type Requests, readRequests } from "./requests.ts";

/**
 * Holds the twin against what GitHub publishes about itself: the OpenAPI description of its REST API, and the JSON
 * schemas of its webhooks. Both are large.
 */
export interface Conformance {
  /** What GitHub's description has against this answer; empty when it conforms. Refusals are checked too. */
  answer(route: string, answer: { readonly status: number; readonly body: unknown }): string[];
  /** What GitHub's webhook schema has against the payload of this event. */
  event(event: TwinEvent): string[];
  /** "METHOD template" of every operation that GitHub describes. */
  readonly operations: ReadonlySet<string>;
  /** GitHub's own example of an answer to a route that went well. */
  example(route: string): unknown;
  /** What GitHub's description has against a request. */
  readonly requests: Requests;
}

/** Required by GitHub's webhook schemas and left out on purpose: the twin's Apps have no installations. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  repository_dispatch: ["/ must have required property 'installation'"],
};

function responseSchema(description: unknown, route: string, status: number): unknown {
  const [method = "", template = ""] = route.split(" ");
  const operation = at(description, "paths", template, method.toLowerCase());
  const responses = object(at(operation, "responses"));
  const response = responses[String(status)];
  const named = at(response, "$ref");
  const found =
    typeof named === "string"
      ? at(description, "components", "responses", named.slice(named.lastIndexOf("/") + 1))
      : response;
  return at(found, "content", "application/json", "schema");
}

function exampleOf(description: unknown, route: string): unknown {
  const [method = "", template = ""] = route.split(" ");
  const responses = at(description, "paths", template, method.toLowerCase(), "responses");
  const [, well] = Object.entries(object(responses)).find(([status]) => status < "300") ?? [];
  const [first] = Object.values(object(at(well, "content", "application/json", "examples")));
  const resolved = (value: unknown): unknown => {
    const named = at(value, "$ref");
    return typeof named === "string"
      ? at(description, ...named.split("/").slice(1), "value")
      : at(value, "value");
  };
  const value = resolved(first);
  return at(value, "$ref") === undefined ? value : resolved(value);
}

function operationsOf(description: unknown): ReadonlySet<string> {
  const paths = Object.entries(object(at(description, "paths")));
  return new Set(
    paths.flatMap(([template, methods]) =>
      Object.keys(object(methods)).map((method) => `${method.toUpperCase()} ${template}`),
    ),
  );
}

/** Every refusal has GitHub's error shape, also where the description of the route does not list its status. */
const REFUSAL = {
  type: "object",
  required: ["message", "documentation_url", "status"],
  properties: {
    message: { type: "string" },
    documentation_url: { type: "string" },
    status: { type: "string" },
  },
};

function webhookName(event: TwinEvent): string {
  const single = ["push", "workflow_dispatch", "repository_dispatch"].includes(event.name);
  return `${event.name}$${single ? "event" : event.action}`;
}

/** Files of tests that share a process share it: reading and compiling the descriptions takes a second each time. */
const SHARED = Symbol.for("millwright.conformance");

export function loadConformance(): Conformance {
  const process = globalThis as { [SHARED]?: Conformance };
  process[SHARED] ??= readConformance();
  return process[SHARED];
}

function readConformance(): Conformance {
  const description = resolve("@octokit/openapi/generated/api.github.com.json");
  const ajv = createAjv();
  // Without the root's list of all events, so that only what is asked for is compiled.
  const { definitions } = object(resolve("@octokit/webhooks-schemas/schema.json"));
  ajv.addSchema({ definitions }, "webhooks");
  const operations = operationsOf(description);
  const compiled = new Map<string, ValidateFunction>();
  const validator = (key: string, schema: () => unknown): ValidateFunction => {
    const known = compiled.get(key) ?? ajv.compile(object(schema()));
    compiled.set(key, known);
    return known;
  };
  const components = object(at(description, "components", "schemas"));
  const added = new Set<string>();
  /** Components are schemas of their own here, added when something first refers to them: a file of tests asks for a few. */
  const absolute = (schema: unknown): unknown => {
    const text = JSON.stringify(schema);
    for (const [, name = ""] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (added.has(name)) continue;
      added.add(name);
      ajv.addSchema(object(absolute(jsonSchema(components[name]))), `github:${name}`);
    }
    return JSON.parse(text.replaceAll('"#/components/schemas/', '"github:'));
  };
  const requests = readRequests(description, (key, schema, value) =>
    problems(
      validator(key, () => absolute(schema())),
      value,
    ),
  );
  return {
    operations,
    requests,
    example: (route) => exampleOf(description, route),
    answer(route, { body, status }) {
      if (!operations.has(route)) return [`GitHub has no ${route}`];
      const schema = responseSchema(description, route, status);
      if (schema === undefined && status < 400) {
        return body === undefined ? [] : [`${route} ${status} has no body on GitHub`];
      }
      const refused =
        status < 400
          ? []
          : problems(
              validator("refusal", () => REFUSAL),
              body,
            );
      if (schema === undefined) return refused;
      const key = `${route} ${status}`;
      return [
        ...refused,
        ...problems(
          validator(key, () => absolute(jsonSchema(schema))),
          body,
        ),
      ];
    },
    event(event) {
      const name = webhookName(event);
      const reference = { $ref: `webhooks#/definitions/${name.replace("$", "%24")}` };
      const found = problems(
        validator(name, () => reference),
        event.payload,
      );
      return found.filter((problem) => !LEFT_OUT[event.name]?.includes(problem));
    },
  };
}
