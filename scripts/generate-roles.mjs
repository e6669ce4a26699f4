// Writes src/agent/roles.ts from src/agent/roles/*.md: the bundler cannot carry Markdown files.
// `--check` compares instead of writing, and exits 1 when they differ.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

const folder = new URL("../src/agent/roles/", import.meta.url);
const target = new URL("../src/agent/roles.ts", import.meta.url);

function readRole(file) {
  const text = readFileSync(new URL(file, folder), "utf8");
  const match = /^---\s+name: (.+)\npurpose: (.+)\n---\n([\s\S]+)$/.exec(text);
  if (match === null) throw new Error(`${file}: expected front matter with name and purpose`);
  const [, name, purpose, body] = match;
  if (`${name}.md` !== file) throw new Error(`${file}: its name is ${name}`);
  return { name, purpose, prompt: body.trim() };
}

const roles = Object.fromEntries(
  readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .sort()
    .map((file) => readRole(file))
    .map((role) => [role.name, role]),
);

if (process.argv.includes("--check")) {
  const { ROLES } = await import(target.href);
  if (!isDeepStrictEqual({ ...ROLES }, roles)) {
    console.error(
      "src/agent/roles.ts is not what the Markdown says: node scripts/generate-roles.mjs",
    );
    process.exitCode = 1;
  }
} else {
  const entries = Object.values(roles).map(
    ({ name, purpose, prompt }) => `  ${name}: {
    name: ${JSON.stringify(name)},
    purpose: ${JSON.stringify(purpose)},
    prompt: ${JSON.stringify(prompt)},
  },
`,
  );
  writeFileSync(
    target,
    `/** Written by scripts/generate-roles.mjs from src/agent/roles/*.md. */
export const ROLES = {
${entries.join("")}} as const;
export type Role = keyof typeof ROLES;
`,
  );
}
