import { defineConfig } from "vitest/config";

/** Words, decisions and texts: no process, no file, nothing that one file of tests could leave to the next. */
const PURE = ["agent", "control", "domain", "report"].map((room) => `test/${room}/**/*.test.ts`);

export default defineConfig({
  test: {
    // The unit tests are fast; whole-line tests start real processes on two cores.
    // Most of the time is spent waiting for git, sandboxes and bundles, so that more files than cores pay.
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default"],
    projects: [
      {
        extends: true,
        // A process of its own for each of these files would take a third of their time.
        test: { name: "pure", include: PURE, isolate: false },
      },
      {
        extends: true,
        // A process that starts others is copied each time, so that it had better be small and young.
        test: { name: "machine", include: ["test/**/*.test.ts"], exclude: PURE },
      },
    ],
  },
});
