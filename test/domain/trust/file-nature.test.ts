import { expect, test } from "vitest";
import { isReported, natureOf } from "../../../src/domain/trust/file-nature.ts";

test.each([
  ["README.md", "prose"],
  ["docs/a.RST", "prose"],
  ["LICENSE", "prose"],
  ["LICENSE-MIT.txt", "prose"],
  ["CHANGELOG.txt", "prose"],
  ["docs/list.txt", "other"],
  ["src/authors.ts", "other"],
  ["license.js", "other"],
  ["docs/page.mdx", "other"],
  ["docs/logo.png", "picture"],
  ["docs/logo.svg", "other"],
  ["src/a.test.tsx", "test"],
  ["src/a.spec.mjs", "test"],
  ["rates/price_test.go", "test"],
  ["checks/test_price.py", "test"],
  ["src/test/java/PriceTest.java", "test"],
  ["spec/price_spec.rb", "test"],
  ["src/docs/server.js", "other"],
  ["spec/product.ts", "other"],
  ["test/fixtures/a.json", "other"],
  ["src/contest.ts", "other"],
])("%s is %s", (path, nature) => {
  expect(natureOf(path)).toBe(nature);
});

test.each([
  ["test/a.test.ts", ["test/a.test.ts > adds"], true],
  ["packages/x/test/a.test.ts", ["test/a.test.ts > adds"], true],
  ["test/a.test.ts", ["/ws/test/a.test.ts > adds"], true],
  ["test/a.test.ts", ["test/b.test.ts > adds", "xtest/a.test.ts > adds"], false],
  ["test/a.test.ts", ["test/a.test.ts (node) > adds"], true],
  ["checks/test_price.py", ["checks.test_price > adds"], true],
  ["src/test/java/com/example/PriceTest.java", ["com.example.PriceTest > adds"], true],
  ["rates/price_test.go", ["example.com/shop/rates > TestAdds"], true],
  ["rates/price_test.go", ["example.com/shop/other > TestAdds"], false],
  ["price_test.go", ["example.com/shop > TestAdds"], true],
  ["test/a.test.ts", ["adds"], false],
  ["test/a.test.ts", [], false],
])("the runner reported %s, which said %j: %s", (path, tests, reported) => {
  expect(isReported(path, tests)).toBe(reported);
});
