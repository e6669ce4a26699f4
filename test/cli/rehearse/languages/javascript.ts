import type { Language } from "./language.ts";

const TEST = `import assert from "node:assert/strict";
import test from "node:test";
import { price } from "../src/price.mjs";

test("a weight has a price", () => assert.equal(price(2), 8));
`;

export const javascript: Language = {
  name: "JavaScript with node:test",
  needs: { programs: ["node", "npm"] },
  files: {
    "package.json": `${JSON.stringify({ name: "weights", type: "module", scripts: { test: "node --test" } })}\n`,
    "src/price.mjs": "export const price = (weight) => 4 * weight;\n",
    "test/price.test.mjs": TEST,
  },
  change: {
    "src/price.mjs":
      'export function price(weight) {\n  if (weight < 0) throw new RangeError("weight");\n  return 4 * weight;\n}\n',
    "test/price.test.mjs": `${TEST}\ntest("a weight below 0 is refused", () => assert.throws(() => price(-1), RangeError));\n`,
  },
  shownBy: "test/price.test.mjs > a weight below 0 is refused",
  failToPass: ["a weight below 0 is refused"],
  passToPass: 1,
};
