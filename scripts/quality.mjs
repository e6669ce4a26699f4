// Recomputes quality.md of this repository, by the same code as the nightly audit, from the files in the work tree.
//   npm run quality            what the tree alone says; measures of checks that did not run say so
//   npm run quality -- --run   runs the checks lint, types and test of .github/factory.yml first and counts what they found
//   npm run quality -- --check compares what the tree alone says with the committed file, and writes nothing
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { openRepository } from "../src/adapters/repository/repository.ts";
import { Config } from "../src/domain/config/schema.ts";
import { renderQuality } from "../src/wording/pages/quality-markdown.ts";
import { readTests } from "../src/workers/checks/reports/read-tests.ts";
import { renderFormula } from "../src/workers/quality-audit/grade.ts";
import { composeReport } from "../src/workers/quality-audit/report.ts";
import { survey } from "../src/workers/quality-audit/survey.ts";
import { mutantsSection } from "./quality/mutants.mjs";
import { treeFactsOf } from "./quality/tree-facts.mjs";

const { values } = parseArgs({
  options: {
    run: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
    root: { type: "string", default: new URL("..", import.meta.url).pathname },
  },
});
const { root } = values;
const target = join(root, "quality.md");
/** Evidence names the bytes that it is about; here they are whatever lies in the work tree. */
const NOWHERE = "0".repeat(40);

const config = Config.parse(parse(readFileSync(join(root, ".github/factory.yml"), "utf8")));
const facts = {
  survey: await survey({ list: async () => trackedFiles(), read: readFile }, NOWHERE),
  churn: await churnOfHead(),
  openDefects: undefined,
};
const counted = join(root, "docs/reference/mutation.json");
const mutants = existsSync(counted) ? JSON.parse(readFileSync(counted, "utf8")) : undefined;
const text = textWith([]);
if (values.check) check();
else {
  writeFileSync(target, text);
  // Not before the tree's own figures stand there: a test compares them.
  if (values.run) writeFileSync(target, textWith(["lint", "types", "test"].map(runCheck)));
}

function textWith(evidence) {
  const report = composeReport({ config, base: NOWHERE }, { ...facts, evidence });
  const parts = [renderQuality(report), renderFormula(), mutantsSection(mutants)];
  return `${parts.map((part) => part.trimEnd()).join("\n\n")}\n`;
}

/** Undefined for a shallow clone, as for the audit. */
async function churnOfHead() {
  const head = spawnSync("git", ["rev-parse", "HEAD"], { cwd: root, encoding: "utf8" });
  const repository = await openRepository(root);
  try {
    return await repository.churn(head.stdout.trim());
  } finally {
    await repository.close();
  }
}

function check() {
  const committed = treeFactsOf(readFileSync(target, "utf8"));
  const computed = treeFactsOf(text);
  const differing = computed.filter((fact) => !committed.includes(fact));
  if (differing.length === 0 && committed.length === computed.length) return;
  console.error(`quality.md is not what the tree says: run \`npm run quality\` and commit it`);
  for (const fact of differing.slice(0, 10)) console.error(`  computed: ${fact}`);
  process.exitCode = 1;
}

function trackedFiles() {
  const listed = spawnSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 2 ** 24,
    },
  );
  if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr}`);
  return listed.stdout
    .split("\0")
    .filter((path) => path !== "" && existsSync(join(root, path)))
    .map((path) => {
      const { size } = statSync(join(root, path));
      return { path, mode: "100644", type: "blob", id: NOWHERE, size };
    });
}

async function readFile(_commit, path) {
  return readFileSync(join(root, path));
}

function runCheck(name) {
  const { run, report: source } = config.checks[name];
  const started = performance.now();
  const ran = spawnSync("bash", ["-c", run], { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });
  const output = `${ran.stdout}${ran.stderr}`;
  return {
    kind: "check",
    name,
    on: "base",
    subject: { base: NOWHERE, tree: NOWHERE },
    command: run,
    status: ran.status === 0 ? "passed" : "failed",
    exitCode: ran.status,
    durationMs: performance.now() - started,
    tail: output.slice(-8_000),
    outputBytes: Buffer.byteLength(output),
    ...(source === undefined ? {} : resultsIn(source, output)),
  };
}

function resultsIn({ format, files }, output) {
  const content = files === undefined ? output : readFileSync(join(root, files));
  const reading = readTests(format, [{ path: files, content }], [root]);
  return "tests" in reading ? { tests: reading.tests } : { note: reading.problem };
}
