import { defineConfig } from "vitest/config";

/** The tests that run in the process of the test runner: whatever starts processes or a sandbox is left out. */
export default defineConfig({
  test: {
    include: ["adapters/model", "agent", "control", "domain", "wording", "workers"].map(
      (room) => `test/${room}/**/*.test.ts`,
    ),
    exclude: [
      "test/control/laws.test.ts",
      "test/control/nothing-red.test.ts",
      "test/workers/implement/real-line.test.ts",
      "test/workers/verify/sandboxed.test.ts",
      "test/workers/verify/dependencies.test.ts",
    ],
    isolate: false,
    testTimeout: 60_000,
  },
});
