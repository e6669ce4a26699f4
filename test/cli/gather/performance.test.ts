import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { playGather } from "../../../src/cli/gather/play-gather.ts";
import { Gathered } from "../../../src/domain/loop/gathered.ts";
import { type MeasuredRun, RunsFile } from "../../../src/gatherers/performance/runs.ts";
import { repositoryOf } from "../../gatherers/repository.ts";
import { holdOutput } from "../../held-output.ts";
import { root } from "../../repository/bundles.ts";

async function measure(files: Readonly<Record<string, string>>, options: object) {
  using repository = repositoryOf(files);
  const output = mkdtempSync(join(tmpdir(), "millwright-measures-"));
  const file = join(output, "with.yml");
  writeFileSync(file, JSON.stringify(options));
  const held = holdOutput();
  try {
    await playGather(
      {
        ...{ name: "performance", repo: repository.folder, history: undefined, options: file },
        ...{ output, prefix: "factory:", json: true, quiet: false, sandbox: false },
      },
      {
        ...{ millwright: root, environment: {}, parts: {}, placeOf: () => root },
        ...{ write: () => undefined, say: () => undefined, end: () => undefined },
      },
    ).finally(held.release);
    const written = readFileSync(join(output, "performance.json"), "utf8");
    return {
      found: Gathered.parse(JSON.parse(held.stdout())),
      file: RunsFile.parse(JSON.parse(written)),
    };
  } finally {
    rmSync(output, { recursive: true });
  }
}

const before: readonly MeasuredRun[] = Array.from({ length: 12 }, (_, index) => ({
  commit: `${index}`.padStart(40, "0"),
  at: "2026-11-01T00:00:00Z",
  sizes: { bundle: { bytes: 10, gzip: 30 } },
  probes: { search: [index < 9 ? 100 + index : 200 + index] },
}));
const FILES = {
  "performance.json": JSON.stringify({ version: 1, runs: before }),
  "source.txt": "word ".repeat(1_000),
};
const OPTIONS = {
  setup: "mkdir out && cp source.txt out/a.txt",
  sizes: [{ name: "bundle", files: ["out/*.txt"] }],
  probes: [
    { name: "search", run: "printf '205\\n206\\n207\\n'", prints: true },
    { name: "start", run: "true", times: 3 },
  ],
};

test("measures what setup built and what probes say, against the committed runs, and writes the next", async () => {
  const { found, file } = await measure(FILES, OPTIONS);
  expect(found.items.map(({ key }) => key)).toEqual(["size bundle", "probe search"]);
  expect(found.measures).toMatchObject({ search: 206, "cannot-tell": 1 });
  expect(file.runs).toHaveLength(13);
  expect(file.runs.at(-1)).toMatchObject({
    sizes: { bundle: { bytes: 5_000 } },
    probes: { search: [205, 206, 207] },
  });
  expect(file.runs.at(-1)?.probes.start).toHaveLength(3);
});

test.each([
  ["a probe that fails", { probes: [{ name: "a", run: "exit 3" }] }, "exit code 3"],
  ["words", { probes: [{ name: "a", run: "echo 12 ms", prints: true }] }, "expected numbers"],
  ["nothing to weigh", { sizes: [{ name: "a", files: ["none/*"] }] }, "no file matches"],
  ["a setup that fails", { ...OPTIONS, setup: "exit 4" }, "exit code 4"],
  ["nothing to measure", {}, "name sizes or probes"],
])("%s stops it, with the reason", async (_, options, reason) => {
  await expect(measure({ "a.txt": "a" }, options)).rejects.toThrow(reason);
});

test("a file of runs that is damaged stops it", async () => {
  const files = { "performance.json": '{"version":1,"runs":[{"commit":3}]}' };
  await expect(measure(files, OPTIONS)).rejects.toThrow("performance.json: runs.0.commit");
});
