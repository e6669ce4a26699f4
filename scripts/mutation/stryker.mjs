/**
 * How mutants are made and judged; `scripts/mutation.mjs` lays the files and tests of one part over it.
 * What is left out, and why:
 * - Prose (`prose.mjs`): an emptied sentence changes what a person reads and nothing that the factory does.
 * - Static mutants, unless `--static` asks for them: what a module computes when it loads (schemas, tables, patterns) needs a
 *   new process and every test of the part for each mutant, which is 28 % of the mutants and 99 % of the time.
 * - What no test noticed and the compiler refuses (`compiler.mjs`), such as a dropped check for undefined: it cannot be merged.
 * - Single mutants that change nothing, by `// Stryker disable next-line <mutator>: <reason>` where they stand.
 */
export const BASE = {
  testRunner: "in-process",
  plugins: [
    "@stryker-mutator/vitest-runner",
    "./scripts/mutation/prose.mjs",
    "./scripts/mutation/runner.mjs",
  ],
  ignorers: ["prose"],
  coverageAnalysis: "perTest",
  concurrency: 1,
  incremental: true,
  // Whole lines create much garbage at once: a fifth of their time went into collecting it.
  testRunnerNodeArgs: ["--max-semi-space-size=64"],
  // A mutant that loops costs this much, and four times the time of its tests. One that runs out of it counts as noticed, so that
  // a machine that others use as well must not be what ends it: most endless loops are told by their count of turns, before.
  timeoutMS: 20_000,
  timeoutFactor: 4,
  dryRunTimeoutMinutes: 15,
  reporters: ["json", "progress-append-only"],
  // The sandbox is a copy of the tree, without files that no unit test reads.
  ignorePatterns: [
    "actions",
    "build",
    "coverage",
    "docs/images",
    "src/twin/example",
    ".demo",
    ".rehearsals",
  ],
  allowConsoleColors: false,
  // Types are stripped, not checked, so the copies need no suppressions.
  disableTypeChecks: false,
};

/** vitest's own test runner, to verify the results of ours. */
export const BY_VITEST = {
  testRunner: "vitest",
  vitest: { configFile: "scripts/mutation/vitest.config.ts", related: false },
};

/**
 * Each part of the source is judged by its own tests; tests of another part do not count here. The count separates the
 * folders of a part; `secrets` is separate because its tests take longer than all others.
 */
export const PARTS = [
  {
    name: "domain",
    folder: "src/domain/",
    without: "src/domain/secrets/",
    tests: ["test/domain/*.test.ts", "test/domain/!(secrets)/**/*.test.ts"],
  },
  { name: "secrets", folder: "src/domain/secrets/", tests: ["test/domain/secrets/*.test.ts"] },
  { name: "control", folder: "src/control/", tests: ["test/control/**/*.test.ts"] },
  { name: "workers", folder: "src/workers/", tests: ["test/workers/**/*.test.ts"] },
];

/** Tests that judge no mutant: each would cost seconds for every one that it reaches. */
export const LEFT_OUT = [
  // Random histories that take seconds each.
  "test/control/laws.test.ts",
  "test/control/nothing-red.test.ts",
  // It changes the environment of its process.
  "test/control/observed/artifacts.test.ts",
  // git, sandboxes, package managers and whole lines.
  "test/domain/path-oracle.test.ts",
  "test/**/*.long.test.ts",
  "test/workers/checks/caches.test.ts",
  "test/workers/implement/real-line.test.ts",
  "test/workers/verify/sandboxed.test.ts",
  "test/workers/verify/dependencies.test.ts",
];

/**
 * The tests in the folders that mirror those of some files, and below: for a fast answer while writing them. @param
 * mutate files, their ranges of lines, or globs below `src/`
 */
export function testsBeside(mutate) {
  const folders = mutate
    .filter((name) => !name.startsWith("!"))
    .map((name) => name.replace(/^src\//, "test/").replace(/\/(?:\*\*\/)?[^/]*$/, ""));
  return [...new Set(folders)].map((folder) => `${folder}/**/*.test.ts`);
}
