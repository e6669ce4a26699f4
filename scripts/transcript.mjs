// Writes into README.md what the commands print that it names, between a pair of comments each:
//   <!-- printed by: npm run demo -->  … <!-- /printed -->      the demo's output, played now
//   <!-- printed by: npm run bench --> … <!-- /printed -->      a table of figures, measured now (with --bench alone)
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "./arguments.mjs";

const NAME = "npm run transcript --";

const root = new URL("..", import.meta.url).pathname;
const target = join(root, "README.md");
const { values } = readArguments(
  NAME,
  {
    bench: { says: "the table of figures, measured now, in place of the demo" },
  },
  { says: "Writes into README.md what the commands print that it names." },
);

/** No times, because they depend more on the measuring machine than on the factory. */
const SHOWN = {
  "line.jobs": "jobs from label to `done`",
  "line.billed": "minutes that GitHub would bill for them",
  "line.requests": "API requests in the life of an issue",
  "line.tokens.input": "uncached input tokens of the scripted session",
  "line.tokens.cache-read": "input tokens read from the cache",
  "line.tokens.output": "output tokens",
  "line.cost": "USD for them at list price",
};

if (values.bench) replace("npm run bench", figures());
else replace("npm run demo", `\`\`\`text\n${demo()}\n\`\`\``);

function replace(command, text) {
  const readme = readFileSync(target, "utf8");
  const begin = `<!-- printed by: ${command} -->\n`;
  const from = readme.indexOf(begin);
  const to = readme.indexOf("<!-- /printed -->", from);
  if (from < 0 || to < 0) throw new Error(`README.md has no place for ${command}`);
  writeFileSync(target, `${readme.slice(0, from)}${begin}${text}\n${readme.slice(to)}`);
}

function demo() {
  const { ANTHROPIC_API_KEY: _asked, ...environment } = process.env;
  const output = run(["src/cli/main.ts", "demo"], environment);
  // Progress after five seconds depends on how busy the machine was.
  const lines = output.split("\n").filter((line) => !line.startsWith("    … "));
  return lines.join("\n").replaceAll(root, "").trimEnd().replace(/^\n+/, "");
}

function figures() {
  const lines = run(["src/cli/main.ts", "bench", "--json"], process.env).trim().split("\n");
  const measured = lines.map((line) => JSON.parse(line));
  const rows = Object.entries(SHOWN).flatMap(([name, meaning]) => {
    const found = measured.find((figure) => figure.name === name);
    if (found === undefined) throw new Error(`npm run bench prints no ${name}`);
    const value = found.value.toLocaleString("en", { maximumSignificantDigits: 3 });
    const whole = found.value.toLocaleString("en");
    return [`| \`${name}\` | ${found.unit === "count" ? whole : value} | ${meaning} |`];
  });
  return [
    "As `npm run bench` measured it:",
    "",
    "| figure | value | what it is |",
    "|---|---:|---|",
    ...rows,
  ].join("\n");
}

function run(words, environment) {
  const ran = spawnSync(process.execPath, words, {
    cwd: root,
    encoding: "utf8",
    env: environment,
    maxBuffer: 2 ** 24,
  });
  if (ran.stdout === "") throw new Error(ran.stderr);
  return ran.stdout;
}
