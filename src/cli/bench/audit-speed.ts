import { join } from "node:path";
import { openRepository } from "../../adapters/repository/repository.ts";
import { readBundled } from "../../adapters/syntax/grammar-files.ts";
import { createSyntax } from "../../adapters/syntax/syntax.ts";
import { Config } from "../../domain/config/schema.ts";
import type { ObjectId } from "../../domain/digest.ts";
import { composeReport } from "../../workers/quality-audit/compose.ts";
import { readEarlierPackages } from "../../workers/quality-audit/reading/earlier-packages.ts";
import { survey } from "../../workers/quality-audit/survey.ts";
import { raiseScaffold } from "../shared/scaffold.ts";
import type { Figure } from "./figure.ts";
import { layHistory } from "./history.ts";

const FILES = 1_000;
const TIMES = 5;
const MANY_FILES = 10_000;
const MANY_TARGET_MS = 30_000;

/** What recomputing the figures of `quality.md` takes: reading objects, history and syntax trees, and counting; no model. */
export async function auditFigures(millwright: string): Promise<readonly Figure[]> {
  const few = await auditTimes(millwright, { files: FILES, times: TIMES });
  const [many = 0] = await auditTimes(millwright, { files: MANY_FILES, times: 1 });
  const median = few.toSorted((left, right) => left - right)[Math.floor(TIMES / 2)] ?? 0;
  return [
    { name: "audit.per-1000-files", value: Math.round(median), unit: "ms" },
    { name: "audit.10000-files", value: Math.round(many), unit: "ms", target: MANY_TARGET_MS },
  ];
}

async function auditTimes(
  millwright: string,
  { files, times }: { readonly files: number; readonly times: number },
): Promise<readonly number[]> {
  const scaffold = await raiseScaffold("audit");
  try {
    const folder = join(scaffold.directory, "repository.git");
    const base = await layHistory(folder, [commitOf(files)]);
    const found: number[] = [];
    for (let round = 0; round < times; round += 1) {
      found.push(await audit(millwright, { folder, base }));
    }
    return found;
  } finally {
    await scaffold.takeDown();
  }
}

/** As in a job: nothing is loaded yet, neither the parser nor a grammar. */
async function audit(
  millwright: string,
  { folder, base }: { readonly folder: string; readonly base: ObjectId },
): Promise<number> {
  const started = performance.now();
  const repository = await openRepository(folder);
  const syntax = createSyntax(readBundled(join(millwright, "actions/verify/dist/index.js")));
  try {
    const report = composeReport(
      { base, config: Config.parse({}) },
      {
        survey: await survey(repository, base, syntax),
        evidence: [],
        recent: await repository.recent(base),
        earlierPackages: await readEarlierPackages(repository, base),
        openDefects: [],
        record: undefined,
        earlier: [],
      },
    );
    const counted = report.repository.find(({ name }) => name === "files")?.value;
    if (!counted) throw new Error("The audit counted no files.");
    return performance.now() - started;
  } finally {
    await repository.close();
  }
}

/** One commit of source and test files in twenty folders, two of the first for each of the second. */
function commitOf(files: number): string {
  const paths = Array.from({ length: files }, (_, index) =>
    index % 3 === 2
      ? `test/area-${index % 20}/file-${index}.test.mjs`
      : `src/area-${index % 20}/file-${index}.mjs`,
  );
  const blobs = paths.map((path, index) => {
    const content = path.startsWith("test/")
      ? `test("case ${index}", () => {});\n`.repeat(10)
      : sourceOf(index);
    return `M 100644 inline ${path}\ndata ${content.length}\n${content}\n`;
  });
  const message = "Begin";
  return `commit refs/heads/main\ncommitter A <a@example.com> 1700000000 +0000\ndata ${message.length}\n${message}\n${blobs.join("")}done\n`;
}

/** Twelve documented functions with a condition and a handler each: some 100 lines, no two files alike. */
function sourceOf(file: number): string {
  return Array.from({ length: 12 }, (_, index) =>
    [
      `/** What ${file} makes of ${index}. */`,
      `export function value${file}of${index}(input) {`,
      `  if (input === undefined || input.size${file} === ${index}) return "none${file}";`,
      "  try {",
      `    return input.parts.map((part) => part.weight * ${file + index});`,
      "  } catch (error) {",
      `    throw new Error("value ${file} of ${index}", { cause: error });`,
      "  }",
      "}\n",
    ].join("\n"),
  ).join("\n");
}
