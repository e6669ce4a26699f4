// Results that need a run: lint, types, and the tests of some rooms with their coverage. Written by `npm run quality -- --measure`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTests } from "../../src/workers/checks/reports/read-tests.ts";
import { readCoverage } from "../../src/workers/verify/coverage.ts";

export const MEASURED = "docs/reference/measured.json";

/** Evidence names the bytes that it is about; the file says which commit these were. */
const NOWHERE = { base: "0".repeat(40), tree: "0".repeat(40) };

/** As evidence: `ofAll` holds for the whole repository, `ofSome` for the areas whose tests ran as well. */
export function measuredIn(text) {
  if (text === undefined) return { ofAll: [], ofSome: [], areas: [] };
  const { commit, runs, tests, areas, coverage } = JSON.parse(text);
  const at = `at ${commit.slice(0, 12)}`;
  const ofAll = runs.map((run) => check({ ...run, command: `${run.command} ${at}` }));
  const results = Object.entries(tests.files).flatMap(([place, counts]) =>
    ["passed", "failed", "skipped"].flatMap((status, index) =>
      Array.from({ length: counts[index] }, (_, number) => ({
        name: `${place} > ${status} ${number + 1}`,
        status,
      })),
    ),
  );
  const files = Object.entries(coverage).map(([path, [covered, total]]) => ({
    path,
    covered,
    total,
  }));
  const ofSome = [
    ...ofAll,
    check({ name: "test", ...tests, command: `${tests.command} ${at}`, tests: results }),
    {
      kind: "coverage",
      subject: NOWHERE,
      source: `${tests.command} ${at}, in ${MEASURED}`,
      files,
    },
  ];
  return { ofAll, ofSome, areas };
}

function check({ name, command, status, exitCode, tests }) {
  return {
    ...{ kind: "check", name, on: "base", subject: NOWHERE, command, status, exitCode },
    ...{ durationMs: 0, tail: "", outputBytes: 0 },
    ...(tests && { tests }),
  };
}

/** Runs them on the work tree below `root`, which has to be committed, and records the results. */
export function measure(root, { commit, areas }) {
  const runs = [
    ["lint", "npm run --silent lint"],
    ["types", "npm run --silent types"],
  ].map(([name, command]) => ({ name, command, ...outcome(root, command) }));
  const folder = mkdtempSync(join(tmpdir(), "millwright-measure-"));
  try {
    const command = `npx vitest run --coverage ${areas.map((area) => `test/${area}/`).join(" ")}`;
    const [junit, lcov] = [join(folder, "junit.xml"), join(folder, "lcov.info")];
    const options = [
      ...["--reporter=dot", "--reporter=junit", `--outputFile.junit=${junit}`],
      ...[
        "--coverage.provider=v8",
        "--coverage.reporter=lcovonly",
        `--coverage.reportsDirectory=${folder}`,
      ],
      ...areas.map((area) => `--coverage.include='src/${area}/**'`),
    ];
    const ran = outcome(root, `${command} ${options.join(" ")}`);
    const tests = { command, ...ran, files: placesIn(readFileSync(junit), root) };
    const coverage = coverageIn(readFileSync(lcov), root);
    const text = JSON.stringify({ commit, areas, runs, tests, coverage }, undefined, 2);
    // One line for each file: a number for each line would be three times as long.
    const short = text.replace(
      /\[\s+(\d+),\s+(\d+)(?:,\s+(\d+))?\s+\]/g,
      (_, ...found) =>
        `[${found
          .slice(0, 3)
          .filter((number) => number !== undefined)
          .join(", ")}]`,
    );
    writeFileSync(join(root, MEASURED), `${short}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function outcome(root, command) {
  const ran = spawnSync("bash", ["-c", command], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  return { status: ran.status === 0 ? "passed" : "failed", exitCode: ran.status };
}

/** How many tests of each file passed, failed and were skipped. */
function placesIn(content, root) {
  const reading = readTests("junit", [{ path: "junit.xml", content }], [root]);
  if (!("tests" in reading)) throw new Error(`junit.xml: ${reading.problem}`);
  const places = {};
  for (const { name, status } of reading.tests) {
    const place = name.replace(/ > .*/s, "");
    places[place] ??= [0, 0, 0];
    places[place][["passed", "failed", "skipped"].indexOf(status)] += 1;
  }
  return inOrder(places);
}

function coverageIn(bytes, root) {
  const reading = readCoverage({ path: "lcov.info", bytes }, [root]);
  if ("problem" in reading) throw new Error(`lcov.info: ${reading.problem}`);
  return inOrder(
    Object.fromEntries(reading.files.map(({ path, covered, total }) => [path, [covered, total]])),
  );
}

function inOrder(object) {
  return Object.fromEntries(
    Object.entries(object).sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}
