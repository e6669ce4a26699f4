/**
 * How mutants are made and judged; `scripts/mutation.mjs` lays the files and tests of one part over it.
 * What is left out, and why:
 * - Prose (`prose.mjs`): an emptied sentence changes what a person reads and nothing that the factory does.
 * - Static mutants, unless `--static` asks for them: what a module computes when it loads (schemas, tables, patterns) needs a
 *   new process and every test of the part for each mutant, which is 28 % of the mutants and 99 % of the time.
 * - Single mutants that change nothing, by `// Stryker disable next-line <mutator>: <reason>` where they stand.
 */
export const BASE = {
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner", "./scripts/mutation/prose.mjs"],
  ignorers: ["prose"],
  vitest: { configFile: "scripts/mutation/vitest.config.ts", related: false },
  coverageAnalysis: "perTest",
  concurrency: 1,
  incremental: true,
  // A mutant that loops costs this much, and the time of its tests one and a half times.
  timeoutMS: 10_000,
  dryRunTimeoutMinutes: 15,
  reporters: ["json", "progress-append-only"],
  // The sandbox is a copy of the tree: what no unit test reads stays out of it.
  ignorePatterns: ["actions", "build", "coverage", "docs/images", ".demo", ".rehearsals"],
  allowConsoleColors: false,
  // Types are stripped, not checked: nothing has to be silenced in the copies.
  disableTypeChecks: false,
};

/** Each part of the source is judged by its own tests: what only the tests of another part notice is not tested here. */
export const PARTS = [
  { name: "domain", tests: ["test/domain/**/*.test.ts"] },
  { name: "control", tests: ["test/control/**/*.test.ts"] },
  { name: "workers", tests: ["test/workers/**/*.test.ts"] },
];
