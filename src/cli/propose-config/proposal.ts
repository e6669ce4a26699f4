import type { CheckName } from "../../domain/config/check.ts";
import type { SelectedBy } from "../../domain/config/only.ts";
import type { TestReportFormat } from "../../domain/config/test-report.ts";

/** Where the results of single tests are read: a path or glob of JUnit XML, or another format; without `files` from the output. */
export type ProposedReport =
  | string
  | {
      readonly format: TestReportFormat;
      readonly files?: string;
    };

/** How some tests run alone, as it would stand in the config: `"$@"` are those that are selected. */
export interface ProposedOnly {
  readonly run: string;
  readonly by: SelectedBy;
  readonly prefix?: string;
  readonly join?: string;
}

/** One check as it would stand in the config. It is a guess until it has run once on the base. */
export interface ProposedCheck {
  readonly name: Exclude<CheckName, "migrations">;
  /** A bash command line, run in the root of the repository. */
  readonly run: string;
  readonly report?: ProposedReport;
  /** Only of `test`, and only beside a report. */
  readonly only?: ProposedOnly;
  /** What it is about, where it is one package's: globs from the root. Checks of one name stand in the config as a list. */
  readonly paths?: readonly string[];
  /** Only where the config's own limit is too short. */
  readonly timeoutSeconds?: number;
  /** Where it was seen, such as `package.json scripts.test`. */
  readonly because: string;
  /** What may not work about it. */
  readonly caution?: string;
}

/**
 * The folder of every proposed report. Files that the config names as reports are no change of an agent, wherever they lie.
 */
export const REPORTS = ".factory-reports";

/** Bound of a command in the config, in characters. */
export const LONGEST_COMMAND = 1_000;

/** Time limits in seconds: setups download and compiled languages compile, both for longer than the config's own limit. */
export const SETUP_SECONDS = 1_200;
export const COMPILED_SECONDS = 1_800;
