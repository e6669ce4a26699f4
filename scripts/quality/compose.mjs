// What quality.md says of a work tree, by the same code as the nightly audit.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { openRepository } from "../../src/adapters/repository/repository.ts";
import { Config } from "../../src/domain/config/schema.ts";
import { renderFormula } from "../../src/wording/pages/grade-formula.ts";
import { renderQuality } from "../../src/wording/pages/quality-markdown.ts";
import { readTests } from "../../src/workers/checks/reports/read-tests.ts";
import { composeReport } from "../../src/workers/quality-audit/compose.ts";
import { GRADE_RULES } from "../../src/workers/quality-audit/grade-rules.ts";
import { survey } from "../../src/workers/quality-audit/survey.ts";
import { mutantsSection } from "./mutants.mjs";
import { treeFactsOf } from "./tree-facts.mjs";

/** Evidence names the bytes that it is about; here they are whatever lies in the work tree. */
const NOWHERE = "0".repeat(40);

/** Reads the tree below `root` once; `textWith` answers the page with these checks run, each by its name in the config. */
export async function readTree(root) {
  const config = Config.parse(parse(readFileSync(join(root, ".github/factory.yml"), "utf8")));
  const read = async (_commit, path) => readFileSync(join(root, path));
  const facts = {
    survey: await survey({ list: async () => trackedFiles(root), read }, NOWHERE),
    churn: await churnOfHead(root),
    openDefects: undefined,
  };
  const counted = join(root, "docs/reference/mutation.json");
  const mutants = existsSync(counted) ? JSON.parse(readFileSync(counted, "utf8")) : undefined;
  return {
    textWith(checks) {
      const evidence = checks.map((name) => runCheck(root, name, config.checks[name]));
      const report = composeReport({ config, base: NOWHERE }, { ...facts, evidence });
      const parts = [renderQuality(report), renderFormula(GRADE_RULES), mutantsSection(mutants)];
      return `${parts.map((part) => part.trimEnd()).join("\n\n")}\n`;
    },
  };
}

/** What the tree says and the committed page does not, and the other way round. */
export function differingFacts(committed, computed) {
  const [left, right] = [treeFactsOf(committed), treeFactsOf(computed)];
  return {
    computed: right.filter((fact) => !left.includes(fact)),
    committed: left.filter((fact) => !right.includes(fact)),
  };
}

/** Undefined for a shallow clone, as for the audit. */
async function churnOfHead(root) {
  const head = spawnSync("git", ["rev-parse", "HEAD"], { cwd: root, encoding: "utf8" });
  const repository = await openRepository(root);
  try {
    return await repository.churn(head.stdout.trim());
  } finally {
    await repository.close();
  }
}

function trackedFiles(root) {
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

function runCheck(root, name, { run, report: source }) {
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
    ...(source === undefined ? {} : resultsIn(root, source, output)),
  };
}

function resultsIn(root, { format, files }, output) {
  const content = files === undefined ? output : readFileSync(join(root, files));
  const reading = readTests(format, [{ path: files, content }], [root]);
  return "tests" in reading ? { tests: reading.tests } : { note: reading.problem };
}
