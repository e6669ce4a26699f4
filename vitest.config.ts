import { defineConfig } from "vitest/config";
import { EVERY_CASE, SEED } from "./test/cases.ts";
import { LongestFirst } from "./test/longest-first.ts";
import { memoryFolder } from "./test/memory-folder.ts";
import { startCost } from "./test/start-cost.ts";

/** What changes no environment and leaves nothing in its process that one file of tests could hand to the next. */
const SHARING = [
  "adapters/model",
  "agent",
  "control",
  "domain",
  "gatherers",
  "measures",
  "wording",
  "workers",
  "twin/model",
].map((room) => `test/${room}/**/*.test.ts`);
/** In rooms of those above, and yet they start sandboxes or git: from a large process each start costs ten times as much. */
const STARTING = [
  "test/domain/path-oracle.test.ts",
  "test/domain/github/tree-with.test.ts",
  "test/workers/implement/real-line.test.ts",
  "test/workers/checks/caches.test.ts",
  "test/workers/verify/{sandboxed,dependencies}.test.ts",
];
/**
 * As those above: each gives back what it changed. They start some processes, so they stand apart: starting one costs the more
 * the more memory its parent holds. What starts git at every step has a small process of its own instead.
 */
const TOGETHER = [
  "actions",
  "adapters/alerts",
  "adapters/apart",
  "adapters/browser",
  "adapters/clock",
  "adapters/github",
  "adapters/repository",
  "adapters/runner",
  "adapters/syntax",
  "adapters/toolbox",
  "adapters/web",
  "cli/bench",
  "cli/chaos",
  "cli/command",
  "cli/propose-config",
  "cli/simulate",
  "conformance",
  "fakes",
  "museum",
  "redteam",
  "repository",
  "twin/{host-habits,lay-apart}.test.ts",
  "twin/github",
  "twin/runner",
  // In rooms that start much, and yet these start little or nothing: a process for each would take longer than its tests.
  "adapters/sandbox/{disk,probe}.test.ts",
  "adapters/sandbox/credentials",
  "adapters/sandbox/gate",
  "adapters/sandbox/process",
  "adapters/sandbox/toolchains/{toolchains,network-environment}.test.ts",
  "adapters/sandbox/workspace",
  "cli/act",
  "cli/adopt/adopt.test.ts",
  "cli/blast-radius",
  "cli/branch-workflows",
  "cli/demo/ending.test.ts",
  "cli/demo/week",
  "cli/doctor",
  "cli/{errors,output,usage}.test.ts",
  "cli/eval",
  "cli/gather/{documentation,in-a-loop,performance}.test.ts",
  "cli/init",
  "cli/loop",
  "cli/program.test.ts",
  "cli/rehearse/{intake-facts,issue-file,page-name,usage}.test.ts",
  "cli/report",
  "cli/shared",
  "cli/story",
  "cli/source",
].map((place) => `test/${place.endsWith(".ts") ? place : `${place}/**/*.test.ts`}`);
/** Whole lines in one process: they share what all of them load, and play their tests side by side. Dearer ones are `*.long.test.ts`. */
const LINES = [
  "test/line/{checks,model,people,release,review,staged}.test.ts",
  "test/line/{in-process,ordinary-changes}/*.test.ts",
  "test/museum/triggers.test.ts",
];
const MEMORY = memoryFolder();
/** What takes more of the machine than its share, on purpose. */
const FLOODS = ["test/**/*.floods.test.ts"];
/**
 * What needs the tools of another language, or plays a whole line or a whole compilation for what little no other test sees.
 * `npm run test:long` has it, and `.ci/run` always plays it.
 */
const LONG = ["test/**/*.long.test.ts"];
const APART = [...FLOODS, ...LONG];
/**
 * No test stands on another one: where every case is tried, the tests of a file are played in an order that is drawn. A `describe`
 * that is one story says so: `shuffle: false`.
 */
const IN_ANY_ORDER = { shuffle: { tests: EVERY_CASE } };
/** Files that mostly wait for git, sandboxes and bundles, after those that compute: many more of them than cores pay. */
const WAITING = { maxWorkers: 8, sequence: { groupOrder: 1, ...IN_ANY_ORDER } };
/** Compilers of other languages among them, which compute. */
const LONG_WAITING = { maxWorkers: 6, sequence: { groupOrder: 2 } };

export default defineConfig({
  plugins: [
    {
      name: "builds-of-users",
      // Not `development`: users get the other build of a library, which checks itself less. Vitest adds that condition to those
      // that are configured, so that it is taken out afterwards.
      configResolved({ ssr }) {
        ssr.resolve = { ...ssr.resolve, conditions: ["node"] };
      },
    },
  ],
  test: {
    // Whole lines and what starts processes wait half of the time, so that four workers pay on two cores. What only computes
    // is in their group: it fills the end of theirs, and four in place of two cost it a fiftieth of its processor time.
    maxWorkers: 4,
    setupFiles: ["test/cases.setup.ts", "test/temporary.setup.ts"],
    env: {
      ...startCost(MEMORY),
      ...(MEMORY === undefined ? {} : { MILLWRIGHT_TESTS_MEMORY: MEMORY }),
    },
    ...(MEMORY === undefined ? {} : { globalSetup: ["test/memory-folder.setup.ts"] }),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default"],
    sequence: { sequencer: LongestFirst, ...SEED },
    projects: [
      {
        extends: true,
        // A process of its own for each of these files would take a third of their processor time.
        test: {
          name: "sharing",
          include: SHARING,
          exclude: [...STARTING, ...APART],
          isolate: false,
          sequence: IN_ANY_ORDER,
        },
      },
      {
        extends: true,
        test: {
          name: "together",
          include: TOGETHER,
          exclude: [...APART, ...LINES],
          isolate: false,
          sequence: IN_ANY_ORDER,
        },
      },
      {
        extends: true,
        test: { name: "lines", include: LINES, isolate: false, sequence: IN_ANY_ORDER },
      },
      {
        extends: true,
        // Not with those above: starting a process copies the page tables of the one that starts it, which had better stay small.
        test: {
          name: "waiting",
          include: ["test/**/*.test.ts"],
          exclude: [...SHARING, ...TOGETHER, ...LINES, ...APART],
          globalSetup: ["test/demo-run.setup.ts"],
          isolate: false,
          ...WAITING,
        },
      },
      {
        extends: true,
        test: { name: "starting", include: STARTING, isolate: false, ...WAITING },
      },
      {
        extends: true,
        // After all others, and one at a time in one process: a flood beside them would be their fault.
        test: {
          name: "floods",
          include: FLOODS,
          isolate: false,
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
      ...(EVERY_CASE
        ? [{ extends: true as const, test: { name: "long", include: LONG, ...LONG_WAITING } }]
        : []),
    ],
  },
});
