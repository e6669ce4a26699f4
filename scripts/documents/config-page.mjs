// The reference of `.github/factory.yml` and its JSON Schema, from the one zod schema and the meanings.
import { z } from "zod";
import { CHECK_NAMES } from "../../src/domain/config/check.ts";
import { Config } from "../../src/domain/config/schema.ts";
import { CONFIG_MEANINGS } from "./config-meanings.mjs";
import { code, generatedFrom, page, table } from "./markdown.mjs";

const SCHEMA_ADDRESS =
  "https://raw.githubusercontent.com/OWNER/millwright/main/docs/reference/factory.schema.json";

/** The JSON Schema for editors, with the meaning of every key as its description. */
export function configSchema() {
  const schema = z.toJSONSchema(Config, { io: "input" });
  for (const { key, node } of keysOf(schema)) node.description ??= plainOf(meaningOf(key));
  refuseSpareMeanings(schema);
  return `${JSON.stringify({ $id: SCHEMA_ADDRESS, title: "Millwright: .github/factory.yml", ...schema }, null, 2)}\n`;
}

/** docs/reference/config.md */
export function configPage() {
  const schema = z.toJSONSchema(Config, { io: "input" });
  const rows = new Map(
    keysOf(schema).map(({ key, node }) => [
      key,
      [
        code(key),
        typeOf(node),
        defaultOf(node),
        node.description === undefined ? meaningOf(key) : node.description,
      ],
    ]),
  );
  return page(
    "# `.github/factory.yml`",
    "Every key has a default, and no file at all means these defaults: a person merges everything. An unknown key is an error that names the nearest known one. The factory reads the file at the base commit, so a change of it counts once it is merged.",
    "An editor that knows JSON Schema completes and checks the file when this is its first line:",
    `\`\`\`yaml\n# yaml-language-server: $schema=${SCHEMA_ADDRESS}\nversion: 1\n\`\`\``,
    `The file itself is [factory.schema.json](factory.schema.json). \`checks.*\` stands for each of ${CHECK_NAMES.map(code).join(", ")}; \`[]\` for each entry of a list.`,
    table(["key", "type", "default", "meaning"], [...rows.values()]),
    "Complete files for npm, pnpm, pytest, go, cargo and Maven: [write a factory.yml](../how-to/write-factory-yml.md).",
    generatedFrom("src/domain/config/schema.ts", "scripts/documents/config-meanings.mjs"),
  );
}

/** Every key below a schema, in order, with the common form of checks explained once. */
function keysOf(schema, prefix = "") {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, node]) => {
    const key = generalise(`${prefix}${name}`);
    return [{ key, node }, ...keysOf(node, `${key}.`)];
  });
  const forms = (schema.anyOf ?? []).flatMap((form) => keysOf(form, prefix));
  const items =
    schema.items === undefined ? [] : keysOf(schema.items, prefix.replace(/\.$/, "[]."));
  return [...own, ...forms, ...items];
}

function generalise(key) {
  // An entry of a list has the same keys.
  return key.replace(
    new RegExp(`^checks\\.(${CHECK_NAMES.join("|")}|\\*)\\b(\\[\\])?|^checks\\.\\*\\[\\]`),
    "checks.*",
  );
}

function meaningOf(key) {
  const meaning = CONFIG_MEANINGS[key];
  if (meaning !== undefined) return meaning;
  throw new Error(
    `the config's key ${key} has no meaning: describe it in its schema or in scripts/documents/config-meanings.mjs`,
  );
}

function refuseSpareMeanings(schema) {
  const known = new Set(keysOf(schema).map(({ key }) => key));
  const spare = Object.keys(CONFIG_MEANINGS).filter((key) => !known.has(key));
  if (spare.length > 0) throw new Error(`meanings of keys that do not exist: ${spare.join(", ")}`);
}

/** The description without Markdown, because editors show it unchanged. */
function plainOf(text) {
  return text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll("**", "");
}

export function typeOf(node) {
  const values = node.enum ?? (node.const === undefined ? undefined : [node.const]);
  if (values !== undefined) return values.map(code).join(", ");
  if (node.anyOf !== undefined) return [...new Set(node.anyOf.map(typeOf))].join(" or ");
  if (node.type === "array") return `list of ${pluralOf(typeOf(node.items ?? {}))}${countOf(node)}`;
  return typeOfScalar(node);
}

function typeOfScalar(node) {
  if (node.type === "object") return "mapping";
  if (node.type === "integer" || node.type === "number")
    return `${node.type === "integer" ? "whole number" : "number"}${boundsOf(node)}`;
  if (node.type === "boolean") return "`true`, `false`";
  if (node.type === "null") return "`null`";
  if (node.format === "uri") return "address";
  if (node.pattern !== undefined) return `text like ${code(node.pattern)}`;
  return "text";
}

function pluralOf(type) {
  return { text: "texts", mapping: "mappings", address: "addresses" }[type] ?? type;
}

function countOf({ maxItems, minItems }) {
  if (maxItems === 0) return ", empty";
  if (maxItems !== undefined) return `, at most ${maxItems}`;
  return minItems === undefined ? "" : `, at least ${minItems}`;
}

function boundsOf({ minimum, exclusiveMinimum, maximum }) {
  const least = minimum === undefined ? `above ${exclusiveMinimum}` : `from ${minimum}`;
  const most = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? "" : ` to ${maximum}`;
  return minimum === undefined && exclusiveMinimum === undefined ? most : ` ${least}${most}`;
}

export function defaultOf(node) {
  if (node.default === undefined) return "";
  if (node.type === "object") return "";
  return code(JSON.stringify(node.default));
}
