import { fileURLToPath } from "node:url";
import type { Language } from "./language.ts";

/** This project's own packages stand for those that a setup with a network would install. */
const PACKAGES = fileURLToPath(new URL("../../../../node_modules", import.meta.url));

const TEST = `import { expect, test } from "vitest";
import { price } from "../src/price";

test("a weight has a price", () => expect(price(2)).toBe(8));
`;

export const typescript: Language = {
  name: "TypeScript with vitest",
  needs: { programs: ["node"] },
  files: {
    ".gitignore": "reports/\n",
    "package.json": `${JSON.stringify({ name: "weights", type: "module", scripts: { test: "vitest run" } })}\n`,
    "src/price.ts": "export const price = (weight: number): number => 4 * weight;\n",
    "test/price.test.ts": TEST,
  },
  config: `checks:
  setup: ln -s ${PACKAGES} node_modules
  test:
    run: node node_modules/vitest/vitest.mjs run --reporter=default --reporter=junit --outputFile.junit=reports/junit.xml
    report: reports/junit.xml
sandbox:
  read: [${PACKAGES}]
`,
  change: {
    "src/price.ts":
      'export function price(weight: number): number {\n  if (weight < 0) throw new RangeError("weight");\n  return 4 * weight;\n}\n',
    "test/price.test.ts": `${TEST}\ntest("a weight below 0 is refused", () => expect(() => price(-1)).toThrow(RangeError));\n`,
  },
  shownBy: "test/price.test.ts > a weight below 0 is refused",
  failToPass: ["a weight below 0 is refused"],
  passToPass: 1,
};
