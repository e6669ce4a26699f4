import { expect, test } from "vitest";
import { isSource } from "../../../../src/workers/proof/noticed/is-source.ts";

test.each([
  "src/quote.ts",
  "shop/prices.py",
  "data/rates.json",
  "src/lib.rs",
  "vite.config.ts",
  "tasks.py",
  "lib/a.zig",
])("%s is source", (path) => {
  expect(isSource(path)).toBe(true);
});

test.each([
  "README.md",
  "docs/logo.png",
  "test/quote.test.ts",
  "tests/helpers.ts",
  "shop/test_prices.py",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "dist/index.js",
  "vendor/a/a.go",
  ".github/workflows/ci.yml",
])("%s is none", (path) => {
  expect(isSource(path)).toBe(false);
});
