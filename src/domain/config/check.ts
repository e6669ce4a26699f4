import { z } from "zod";
import { refusePath } from "../path.ts";
import { Only } from "./only.ts";
import { TestReport } from "./test-report.ts";

const Command = z.string().min(1).max(1_000);

const FIELDS = {
  run: Command,
  report: TestReport.optional(),
  timeoutSeconds: z.int().positive().max(3_600).optional(),
} as const;

/** The part before the first wildcard of a glob has to be a path of a tree. */
const Paths = z
  .array(
    z
      .string()
      .min(1)
      .max(200)
      .refine(
        (glob) =>
          !glob.startsWith("!") && refusePath(glob.replace(/[*?{[(].*$/s, "x")) === undefined,
        "expected a path or a glob below the root of the repository, like packages/api/**",
      ),
  )
  .min(1)
  .max(50)
  .meta({
    description:
      "Globs: it runs only for a change that touches one of them. A change that touches a file which no scope of the config names runs every check.",
  });

const SCOPED = { ...FIELDS, paths: Paths.optional() } as const;

const Tests = z.strictObject({ ...SCOPED, only: Only.optional() }).refine(tellsOfSelected, {
  path: ["only"],
  error: "needs a report: without one nobody sees which tests ran",
});

const Text = Command.transform((run) => ({ run, report: undefined, timeoutSeconds: undefined }));

const From = Paths.meta({
  description:
    "Globs: the only files of the base that are there while it runs. What it brings is then kept whole for later runs, where the repository keeps any.",
});

/** Setup prepares the base for every change. */
const Setup = z.union([
  Command.transform((run) => ({
    run,
    report: undefined,
    timeoutSeconds: undefined,
    from: undefined,
  })),
  z.strictObject({ ...FIELDS, from: From.optional() }),
]);

const OF_PACKAGES = {
  description: "A list, for the packages of a repository: each with the `paths` that it is about.",
};

/** A check is a command, or a command with its per-test results, its own time limit in seconds and its scope; or several of them. */
const OneOrMore = z.union([
  Text,
  z.strictObject(SCOPED),
  z.array(z.strictObject(SCOPED)).min(1).max(50).meta(OF_PACKAGES),
]);

/** A check with per-test results may say how some tests run alone. */
const TestCheck = z.union([
  Command.transform((run) => ({
    run,
    report: undefined,
    only: undefined,
    timeoutSeconds: undefined,
  })),
  Tests,
  z.array(Tests).min(1).max(50).meta(OF_PACKAGES),
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

/** One command of a check. */
export type CheckPart = z.infer<typeof Tests> & {
  /** For `setup` only: the only files that it sees. */
  readonly from?: readonly string[] | undefined;
};

/** The config of one check name: a command, or one for each of several packages. */
export type Check = CheckPart | readonly CheckPart[];

/** Names of checks, in the order in which they run. `setup` runs on the base commit with a network. */
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
  setup: Setup.optional(),
  format: OneOrMore.optional(),
  lint: OneOrMore.optional(),
  types: OneOrMore.optional(),
  test: TestCheck.optional(),
  build: OneOrMore.optional(),
  migrations: OneOrMore.optional(),
});

export type Checks = z.infer<typeof Checks>;

/** The setup command for a sandbox. */
export function setupCommand({ run, from }: NonNullable<Checks["setup"]>) {
  return { command: run, network: true, sees: from } as const;
}
