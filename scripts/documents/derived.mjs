// All derived documents: the README of every action, the pages of docs/reference, the museum and the table of the rehearsals, as one table of path and text.
import { actionNames, actionPage, actionsPage } from "./action-pages.mjs";
import { cliPage, proofSchema } from "./cli-page.mjs";
import { commandsPage } from "./command-page.mjs";
import { configPage, configSchema } from "./config-page.mjs";
import { contractPage } from "./contract-page.mjs";
import { gatheredSchema, loopPage, loopSchema } from "./loop-page.mjs";
import { museumPage } from "./museum-page.mjs";
import { platformPage } from "./platform-page.mjs";
import { promisesPage } from "./promises-page.mjs";
import { qualityPage } from "./quality-page.mjs";
import { PAGE, rehearsalsPage } from "./rehearsals-page.mjs";
import { gatePage, labelsPage, refusalsPage } from "./word-pages.mjs";
import { workflowsPage } from "./workflow-page.mjs";

/** Path below the root and text of every derived document. */
export function derive(root) {
  return [
    ...actionNames(root).map((name) => [`actions/${name}/README.md`, actionPage(root, name)]),
    ["docs/reference/factory.schema.json", configSchema()],
    ["docs/reference/config.md", configPage()],
    ["docs/reference/loops.md", loopPage()],
    ["docs/reference/loop.schema.json", loopSchema()],
    ["docs/reference/gathered.schema.json", gatheredSchema()],
    ["docs/reference/actions.md", actionsPage(root)],
    ["docs/reference/workflows.md", workflowsPage(root)],
    ["docs/reference/labels.md", labelsPage()],
    ["docs/reference/commands.md", commandsPage()],
    ["docs/reference/gate.md", gatePage()],
    ["docs/reference/refusals.md", refusalsPage()],
    ["docs/reference/contract.md", contractPage()],
    ["docs/reference/cli.md", cliPage(root)],
    ["docs/reference/proof.schema.json", proofSchema()],
    ["docs/reference/quality.md", qualityPage()],
    ["docs/museum.md", museumPage()],
    [PAGE, rehearsalsPage(root)],
    ["docs/reference/promises.md", promisesPage(root)],
    ["docs/reference/platform.md", platformPage()],
  ];
}

/** Documents whose stored text differs; `read` returns undefined for a missing one. */
export function differing(documents, read) {
  return documents.filter(([path, text]) => read(path) !== text);
}

/** The message of `--check` for each of them. */
export function complaint(path) {
  return `${path} is not what its sources say: run \`npm run document\` and commit it`;
}
