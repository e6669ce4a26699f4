// docs/reference/workflows.md: workflows that a repository calls, from the workflow files, the templates and src/line.ts.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isPair, parseDocument } from "yaml";
import { code, generatedFrom, page, table } from "./markdown.mjs";

/** docs/reference/workflows.md */
export function workflowsPage(root) {
  const callable = filesIn(root, ".github/workflows").filter(
    ({ workflow }) => workflow.on.workflow_call !== undefined,
  );
  const entry = callable.filter(({ name }) => name === "factory.yml");
  const rest = callable.filter(({ name }) => name !== "factory.yml");
  return page(
    "# Workflows",
    "Your repository calls these reusable workflows from a file of its own. The templates in [workflow-templates](../../workflow-templates) are such files, ready to copy.",
    "## Templates",
    templateTable(root),
    "A caller must grant what its callees ask for. GitHub does not start a workflow whose called jobs ask for more. A permission that the caller does not grant is granted to nobody.",
    ...[...entry, ...rest].map(sectionOf),
    generatedFrom(".github/workflows/*.yml", "workflow-templates/*"),
  );
}

function filesIn(root, folder) {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".yml"))
    .sort()
    .map((name) => {
      const text = readFileSync(join(root, folder, name), "utf8");
      const document = parseDocument(text);
      return { name, path: `${folder}/${name}`, text, document, workflow: document.toJS() };
    });
}

function templateTable(root) {
  const rows = filesIn(root, "workflow-templates").map(({ name, path, text, workflow }) => {
    const properties = JSON.parse(
      readFileSync(join(root, path.replace(/\.yml$/, ".properties.json")), "utf8"),
    );
    const calls = [
      ...text.matchAll(/uses: OWNER\/millwright\/\.github\/workflows\/([a-z-]+\.yml)@/g),
    ];
    const permissions = Object.values(workflow.jobs).flatMap((job) =>
      Object.entries(job.permissions ?? {}),
    );
    return [
      `[${name}](../../${path})`,
      properties.description,
      Object.keys(workflow.on).map(code).join(", "),
      [...new Set(calls.map(([, called]) => code(called)))].join(", "),
      [...new Set(permissions.map(([scope, level]) => code(`${scope}: ${level}`)))].join(", "),
    ];
  });
  return table(["template", "what it does", "starts on", "calls", "grants"], rows);
}

function sectionOf({ name, path, text, document, workflow }) {
  const call = workflow.on.workflow_call;
  const purpose = /^# (.+)$/m.exec(text)?.[1] ?? "";
  return page(
    `## ${name}`,
    `${purpose} ([file](../../${path}))`,
    entriesOf("input", call.inputs, (input) => [
      input.required ? "yes" : "no",
      input.default === undefined || input.default === "" ? "" : code(input.default),
    ]),
    entriesOf("secret", call.secrets, ({ required }) => [required ? "yes" : "no", ""]),
    outputsOf(call.outputs),
    table(["job", "runs", "permissions, each with its reason"], jobRows(document, workflow)),
  ).trimEnd();
}

function entriesOf(kind, entries, cells) {
  if (entries === undefined || entries === null) return "";
  const rows = Object.entries(entries).map(([name, entry]) => [
    code(name),
    entry.description,
    ...cells(entry),
  ]);
  return table([kind, "what it is", "required", "default"], rows);
}

function outputsOf(outputs) {
  if (outputs === undefined) return "";
  const rows = Object.entries(outputs).map(([name, { description }]) => [code(name), description]);
  return table(["output", "what it is"], rows);
}

function jobRows(document, workflow) {
  return Object.entries(workflow.jobs).map(([id, job]) => {
    const called = /([a-z-]+\.yml)$/.exec(job.uses ?? "")?.[1];
    const runs =
      called === undefined ? (job["runs-on"] ?? "") : `[${called}](#${anchorOf(called)})`;
    return [code(id), called === undefined ? code(runs) : runs, reasonsOf(document, id)];
  });
}

/** GitHub's anchor of a heading. */
function anchorOf(heading) {
  return heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 _-]/g, "")
    .replaceAll(" ", "-");
}

/** `contents: read` with its comment in the file. */
function reasonsOf(document, job) {
  const permissions = document.getIn(["jobs", job, "permissions"], true);
  if (!isMap(permissions) || permissions.items.length === 0) return "none";
  return permissions.items
    .filter((item) => isPair(item))
    .map(({ key, value }) => {
      const reason = value.comment?.trim();
      return `${code(`${key.value}: ${value.value}`)}${reason === undefined ? "" : ` ${reason}`}`;
    })
    .join("<br>");
}
