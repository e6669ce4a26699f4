// Recomputes quality.md of this repository, by the same code as the nightly audit.
//   npm run quality                 of the last commit; measures of what did not run say so
//   npm run quality -- --check      fails when the page is not what the commit that it names says, or a grade of the tree is another one
//   npm run quality -- --measure --area domain  runs lint, types and the tests of these areas with coverage, for the next page
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readArguments, refuseUsage } from "./arguments.mjs";
import { faultsOf } from "./quality/check.mjs";
import { git, openTree } from "./quality/compose.mjs";
import { measure } from "./quality/measured.mjs";

const NAME = "npm run quality --";

const { values } = readArguments(
  NAME,
  {
    check: { says: "writes nothing, and fails if the page is not what it should be" },
    measure: {
      says: "runs lint, types and the tests of the areas with coverage, for the next page",
    },
    area: {
      type: "string",
      multiple: true,
      value: "name",
      says: "an area to measure; repeat it for several",
    },
    root: {
      type: "string",
      value: "path",
      says: "another checkout",
      default: new URL("..", import.meta.url).pathname,
    },
  },
  { says: "Recomputes quality.md of this repository, by the same code as the nightly audit." },
);
const page = join(values.root, "quality.md");

if (values.measure) {
  if (values.area.length === 0) {
    refuseUsage(NAME, "--measure needs an area: --area domain --area control");
  }
  const changed = git(values.root, ["status", "--porcelain"]);
  if (changed !== "")
    throw new Error(`commit these first, so that the figures name what they are of:\n${changed}`);
  measure(values.root, { commit: git(values.root, ["rev-parse", "HEAD"]), areas: values.area });
} else {
  const tree = await openTree(values.root);
  try {
    if (values.check) {
      const faults = await faultsOf(tree, {
        root: values.root,
        committed: readFileSync(page, "utf8"),
      });
      for (const fault of faults) console.error(fault);
      process.exitCode = faults.length === 0 ? 0 : 1;
    } else writeFileSync(page, (await tree.atCommit(tree.head)).page);
  } finally {
    await tree.close();
  }
}
