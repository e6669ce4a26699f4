/** Folders that contain only tests and their data, in any case. */
const FOLDERS = new Set([
  "test",
  "tests",
  "__tests__",
  "__mocks__",
  "__snapshots__",
  "spec",
  "specs",
  "e2e",
  "testdata",
  "fixtures",
]);

/** File names by the conventions of the common languages, each with its source. */
const NAMES: readonly RegExp[] = [
  /^tests?\.(?:[cm]?[jt]sx?|py|rs)$/i, // vitest and jest beside their source, Django, Rust's `mod tests`
  /[._-](test|tests|spec|e2e|cy)\.[cm]?[jt]sx?$/i, // vitest, jest, node --test, Cypress
  /\.snap$/i, // jest and vitest snapshots
  /^test_[^/]*\.py$|_test\.py$|^conftest\.py$/i, // pytest
  /_test\.go$/i, // go test
  /(_test|_spec)\.rb$/i, // minitest, RSpec
  /^test[^/]*\.php$|Test\.php$/, // PHPUnit
  /(^Test[A-Z0-9][^/]*|Tests?|TestCase|IT|Spec)\.(java|kt|kts|groovy|scala)$/, // surefire, failsafe
  /Tests?\.(cs|fs|vb)$/, // dotnet test
  /_test\.(c|cc|cpp|dart|exs)$/i, // googletest, dart test, ExUnit
  /Tests?\.swift$/, // XCTest
];

/**
 * Whether a path holds tests or test data, by convention. These files are put on the base to see whether they fail
 * there. A test in an unusual place counts as source: it is not seen failing without the change, so it is new, never
 * fail-to-pass, and a person merges if nothing else proves a criterion.
 */
export function isTestFile(path: string): boolean {
  const segments = path.split("/");
  const name = segments.pop() ?? "";
  if (segments.some((folder) => FOLDERS.has(folder.toLowerCase()))) return true;
  return NAMES.some((pattern) => pattern.test(name));
}
