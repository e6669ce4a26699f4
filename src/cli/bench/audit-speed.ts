import { join } from "node:path";
import { openRepository } from "../../adapters/repository/repository.ts";
import { Config } from "../../domain/config/schema.ts";
import type { ObjectId } from "../../domain/digest.ts";
import { composeReport } from "../../workers/quality-audit/compose.ts";
import { survey } from "../../workers/quality-audit/survey.ts";
import { raiseScaffold } from "../shared/scaffold.ts";
import type { Figure } from "./figure.ts";
import { layHistory } from "./history.ts";

const FILES = 1_000;
const TIMES = 5;

/** What recomputing the figures of `quality.md` takes for 1,000 files: reading objects, history and counting, no model. */
export async function auditFigures(): Promise<readonly Figure[]> {
  const scaffold = await raiseScaffold("audit");
  try {
    const folder = join(scaffold.directory, "repository.git");
    const base = await layHistory(folder, [commitOf(FILES)]);
    const times: number[] = [];
    for (let round = 0; round < TIMES; round += 1) times.push(await audit(folder, base));
    times.sort((left, right) => left - right);
    const median = times[Math.floor(TIMES / 2)] ?? 0;
    return [{ name: "audit.per-1000-files", value: Math.round(median), unit: "ms" }];
  } finally {
    await scaffold.takeDown();
  }
}

async function audit(folder: string, base: ObjectId): Promise<number> {
  const started = performance.now();
  const repository = await openRepository(folder);
  try {
    const report = composeReport(
      { base, config: Config.parse({}) },
      {
        survey: await survey(repository, base),
        evidence: [],
        churn: await repository.churn(base),
        openDefects: [],
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
      : `export const value${index} = ${index};\n`.repeat(60);
    return `M 100644 inline ${path}\ndata ${content.length}\n${content}\n`;
  });
  const message = "Begin";
  return `commit refs/heads/main\ncommitter A <a@example.com> 1700000000 +0000\ndata ${message.length}\n${message}\n${blobs.join("")}done\n`;
}
