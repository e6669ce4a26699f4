// The reference of a loop file and of a gatherer's output, with their JSON Schemas, from the zod schemas and the meanings.
import { z } from "zod";
import { GATHERED_BYTES, Gathered } from "../../src/domain/loop/gathered.ts";
import { Loop } from "../../src/domain/loop/loop.ts";
import { defaultOf, typeOf } from "./config-page.mjs";
import { LOOP_MEANINGS } from "./loop-meanings.mjs";
import { code, generatedFrom, page, table } from "./markdown.mjs";

const ADDRESS = "https://raw.githubusercontent.com/OWNER/millwright/main/docs/reference";

/** The JSON Schema of the front matter. */
export function loopSchema() {
  const schema = z.toJSONSchema(Loop, { io: "input" });
  for (const { key, node } of keysOf(schema))
    node.description ??= meaningOf(key).replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");
  return written({
    $id: `${ADDRESS}/loop.schema.json`,
    title: "Millwright: a loop file",
    ...schema,
  });
}

/** The JSON Schema of a gatherer's output. */
export function gatheredSchema() {
  const schema = z.toJSONSchema(Gathered, { io: "input" });
  return written({
    $id: `${ADDRESS}/gathered.schema.json`,
    title: "Millwright: what a gatherer prints",
    ...schema,
  });
}

function written(schema) {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** docs/reference/loops.md */
export function loopPage() {
  const rows = keysOf(z.toJSONSchema(Loop, { io: "input" }));
  const known = new Set(rows.map(({ key }) => key));
  const spare = Object.keys(LOOP_MEANINGS).filter((key) => !known.has(key));
  if (spare.length > 0) throw new Error(`meanings of keys that do not exist: ${spare.join(", ")}`);
  return page(
    "# A loop file",
    "`.github/factory/loops/NAME.md`: front matter in YAML between two lines of three dashes, and below it the instruction, in words for people. `loops` in the config says where the files are. The factory reads them at the head of the default branch, so a change of a loop counts once it is merged. `millwright loop lint` names each fault with file and line.",
    "The front matter by [its schema](loop.schema.json):",
    table(
      ["key", "type", "default", "meaning"],
      rows.map(({ key, node }) => [code(key), typeOf(node), defaultOf(node), meaningOf(key)]),
    ),
    "## What a gatherer prints",
    `One JSON document of at most ${GATHERED_BYTES} bytes, by [this schema](gathered.schema.json). \`key\` is the stable name of a finding: the same finding has the same key at every run. \`at\` is \`path:line\`, an address, or the command that shows it. A measure that could not be taken is left out, never zero.`,
    '```json\n{\n  "items": [\n    {\n      "key": "docs/setup.md#install",\n      "title": "docs/setup.md names a script that is not there",\n      "body": "",\n      "evidence": [{ "what": "A command", "at": "docs/setup.md:12", "output": "npm run instal" }]\n    }\n  ],\n  "measures": { "pages": 14 }\n}\n```',
    "How to write one: [write a loop](../how-to/write-a-loop.md).",
    generatedFrom("src/domain/loop/loop.ts", "scripts/documents/loop-meanings.mjs"),
  );
}

function keysOf(schema, prefix = "") {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, node]) => {
    const key = `${prefix}${name}`;
    return [{ key, node }, ...keysOf(node, `${key}.`)];
  });
  const items =
    schema.items === undefined ? [] : keysOf(schema.items, prefix.replace(/\.$/, "[]."));
  const { additionalProperties: each } = schema;
  const entries = typeof each === "object" ? keysOf(each, `${prefix}*.`) : [];
  return [...own, ...items, ...entries];
}

function meaningOf(key) {
  const meaning = LOOP_MEANINGS[key];
  if (meaning !== undefined) return meaning;
  throw new Error(
    `the key ${key} of a loop has no meaning: describe it in scripts/documents/loop-meanings.mjs`,
  );
}
