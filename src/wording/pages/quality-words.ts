import type { MeasureName } from "../../domain/quality/measures.ts";

/** What people read about a measure. */
export interface MeasureWords {
  /** Before the figure: `coverage 62 %`. */
  readonly title: string;
  /** What one unit of the figure is. */
  readonly figure: string;
  /** After the figure, a sentence: `62 % of the lines are covered by tests`. */
  readonly says: string;
  /** The same after a 1, where that is another one. */
  readonly saysOfOne?: string;
  /** The law by which it is counted, and from what. */
  readonly how: string;
  /** What to do where it could not be measured. */
  readonly configure: string;
  /** What to do about a figure that is not good enough, before its limit. */
  readonly next: string;
}

const FULL_HISTORY = "check out with `fetch-depth: 0`";

/** The nightly audit has them; a ledger that is not to be believed is named beside the figure. */
const LEDGERS =
  "let the nightly audit measure it, with the whole history (`fetch-depth: 0`): a run on one machine cannot read ledgers. Where lines were not tried, name `checks.test.run` and its report";

export const MEASURE_WORDS: Readonly<Record<MeasureName, MeasureWords>> = {
  "test-failures": {
    title: "failing tests",
    figure: "failing tests",
    says: "tests fail",
    saysOfOne: "test fails",
    how: "tests of the area that fail in the report of `checks.test` on the commit; without a report, its exit code",
    configure: "name the command in `checks.test.run`, and its report in `checks.test.report`",
    next: "Mend the tests that fail, down to",
  },
  coverage: {
    title: "coverage",
    figure: "% of lines covered",
    says: "of the lines are covered by tests",
    how: "lines that ran at least once, of the lines that can run, by the lcov or Cobertura report of the test check. In a file that the report does not name, the lines of functions did not run",
    configure: "let the test check leave `coverage/lcov.info` or `cobertura.xml` beside its report",
    next: "Cover lines by tests, up to",
  },
  mutation: {
    title: "mutation score",
    figure: "% of mutants noticed",
    says: "of the mutants are noticed by tests",
    how: "mutants that a test noticed (killed or timed out), of those judged, in a committed report of the mutation testing schema",
    configure: "commit a report of Stryker's JSON schema as `reports/mutation/mutation.json`",
    next: "Let tests notice mutants, up to",
  },
  noticed: {
    title: "noticed lines",
    figure: "% of changed lines noticed",
    says: "of the changed lines are noticed by tests",
    how: "source lines of the factory's merged changes of 90 days that a test or the compiler misses when they are taken back, of the lines that were tried, by the ledgers. A change counts in each area that it touches. If most of its lines were not tried, it gives no figure",
    configure: LEDGERS,
    next: "Let tests notice the lines that change, up to",
  },
  flaky: {
    title: "flaky tests",
    figure: "% of attempts with a flaky test",
    says: "of the attempts saw a flaky test",
    how: "attempts of the factory in 90 days in which a test of the area failed once and passed once on the same bytes, of all attempts, by the ledgers",
    configure: LEDGERS,
    next: "Make the tests that are flaky tell the same each time, down to",
  },
  tests: {
    title: "tests",
    figure: "tests per 1,000 lines",
    says: "tests stand for 1,000 lines",
    how: "tests that ran by the report, or else that are written in test files; counts only where coverage is not known",
    configure: "name the command in `checks.test.run`, and its report in `checks.test.report`",
    next: "Write tests, up to",
  },
  "type-findings": {
    title: "type findings",
    figure: "type findings per 1,000 lines",
    says: "type findings on 1,000 lines",
    how: "findings that `checks.types` prints for files of the area; none where it ends with 0",
    configure: "name the command in `checks.types`",
    next: "Mend what the type check finds, down to",
  },
  "lint-findings": {
    title: "lint findings",
    figure: "lint findings per 1,000 lines",
    says: "lint findings on 1,000 lines",
    how: "findings that `checks.lint` prints for files of the area; none where it ends with 0",
    configure: "name the command in `checks.lint`",
    next: "Mend what the linter finds, down to",
  },
  complexity: {
    title: "complex functions",
    figure: "% of functions above a complexity of 10",
    says: "of the functions have a complexity above 10",
    how: "functions with more than 10 ways through them (McCabe 1976: 1 and one for each condition, loop, case, handler, `&&`, `||`, `??`), of all functions, in the syntax tree",
    configure: "nothing: no file here is in a language whose grammar is known",
    next: "Split complex functions, down to",
  },
  duplication: {
    title: "duplication",
    figure: "% of lines that stand elsewhere too",
    says: "of the lines stand elsewhere too",
    how: "lines in runs of at least 10 lines with 100 tokens that stand in two places, equal but for blanks and blank lines",
    configure: "nothing: there is no source",
    next: "Give lines that stand twice one place, down to",
  },
  "dropped-errors": {
    title: "dropped errors",
    figure: "% of handlers that drop an error",
    says: "of the error handlers drop the error",
    how: "error handlers with nothing in them, not even a comment that says why, of all handlers, in the syntax tree",
    configure: "nothing: no file here has an error handler",
    next: "Handle or explain errors that are dropped, down to",
  },
  documentation: {
    title: "documentation",
    figure: "% of public declarations with a comment",
    says: "of the public declarations have a comment",
    how: "exported or public declarations with a comment right before them (a docstring in Python), of all, in the syntax tree",
    configure:
      "nothing: no file here declares anything public in a language whose grammar is known",
    next: "Say what public declarations are for, up to",
  },
  "open-defects": {
    title: "open defects",
    figure: "open defects",
    says: "defects are open",
    saysOfOne: "defect is open",
    how: "open issues with the label `bug`, and incidents of the factory, that name the area, by label or title, or one of its files",
    configure: "nothing: the nightly audit lists them, a run on one machine cannot",
    next: "Mend the defects that are open, down to",
  },
  escaped: {
    title: "escaped defects",
    figure: "escaped defects",
    says: "defects escaped the changes that were to mend them",
    saysOfOne: "defect escaped the change that was to mend it",
    how: "alerts that came back after the factory's change for them was live, in 90 days, by the ledgers; each belongs to the areas that the change touches",
    configure: LEDGERS,
    next: "Find what lets through changes that mend nothing, down to",
  },
  reverts: {
    title: "reverts",
    figure: "% of commits taken back",
    says: "of the commits were taken back",
    how: "commits of 90 days that a later one takes back by git's own sentence (`This reverts commit …`) or the factory's trailer (`Reverts: …`), of a merge those that it brought, of the commits that touch the area",
    configure: FULL_HISTORY,
    next: "Find what lets through changes that are taken back, down to",
  },
  rework: {
    title: "rework",
    figure: "% of commits mended later",
    says: "of the commits were mended later",
    how: "commits of 90 days that a later one names in a `Fixes:` trailer, of the commits that touch the area",
    configure: "name the commit that is mended in a trailer: `Fixes: 1a2b3c4`",
    next: "Find what lets through changes that are mended later, down to",
  },
  churn: {
    title: "churn",
    figure: "changes per file in 90 days",
    says: "changes of each file in 90 days",
    how: "commits of 90 days that touch each file, summed and shared by the files of the area; merges do not count",
    configure: FULL_HISTORY,
    next: "Split the files that change most, down to",
  },
  owned: {
    title: "owned files",
    figure: "% of files with an owner",
    says: "of the files have an owner",
    how: "files with an owner by `CODEOWNERS` (the last pattern that matches) or `quality.areas[].owner`",
    configure: "nothing: there is no source",
    next: "Name owners in `.github/CODEOWNERS`, up to",
  },
  "deprecated-packages": {
    title: "deprecated packages",
    figure: "deprecated packages",
    says: "packages are deprecated",
    saysOfOne: "package is deprecated",
    how: "packages that `package-lock.json` says are deprecated",
    configure: "commit a `package-lock.json`; other lockfiles do not say it",
    next: "Replace packages that are deprecated, down to",
  },
  "old-packages": {
    title: "old packages",
    figure: "% of packages locked as a year ago",
    says: "of the packages are locked as a year ago",
    how: "packages that the repository asks for itself whose version in `package-lock.json` is the one of the newest commit that is a year older, of all such packages",
    configure: "commit a `package-lock.json`, and check out with `fetch-depth: 0`",
    next: "Look for newer versions of packages, down to",
  },
  advisories: {
    title: "advisories",
    figure: "known advisories",
    says: "advisories are known",
    saysOfOne: "advisory is known",
    how: "advisories in the committed report of `npm audit --json` or of OSV-Scanner, each once; a report that is older than its lockfile or than 90 days does not count",
    configure:
      "let a workflow of yours commit `npm audit --json` as `reports/npm-audit.json`, or OSV-Scanner's JSON as `reports/osv.json`",
    next: "Update packages with advisories, down to",
  },
  files: {
    title: "files",
    figure: "source files",
    says: "source files",
    how: "source files in the tree",
    configure: "",
    next: "",
  },
  lines: {
    title: "lines",
    figure: "lines",
    says: "lines",
    how: "line ends in these files",
    configure: "",
    next: "",
  },
};
