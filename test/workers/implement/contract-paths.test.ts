import { expect, test } from "vitest";
import { contractPaths } from "../../../src/workers/implement/contract-paths.ts";

const BASE = ["packages/api/a.ts", "packages/web/b.ts", "README.md"];

test.each<readonly [readonly string[], readonly string[] | undefined]>([
  [["packages/api/**"], ["packages/api/a.ts"]],
  [
    ["packages/*/*.ts", "README.md"],
    ["packages/api/a.ts", "packages/web/b.ts", "README.md"],
  ],
  // A file that is not there yet is named by its own name.
  [["packages/api/new.ts"], ["packages/api/new.ts"]],
  // Nor does it matter how its letters are written.
  [["packages/API/a.ts"], ["packages/api/a.ts"]],
  // Nobody can tell what will be in it.
  [["packages/api/**", "packages/new/**"], undefined],
  [[], undefined],
])("a contract for %j touches %j", (paths, expected) => {
  const boundaries = { paths: [...paths], commands: [], network: [], secrets: [] };
  expect(contractPaths({ boundaries }, BASE)).toEqual(expected);
});
