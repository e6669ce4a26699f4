// Writes src/agent/roles/<role>/prompt.ts from the prompt.md beside it: the bundler cannot carry Markdown files.
// `--check` compares instead of writing, and exits 1 when they differ.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { readArguments } from "./arguments.mjs";

const { values } = readArguments(
  "node scripts/generate-roles.mjs",
  { check: { says: "writes nothing, and fails if they differ" } },
  { says: "Writes the prompts of the roles from the prompt.md beside each." },
);

const folder = new URL("../src/agent/roles/", import.meta.url);
const names = readdirSync(folder).sort();

function readRole(name) {
  const text = readFileSync(new URL(`${name}/prompt.md`, folder), "utf8");
  const match = /^---\s+name: (.+)\npurpose: (.+)\n---\n([\s\S]+)$/.exec(text);
  if (match === null) throw new Error(`${name}: expected front matter with name and purpose`);
  if (match[1] !== name) throw new Error(`${name}: its prompt says that its name is ${match[1]}`);
  return { name, purpose: match[2], prompt: match[3].trim() };
}

function renderRole({ name, purpose, prompt }) {
  return `/** Written by scripts/generate-roles.mjs from prompt.md. */
export const ${name} = {
  name: ${JSON.stringify(name)},
  purpose: ${JSON.stringify(purpose)},
  prompt: ${JSON.stringify(prompt)},
} as const;
`;
}

for (const name of names) {
  const role = readRole(name);
  const target = new URL(`${name}/prompt.ts`, folder);
  if (!values.check) {
    writeFileSync(target, renderRole(role));
    continue;
  }
  const written = await import(target.href);
  if (!isDeepStrictEqual({ ...written[name] }, role)) {
    console.error(`${name}: prompt.ts is not what prompt.md says: node scripts/generate-roles.mjs`);
    process.exitCode = 1;
  }
}
