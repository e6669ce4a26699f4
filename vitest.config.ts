import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The unit tests are fast; whole-line tests start real processes on two cores.
    // Most of the time is spent waiting for git, sandboxes and bundles, so that more files than cores pay.
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default"],
  },
});
