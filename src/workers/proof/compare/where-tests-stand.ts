import { isTestFile } from "../../checks/test-files.ts";

/** Extensions of files by which reports place tests. Go places them by package, and packages may end in `.go`. */
const SOURCE = /\.(rs|[cm]?[jt]sx?|py|rb|php|dart|swift|cc|cpp|exs)$/;

/** Tests beside the code in the same file, which a compiler leaves out of the program. One cannot be put on the base without the other. */
const BESIDE_CODE =
  /#\[\s*(cfg\s*\([^\n#]*\btest\b|([\w:]+::)?test\b|rstest\b|test_case\b)|import\.meta\.vitest/;

/** The path in the first part of a test's full name (`src/lib.rs (crate) > tests::a`), if its report places it by file. */
export function fileOf(test: string): string | undefined {
  const [first = ""] = test.split(" > ");
  const path = first.replace(/ \([^()]*\)$/, "");
  return SOURCE.test(path) ? path : undefined;
}

/** Whether a report may mean this file. It may omit the folder of a package. */
export function isSameFile(file: string, path: string): boolean {
  return path === file || path.endsWith(`/${file}`);
}

/**
 * Whether a test can be in a recognized test file. If a report places tests by class or package, or not at all, nothing
 * excludes it; a doc test is in the source that it documents.
 */
export function mayStandInTestFile(test: string): boolean {
  if (test.startsWith("doc-tests ")) return false;
  const file = fileOf(test);
  return file === undefined || isTestFile(file);
}

/** Whether tests are known to be in a file with an ordinary path: by its text, or by a report that places them there. */
export function holdsTests(
  file: { readonly path: string; readonly text: string },
  tests: readonly string[],
): boolean {
  if (isTestFile(file.path)) return true;
  if (BESIDE_CODE.test(file.text)) return true;
  // pytest and others name a module: `checks/prices.py` is `checks.prices`, and a class in it `checks.prices.TestRates`.
  const module = file.path.replace(/\.\w+$/, "").replaceAll("/", ".");
  const isPython = file.path.endsWith(".py");
  return tests.some((test) => {
    const [first] = test.split(" > ");
    const named = fileOf(test);
    return (
      (named !== undefined && isSameFile(named, file.path)) ||
      first === module ||
      (isPython && first?.startsWith(`${module}.`))
    );
  });
}
