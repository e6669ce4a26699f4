// Writes what can be derived: the README of every action and the pages of docs/reference. `--check` writes nothing and fails
// when a committed file is not what would be written.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { actionNames, actionPage, actionsPage } from "./documents/action-pages.mjs";
import { cliPage } from "./documents/cli-page.mjs";
import { commandsPage } from "./documents/command-page.mjs";
import { configPage, configSchema } from "./documents/config-page.mjs";
import { contractPage } from "./documents/contract-page.mjs";
import { gatePage, labelsPage, refusalsPage } from "./documents/word-pages.mjs";
import { workflowsPage } from "./documents/workflow-page.mjs";

const root = new URL("..", import.meta.url).pathname;
const check = process.argv.includes("--check");

for (const name of actionNames(root)) write(`actions/${name}/README.md`, actionPage(root, name));
write("docs/reference/factory.schema.json", configSchema());
write("docs/reference/config.md", configPage());
write("docs/reference/actions.md", actionsPage(root));
write("docs/reference/workflows.md", workflowsPage(root));
write("docs/reference/labels.md", labelsPage());
write("docs/reference/commands.md", commandsPage());
write("docs/reference/gate.md", gatePage());
write("docs/reference/refusals.md", refusalsPage());
write("docs/reference/contract.md", contractPage());
write("docs/reference/cli.md", cliPage(root));

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
