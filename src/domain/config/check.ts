import { z } from "zod";
import { Only } from "./only.ts";
import { TestReport } from "./test-report.ts";

const Command = z.string().min(1).max(1_000);

const FIELDS = {
  run: Command,
  report: TestReport.optional(),
  timeoutSeconds: z.int().positive().max(3_600).optional(),
} as const;

/** A check is a command, or a command with its per-test results and its own time limit in seconds. */
const Check = z.union([
  Command.transform((run) => ({ run, report: undefined, timeoutSeconds: undefined })),
  z.strictObject(FIELDS),
]);

/** The check that tells of single tests may say how some of them run alone. */
const TestCheck = z.union([
  Command.transform((run) => ({
    run,
    report: undefined,
    only: undefined,
    timeoutSeconds: undefined,
  })),
  z.strictObject({ ...FIELDS, only: Only.optional() }).refine(tellsOfSelected, {
    path: ["only"],
    error: "needs a report: without one nobody sees which tests ran",
  }),
]);

function tellsOfSelected({
  only,
  report,
}: {
  readonly only?: unknown;
  readonly report?: unknown;
}): boolean {
  return only === undefined || report !== undefined;
}

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
  test: TestCheck.optional(),
  build: Check.optional(),
  migrations: Check.optional(),
});
