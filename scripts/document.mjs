// Writes what can be derived: the README of every action (from its action.yml and src/line.ts) and the JSON Schema of the
// config. `--check` writes nothing and fails when a committed file is not what would be written.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { Config } from "../src/domain/config.ts";
import { LINE } from "../src/line.ts";

const root = new URL("..", import.meta.url).pathname;
const check = process.argv.includes("--check");
const ACTIONS = [
  "intake-normalize",
  "implement",
  "verify",
  "review",
  "post-merge-smoke",
  "quality-audit",
  "control",
  "setup-sandbox",
];

for (const name of ACTIONS) write(`actions/${name}/README.md`, readmeOf(name));
const schema = {
  $id: "https://raw.githubusercontent.com/OWNER/millwright/main/docs/reference/factory.schema.json",
  title: "Millwright: .github/factory.yml",
  ...z.toJSONSchema(Config, { io: "input" }),
};
write("docs/reference/factory.schema.json", `${JSON.stringify(schema, null, 2)}\n`);

function write(path, text) {
  const target = join(root, path);
  const found = existsSync(target) ? readFileSync(target, "utf8") : undefined;
  if (found === text) return;
  if (check) {
    console.error(`${path} is not what its sources say: run \`npm run document\` and commit it`);
    process.exitCode = 1;
    return;
  }
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  console.log(path);
}

function readmeOf(name) {
  const action = parse(readFileSync(join(root, `actions/${name}/action.yml`), "utf8"));
  return [
    `# ${action.name}`,
    `${action.description}.`,
    facts(name),
    table(
      "Inputs",
      action.inputs,
      (input) => [input.required ? "yes" : "no", input.default ? `\`${input.default}\`` : ""],
      ["required", "default"],
    ),
    table("Outputs", action.outputs, () => [], []),
    "Generated from `action.yml` and `src/line.ts` by `npm run document`.",
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

function facts(name) {
  if (name === "setup-sandbox") {
    return "A composite step before `implement` and `verify`. It prepares; the worker proves the sandbox by its own probes before the first command, and refuses without it.";
  }
  const stations = LINE.filter(
    (station) => (station.kind === "control" ? "control" : station.worker) === name,
  );
  if (name !== "control") {
    const [station] = stations;
    return [
      `A worker: it reads a work order and returns a proposal (${station.yields}). It never gets a repository token.`,
      `It ${station.holdsModelKey ? "holds the model key" : "never holds the model key"} and ${station.runsRepositoryCode ? "runs repository code inside the sandbox only" : "runs no repository code"}.`,
      `Used by [\`${station.workflow}\`](../../.github/workflows/${station.workflow}).`,
    ].join("\n");
  }
  const rows = stations.map((station) => {
    const permissions = Object.entries(station.permissions).map(
      ([scope, level]) => `\`${scope}: ${level}\``,
    );
    return `| \`${station.task}\` | ${station.purpose} | ${permissions.join(", ")} |`;
  });
  return [
    "The only action that holds a token. It never calls a model, runs repository code or checks anything out.",
    "",
    "| task | what it does | permissions of its job |",
    "|---|---|---|",
    ...rows,
  ].join("\n");
}

function table(title, entries, cellsOf, columns) {
  if (entries === undefined) return "";
  const rows = Object.entries(entries).map(
    ([name, entry]) => `| ${[`\`${name}\``, entry.description, ...cellsOf(entry)].join(" | ")} |`,
  );
  const head = [title.toLowerCase().slice(0, -1), "what it is", ...columns];
  return [
    `## ${title}`,
    "",
    `| ${head.join(" | ")} |`,
    `|${head.map(() => "---").join("|")}|`,
    ...rows,
  ].join("\n");
}
