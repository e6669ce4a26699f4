// Recomputes quality.md of this repository, by the same code as the nightly audit, from the files in the work tree.
//   npm run quality            what the tree alone says; measures of checks that did not run say so
//   npm run quality -- --run   runs the checks lint, types and test of .github/factory.yml first and counts what they found
//   npm run quality -- --check compares what the tree alone says with the committed file, and writes nothing
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { differingFacts, readTree } from "./quality/compose.mjs";

const { values } = parseArgs({
  options: {
    run: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
    root: { type: "string", default: new URL("..", import.meta.url).pathname },
  },
});
const target = join(values.root, "quality.md");
const tree = await readTree(values.root);
const text = tree.textWith([]);
if (values.check) check();
else {
  writeFileSync(target, text);
  // Not before the tree's own figures stand there: a test compares them.
  if (values.run) writeFileSync(target, tree.textWith(["lint", "types", "test"]));
}

function check() {
  const { computed, committed } = differingFacts(readFileSync(target, "utf8"), text);
  if (computed.length + committed.length === 0) return;
  console.error(`quality.md is not what the tree says: run \`npm run quality\` and commit it`);
  for (const fact of computed.slice(0, 10)) console.error(`  computed: ${fact}`);
  process.exitCode = 1;
}
