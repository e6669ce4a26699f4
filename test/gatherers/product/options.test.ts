import { expect, test } from "vitest";
import { ProductOptions } from "../../../src/gatherers/product/options.ts";

const asked = (more: object) => ({
  ...{ start: "npm start", url: "http://localhost:3000", pages: [{ name: "home", path: "/" }] },
  ...more,
});

test.each([
  ["http://127.0.0.1:8080/app/", true],
  ["https://localhost:3000", true],
  ["http://[::1]:3000", true],
  ["https://example.com", false],
  ["http://127.0.0.1.example.com", false],
  ["http://10.0.0.1:3000", false],
  ["file:///etc/passwd", false],
])("%s is looked at: %s", (url, isTaken) => {
  expect(ProductOptions.safeParse(asked({ url })).success).toBe(isTaken);
});

test.each([
  [
    "two pages of one name",
    {
      pages: [
        { name: "a", path: "/" },
        { name: "a", path: "/b" },
      ],
    },
  ],
  ["a name that is a path", { pages: [{ name: "../a", path: "/" }] }],
  ["a step that nobody knows", { pages: [{ name: "a", path: "/", steps: [{ hover: "#a" }] }] }],
  ["an unknown key", { page: [] }],
])("%s is refused", (_, more) => {
  expect(ProductOptions.safeParse(asked(more)).success).toBe(false);
});
