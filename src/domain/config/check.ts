import { z } from "zod";
import { TestReport } from "./test-report.ts";

const Command = z.string().min(1).max(1_000);

/** A check is a command, or a command with its per-test results and its own time limit in seconds. */
const Check = z.union([
  Command.transform((run) => ({ run, report: undefined, timeoutSeconds: undefined })),
  z.strictObject({
    run: Command,
    report: TestReport.optional(),
    timeoutSeconds: z.int().positive().max(3_600).optional(),
  }),
]);

export type Check = z.infer<typeof Check>;

/** The names a check may have, in the order in which checks run. `setup` runs on the base commit with a network. */
export const CHECK_NAMES = [
  "setup",
  "format",
  "lint",
  "types",
  "test",
  "build",
  "migrations",
] as const;

export const CheckName = z.enum(CHECK_NAMES);

export type CheckName = z.infer<typeof CheckName>;

/** The checks of a config, in the order in which they run. */
export const Checks = z.strictObject({
  setup: Check.optional(),
  format: Check.optional(),
  lint: Check.optional(),
  types: Check.optional(),
  test: Check.optional(),
  build: Check.optional(),
  migrations: Check.optional(),
});
