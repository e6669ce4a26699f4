import { describe, expect, test } from "vitest";
import { isTestFile } from "../../../src/workers/checks/test-files.ts";

describe("isTestFile", () => {
  test.each([
    "test/quote.test.ts",
    "src/quote.spec.tsx",
    "src/__tests__/quote.js",
    "src/quote_test.go",
    "tests/conftest.py",
    "rates/test_quote.py",
    "src/test/java/com/example/QuoteTest.java",
    "src/main/QuoteTests.cs",
    "spec/quote_spec.rb",
    "Tests/QuoteTest.php",
    "src/__snapshots__/quote.snap",
    "pkg/testdata/a.json",
    "cypress/e2e/quote.cy.ts",
    "src/constructFrom/test.ts",
    "polls/tests.py",
    "src/parser/tests.rs",
  ])("%s holds tests", (path) => expect(isTestFile(path)).toBe(true));

  test.each([
    "src/quote.ts",
    "src/contest.ts",
    "src/latest.go",
    "docs/testing.md",
    "src/attestation/index.ts",
    "README.md",
    "src/Testimony.java",
    "src/manifest.py",
    "src/test.json",
  ])("%s holds none", (path) => expect(isTestFile(path)).toBe(false));
});
