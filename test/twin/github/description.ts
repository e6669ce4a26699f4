import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";

export type Json = Readonly<Record<string, unknown>>;

export function resolve(name: string): unknown {
  const path = createRequire(import.meta.url).resolve(name);
  return JSON.parse(readFileSync(path, "utf8")) as unknown;
}

export function object(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner, key) => object(inner)[key], value);
}

const NULL = { type: "null" };

/**
 * OpenAPI 3.0 says `nullable` where JSON Schema names the type null; and its `oneOf` is meant as "one of these": many
 * of GitHub's alternatives overlap. Descriptions and examples are dropped. A reference cannot be made nullable in place, so
 * GitHub has twins of the schemas that it refers to; those are converted alike.
 */
export function jsonSchema(schema: unknown): unknown {
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

export function createAjv(): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, inlineRefs: false, validateSchema: false });
  ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
  ajv.addFormat("uri", { validate: (text: string) => URL.canParse(text.replace(/\{.*$/, "")) });
  ajv.addFormat("email", /^[^@\s]+@[^@\s]+$/);
  for (const name of ["uri-template", "int64", "repo.nwo", "ipv4", "hostname", "date"]) {
    ajv.addFormat(name, true);
  }
  return ajv;
}

export function problems(validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => {
    const detail =
      error.keyword === "additionalProperties" ? ` (${JSON.stringify(error.params)})` : "";
    return `${error.instancePath || "/"} ${error.message ?? error.keyword}${detail}`;
  });
}
