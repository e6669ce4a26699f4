// The README of every action and the page that lists them, from action.yml and src/line.ts.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { LINE } from "../../src/line.ts";
import { code, generatedFrom, page, table } from "./markdown.mjs";

/** Every action, those of the line in its order. */
export function actionNames(root) {
  const order = LINE.map((station) => (station.kind === "control" ? "control" : station.worker));
  const place = (name) => (order.includes(name) ? order.indexOf(name) : order.length);
  return readdirSync(join(root, "actions")).sort(
    (left, right) => place(left) - place(right) || (left < right ? -1 : 1),
  );
}

function readAction(root, name) {
  return parse(readFileSync(join(root, `actions/${name}/action.yml`), "utf8"));
}

/** actions/<name>/README.md */
export function actionPage(root, name) {
  const action = readAction(root, name);
  return page(
    `# ${action.name}`,
    `${action.description}.`,
    factsOf(root, name),
    inputsOf(action),
    outputsOf(action),
    generatedFrom("action.yml", "src/line.ts"),
  );
}

function inputsOf({ inputs }) {
  if (inputs === undefined) return "";
  const rows = Object.entries(inputs).map(([name, input]) => [
    code(name),
    input.description,
    input.required ? "yes" : "no",
    input.default ? code(input.default) : "",
  ]);
  return `## Inputs\n\n${table(["input", "what it is", "required", "default"], rows)}`;
}

function outputsOf({ outputs }) {
  if (outputs === undefined) return "";
  const rows = Object.entries(outputs).map(([name, { description }]) => [code(name), description]);
  return `## Outputs\n\n${table(["output", "what it is"], rows)}`;
}

function factsOf(root, name) {
  if (name === "setup-sandbox") {
    return "A composite step before `implement` and `verify`. It prepares; the worker proves the sandbox by its own probes before the first command, and refuses without it.";
  }
  if (ALONE[name] !== undefined) {
    return [...ALONE[name], `Used by ${callersOf(root, name)}.`].join("\n");
  }
  const stations = LINE.filter(
    (station) => (station.kind === "control" ? "control" : station.worker) === name,
  );
  if (name !== "control") {
    const [station] = stations;
    return [
      `A worker: it reads a work order and returns a proposal (${station.yields}). It never gets a repository token.`,
      `It ${station.holdsModelKey ? "holds the model key" : "never holds the model key"} and ${station.runsRepositoryCode ? "runs repository code inside the sandbox only" : "runs no repository code"}.`,
      `Used by ${callersOf(root, name)}.`,
    ].join("\n");
  }
  const rows = stations.map(({ task, purpose, permissions }) => [
    code(task),
    purpose,
    Object.entries(permissions)
      .map(([scope, level]) => code(`${scope}: ${level}`))
      .join(", "),
  ]);
  return page(
    "The only action of the line that holds a token. It never calls a model, runs repository code or checks anything out.",
    table(["task", "what it does", "permissions of its job"], rows),
  ).trimEnd();
}

/** An action without a station: no order calls it, and it answers none. */
const ALONE = {
  conformance: [
    "It works alone: it measures what GitHub does on branches of its own and compares that with what is believed, without an order. It holds a token of its job where it measures and tidies.",
    "It never calls a model, runs repository code or checks anything out.",
  ],
  "probe-sandbox": [
    "It works alone: it makes the sandbox that every worker makes first and lets it examine itself from the inside, without an order. It never gets a token.",
    "It never holds the model key and runs nothing but that self-test.",
  ],
  prove: [
    "It works alone: it reads the pull request that GitHub's event names and writes a proof, without an order. It never gets a repository token.",
    "It never holds the model key and runs repository code inside the sandbox only.",
  ],
};

/** Workflows with a step of this action, as links. */
function callersOf(root, name) {
  const folder = join(root, ".github/workflows");
  return readdirSync(folder)
    .sort()
    .filter((file) =>
      readFileSync(join(folder, file), "utf8").includes(`uses: $/actions/${name}\n`),
    )
    .map((file) => `[\`${file}\`](../../.github/workflows/${file})`)
    .join(" and ");
}

/** docs/reference/actions.md */
export function actionsPage(root) {
  const rows = actionNames(root).map((name) => {
    const stations = LINE.filter(
      (station) => (station.kind === "control" ? "control" : station.worker) === name,
    );
    const [first] = stations;
    return [
      `[${name}](../../actions/${name}/README.md)`,
      `${readAction(root, name).description}.`,
      first?.kind ?? (ALONE[name] === undefined ? "composite" : "alone"),
      first?.holdsModelKey ? "yes" : "no",
      first?.runsRepositoryCode || name === "prove" ? "in the sandbox" : "no",
      stations.some(({ kind }) => kind === "control") || name === "conformance" ? "yes" : "no",
    ];
  });
  return page(
    "# Actions",
    "A repository calls [workflows](workflows.md), not these. They are listed because each is what its job can do: workers think or run code and hold no token, control writes and does neither. Inputs, outputs and permissions stand on the page of each.",
    table(["action", "what it does", "kind", "model key", "runs repository code", "token"], rows),
    generatedFrom("actions/*/action.yml", "src/line.ts"),
  );
}
