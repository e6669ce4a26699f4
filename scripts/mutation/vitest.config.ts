import { defineConfig } from "vitest/config";
import { LEFT_OUT } from "./stryker.mjs";

/** Tests that run in the process of the test runner, without those that start processes or a sandbox. */
export default defineConfig({
  test: {
    include: ["adapters/model", "agent", "control", "domain", "wording", "workers"].map(
      (room) => `test/${room}/**/*.test.ts`,
    ),
    exclude: LEFT_OUT,
    isolate: false,
    testTimeout: 60_000,
  },
});
