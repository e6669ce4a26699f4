// Writes all derived files. `--check` writes nothing and fails if a committed file differs.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readArguments } from "./arguments.mjs";
import { complaint, derive, differing } from "./documents/derived.mjs";
import { faultsOf, readerOf, readIndex, writtenPages } from "./documents/promises.mjs";

const { values } = readArguments(
  "npm run document --",
  { check: { says: "writes nothing, and fails if a page is not what would be written" } },
  { says: "Writes the pages of the reference that can be derived." },
);

const root = new URL("..", import.meta.url).pathname;
const read = (path) =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined;

for (const [path, text] of differing(derive(root), read)) {
  if (values.check) {
    console.error(complaint(path));
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(path);
  }
}

for (const fault of faultsOf(writtenPages(root), readIndex(root), readerOf(root))) {
  console.error(fault);
  process.exitCode = 1;
}
