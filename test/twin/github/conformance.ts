import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import type { TwinEvent } from "../../../src/twin/github/twin-github.ts";

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
}

type Json = Readonly<Record<string, unknown>>;

/** Required by GitHub's webhook schemas and left out on purpose: the twin's Apps have no installations. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  repository_dispatch: ["/ must have required property 'installation'"],
};

function resolve(name: string): unknown {
  const path = createRequire(import.meta.url).resolve(name);
  return JSON.parse(readFileSync(path, "utf8")) as unknown;
}

function object(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner, key) => object(inner)[key], value);
}

const NULL = { type: "null" };

/**
 * OpenAPI 3.0 says `nullable` where JSON Schema names the type null; and its `oneOf` is meant as "one of these": many
 * of GitHub's alternatives overlap. Descriptions and examples are dropped.
 */
function jsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(jsonSchema);
  if (typeof schema !== "object" || schema === null) return schema;
  const { nullable, oneOf, discriminator, example, ...rest } = schema as Json;
  const converted = Object.fromEntries(
    Object.entries(oneOf === undefined ? rest : { ...rest, anyOf: oneOf })
      .filter(([key]) => key !== "examples" && key !== "description" && !key.startsWith("x-"))
      .map(([key, value]) => [key, key === "properties" ? properties(value) : jsonSchema(value)]),
  );
  return nullable === true ? { anyOf: [converted, NULL] } : converted;
}

/** Names of properties are data: one may be called `nullable` or `description`. */
function properties(value: unknown): Json {
  return Object.fromEntries(
    Object.entries(object(value)).map(([name, schema]) => [name, jsonSchema(schema)]),
  );
}

/** A reference cannot be made nullable in place, so GitHub has twins of schemas; those are converted alike. */
function componentSchemas(description: unknown): Json {
  return { components: { schemas: properties(at(description, "components", "schemas")) } };
}

function createAjv(): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, inlineRefs: false, validateSchema: false });
  ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
  ajv.addFormat("uri", { validate: (text: string) => URL.canParse(text.replace(/\{.*$/, "")) });
  ajv.addFormat("email", /^[^@\s]+@[^@\s]+$/);
  for (const name of ["uri-template", "int64", "repo.nwo", "ipv4", "hostname", "date"]) {
    ajv.addFormat(name, true);
  }
  return ajv;
}

function problems(validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => {
    const detail =
      error.keyword === "additionalProperties" ? ` (${JSON.stringify(error.params)})` : "";
    return `${error.instancePath || "/"} ${error.message ?? error.keyword}${detail}`;
  });
}

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
  ajv.addSchema(componentSchemas(description), "github");
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
  /** References inside a response point at the components, which have a schema of their own here. */
  const absolute = (schema: unknown): unknown =>
    JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"github#/components/'));
  return {
    operations,
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
